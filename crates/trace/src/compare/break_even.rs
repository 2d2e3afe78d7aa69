//! From which message on one transport is cheaper than another.
//!
//! Nothing is assumed but that a lane costs something to set up and about as much again for each
//! message. Two runs tell both: `T(n)` octets for `n` messages and `T(2n)` for twice as many give
//! `T(2n) - T(n)` for `n` messages and `2 T(n) - T(2n)` for the set-up, in whole octets. Where the two
//! lines cross is only where to look: heads grow with the digits in them, polls come by the clock. The
//! turning point itself is found among runs, one message apart, as far as [`MOST`] messages.

use tongue::say;

use super::ledger::Parts;
use crate::caption::{count, octets, parted, plural, sentences};
use crate::ledger::Account;
use crate::scenario::{Scenario, Transport};
use crate::sim::simulate;

/// What one transport costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Octets before the first message and after the last: `2 T(n) - T(2n)`.
    pub setup: i64,
    /// Octets of [`STEP`] messages more: `T(2n) - T(n)`.
    pub growth: i64,
}

/// When the second is cheaper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// However many messages.
    Always,
    /// With no number of messages.
    Never,
    /// With this many messages or more.
    From(u32),
    /// With at most this many.
    UpTo(u32),
    /// With some numbers and not with others, in no order: it depends on where polls fall.
    Varies,
}

/// The comparison of two transports on one scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BreakEven {
    /// Compared with what.
    pub a: Transport,
    /// What is cheaper or is not.
    pub b: Transport,
    /// What the first costs.
    pub cost_a: Cost,
    /// What the second costs.
    pub cost_b: Cost,
    /// When the second is cheaper.
    pub answer: Answer,
    /// Whether runs show it; otherwise the turning point lies beyond [`MOST`] and is where the lines cross.
    pub shown: bool,
}

/// What `transport` costs, of the octets in `parts`.
pub fn cost(scenario: &Scenario, transport: Transport, parts: Parts) -> Cost {
    let mut runs = Runs { scenario, lanes: [transport; 1], parts, known: Vec::new() };
    let ([once], [twice]) = (runs.total(STEP), runs.total(2 * STEP));
    Cost::of(once, twice)
}

/// Whether and from when on `b` costs fewer octets than `a`, of those in `parts`. The scenario's own
/// number of messages, and what a visitor added, play no part.
pub fn break_even(scenario: &Scenario, a: Transport, b: Transport, parts: Parts) -> BreakEven {
    let mut runs = Runs { scenario, lanes: [a, b], parts, known: Vec::new() };
    let ([once_a, once_b], [twice_a, twice_b]) = (runs.total(STEP), runs.total(2 * STEP));
    let (cost_a, cost_b) = (Cost::of(once_a, twice_a), Cost::of(once_b, twice_b));
    let (first, last) = (runs.cheaper(1), runs.cheaper(MOST));
    let (answer, shown) = match (first, last, crossing(cost_a, cost_b)) {
        (true, true, Some(n)) if n > MOST && cost_b.growth > cost_a.growth => (Answer::UpTo(n - 1), false),
        (false, false, Some(n)) if n > MOST && cost_b.growth < cost_a.growth => (Answer::From(n), false),
        (true, true, _) => (Answer::Always, true),
        (false, false, _) => (Answer::Never, true),
        (_, _, guess) => {
            let n = runs.turn(last, guess.unwrap_or(STEP));
            (if last { Answer::From(n) } else { Answer::UpTo(n - 1) }, true)
        }
    };
    let turn = match answer {
        Answer::From(n) | Answer::UpTo(n) => n,
        _ => 1,
    };
    let beside = turn.saturating_sub(BESIDE).max(1)..=(turn + BESIDE).min(MOST);
    let contradicted = shown && (1..=LOOKED_AT).chain(beside).any(|n| answer.holds(n) != runs.cheaper(n));
    let answer = if contradicted { Answer::Varies } else { answer };
    BreakEven { a, b, cost_a, cost_b, answer, shown }
}

impl Answer {
    /// Whether the second is cheaper with `n` messages, as far as the answer tells.
    fn holds(self, n: u32) -> bool {
        match self {
            Self::Always => true,
            Self::Never | Self::Varies => false,
            Self::From(first) => n >= first,
            Self::UpTo(last) => n <= last,
        }
    }
}

impl BreakEven {
    /// The answer in words, with what it follows from.
    pub fn sentence(&self) -> String {
        let (a, b) = (self.a.name(), self.b.name());
        let verdict = match self.answer {
            Answer::Always => say!("{} is cheaper than {} from the first message on", b, a),
            Answer::Never => say!("{} is never cheaper than {}", b, a),
            Answer::From(n) => say!("{} is cheaper than {} from message {} on", b, a, count(n.into())),
            Answer::Varies => {
                say!("{} is cheaper than {} with some numbers of messages and not with others", b, a)
            }
            Answer::UpTo(n) => {
                say!("{} is cheaper than {} only up to {}", b, a, plural(n.into(), "message"))
            }
        };
        let most = count(MOST.into());
        let verdict = match (self.shown, self.answer) {
            (false, _) => {
                say!("{}, if it goes on as it begins: beyond {} it is reckoned, not run.", verdict, most)
            }
            (true, Answer::Always | Answer::Never) => say!("{}, with up to {} messages.", verdict, most),
            (true, _) => say!("{}.", verdict),
        };
        let costs =
            [(b, self.cost_b), (a, self.cost_a)].map(|(name, cost)| say!("{}: {}.", name, cost.words()));
        sentences([verdict].into_iter().chain(costs).chain(self.division()))
    }

    /// Where one pays more at first and less for each message, how often that goes into this.
    fn division(&self) -> Option<String> {
        let more = self.cost_b.setup - self.cost_a.setup;
        let gain = self.cost_a.growth - self.cost_b.growth;
        if more.signum() * gain.signum() != 1 {
            return None;
        }
        let (more, gain) = (more.unsigned_abs(), gain.unsigned_abs());
        let hundredths = more * u64::from(STEP) * 100 / gain;
        let times = parted(hundredths * 10);
        let sum = [&count(more), " / ", &each(gain), " = ", &times].concat();
        Some(say!("{} octets more at first, {} fewer for each message: {}.", count(more), each(gain), sum))
    }
}

impl Cost {
    fn of(once: i64, twice: i64) -> Self {
        Self { setup: 2 * once - twice, growth: twice - once }
    }

    /// `1,039 octets to set up, then 24 for each message`.
    pub fn words(self) -> String {
        let setup = octets(self.setup.unsigned_abs());
        let minus = if self.setup < 0 { "−" } else { "" };
        let setup = [minus, &setup].concat();
        say!("{} to set up, then {} for each message", setup, each(self.growth.unsigned_abs()))
    }
}

/// Octets for one message, of those for [`STEP`].
pub(super) fn each(growth: u64) -> String {
    parted(growth * 1_000 / u64::from(STEP))
}

/// The first number of messages at which the order of two straight lines has turned.
fn crossing(a: Cost, b: Cost) -> Option<u32> {
    // b.setup + n b.growth / STEP < a.setup + n a.growth / STEP, or the other way round.
    let (ahead, gain) = match a.growth - b.growth {
        0 => return None,
        gain if gain > 0 => (b.setup - a.setup, gain),
        loss => (a.setup - b.setup - 1, -loss),
    };
    let n = ahead.max(0) * i64::from(STEP) / gain + 1;
    u32::try_from(n).ok()
}

/// Runs of some transports, each done once.
struct Runs<'a, const N: usize> {
    scenario: &'a Scenario,
    lanes: [Transport; N],
    parts: Parts,
    known: Vec<(u32, [i64; N])>,
}

impl<const N: usize> Runs<'_, N> {
    fn total(&mut self, messages: u32) -> [i64; N] {
        if let Some((_, total)) = self.known.iter().find(|(of, _)| *of == messages) {
            return *total;
        }
        let trace = simulate(&Scenario {
            lanes: self.lanes.to_vec(),
            messages,
            added: Vec::new(),
            ..self.scenario.clone()
        });
        let total = std::array::from_fn(|lane| self.parts.of(&Account::at(&trace, lane, u64::MAX)) as i64);
        self.known.push((messages, total));
        total
    }
}

impl Runs<'_, 2> {
    fn cheaper(&mut self, messages: u32) -> bool {
        let [a, b] = self.total(messages);
        b < a
    }

    /// The first number of messages with which it `is` cheaper: between 1 and [`MOST`], where it is not
    /// and is. Looks round the guess first.
    fn turn(&mut self, is: bool, guess: u32) -> u32 {
        let (mut before, mut after) = (1, MOST);
        let mut next = guess;
        while after - before > 1 {
            let n = next.clamp(before + 1, after - 1);
            if self.cheaper(n) == is {
                (after, next) = (n, n - 1);
            } else {
                (before, next) = (n, n + 1);
            }
            // Not beside the guess after all: halve what is left.
            if self.known.len() > NEARBY {
                next = before + (after - before) / 2;
            }
        }
        after
    }
}

/// Messages of the shorter run: one round of the chat, and counted in one digit.
pub const STEP: u32 = 5;

/// Messages of the longest run.
pub const MOST: u32 = 200;

/// Every number of messages up to this is run, and so many on either side of the turn, to see that the
/// order turns once.
const LOOKED_AT: u32 = 12;
const BESIDE: u32 = 2;

/// Runs after which the search no longer trusts its guess.
const NEARBY: usize = 8;
