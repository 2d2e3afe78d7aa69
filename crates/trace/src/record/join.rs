//! Two witnesses of one unit, one mark on the picture: times from whoever has them, octets from the wire.

use crate::event::{Event, Kind, Layer, Source, Times};
use crate::order;

/// Joins events with one key, layer and kind of kind; neither of them is changed. The result is
/// ordered so that a stable sort by time keeps causes before effects.
pub(super) fn join(events: &[Event]) -> Vec<Event> {
    let mut joined: Vec<Event> = Vec::with_capacity(events.len());
    for place in order::by(events.iter().map(identity)) {
        let event = &events[place];
        match joined.last_mut().filter(|known| identity(known) == identity(event)) {
            Some(known) => *known = both(known, event),
            None => joined.push(event.clone()),
        }
    }
    order::sorted(joined, |event| turn(&event.kind))
}

/// What two witnesses of one thing have in common, as a number: lane, connection, sender, layer, kind
/// of kind and unit side by side. The run is left out, because a trace holds one.
fn identity(event: &Event) -> u64 {
    let key = &event.key;
    let layer = match event.layer {
        Layer::Tcp => 0,
        Layer::Http => 1,
        Layer::WebSocket => 2,
        Layer::Application => 3,
        Layer::Tls => 4,
    };
    let sender = u64::from(key.sender == wire::Sender::Server);
    u64::from(key.lane) << 56
        | u64::from(key.connection) << 40
        | sender << 39
        | layer << 36
        | sort(&event.kind) << 32
        | u64::from(key.unit)
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
fn sort(kind: &Kind) -> u64 {
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
        Kind::Tls(_) => 13,
        Kind::Reset => 14,
        Kind::Lost { .. } | Kind::Retransmission => 15,
        Kind::Chunk => 16,
    }
}
