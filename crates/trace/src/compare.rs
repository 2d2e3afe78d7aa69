//! Several transports side by side: what they cost, what they bring, and which to take.
//!
//! Every figure is counted in a run of the simulator; nothing here knows a transport by name, so that
//! a new one needs no line. [`ledger`] stacks octets, [`break_even`] finds the message from which one
//! lane is cheaper than another, [`sweep`] turns one knob, [`chart`] draws what came of it, [`table`]
//! is the usual comparison with a run behind each cell, [`chooser`] recommends.

mod axis;
pub mod break_even;
pub mod chart;
pub mod chooser;
pub mod ledger;
pub mod manner;
pub mod sweep;
pub mod table;

use tongue::say;

use crate::ledger::{Account, Spread};
use crate::scenario::{Scenario, Transport, Utterance, Workload, evenly};
use crate::sim::simulate;
use crate::trace::Trace;
use ledger::Parts;

pub use axis::{Axis, Tick};

/// A table as text: the equal of a picture, for those who hear it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grid {
    /// The names of the columns; the first is that of the rows.
    pub head: Vec<String>,
    /// One row each, as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// What a lane has cost and brought by its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Figures {
    /// Octets that crossed its connections: messages, heads, frames.
    pub on_connections: u64,
    /// Octets that crossed the network, as far as the model goes.
    pub all: u64,
    /// Messages that reached the other side.
    pub delivered: u32,
    /// Connections opened.
    pub connections: u32,
    /// HTTP requests.
    pub requests: u32,
    /// Octets of the messages as they were carried: compressed, if they were.
    pub payload: u64,
    /// How old what was heard is: round trips of an echo, said to heard of anything else.
    pub ages: Option<Spread>,
}

impl Figures {
    /// The figures of one lane.
    pub fn of(trace: &Trace, lane: usize) -> Self {
        let account = Account::at(trace, lane, u64::MAX);
        Self {
            on_connections: account.on_connections(),
            all: Parts::ALL.of(&account),
            delivered: account.delivered,
            connections: account.connections,
            requests: account.requests,
            payload: account.payload(),
            ages: account.spread(trace.is_echo()),
        }
    }
}

/// Which text is compressed, where a workload has no ordinary words of its own.
pub fn filler(workload: Workload) -> Option<String> {
    let ordinary = matches!(workload, Workload::News | Workload::Talk);
    (!ordinary).then(|| {
        say!(
            "{}: the text is the scenario’s own short lines, filled up with dots where a message size is set. Yours \
             may shrink more or less.",
            Transport::Deflate.name()
        )
    })
}

/// `scenario` on one transport alone.
fn alone(scenario: &Scenario, transport: Transport) -> Scenario {
    Scenario { lanes: vec![transport], ..scenario.clone() }
}

/// Its run.
fn run(scenario: &Scenario, transport: Transport) -> Trace {
    simulate(&alone(scenario, transport))
}

/// The same words by the same people, one every `gap` microseconds on average. What waits for the other
/// side has no times of its own.
fn spaced(scenario: &Scenario, gap: u64) -> Scenario {
    if !scenario.workload.is_open() {
        return scenario.clone();
    }
    let added = (0..)
        .zip(scenario.script())
        .map(|(n, utterance)| Utterance { at: evenly(n, gap, scenario.poll), ..utterance });
    Scenario { workload: Workload::Chat, messages: 0, added: added.collect(), ..scenario.clone() }
}
