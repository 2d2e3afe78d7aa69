//! The page's side of an HTTP lane: requests in the order in which they came up, each on the first
//! connection that is free.

use std::collections::VecDeque;

use wire::{Body, Sender, Unit};

use super::course::Part;
use super::line::{Line, State};
use super::parcel::{Parcel, head};
use super::stream::data;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::Message;
use crate::heads::Caller;
use crate::scenario::{Loop, Scenario, Speaker, Transport};

/// A page that speaks with `POST`, and hears by asking or from a stream of events.
pub(super) struct Client {
    transport: Transport,
    loops: Loop,
    binary: bool,
    poll: u64,
    asks_at: u64,
    caller: Caller,
    part: Part,
    queue: VecDeque<Ask>,
    lines: Vec<Line<Ask>>,
    left: bool,
}

/// What a request is for.
#[derive(Clone)]
pub(super) enum Ask {
    Say(Message, u32),
    News,
    Events,
}

impl Client {
    pub(super) fn new(scenario: &Scenario, transport: Transport) -> Self {
        Self {
            transport,
            loops: scenario.workload.loops(),
            binary: scenario.binary,
            poll: scenario.poll.max(1),
            asks_at: 0,
            caller: Caller::of(scenario),
            part: Part::new(scenario, Speaker::You),
            queue: VecDeque::new(),
            lines: Vec::new(),
            left: false,
        }
    }

    /// Whether news is fetched with `GET` rather than coming in answer to `POST`.
    fn asks(&self) -> bool {
        let fetches = self.loops == Loop::Open || !self.transport.answers_in_place();
        fetches && self.transport != Transport::Sse
    }

    /// Whether it asks again as soon as it has an answer, rather than when the clock says so.
    fn asks_again(&self) -> bool {
        self.transport == Transport::Long
    }

    fn pump(&mut self, world: &mut World) {
        while let Some(ask) = self.queue.front() {
            let Some(place) = self.lines.iter().position(Line::is_free) else { break };
            let parcel = self.request(ask);
            let Some(ask) = self.queue.pop_front() else { break };
            self.lines[place].takes(ask);
            world.send(self.lines[place].connection, Sender::Client, parcel);
        }
        let opening = self.lines.iter().filter(|line| line.is_opening()).count();
        let room = self.transport.most_connections().saturating_sub(self.lines.len());
        for _ in 0..room.min(self.queue.len().saturating_sub(opening)) {
            self.lines.push(Line::new(world.connect()));
        }
        self.leave_if_done(world);
    }

    fn request(&self, ask: &Ask) -> Parcel {
        match ask {
            Ask::Events => head(self.caller.events(answer::EVENTS), &[], Vec::new()),
            Ask::News => {
                let target = format!("{}?after={}", answer::NEWS, self.part.heard());
                head(self.caller.get(&target), &[], Vec::new())
            }
            Ask::Say(message, n) => {
                let in_place = self.loops != Loop::Open && self.transport.answers_in_place();
                let path = if in_place { answer::ECHO } else { answer::SAY };
                let (target, length) = (format!("{path}?n={n}"), message.text.len());
                let request = match self.binary {
                    true => self.caller.post_octets(&target, length),
                    false => self.caller.post(&target, length),
                };
                head(request, message.text.as_bytes(), vec![message.clone()])
            }
        }
    }

    fn answered(&mut self, world: &mut World, connection: u16, ask: &Ask, unit: &Unit) {
        let text = String::from_utf8_lossy(&unit.content);
        match *ask {
            Ask::Say(_, n) if self.loops != Loop::Open && self.transport.answers_in_place() => {
                for (line, part) in text.split('\n').zip(0..).filter(|_| !text.is_empty()) {
                    self.part.hear_answer(world, connection, n, part, line);
                }
            }
            Ask::Say(..) | Ask::Events => {}
            Ask::News => {
                text.split('\n').filter(|_| !text.is_empty()).for_each(|line| {
                    self.part.hear(world, connection, line);
                });
                if self.asks_again() && !self.part.is_over(world) {
                    self.queue.push_back(Ask::News);
                }
            }
        }
    }

    /// Takes what has arrived on line `place`: whole answers, or events of the stream.
    fn read(&mut self, world: &mut World, place: usize, octets: &[u8]) {
        let line = &mut self.lines[place];
        let connection = line.connection;
        if let State::Busy(Ask::Events) = line.state {
            for event in line.stream.feed(octets) {
                self.part.hear(world, connection, &data(&event.data, self.binary));
            }
            return;
        }
        line.reader.feed(octets);
        while let Some(Ok(unit)) = self.lines[place].reader.poll() {
            let persists = matches!(&unit.body, Body::Response(response) if response.persists());
            let done = self.lines[place].frees(persists);
            if let Some(ask) = done {
                self.answered(world, connection, &ask, &unit);
            }
        }
    }

    fn leave_if_done(&mut self, world: &mut World) {
        // A question that is held and a stream that is open are left as they are.
        let at_work = self.lines.iter().any(|line| match &line.state {
            State::Opening | State::Busy(Ask::Say(..)) => true,
            State::Busy(Ask::News) => !self.asks_again(),
            State::Busy(Ask::Events) | State::Free | State::Ended => false,
        });
        let asking = self.queue.iter().any(|ask| !self.asks_again() || !matches!(ask, Ask::News));
        if self.left || at_work || asking || !self.part.is_over(world) {
            return;
        }
        self.left = true;
        for line in self.lines.iter().filter(|line| !matches!(line.state, State::Ended)) {
            world.end(line.connection, Sender::Client);
        }
    }
}

impl Endpoint for Client {
    fn start(&mut self, world: &mut World) {
        self.part.start_speaking(world);
        if self.transport == Transport::Sse {
            self.queue.push_back(Ask::Events);
            self.pump(world);
        }
        if self.asks() {
            world.wake(0, Sender::Client);
        }
        self.part.start_leaving(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        self.queue.push_back(Ask::Say(message, self.part.say()));
        self.pump(world);
    }

    fn wake(&mut self, world: &mut World) {
        if self.left {
            return;
        }
        if self.asks() && world.now() == self.asks_at {
            if !self.asks_again() {
                self.asks_at += self.poll;
                world.wake(self.asks_at, Sender::Client);
            }
            let waiting = self.queue.iter().any(|ask| matches!(ask, Ask::News));
            let asked = self.lines.iter().any(|line| matches!(line.state, State::Busy(Ask::News)));
            if !waiting && !asked {
                self.queue.push_back(Ask::News);
            }
        }
        self.pump(world);
    }

    fn opened(&mut self, world: &mut World, connection: u16) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.connection == connection) {
            line.state = State::Free;
        }
        self.pump(world);
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        if let Some(place) = self.lines.iter().position(|line| line.connection == connection) {
            self.read(world, place, octets);
        }
        // A connection that ends with its answer makes room for the next at once.
        self.lines.retain(|line| !matches!(line.state, State::Ended));
        self.pump(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        world.end(connection, Sender::Client);
        self.lines.retain(|line| line.connection != connection);
        self.pump(world);
    }
}
