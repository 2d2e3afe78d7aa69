//! Either side of a webhook lane: no browser. Each server sends what it has to say to the other by
//! `POST`, on a connection of its own that it keeps open. Each thinks before it answers, and before it
//! sends because of what it was told; a proxy stands before each.

use std::collections::VecDeque;

use wire::{Body, Reader, Response, Sender};

use super::client::CUT;
use super::course::Part;
use super::parcel;
use super::server::DATE;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::Message;
use crate::heads::{Caller, Preset};
use crate::scenario::{Loop, Scenario, Speaker};

/// One of the two servers.
pub(super) struct Peer {
    side: Sender,
    binary: bool,
    minimal: bool,
    caller: Caller,
    part: Part,
    loops: Loop,
    /// What is to be sent: when it has been thought of, its number among all that this server says, sent or not,
    /// and what it says.
    queue: VecDeque<(u64, u32, Message)>,
    /// The connection that this server opened.
    out: Out,
    answers: Reader,
    /// The one that the other opened.
    requests: Reader,
    left: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Out {
    Down,
    /// With whether it stands for one that was cut before it was open.
    Opening(u16, bool),
    Free(u16),
    Busy(u16),
}

impl Peer {
    pub(super) fn new(scenario: &Scenario, side: Speaker) -> Self {
        Self {
            side: side.sender(),
            binary: scenario.binary,
            minimal: scenario.preset == Preset::Minimal,
            caller: Caller::of(scenario),
            part: Part::new(scenario, side),
            loops: scenario.workload.loops(),
            queue: VecDeque::new(),
            out: Out::Down,
            // Who asks is the client of that connection, whichever server it is.
            answers: Reader::new(Sender::Server),
            requests: Reader::new(Sender::Client),
            left: false,
        }
    }

    fn pump(&mut self, world: &mut World) {
        let now = world.now();
        let ready = self.queue.front().is_some_and(|(at, ..)| *at <= now);
        match self.out {
            Out::Down if ready => self.open(world, false),
            Out::Free(connection) if ready => {
                let Some((_, number, message)) = self.queue.pop_front() else { return };
                let target = format!("{}?n={number}", answer::HOOK);
                let kind = if self.binary { answer::OCTETS } else { answer::TEXT };
                let request = self.caller.hook(&target, kind, message.text.len());
                let content = message.text.clone();
                let parcel = parcel::head(request, content.as_bytes(), vec![message]);
                self.out = Out::Busy(connection);
                world.send(connection, self.side, parcel);
            }
            Out::Free(connection) if self.queue.is_empty() && !self.left && self.part.is_over(world) => {
                self.left = true;
                world.end(connection, self.side);
            }
            _ => {}
        }
    }

    fn open(&mut self, world: &mut World, again: bool) {
        self.answers = Reader::new(Sender::Server);
        self.out = Out::Opening(world.connect(self.side), again);
    }

    fn take(&mut self, world: &mut World, connection: u16, n: u32, content: &[u8]) {
        let back = self.part.hear_nth(world, connection, n, &String::from_utf8_lossy(content));
        let mut response = Response::new(204, "No Content");
        if !self.minimal {
            response.fields.push("date", DATE);
        }
        world.send(connection, self.side, parcel::answer(&response, "", Vec::new()));
        if !back.is_empty() && !self.left {
            let at = world.thought_of();
            self.queue.extend(back.into_iter().map(|message| (at, self.part.say(), message)));
            if at > world.now() {
                world.wake(at, self.side);
            }
        }
    }

    /// The connection that this server opened has been cut. A message that may have been read is not sent
    /// again: the other could not tell it from a new one. Those that are still to be said go on, unless
    /// the answers to them could be taken for others.
    fn lost(&mut self, world: &mut World, connection: u16) {
        let was = std::mem::replace(&mut self.out, Out::Down);
        match was {
            Out::Opening(_, false) => return self.open(world, true),
            Out::Down | Out::Free(_) => return,
            Out::Opening(_, true) => self.queue.clear(),
            Out::Busy(_) => {}
        }
        if self.loops != Loop::Open {
            self.left = true;
            self.queue.clear();
        }
        world.failed(connection, self.side, CUT);
    }
}

impl Endpoint for Peer {
    fn start(&mut self, world: &mut World) {
        self.part.start_speaking(world);
        self.part.start_leaving(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        if self.left {
            return;
        }
        self.queue.push_back((world.now(), self.part.say(), message));
        self.pump(world);
    }

    fn wake(&mut self, world: &mut World) {
        self.pump(world);
    }

    fn opened(&mut self, world: &mut World, connection: u16) {
        self.out = Out::Free(connection);
        self.pump(world);
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        if self.out == Out::Busy(connection) {
            self.answers.feed(octets);
            while let Some(Ok(_)) = self.answers.poll() {
                self.out = Out::Free(connection);
            }
        } else {
            self.requests.feed(octets);
            while let Some(Ok(unit)) = self.requests.poll() {
                if let Body::Request(request) = &unit.body {
                    let number = request.target.rsplit_once('=').and_then(|(_, n)| n.parse().ok());
                    self.take(world, connection, number.unwrap_or_default(), &unit.content);
                }
            }
        }
        self.pump(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        world.end(connection, self.side);
        let own = match self.out {
            Out::Opening(out, _) | Out::Free(out) | Out::Busy(out) => out == connection,
            Out::Down => false,
        };
        if !own {
            self.requests = Reader::new(Sender::Client);
        } else if world.is_cut(connection, self.side) {
            self.lost(world, connection);
            self.pump(world);
        }
    }
}
