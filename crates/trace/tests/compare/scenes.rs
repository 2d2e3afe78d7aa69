//! Scenarios to compare, and octets counted by hand: event by event, without an account.

use trace::compare::ledger::{Part, Parts};
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

/// A run of `messages` on one transport.
pub(crate) fn scenario(workload: Workload, messages: u32) -> Scenario {
    Scenario { workload, messages, ..Scenario::default() }
}

pub(crate) fn network(milliseconds: u64, kilobits: u32) -> Network {
    let mut network = Scenario::default().network;
    (network.round_trip, network.kilobits) = (milliseconds * 1_000, kilobits);
    network
}

pub(crate) fn alone(scenario: &Scenario, transport: Transport) -> Trace {
    simulate(&Scenario { lanes: vec![transport], ..scenario.clone() })
}

/// Octets of the events of a lane that have been sent by `now`.
pub(crate) fn octets(trace: &Trace, lane: u8, now: u64, parts: Parts) -> u64 {
    let own = trace.events().iter().filter(|it| it.key.lane == lane && it.times.sent() <= now);
    own.flat_map(|it| Part::ALL.map(|part| if parts.contains(part) { part.of(&it.octets) } else { 0 })).sum()
}
