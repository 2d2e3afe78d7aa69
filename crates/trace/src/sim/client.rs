//! The page's side of an HTTP lane: requests in the order in which they came up, each on the first
//! connection that is free.

use std::collections::VecDeque;

use tongue::word;
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
    /// Connections that were cut before they were open, and are to be opened once more.
    reopens: usize,
    left: bool,
}

/// What a request is for.
#[derive(Clone)]
pub(super) enum Ask {
    Say(Message, u32),
    News(Turn),
    Events(Turn),
}

/// How often a question has been asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    First,
    /// Its answer was cut off: it is not asked a third time.
    Second,
}

impl Client {
    pub(super) fn new(scenario: &Scenario, transport: Transport, caller: Caller) -> Self {
        Self {
            transport,
            loops: scenario.workload.loops(),
            binary: scenario.binary,
            poll: scenario.poll.max(1),
            asks_at: 0,
            caller,
            part: Part::new(scenario, Speaker::You),
            queue: VecDeque::new(),
            lines: Vec::new(),
            reopens: 0,
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
            let again = self.reopens > 0;
            self.reopens = self.reopens.saturating_sub(1);
            self.lines.push(Line::new(world.connect(Sender::Client), again));
        }
        self.leave_if_done(world);
    }

    fn request(&self, ask: &Ask) -> Parcel {
        match ask {
            Ask::Events(_) => {
                // Whoever has heard something says how much: what was under way when a stream was cut
                // comes again.
                let mut request = self.caller.events(answer::EVENTS);
                if self.part.heard() > 0 {
                    request.fields.push(answer::LAST_EVENT_ID, self.part.heard().to_string());
                }
                head(request, &[], Vec::new())
            }
            Ask::News(_) => {
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
            Ask::Say(..) | Ask::Events(_) => {}
            Ask::News(_) => {
                text.split('\n').filter(|_| !text.is_empty()).for_each(|line| {
                    self.part.hear(world, connection, line);
                });
                if self.asks_again() && !self.part.is_over(world) {
                    self.queue.push_back(Ask::News(Turn::First));
                }
            }
        }
    }

    /// Takes what has arrived on line `place`: whole answers, or events of the stream.
    fn read(&mut self, world: &mut World, place: usize, octets: &[u8]) {
        let line = &mut self.lines[place];
        let connection = line.connection;
        if let State::Busy(Ask::Events(turn)) = &mut line.state {
            for event in line.stream.feed(octets) {
                *turn = Turn::First;
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

    /// A connection has been cut, and with it what was to come on it. What may not be done twice is not
    /// repeated (RFC 9110 section 9.2.2). A question may be asked once more; one that waits for news is
    /// asked anew as long as the visitor stays, for it was its silence that was cut.
    fn lost(&mut self, world: &mut World, line: Line<Ask>) {
        let waits = matches!(self.transport, Transport::Long | Transport::Sse) && !self.part.may_leave(world);
        let next = if waits { Turn::First } else { Turn::Second };
        match line.state {
            State::Busy(Ask::News(turn)) if waits || turn == Turn::First => {
                self.queue.push_front(Ask::News(next));
            }
            State::Busy(Ask::Events(turn)) if waits || turn == Turn::First => {
                self.queue.push_front(Ask::Events(next));
            }
            State::Opening if !line.again => self.reopens += 1,
            State::Free | State::Ended => {}
            // Its answer may be missing; that of any other comes in its own response.
            State::Busy(Ask::Say(..)) if self.loops == Loop::Open || self.transport.answers_in_place() => {
                self.part.stop_waiting(world);
                world.failed(line.connection, Sender::Client, CUT);
            }
            State::Opening | State::Busy(_) => {
                self.left = true;
                self.queue.clear();
                world.failed(line.connection, Sender::Client, CUT);
            }
        }
    }

    fn leave_if_done(&mut self, world: &mut World) {
        // A question that is held and a stream that is open are left as they are.
        let at_work = self.lines.iter().any(|line| match &line.state {
            State::Opening | State::Busy(Ask::Say(..)) => true,
            State::Busy(Ask::News(_)) => !self.asks_again(),
            State::Busy(Ask::Events(_)) | State::Free | State::Ended => false,
        });
        let asking = self.queue.iter().any(|ask| !self.asks_again() || !matches!(ask, Ask::News(_)));
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
            self.queue.push_back(Ask::Events(Turn::First));
            self.pump(world);
        }
        if self.asks() {
            world.wake(0, Sender::Client);
        }
        self.part.start_leaving(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        if self.left {
            return;
        }
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
            let waiting = self.queue.iter().any(|ask| matches!(ask, Ask::News(_)));
            let asked = self.lines.iter().any(|line| matches!(line.state, State::Busy(Ask::News(_))));
            if !waiting && !asked {
                self.queue.push_back(Ask::News(Turn::First));
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
        if let Some(place) = self.lines.iter().position(|line| line.connection == connection) {
            let line = self.lines.remove(place);
            if world.is_cut(connection, Sender::Client) && !self.left {
                self.lost(world, line);
            }
        }
        self.pump(world);
    }
}

/// Why nothing comes back any more.
pub(super) const CUT: &str =
    word!("The connection was cut before the answer came. Nobody can tell whether it was read.");
