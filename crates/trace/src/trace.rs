//! A run: one sorted list of events.

mod memo;
mod passage;

use std::rc::Rc;

use crate::caption;
use crate::event::{Event, Kind, Message, Provenance, Source};
use crate::ledger::Book;
use crate::order;
use crate::scenario::Transport;

use memo::Memo;
pub use passage::{Passage, Passages};

/// What is known about a lane as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lane {
    /// How it carries the conversation.
    pub transport: Transport,
    /// Whom it leads to, where that is not the server of the page's own conversation; of a file's lanes.
    pub to: Option<Rc<str>>,
}

impl Lane {
    /// Its transport, and whom it leads to.
    pub fn name(&self) -> String {
        match &self.to {
            Some(to) => format!("{}, {to}", self.transport.name()),
            None => self.transport.name().to_owned(),
        }
    }
}

impl From<Transport> for Lane {
    fn from(transport: Transport) -> Self {
        Self { transport, to: None }
    }
}

/// A sorted list of immutable events and the lanes that they belong to.
///
/// What is asked of it for every frame of playing is looked up, not counted: see [`Trace::until`],
/// [`Trace::passages`] and the ledger's book.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    lanes: Vec<Lane>,
    events: Vec<Rc<Event>>,
    script: u32,
    end: u64,
    witnesses: Vec<Event>,
    echo: bool,
    /// For each lane the places of its events.
    places: Vec<Vec<u32>>,
    ends: Vec<u64>,
    passages: Memo<Vec<Passages>>,
    books: Memo<Vec<Book>>,
}

impl Trace {
    /// Sorts `events` by their earliest time; ties keep their order, so causes stay before effects.
    /// Messages numbered below `script` are the script's, the others echoes of them.
    pub fn new(lanes: Vec<Lane>, events: Vec<Event>, script: u32) -> Self {
        let events = order::sorted(events, Event::start);
        let end = events.iter().map(Event::end).max().unwrap_or(0);
        let mut places = vec![Vec::new(); lanes.len()];
        let mut ends = vec![0; lanes.len()];
        for (place, event) in (0..).zip(&events) {
            let lane = usize::from(event.key.lane);
            if let (Some(own), Some(end)) = (places.get_mut(lane), ends.get_mut(lane)) {
                own.push(place);
                *end = event.end().max(*end);
            }
        }
        let echo = events.iter().flat_map(|event| &event.carries).any(|message| message.id >= script);
        let events = events.into_iter().map(Rc::new).collect();
        Self { lanes, events, script, end, echo, places, ends, ..Self::default() }
    }

    /// What was seen: `joined` is what the picture shows, `witnesses` each source's own events, unchanged.
    pub fn witnessed(lanes: Vec<Lane>, joined: Vec<Event>, witnesses: Vec<Event>, script: u32) -> Self {
        Self { witnesses, ..Self::new(lanes, joined, script) }
    }

    /// Messages numbered below this are the script's, the others echoes of them.
    pub fn script(&self) -> u32 {
        self.script
    }

    /// The events of each source before they were joined; empty for a simulation.
    pub fn witnesses(&self) -> &[Event] {
        &self.witnesses
    }

    /// The lanes, left to right.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Where the octets of a lane come from: the simulator, the wire, a capture in a file, or the reckoning of
    /// whoever knows only what a browser tells.
    pub fn octets_are(&self, lane: usize) -> Provenance {
        let of = |event: &Event| usize::from(event.key.lane) == lane;
        let witnessed = self.witnesses.iter().any(|event| of(event) && event.source == Source::Wire);
        match (self.is_imported(), self.witnesses.is_empty()) {
            (true, _) if self.lane(lane).any(|event| event.source == Source::Wire) => Provenance::Imported,
            (true, _) => Provenance::Reconstructed,
            (false, true) => Provenance::Simulated,
            (false, false) if witnessed => Provenance::Witnessed,
            (false, false) => Provenance::Reconstructed,
        }
    }

    /// Whether it was read from a file of others: it was not simulated, and no witness of ours was there.
    pub fn is_imported(&self) -> bool {
        let real = self.events.first().is_some_and(|event| event.source != Source::Simulated);
        real && self.witnesses.is_empty()
    }

    /// Whether anything happened on a lane: a live run may end before its turn.
    pub fn ran(&self, lane: usize) -> bool {
        self.lane(lane).next().is_some()
    }

    /// The last time at which anything happens on a lane, in microseconds.
    pub fn lane_end(&self, lane: usize) -> u64 {
        self.ends.get(lane).copied().unwrap_or(0)
    }

    /// Where the times at the visitor's ear come from.
    pub fn times_are(&self) -> Provenance {
        match (self.is_imported(), self.witnesses.is_empty()) {
            (true, _) => Provenance::Imported,
            (false, true) => Provenance::Simulated,
            (false, false) => Provenance::Measured,
        }
    }

    /// Every event, earliest first.
    pub fn events(&self) -> &[Rc<Event>] {
        &self.events
    }

    /// The events of one lane, earliest first.
    pub fn lane(&self, lane: usize) -> impl DoubleEndedIterator<Item = &Rc<Event>> + Clone {
        self.places.get(lane).into_iter().flatten().map(|&place| &self.events[place as usize])
    }

    /// The events of one lane that have begun by `now`, in microseconds, earliest first.
    pub fn until(&self, lane: usize, now: u64) -> impl DoubleEndedIterator<Item = &Rc<Event>> + Clone {
        let own = self.places.get(lane).map(Vec::as_slice).unwrap_or_default();
        let begun = own.partition_point(|&place| self.events[place as usize].start() <= now);
        own[..begun].iter().map(|&place| &self.events[place as usize])
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

    /// The times at which anything that is told or counted changes, ascending: the steps, and when the last
    /// octet of each event has been sent.
    pub fn changes(&self) -> Vec<u64> {
        let sent = self.events.iter().map(|event| event.times.sent());
        let mut changes = order::ascending(&self.steps().into_iter().chain(sent).collect::<Vec<_>>());
        changes.dedup();
        changes
    }

    /// Whether the run is an echo: messages come back.
    pub fn is_echo(&self) -> bool {
        self.echo
    }

    /// For each message of an echo when it was said, and when it was heard again.
    pub fn round_trips(&self, lane: usize) -> Vec<(u64, Option<u64>)> {
        if !self.is_echo() {
            return Vec::new();
        }
        // What comes back was heard, even where nobody saw it said.
        let delivered: Vec<(u32, u64)> = self
            .lane(lane)
            .filter(|event| event.kind == Kind::Delivered)
            .flat_map(|event| event.carries.iter().map(|message| (message.id, event.start())))
            .collect();
        let by_id = order::by(delivered.iter().map(|&(id, _)| u64::from(id)));
        let heard = |id: u32| {
            let first = by_id.partition_point(|&place| delivered[place].0 < id);
            by_id.get(first).map(|&place| delivered[place]).filter(|found| found.0 == id).map(|found| found.1)
        };
        let said = (0..self.script).filter_map(|id| Some((id, self.passages(lane).message(id)?.said)));
        said.map(|(id, said)| (said, heard(id + self.script))).collect()
    }

    /// The passage of every message of a lane, in the order in which they were said.
    pub fn passages(&self, lane: usize) -> &Passages {
        let all = self.passages.get(|| self.each(|lane| Passages::of(self, lane)));
        all.get(lane).unwrap_or(Passages::NONE)
    }

    pub(crate) fn book(&self, lane: usize) -> Option<&Book> {
        self.books.get(|| self.each(|lane| Book::of(self, lane))).get(lane)
    }

    fn each<T>(&self, of: impl Fn(usize) -> T) -> Vec<T> {
        (0..self.lanes.len()).map(of).collect()
    }
}
