//! What a lane sends once, however long it goes on, and what it sends in each minute.

use wire::{Opcode, Sender};

use super::{ECHOES, Need, Who};
use crate::compare::ledger::{Part, Parts};
use crate::event::{Event, Kind};
use crate::ledger::Account;
use crate::scenario::Scenario;
use crate::trace::Trace;

/// Octets are those on the network, TCP and IP included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Octets that open and close the connections which stay: TCP, TLS, and the one exchange that makes such
    /// a connection a WebSocket or a stream.
    pub once: u64,
    /// Octets in each minute.
    pub octets: u64,
    /// HTTP requests in each minute, rounded to whole ones.
    pub requests: u64,
}

impl Pace {
    /// Counts a run of `scenario` on one lane. Everybody speaks as often in the stretch that is counted as
    /// in any other of its length, so that neither beginning nor end weighs on it.
    pub(super) fn of(need: Need, scenario: &Scenario, trace: &Trace) -> Self {
        match need.who {
            Who::Client => Self::of_echo(need, trace),
            Who::Server | Who::Both => Self::of_talk(scenario, trace),
        }
    }

    fn of_talk(scenario: &Scenario, trace: &Trace) -> Self {
        let said: Vec<u64> = scenario.script().iter().map(|it| it.at).collect();
        let last = said.len().saturating_sub(1);
        let counted = STRETCHES.into_iter().find(|counted| *counted < last).unwrap_or(0);
        let (Some(&from), Some(&to)) = (said.get(last - counted), said.last()) else {
            return Self { once: 0, octets: 0, requests: 0 };
        };
        let [before, after] = [from, to].map(|at| Account::at(trace, 0, at));
        let a_minute = |more: u64| rounded(more.saturating_mul(MINUTE), to - from);
        Self {
            once: kept(trace, from, to).0,
            octets: a_minute(Parts::ALL.of(&after) - Parts::ALL.of(&before)),
            requests: a_minute(u64::from(after.requests - before.requests)),
        }
    }

    /// An echo waits for nobody in the run, but does between two messages; and its words are filler, so that
    /// what compression saves on them is put back.
    fn of_echo(need: Need, trace: &Trace) -> Self {
        let said = trace.lane(0).filter(|it| it.kind == Kind::Said && it.key.sender == Sender::Client);
        let said: Vec<u64> = said.map(|it| it.start()).collect();
        let (from, to) = (said.get(1).copied(), said.last().copied());
        let (once, opening) = kept(trace, from.unwrap_or(0), to.unwrap_or(0));
        let account = Account::at(trace, 0, u64::MAX);
        let spoken = u64::from(need.size) * u64::from(account.delivered);
        let all = Parts::ALL.of(&account) + spoken.saturating_sub(account.payload());
        let a_minute = |more: u64| rounded(more.saturating_mul(MINUTE), u64::from(ECHOES) * need.gap);
        Self {
            once,
            octets: a_minute(all - once),
            requests: a_minute(u64::from(account.requests).saturating_sub(opening)),
        }
    }
}

/// Octets and requests that open and close the connections which are there from one time to another.
fn kept(trace: &Trace, from: u64, to: u64) -> (u64, u64) {
    let travels: Vec<&Event> = trace.lane(0).map(|it| &**it).filter(|it| it.travels()).collect();
    let (mut octets, mut requests) = (0, 0);
    for syn in travels.iter().filter(|it| it.kind == Kind::Syn && it.start() <= from) {
        let own = || travels.iter().filter(|it| it.key.connection == syn.key.connection);
        if own().all(|it| it.end() < to) {
            continue;
        }
        let asked = own().filter(|it| matches!(it.kind, Kind::Request { .. })).count();
        for event in own() {
            let exchange = match event.kind {
                Kind::Request { .. } | Kind::Response { .. } => asked == 1 && event.carries.is_empty(),
                _ => false,
            };
            if exchange || frames_it(&event.kind) {
                octets += Part::ALL.into_iter().map(|part| part.of(&event.octets)).sum::<u64>();
            }
            requests += u64::from(exchange && matches!(event.kind, Kind::Request { .. }));
        }
    }
    (octets, requests)
}

/// Whether an event opens or closes a connection.
fn frames_it(kind: &Kind) -> bool {
    match kind {
        Kind::Syn | Kind::SynAck | Kind::Established | Kind::Fin | Kind::Tls(_) => true,
        Kind::Frame { opcode, .. } => *opcode == Opcode::Close,
        _ => false,
    }
}

fn rounded(sum: u64, by: u64) -> u64 {
    (sum + by / 2) / by.max(1)
}

/// How many messages are counted, the most that there are: as often by one speaker as by the other, and
/// numbers of Fibonacci, over which the times of [`evenly`](crate::scenario::evenly) come round again.
const STRETCHES: [usize; 4] = [144, 34, 8, 2];

/// In microseconds.
const MINUTE: u64 = 60_000_000;
