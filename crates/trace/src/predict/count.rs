//! The octets that were foretold beside those that crossed the wire, unit by unit.

use super::fit::First;
use crate::caption;
use crate::event::{Event, Key, Kind};
use crate::order;
use crate::trace::Trace;

/// How a lane's units after its first exchange came out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Requests, answers, chunks and frames that crossed the wire.
    pub units: usize,
    /// Their octets.
    pub octets: u64,
    /// Where prediction and wire differ, in the order of the units.
    pub differing: Vec<Difference>,
}

/// A unit that came out otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What it is.
    pub what: String,
    /// Its octets on the wire; `None` if it never came.
    pub witnessed: Option<usize>,
    /// Its octets as foretold; `None` if nobody expected it.
    pub predicted: Option<usize>,
}

impl Count {
    /// Compares what follows the first exchange of a lane. The contents of masking keys and of
    /// `Sec-WebSocket-Key` are chance; their lengths count like any others.
    pub fn of(predicted: &Trace, recorded: &Trace, lane: usize) -> Self {
        let (expected, seen) = (units(predicted, lane), units(recorded, lane));
        let mut count = Self { units: seen.len(), ..Self::default() };
        count.octets = seen.iter().map(|unit| unit.1.len() as u64).sum();
        let mut keys: Vec<(Key, &Event)> = Vec::new();
        for unit in seen.iter().chain(&expected) {
            if !keys.iter().rev().any(|known| same(&known.0, &unit.0.key)) {
                keys.push((unit.0.key, unit.0));
            }
        }
        for (key, event) in keys {
            let find = |units: &[(&Event, &[u8])]| {
                units
                    .iter()
                    .find(|unit| same(&unit.0.key, &key))
                    .map(|unit| (unit.0.kind.clone(), unit.1.len()))
            };
            let (witnessed, foretold) = (find(&seen), find(&expected));
            if witnessed != foretold {
                count.differing.push(Difference {
                    what: caption::title(event),
                    witnessed: witnessed.map(|unit| unit.1),
                    predicted: foretold.map(|unit| unit.1),
                });
            }
        }
        count
    }

    /// Whether every octet came as foretold.
    pub fn is_exact(&self) -> bool {
        self.differing.is_empty()
    }
}

fn same(one: &Key, other: &Key) -> bool {
    (one.connection, one.sender, one.unit) == (other.connection, other.sender, other.unit)
}

/// What crossed the connections after the first exchange, connection by connection.
fn units(trace: &Trace, lane: usize) -> Vec<(&Event, &[u8])> {
    let first = First::of(trace.lane(lane).map(|event| &**event));
    let fitted = |event: &Event| {
        first.as_ref().is_some_and(|first| [first.request.key, first.answer.key].contains(&event.key))
    };
    let own: Vec<(&Event, &[u8])> = trace
        .lane(lane)
        .filter(|event| !matches!(event.kind, Kind::Lost { .. } | Kind::Retransmission))
        .filter(|event| !fitted(event))
        .filter_map(|event| Some((&**event, event.raw.as_deref()?)))
        .collect();
    let places = order::by(own.iter().map(|unit| {
        let key = unit.0.key;
        let sender = u64::from(key.sender == wire::Sender::Server);
        u64::from(key.connection) << 40 | u64::from(key.unit) << 1 | sender
    }));
    places.into_iter().map(|place| own[place]).collect()
}
