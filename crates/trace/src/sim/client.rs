//! The page's side of an HTTP lane: one request at a time, in the order in which they came up.

use std::collections::VecDeque;

use wire::{Body, Reader, Sender, Unit};

use super::parcel::Parcel;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::{Kind, Layer, Message};
use crate::heads::Caller;
use crate::scenario::{Scenario, Speaker, Transport, Workload};

/// A page that speaks with `POST` and hears by asking.
pub(super) struct Client {
    transport: Transport,
    workload: Workload,
    poll: u64,
    asks_at: u64,
    leaves_at: u64,
    caller: Caller,
    queue: VecDeque<Ask>,
    in_flight: Option<Ask>,
    link: Link,
    reader: Reader,
    /// Messages said, and lines of news or echoes heard.
    said: u32,
    heard: u32,
    left: bool,
    /// A question has been asked a second time and is not asked a third.
    again: bool,
}

#[derive(Clone)]
enum Ask {
    Say(Message, u32),
    News,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Down,
    Connecting,
    Up(u16),
}

impl Client {
    pub(super) fn new(scenario: &Scenario, transport: Transport) -> Self {
        Self {
            transport,
            workload: scenario.workload,
            poll: scenario.poll.max(1),
            asks_at: 0,
            leaves_at: scenario.leaves_at(),
            caller: Caller::default(),
            queue: VecDeque::new(),
            in_flight: None,
            link: Link::Down,
            reader: Reader::new(Sender::Server),
            said: 0,
            heard: 0,
            left: false,
            again: false,
        }
    }

    /// Whether answers are fetched with `GET /news` rather than coming with the answer to `POST`.
    fn asks(&self) -> bool {
        self.workload == Workload::Chat || self.transport == Transport::Polling
    }

    fn pump(&mut self, world: &mut World) {
        if self.in_flight.is_some() {
            return;
        }
        let Some(ask) = self.queue.front() else { return self.leave_if_done(world) };
        match self.link {
            Link::Connecting => {}
            Link::Down => {
                self.link = Link::Connecting;
                self.reader = Reader::new(Sender::Server);
                world.connect();
            }
            Link::Up(connection) => {
                let parcel = self.request(ask);
                self.in_flight = self.queue.pop_front();
                world.send(connection, Sender::Client, parcel);
            }
        }
    }

    fn request(&self, ask: &Ask) -> Parcel {
        let (request, content, carries) = match ask {
            Ask::News => {
                let target = format!("{}?after={}", answer::NEWS, self.heard);
                (self.caller.get(&target), Vec::new(), Vec::new())
            }
            Ask::Say(message, n) => {
                let path = if self.asks() { answer::SAY } else { answer::ECHO };
                let content = message.text.as_bytes().to_vec();
                let head = self.caller.post(&format!("{path}?n={n}"), content.len());
                (head, content, vec![message.clone()])
            }
        };
        // The heads come from a capture, the targets from this file: they always encode.
        let mut octets = request.encode().unwrap_or_default();
        octets.extend_from_slice(&content);
        Parcel {
            kind: Kind::Request { method: request.method, target: request.target },
            layer: Layer::Http,
            octets,
            payload: content.len() as u64,
            carries,
        }
    }

    fn answered(&mut self, world: &mut World, connection: u16, unit: &Unit) {
        if let Body::Response(response) = &unit.body
            && !response.persists()
        {
            self.link = Link::Down;
        }
        let Some(ask) = self.in_flight.take() else { return };
        self.again = false;
        let text = String::from_utf8_lossy(&unit.content);
        match ask {
            Ask::Say(..) if self.asks() => {}
            Ask::Say(..) => self.heard_line(world, connection, &text),
            Ask::News if text.is_empty() => {}
            Ask::News => text.split('\n').for_each(|line| self.heard_line(world, connection, line)),
        }
    }

    fn heard_line(&mut self, world: &mut World, connection: u16, text: &str) {
        let id = heard_id(world, self.workload, self.heard);
        self.heard += 1;
        world.delivered(connection, Sender::Server, Message { id, text: text.into() });
        if self.workload == Workload::Echo && (self.heard as usize) < world.script().len() {
            world.speak_at(world.now(), self.heard);
        }
    }

    /// The connection is gone, and with it the answer. A question may be asked once more, what may not
    /// be done twice is not repeated (RFC 9110 section 9.2.2).
    fn unanswered(&mut self, world: &mut World, connection: u16) {
        match self.in_flight.take() {
            Some(Ask::Say(..)) => world.failed(connection, CUT),
            _ if self.again => {
                self.left = true;
                self.queue.clear();
                world.failed(connection, CUT);
            }
            ask => {
                self.again = true;
                ask.into_iter().for_each(|ask| self.queue.push_front(ask));
            }
        }
    }

    fn leave_if_done(&mut self, world: &mut World) {
        let expected = match self.workload {
            Workload::Echo => world.script().len(),
            Workload::Chat => world.script().iter().filter(|it| it.from == Speaker::Server).count(),
        };
        if self.left || world.now() < self.leaves_at || (self.heard as usize) < expected {
            return;
        }
        self.left = true;
        if let Link::Up(connection) = self.link {
            world.end(connection, Sender::Client);
        }
    }
}

impl Endpoint for Client {
    fn start(&mut self, world: &mut World) {
        match self.workload {
            Workload::Echo if !world.script().is_empty() => world.speak_at(0, 0),
            Workload::Echo => {}
            Workload::Chat => world.schedule(Speaker::You),
        }
        if self.asks() {
            world.wake(0, Sender::Client);
        }
        world.wake(self.leaves_at, Sender::Client);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        self.queue.push_back(Ask::Say(message, self.said));
        self.said += 1;
        self.pump(world);
    }

    fn wake(&mut self, world: &mut World) {
        if self.left {
            return;
        }
        if self.asks() && world.now() == self.asks_at {
            self.asks_at += self.poll;
            world.wake(self.asks_at, Sender::Client);
            let asking = self.queue.iter().chain(&self.in_flight).any(|ask| matches!(ask, Ask::News));
            if !asking {
                self.queue.push_back(Ask::News);
            }
        }
        self.pump(world);
    }

    fn opened(&mut self, world: &mut World, connection: u16) {
        self.link = Link::Up(connection);
        self.pump(world);
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        self.reader.feed(octets);
        while let Some(Ok(unit)) = self.reader.poll() {
            self.answered(world, connection, &unit);
        }
        self.pump(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        world.end(connection, Sender::Client);
        let cut = world.is_cut(connection, Sender::Client);
        if self.link == Link::Up(connection) || (cut && self.link == Link::Connecting) {
            if cut && (self.in_flight.is_some() || self.link == Link::Connecting) {
                self.unanswered(world, connection);
            }
            self.link = Link::Down;
        }
        self.pump(world);
    }
}

/// The id of what the server says for the `n`th time: its own line of the script, or the echo of
/// the client's `n`th, numbered after the script.
pub(super) fn heard_id(world: &World, workload: Workload, n: u32) -> u32 {
    match workload {
        Workload::Echo => world.script().len() as u32 + n,
        Workload::Chat => world.id_of(Speaker::Server, n),
    }
}

/// Why nothing comes back any more.
const CUT: &str = "The connection was cut before the answer came. Nobody can tell whether it was read.";
