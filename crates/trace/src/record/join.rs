//! Two witnesses of one unit, one mark on the picture: times from whoever has them, octets from the wire.

use std::collections::BTreeMap;

use crate::event::{Event, Key, Kind, Layer, Source, Times};
use crate::order;

/// Joins events with one key, layer and kind of kind; neither of them is changed. The result is
/// ordered so that a stable sort by time keeps causes before effects.
pub(super) fn join(events: &[Event]) -> Vec<Event> {
    let mut joined: BTreeMap<(Key, Layer, u8), Event> = BTreeMap::new();
    for event in events {
        joined
            .entry((event.key, event.layer, sort(&event.kind)))
            .and_modify(|known| *known = both(known, event))
            .or_insert_with(|| event.clone());
    }
    order::sorted(joined.into_values().collect(), |event| turn(&event.kind))
}

/// At one and the same time something is said, then travels, then is heard.
fn turn(kind: &Kind) -> u64 {
    match kind {
        Kind::Said => 0,
        Kind::Delivered => 2,
        _ => 1,
    }
}

fn both(one: &Event, other: &Event) -> Event {
    let (wire, browser) = if one.source == Source::Wire { (one, other) } else { (other, one) };
    let (w, b) = (wire.times, browser.times);
    let times = Times {
        sent_first: b.sent_first.filter(|_| w.sent_first.is_none()).or(w.sent_first),
        sent_last: b.sent_last.filter(|_| w.sent_last.is_none()).or(w.sent_last),
        received_first: w.received_first.or(b.received_first),
        received_last: w.received_last.or(b.received_last),
    };
    let carries = if wire.carries.is_empty() { browser.carries.clone() } else { wire.carries.clone() };
    Event { times, carries, ..wire.clone() }
}

/// Tells kinds apart that may share a key.
fn sort(kind: &Kind) -> u8 {
    match kind {
        Kind::Syn => 0,
        Kind::SynAck => 1,
        Kind::Established => 2,
        Kind::Ack(_) => 3,
        Kind::Fin => 4,
        Kind::Accepted => 5,
        Kind::EndOfStream => 6,
        Kind::Request { .. } => 7,
        Kind::Response { .. } => 8,
        Kind::Frame { .. } => 9,
        Kind::Said => 10,
        Kind::Delivered => 11,
        Kind::Failed(_) => 12,
    }
}
