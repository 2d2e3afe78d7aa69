//! A run: one sorted list of events.

use std::rc::Rc;

use wire::Sender;

use crate::caption;
use crate::event::{Event, Kind, Message};
use crate::scenario::Transport;

/// What is known about a lane as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lane {
    /// How it carries the conversation.
    pub transport: Transport,
}

/// A sorted list of immutable events and the lanes that they belong to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    lanes: Vec<Lane>,
    events: Vec<Rc<Event>>,
    script: u32,
    witnesses: Vec<Event>,
}

impl Trace {
    /// Sorts `events` by their earliest time; ties keep their order, so causes stay before effects.
    /// Messages numbered below `script` are the script's, the others echoes of them.
    pub fn new(lanes: Vec<Lane>, mut events: Vec<Event>, script: u32) -> Self {
        events.sort_by_key(Event::start);
        Self { lanes, events: events.into_iter().map(Rc::new).collect(), script, witnesses: Vec::new() }
    }

    /// A live run: `joined` is what the picture shows, `witnesses` each source's own events, unchanged.
    pub(crate) fn recorded(lanes: Vec<Lane>, joined: Vec<Event>, witnesses: Vec<Event>, script: u32) -> Self {
        Self { witnesses, ..Self::new(lanes, joined, script) }
    }

    /// The events of each source before they were joined; empty for a simulation.
    pub fn witnesses(&self) -> &[Event] {
        &self.witnesses
    }

    /// The lanes, left to right.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Every event, earliest first.
    pub fn events(&self) -> &[Rc<Event>] {
        &self.events
    }

    /// The events of one lane, earliest first.
    pub fn lane(&self, lane: usize) -> impl Iterator<Item = &Rc<Event>> {
        self.events.iter().filter(move |event| usize::from(event.key.lane) == lane)
    }

    /// The last time at which anything happens, in microseconds.
    pub fn end(&self) -> u64 {
        self.events.iter().map(|event| event.end()).max().unwrap_or(0)
    }

    /// Whether an event is about a message of the script, rather than about an echo of one.
    pub fn scripted(&self, event: &Event) -> bool {
        !event.carries.is_empty() && event.carries.iter().all(|message| message.id < self.script)
    }

    /// The times at which something worth a sentence happens, ascending: what the player steps through.
    pub fn steps(&self) -> Vec<u64> {
        let mut steps: Vec<u64> =
            self.events.iter().filter(|event| caption::matters(event)).map(|event| event.start()).collect();
        steps.push(self.end());
        steps.dedup();
        steps
    }

    /// The passage of every message of a lane, in the order in which they were said.
    pub fn passages(&self, lane: usize) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::new();
        for event in self.lane(lane) {
            for message in &event.carries {
                let known = passages.iter_mut().find(|passage| passage.message.id == message.id);
                match (&event.kind, known) {
                    (Kind::Said, None) => passages.push(Passage {
                        message: message.clone(),
                        speaker: event.key.sender,
                        said: event.start(),
                        left: None,
                        delivered: None,
                    }),
                    (Kind::Delivered, Some(passage)) => passage.delivered = Some(event.start()),
                    (_, Some(passage)) if event.travels() && event.key.sender == passage.speaker => {
                        passage.left.get_or_insert(event.start());
                    }
                    _ => {}
                }
            }
        }
        passages
    }
}

/// One message from the mouth to the ear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// The message.
    pub message: Message,
    /// Who said it.
    pub speaker: Sender,
    /// When, in microseconds.
    pub said: u64,
    /// When the first octet that carries it was sent.
    pub left: Option<u64>,
    /// When the other side's application had it.
    pub delivered: Option<u64>,
}

impl Passage {
    /// How long it has been under way by `now`, or took: from mouth to ear, in microseconds.
    pub fn age(&self, now: u64) -> u64 {
        self.delivered.filter(|&at| at <= now).unwrap_or(now).saturating_sub(self.said)
    }
}
