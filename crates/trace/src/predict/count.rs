//! The octets that were foretold beside those that crossed the wire, unit by unit.

use super::fit::First;
use crate::caption;
use crate::event::{Event, Kind};
use crate::trace::Trace;

/// How a lane's units after its first exchange came out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Requests, answers, chunks and frames that crossed the wire.
    pub units: usize,
    /// Their octets.
    pub octets: u64,
    /// On how many connections, on the wire and as foretold.
    pub connections: [usize; 2],
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
    /// Compares what follows the first exchange of a lane. A unit's partner is the next one that does the
    /// same and carries the same messages, on whatever connection: which of those it keeps is a browser's
    /// own affair. The contents of masking keys and of `Sec-WebSocket-Key` are chance; their lengths count
    /// like any others.
    pub fn of(predicted: &Trace, recorded: &Trace, lane: usize) -> Self {
        let seen = units(recorded, lane);
        let mut expected: Vec<Option<Unit>> = units(predicted, lane).into_iter().map(Some).collect();
        let connections = [&seen, &units(predicted, lane)].map(|units| connections(units));
        let octets = seen.iter().map(|unit| unit.1.len() as u64).sum();
        let mut count = Self { units: seen.len(), octets, connections, differing: Vec::new() };
        for unit in &seen {
            let partner = expected.iter_mut().find(|it| it.is_some_and(|it| same(it.0, unit.0)));
            let foretold = partner.and_then(Option::take).map(|it| it.1.len());
            if foretold != Some(unit.1.len()) {
                count.differing.push(Difference::of(unit.0, Some(unit.1.len()), foretold));
            }
        }
        for missing in expected.into_iter().flatten() {
            count.differing.push(Difference::of(missing.0, None, Some(missing.1.len())));
        }
        count
    }

    /// Whether every octet came as foretold.
    pub fn is_exact(&self) -> bool {
        self.differing.is_empty()
    }
}

impl Difference {
    fn of(event: &Event, witnessed: Option<usize>, predicted: Option<usize>) -> Self {
        Self { what: caption::title(event), witnessed, predicted }
    }
}

type Unit<'a> = (&'a Event, &'a [u8]);

fn same(one: &Event, other: &Event) -> bool {
    let carries = |event: &Event| event.carries.iter().map(|message| message.id).collect::<Vec<_>>();
    one.key.sender == other.key.sender && one.kind == other.kind && carries(one) == carries(other)
}

fn connections(units: &[Unit]) -> usize {
    let mut known: Vec<u16> = Vec::new();
    for (event, _) in units {
        if !known.contains(&event.key.connection) {
            known.push(event.key.connection);
        }
    }
    known.len()
}

/// What crossed the connections after the first exchange, earliest first.
fn units(trace: &Trace, lane: usize) -> Vec<Unit<'_>> {
    let first = First::of(trace.lane(lane).map(|event| &**event));
    let fitted = |event: &Event| {
        first.as_ref().is_some_and(|first| [first.request.key, first.answer.key].contains(&event.key))
    };
    trace
        .lane(lane)
        .filter(|event| !matches!(event.kind, Kind::Lost { .. } | Kind::Retransmission))
        .filter(|event| !fitted(event))
        .filter_map(|event| Some((&**event, event.raw.as_deref()?)))
        .collect()
}
