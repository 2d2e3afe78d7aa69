//! A run: one sorted list of events.

use std::rc::Rc;

use wire::Sender;

use crate::caption;
use crate::event::{Event, Kind, Message, Provenance, Source};
use crate::order;
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
    end: u64,
    witnesses: Vec<Event>,
}

impl Trace {
    /// Sorts `events` by their earliest time; ties keep their order, so causes stay before effects.
    /// Messages numbered below `script` are the script's, the others echoes of them.
    pub fn new(lanes: Vec<Lane>, events: Vec<Event>, script: u32) -> Self {
        let events = order::sorted(events, Event::start);
        let end = events.iter().map(Event::end).max().unwrap_or(0);
        let events = events.into_iter().map(Rc::new).collect();
        Self { lanes, events, script, end, witnesses: Vec::new() }
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

    /// Where the octets of a lane come from: the simulator, the wire, or the page's own reckoning.
    pub fn octets_are(&self, lane: usize) -> Provenance {
        let mut own = self.witnesses.iter().filter(|event| usize::from(event.key.lane) == lane);
        match self.witnesses.is_empty() {
            true => Provenance::Simulated,
            false if own.any(|event| event.source == Source::Wire) => Provenance::Witnessed,
            false => Provenance::Reconstructed,
        }
    }

    /// Whether anything happened on a lane: a live run may end before its turn.
    pub fn ran(&self, lane: usize) -> bool {
        self.lane(lane).next().is_some()
    }

    /// The last time at which anything happens on a lane, in microseconds.
    pub fn lane_end(&self, lane: usize) -> u64 {
        self.lane(lane).map(|event| event.end()).max().unwrap_or(0)
    }

    /// Where the times at the visitor's ear come from.
    pub fn times_are(&self) -> Provenance {
        if self.witnesses.is_empty() { Provenance::Simulated } else { Provenance::Measured }
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
        self.end
    }

    /// Whether an event is about a message of the script, rather than about an echo of one.
    pub fn scripted(&self, event: &Event) -> bool {
        !event.carries.is_empty() && event.carries.iter().all(|message| self.is_scripted(message))
    }

    pub(crate) fn is_scripted(&self, message: &Message) -> bool {
        message.id < self.script
    }

    /// The times at which something worth a sentence happens, ascending: what the player steps through.
    pub fn steps(&self) -> Vec<u64> {
        let mut steps: Vec<u64> =
            self.events.iter().filter(|event| caption::matters(event)).map(|event| event.start()).collect();
        steps.push(self.end());
        steps.dedup();
        steps
    }

    /// Whether the run is an echo: messages come back.
    pub fn is_echo(&self) -> bool {
        self.events.iter().flat_map(|event| &event.carries).any(|message| message.id >= self.script)
    }

    /// For each message of an echo when it was said, and when it was heard again.
    pub fn round_trips(&self, lane: usize) -> Vec<(u64, Option<u64>)> {
        if !self.is_echo() {
            return Vec::new();
        }
        let at = |kind: Kind, id: u32| {
            let mut found = self.lane(lane).filter(|event| event.kind == kind);
            found
                .find(|event| event.carries.iter().any(|message| message.id == id))
                .map(|event| event.start())
        };
        let said = (0..self.script).filter_map(|id| Some((id, at(Kind::Said, id)?)));
        said.map(|(id, said)| (said, at(Kind::Delivered, id + self.script))).collect()
    }

    /// The passage of every message of a lane, in the order in which they were said. Two clocks that
    /// are aligned within an error may tell the hearing before the saying: that loses no message.
    pub fn passages(&self, lane: usize) -> Vec<Passage> {
        let said = self.lane(lane).filter(|event| event.kind == Kind::Said);
        let mut passages: Vec<Passage> = said
            .flat_map(|event| {
                event.carries.iter().map(|message| Passage {
                    message: message.clone(),
                    speaker: event.key.sender,
                    said: event.start(),
                    left: None,
                    delivered: None,
                })
            })
            .collect();
        let ids: Vec<u32> = passages.iter().map(|passage| passage.message.id).collect();
        let by_id = order::by(ids.iter().map(|&id| u64::from(id)));
        // Of a message that was said twice, the first time counts.
        let place = |id: u32| {
            let first = by_id.partition_point(|&place| ids[place] < id);
            by_id.get(first).copied().filter(|&place| ids[place] == id)
        };
        for event in self.lane(lane) {
            for message in &event.carries {
                let Some(passage) = place(message.id).and_then(|place| passages.get_mut(place)) else {
                    continue;
                };
                if event.kind == Kind::Delivered {
                    passage.delivered = Some(event.start());
                } else if event.travels() && event.key.sender == passage.speaker {
                    passage.left.get_or_insert(event.start());
                }
            }
        }
        let firsts = ids.iter().enumerate().map(|(own, &id)| place(id) == Some(own));
        passages.into_iter().zip(firsts).filter_map(|(passage, first)| first.then_some(passage)).collect()
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
