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

use crate::ledger::{Account, Spread};
use crate::scenario::{Scenario, Speaker, Transport, Utterance, Workload};
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
            ages: account.spread(trace.is_echo()),
        }
    }
}

/// `scenario` on one transport alone.
fn alone(scenario: &Scenario, transport: Transport) -> Scenario {
    Scenario { lanes: vec![transport], ..scenario.clone() }
}

/// Its run.
fn run(scenario: &Scenario, transport: Transport) -> Trace {
    simulate(&alone(scenario, transport))
}

/// The same words by the same people, one every `gap` microseconds on average. The times are spread
/// evenly over the interval of the polls, so that no transport is lucky. What waits
/// for the other side has no times of its own.
fn spaced(scenario: &Scenario, gap: u64) -> Scenario {
    if !scenario.workload.is_open() {
        return scenario.clone();
    }
    let spread = gap.min(scenario.poll);
    let added = (0..).zip(scenario.script()).map(|(n, utterance): (u64, Utterance)| Utterance {
        at: START + n * gap + n * GOLDEN % MILLION * spread / MILLION,
        ..utterance
    });
    Scenario { workload: Workload::Chat, messages: 0, added: added.collect(), ..scenario.clone() }
}

/// `count` messages of `size` octets to be [`spaced`], by these speakers in turn.
fn words(speakers: &[Speaker], count: u32, size: usize) -> Vec<Utterance> {
    let of = |n: u32| speakers.get(n as usize % speakers.len().max(1)).copied();
    let said = (0..count).filter_map(|n| Some(Utterance { at: 0, from: of(n)?, text: prose(n, size) }));
    said.collect()
}

/// Words one after another, other ones each time, cut to `size` octets: prose compresses, but not to
/// nothing.
fn prose(n: u32, size: usize) -> String {
    let mut text = String::with_capacity(size + 8);
    let mut state = n.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    while text.len() < size {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(WORDS[(state >> 24) as usize % WORDS.len()]);
    }
    text.truncate(size);
    text
}

/// When the first message is said, in microseconds: every connection of a usual network is open.
const START: u64 = 400_000;

/// Millionths of the golden section: its multiples leave no gaps.
const GOLDEN: u64 = 618_034;
const MILLION: u64 = 1_000_000;

const WORDS: [&str; 16] = [
    "lunch ", "at ", "noon ", "the ", "train ", "is ", "late ", "again ", "see ", "you ", "there ", "price ",
    "up ", "down ", "ok ", "and ",
];
