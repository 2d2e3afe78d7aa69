//! What the first exchange of a lane tells: the heads of its calls, and how far away the server is.

use wire::Request;

use crate::event::{Event, Kind};
use crate::heads::{Caller, same_call};
use crate::scenario::{Network, Scenario};
use crate::sim;
use crate::trace::Trace;

/// What was fitted on one lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    /// The first request of each kind of call, as it crossed the wire.
    pub heads: Vec<Request>,
    /// The round trip with which the simulated first exchange takes as long as the measured one, in
    /// microseconds. 0 to 2,000,000.
    pub round_trip: u64,
    /// How long that exchange took, in microseconds: connecting included.
    pub took: u64,
}

impl Fit {
    /// Fits one lane, whose first exchange `took` so many microseconds; `None` if the wire was not seen.
    pub(super) fn of(scenario: &Scenario, lane: u8, recorded: &Trace, took: u64) -> Option<Self> {
        let transport = *scenario.lanes.get(usize::from(lane))?;
        let heads = heads(recorded, lane);
        if heads.is_empty() {
            return None;
        }
        let caller = Caller::of(scenario).seen(heads.clone());
        let simulated = |round_trip| {
            let own = on(scenario, round_trip);
            let events = sim::play(&own, lane, transport, caller.clone());
            First::of(events.iter()).and_then(|first| first.took()).unwrap_or(u64::MAX)
        };
        // The simulated time grows with the round trip: halves find the one that fits.
        let (mut low, mut high) = (0, FARTHEST);
        while low < high {
            let middle = (low + high) / 2;
            if simulated(middle) < took { low = middle + 1 } else { high = middle }
        }
        Some(Self { heads, round_trip: low, took })
    }

    /// The scenario on this lane's own network.
    pub(super) fn on(&self, scenario: &Scenario) -> Scenario {
        on(scenario, self.round_trip)
    }
}

fn on(scenario: &Scenario, round_trip: u64) -> Scenario {
    Scenario { network: Network { round_trip, ..scenario.network }, ..scenario.clone() }
}

/// The first request of each kind of call that crossed the wire.
fn heads(recorded: &Trace, lane: u8) -> Vec<Request> {
    let mut heads: Vec<Request> = Vec::new();
    let requests = recorded.lane(lane.into()).filter(|event| matches!(event.kind, Kind::Request { .. }));
    for raw in requests.filter_map(|event| event.raw.as_deref()) {
        let Ok(Some((request, _))) = wire::parse_request(raw) else { continue };
        if !heads.iter().any(|known| same_call(known, &request)) {
            heads.push(request);
        }
    }
    heads
}

/// The first request of a lane and its answer.
pub(super) struct First<'a> {
    /// When its connection was asked for, or, on one that stood, when the request left.
    begun: u64,
    pub(super) request: &'a Event,
    pub(super) answer: &'a Event,
}

impl<'a> First<'a> {
    pub(super) fn of(lane: impl Iterator<Item = &'a Event> + Clone) -> Option<Self> {
        let is_request = |event: &&Event| matches!(event.kind, Kind::Request { .. });
        let request = lane.clone().filter(is_request).min_by_key(|event| event.start())?;
        let same = |event: &&Event| {
            event.key.connection == request.key.connection && event.key.sender != request.key.sender
        };
        let answers = lane.clone().filter(|event| matches!(event.kind, Kind::Response { .. })).filter(same);
        let answer = answers.min_by_key(|event| event.start())?;
        let opens =
            |event: &&Event| event.kind == Kind::Syn && event.key.connection == request.key.connection;
        let begun = lane.clone().find(opens).map_or(request.start(), |syn| syn.start());
        Some(Self { begun, request, answer })
    }

    /// In microseconds, as the client sees it.
    pub(super) fn took(&self) -> Option<u64> {
        Some(self.answer.times.received_last?.at.saturating_sub(self.begun))
    }
}

/// The longest round trip that is tried, in microseconds.
const FARTHEST: u64 = 2_000_000;
