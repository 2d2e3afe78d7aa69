//! What the lessons read off a run, beyond single events.

use wire::Sender;

use super::pick::{Pick, What};
use crate::event::Kind;
use crate::ledger::Account;
use crate::sim::SEGMENT_HEADERS;
use crate::trace::Trace;

/// How many events of a kind a lane has.
pub(crate) fn tally(trace: &Trace, lane: usize, what: What) -> u64 {
    trace.lane(lane).filter(|event| what.is(event)).count() as u64
}

/// Connections that a lane opened.
pub(crate) fn connections(trace: &Trace, lane: usize) -> u64 {
    tally(trace, lane, What::Syn)
}

/// Requests of a lane, the opening handshake among them.
pub(crate) fn requests(trace: &Trace, lane: usize) -> u64 {
    tally(trace, lane, What::Request)
}

/// Responses of a lane.
pub(crate) fn responses(trace: &Trace, lane: usize) -> u64 {
    tally(trace, lane, What::Response)
}

/// What a lane has cost in the end.
pub(crate) fn account(trace: &Trace, lane: usize) -> Account {
    Account::at(trace, lane, trace.end())
}

/// What a lane's connections carried, without TCP and IP.
pub(crate) fn octets(trace: &Trace, lane: usize) -> u64 {
    account(trace, lane).on_connections()
}

/// How long TCP takes to connect on a lane: a round trip and a few octets.
pub(crate) fn round_trip(trace: &Trace, lane: usize) -> u64 {
    let connected = Pick::first(lane, What::Established).leaves(trace);
    connected - Pick::first(lane, What::Syn).leaves(trace).min(connected)
}

/// When the last of the server's messages was heard on a lane.
pub(crate) fn last_heard(trace: &Trace, lane: usize) -> u64 {
    let mut heard = trace.lane(lane).filter(|event| What::Heard(Sender::Server).is(event));
    heard.next_back().map_or(0, |event| event.start())
}

/// Segments that an event fills, of a link that loses none of them.
pub(super) fn segments(trace: &Trace, pick: Pick) -> u64 {
    pick.event(trace).map_or(0, |event| event.octets.tcp_ip / SEGMENT_HEADERS)
}

/// Segments of this side that carry nothing but an acknowledgement.
pub(super) fn acknowledgements(trace: &Trace, lane: usize, from: Sender) -> u64 {
    let own = trace.lane(lane).filter(|event| event.key.sender == from);
    own.map(|event| if let Kind::Ack(number) = event.kind { u64::from(number) } else { 0 }).sum()
}

/// For each message of the server that had arrived and could not be handed over yet, how long it waited
/// for octets before it.
pub(crate) fn held_back(trace: &Trace, lane: usize) -> Vec<u64> {
    let own = trace.lane(lane).filter(|event| event.travels() && event.key.sender == Sender::Server);
    let carried = own.flat_map(|event| event.carries.iter().map(move |message| (message.id, event.end())));
    let waited = carried.filter_map(|(id, arrived)| {
        let delivered = trace.passages(lane).message(id)?.delivered?;
        delivered.checked_sub(arrived).filter(|&waited| waited > 0)
    });
    waited.collect()
}

/// How old the oldest message of a lane was when it was heard.
pub(super) fn oldest(trace: &Trace, lane: usize) -> u64 {
    account(trace, lane).freshness.map_or(0, |ages| ages.max)
}
