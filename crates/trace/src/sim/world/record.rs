//! What the world writes down: one event for each unit, and one for what TCP does about it.

use std::rc::Rc;

use wire::Sender;

use super::World;
use super::connection::side;
use crate::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Times};

/// A unit as it is written down.
pub(super) struct Entry {
    pub(super) layer: Layer,
    pub(super) kind: Kind,
    pub(super) times: Times,
    pub(super) octets: Octets,
    pub(super) raw: Option<Rc<[u8]>>,
    pub(super) carries: Vec<Message>,
}

impl Entry {
    /// What TCP sends by itself.
    pub(super) fn tcp(kind: Kind, times: Times, tcp_ip: u64) -> Self {
        let octets = Octets { tcp_ip, ..Octets::default() };
        Self { layer: Layer::Tcp, kind, times, octets, raw: None, carries: Vec::new() }
    }

    /// What people say and hear.
    pub(super) fn application(kind: Kind, at: u64, carries: Vec<Message>) -> Self {
        let times = Times::moment(at, Provenance::Simulated);
        Self { layer: Layer::Application, kind, times, octets: Octets::default(), raw: None, carries }
    }
}

impl World {
    /// Writes an event down and answers its place.
    pub(super) fn record(&mut self, connection: u16, sender: Sender, entry: Entry) -> usize {
        let unit = match self.connections.get_mut(usize::from(connection)) {
            Some(known) if entry.raw.is_some() => {
                known.shown[side(sender)] += 1;
                known.shown[side(sender)] - 1
            }
            _ => 0,
        };
        let Entry { layer, kind, times, octets, raw, carries } = entry;
        self.events.push(Event {
            key: Key { run: 0, lane: self.lane, connection, sender, unit },
            layer,
            source: Source::Simulated,
            kind,
            times,
            octets,
            raw,
            unknown: Vec::new(),
            carries,
        });
        self.events.len() - 1
    }

    /// Fills in the times of a unit whose segment leaves for the first time.
    pub(super) fn departs(&mut self, event: usize, first: bool, times: &Times) {
        let known = &mut self.events[event].times;
        if first {
            known.sent_first = times.sent_first;
        }
        known.sent_last = times.sent_last;
    }

    /// Fills in the times of a unit whose segment will arrive.
    pub(super) fn comes(&mut self, event: usize, first: bool, times: &Times) {
        let known = &mut self.events[event].times;
        if first {
            known.received_first = times.received_first;
        }
        let later = |stamp: &crate::event::Stamp| times.end() < stamp.at;
        known.received_last = known.received_last.filter(later).or(times.received_last);
    }
}
