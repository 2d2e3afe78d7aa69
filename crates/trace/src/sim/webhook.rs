//! Either side of a webhook lane: no browser. Each server sends what it has to say to the other by
//! `POST`, on a connection of its own that it keeps open.

use std::collections::VecDeque;

use wire::{Body, Reader, Response, Sender};

use super::course::Part;
use super::parcel;
use super::server::DATE;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::Message;
use crate::heads::{Caller, Preset};
use crate::scenario::{Scenario, Speaker};

/// One of the two servers.
pub(super) struct Peer {
    side: Sender,
    binary: bool,
    minimal: bool,
    caller: Caller,
    part: Part,
    queue: VecDeque<Message>,
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
    Opening(u16),
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
            queue: VecDeque::new(),
            out: Out::Down,
            // Who asks is the client of that connection, whichever server it is.
            answers: Reader::new(Sender::Server),
            requests: Reader::new(Sender::Client),
            left: false,
        }
    }

    fn pump(&mut self, world: &mut World) {
        match self.out {
            Out::Down if !self.queue.is_empty() => self.out = Out::Opening(world.connect_from(self.side)),
            Out::Free(connection) => match self.queue.pop_front() {
                Some(message) => {
                    let target = format!("{}?n={}", answer::HOOK, self.part.say());
                    let kind = if self.binary { answer::OCTETS } else { answer::TEXT };
                    let request = self.caller.hook(&target, kind, message.text.len());
                    let content = message.text.clone();
                    let parcel = parcel::head(request, content.as_bytes(), vec![message]);
                    self.out = Out::Busy(connection);
                    world.send(connection, self.side, parcel);
                }
                None if !self.left && self.part.is_over(world) => {
                    self.left = true;
                    world.end(connection, self.side);
                }
                None => {}
            },
            Out::Down | Out::Opening(_) | Out::Busy(_) => {}
        }
    }

    fn take(&mut self, world: &mut World, connection: u16, content: &[u8]) {
        let back = self.part.hear(world, connection, &String::from_utf8_lossy(content));
        self.queue.extend(back);
        let mut response = Response::new(204, "No Content");
        if !self.minimal {
            response.fields.push("date", DATE);
        }
        world.send(connection, self.side, parcel::answer(&response, "", Vec::new()));
    }
}

impl Endpoint for Peer {
    fn start(&mut self, world: &mut World) {
        self.part.start_speaking(world);
        self.part.start_leaving(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        self.queue.push_back(message);
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
                if let Body::Request(_) = unit.body {
                    self.take(world, connection, &unit.content);
                }
            }
        }
        self.pump(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        world.end(connection, self.side);
    }
}
