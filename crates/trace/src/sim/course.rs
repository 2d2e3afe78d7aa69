//! Each side's part in the conversation, the same on every transport: what is due when, what a
//! message brings about, when all is heard.

use std::rc::Rc;

use wire::Sender;

use super::world::World;
use crate::event::Message;
use crate::order;
use crate::scenario::{Loop, Scenario, Speaker, Workload};

/// One side's part.
pub(super) struct Part {
    side: Speaker,
    workload: Workload,
    leaves_at: u64,
    /// Messages said and heard by this side.
    said: u32,
    heard: u32,
    /// What came before its turn: number, connection, text.
    early: Vec<(u32, u16, Rc<str>)>,
    /// Something has been lost for good: nobody waits for it.
    misses: bool,
}

impl Part {
    pub(super) fn new(scenario: &Scenario, side: Speaker) -> Self {
        Self {
            side,
            workload: scenario.workload,
            leaves_at: scenario.leaves_at(),
            said: 0,
            heard: 0,
            early: Vec::new(),
            misses: false,
        }
    }

    /// Has said what this side says of its own accord.
    pub(super) fn start_speaking(&self, world: &mut World) {
        match (self.workload.loops(), self.side) {
            (Loop::Open, side) => world.schedule(side),
            (Loop::Asked, Speaker::You) => world.schedule(Speaker::You),
            (Loop::Echo, Speaker::You) if !world.script().is_empty() => world.speak_at(0, 0),
            _ => {}
        }
    }

    /// Asks for this side to be woken when it may leave.
    pub(super) fn start_leaving(&self, world: &mut World) {
        world.wake(self.leaves_at, self.side.sender());
    }

    /// The number of what this side says next.
    pub(super) fn say(&mut self) -> u32 {
        self.said += 1;
        self.said - 1
    }

    /// How many messages this side has heard.
    pub(super) fn heard(&self) -> u32 {
        self.heard
    }

    /// Takes what the other side says next on a connection that keeps their order. Answers what is to
    /// go back because of it.
    pub(super) fn hear(&mut self, world: &mut World, connection: u16, text: &str) -> Vec<Message> {
        self.hear_nth(world, connection, self.heard, text)
    }

    /// Takes what the other side says for the `n`th time: something before it may have been lost. Answers
    /// what is to go back because of it.
    pub(super) fn hear_nth(
        &mut self,
        world: &mut World,
        connection: u16,
        n: u32,
        text: &str,
    ) -> Vec<Message> {
        let id = match self.side {
            Speaker::You => spoken(world, self.workload, n),
            Speaker::Server => world.id_of(Speaker::You, n),
        };
        self.take(world, connection, id, text);
        match self.side {
            Speaker::You => Vec::new(),
            Speaker::Server => self.answers(world, n, text),
        }
    }

    /// Takes message `n` of the client, whose request says its number: on several connections they may
    /// overtake each other. Unless the answer goes back on the same connection, they are put in order
    /// again. Answers what is to go back because of what is taken.
    pub(super) fn hear_numbered(
        &mut self,
        world: &mut World,
        connection: u16,
        n: u32,
        text: &str,
        in_order: bool,
    ) -> Vec<Message> {
        if !in_order || (self.misses && self.workload.is_open()) {
            return self.hear_nth(world, connection, n, text);
        }
        self.early.push((n, connection, text.into()));
        let mut answers = Vec::new();
        while let Some(place) = self.early.iter().position(|early| early.0 == self.heard) {
            let (n, connection, text) = self.early.swap_remove(place);
            answers.extend(self.hear_nth(world, connection, n, &text));
        }
        answers
    }

    /// Something may have been lost that will not be said again. What was said of one's own accord waits
    /// for it no more; an answer would be taken for another.
    pub(super) fn stop_waiting(&mut self, world: &mut World) {
        self.misses = true;
        if self.workload.is_open() {
            let early = order::sorted(std::mem::take(&mut self.early), |early| u64::from(early.0));
            for (n, connection, text) in early {
                self.hear_nth(world, connection, n, &text);
            }
        }
    }

    /// Takes part `part` of what the server answers to message `n`, in the response to its request.
    pub(super) fn hear_answer(&mut self, world: &mut World, connection: u16, n: u32, part: u32, text: &str) {
        let id = match self.workload.loops() {
            Loop::Asked => world.id_of(Speaker::Server, n * parts(world) + part),
            Loop::Echo | Loop::Open => spoken(world, self.workload, n),
        };
        self.take(world, connection, id, text);
    }

    /// Whether this side has heard everything and may leave.
    pub(super) fn is_over(&self, world: &World) -> bool {
        let own = |side: Speaker| world.script().iter().filter(|it| it.from == side).count();
        let expected = match (self.workload.loops(), self.side) {
            (Loop::Echo, _) => world.script().len(),
            (_, Speaker::You) => own(Speaker::Server),
            (_, Speaker::Server) => own(Speaker::You),
        };
        let misses = self.misses && !self.workload.is_open();
        self.may_leave(world) && (self.heard as usize >= expected || misses)
    }

    /// Whether the time has come to leave.
    pub(super) fn may_leave(&self, world: &World) -> bool {
        world.now() >= self.leaves_at
    }

    fn take(&mut self, world: &mut World, connection: u16, id: u32, text: &str) {
        self.heard += 1;
        world.delivered(connection, self.side.sender().other(), Message { id, text: text.into() });
        let echo = self.workload.loops() == Loop::Echo && self.side == Speaker::You;
        if echo && (self.heard as usize) < world.script().len() {
            world.speak_at(world.now(), self.heard);
        }
    }

    /// What the server says because of message `n`.
    fn answers(&self, world: &mut World, n: u32, text: &str) -> Vec<Message> {
        let answers: Vec<Message> = match self.workload.loops() {
            Loop::Open => Vec::new(),
            Loop::Echo => vec![Message { id: spoken(world, self.workload, n), text: text.into() }],
            Loop::Asked => {
                let parts = parts(world);
                let own = n * parts..(n + 1) * parts;
                own.map(|part| world.message(world.id_of(Speaker::Server, part))).collect()
            }
        };
        answers.iter().for_each(|answer| world.said(Sender::Server, answer.clone()));
        answers
    }
}

/// The id of what the server says for the `n`th time: its own line of the script, or the echo of the
/// client's `n`th, numbered after the script.
fn spoken(world: &World, workload: Workload, n: u32) -> u32 {
    match workload.loops() {
        Loop::Echo => world.script().len() as u32 + n,
        Loop::Open | Loop::Asked => world.id_of(Speaker::Server, n),
    }
}

/// How many messages answer one question.
fn parts(world: &World) -> u32 {
    let asks = world.script().iter().filter(|it| it.from == Speaker::You).count();
    let answers = world.script().len() - asks;
    answers.checked_div(asks).unwrap_or(0) as u32
}
