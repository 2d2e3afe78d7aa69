//! When the answer would be another: one knob turned until the ranking has a new head.

use super::{Need, Standing, Who, rank};
use crate::compare::manner::Manner;
use crate::order;
use crate::scenario::{Scenario, Transport};

/// Which knob, and which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Messages come more often.
    Oftener,
    /// Messages come less often.
    Rarer,
    /// They must be heard sooner.
    Sooner,
    /// They may be heard later.
    Later,
}

/// Where the answer changes: at one value it is still the same, at the other it is not. The same manner
/// is the same answer: with or without compression, on one connection or several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flip {
    /// What was turned.
    pub turn: Turn,
    /// Still the same, in microseconds.
    pub still: u64,
    /// Another one, in microseconds.
    pub turned: u64,
    /// Which; `None` if nothing does it any more.
    pub to: Option<Transport>,
}

impl Turn {
    /// The knobs on which the answer hangs, the more telling first.
    fn worth(need: Need, best: Manner) -> &'static [Self] {
        match (need.who, best) {
            (Who::Client, _) => &[Self::Oftener],
            (Who::Server, Manner::Asked) => &[Self::Sooner, Self::Oftener],
            (Who::Server, _) => &[Self::Later, Self::Rarer],
            (Who::Both, Manner::Framed) => &[Self::Rarer, Self::Later],
            (Who::Both, _) => &[Self::Oftener, Self::Sooner],
        }
    }

    /// Where the knob stands.
    pub fn value(self, need: Need) -> u64 {
        match self {
            Self::Oftener | Self::Rarer => need.gap,
            Self::Sooner | Self::Later => need.within,
        }
    }

    /// `need` with the knob at `value`.
    pub fn at(self, need: Need, value: u64) -> Need {
        match self {
            Self::Oftener | Self::Rarer => Need { gap: value, ..need },
            Self::Sooner | Self::Later => Need { within: value, ..need },
        }
    }

    fn next(self, value: u64) -> u64 {
        match self {
            Self::Oftener | Self::Sooner => value / 2,
            Self::Rarer | Self::Later => value * 2,
        }
    }
}

/// Turns one knob after the other until another transport leads; says how far each was turned.
pub(super) fn find(base: &Scenario, need: Need, ranked: &[Standing]) -> (Option<Flip>, Vec<(Turn, u64)>) {
    let mut looked = Vec::new();
    let Some(best) = ranked.first().filter(|best| best.objection.is_none()) else { return (None, looked) };
    let search = Search { base, need, ranked, best: best.manner };
    for &turn in Turn::worth(need, best.manner) {
        let (flip, far) = search.along(turn);
        looked.push((turn, far));
        if flip.is_some() {
            return (flip, looked);
        }
    }
    (None, looked)
}

struct Search<'a> {
    base: &'a Scenario,
    need: Need,
    ranked: &'a [Standing],
    best: Manner,
}

impl Search<'_> {
    /// Doubles or halves until another one leads, then closes in.
    fn along(&self, turn: Turn) -> (Option<Flip>, u64) {
        let mut still = turn.value(self.need);
        for _ in 0..MOST_STEPS {
            let value = two_digits(turn.next(still));
            let outside = !(LEAST..=GREATEST).contains(&value);
            if outside || turn.at(self.need, value).polls(self.base) > MOST_POLLS {
                break;
            }
            if !self.differs(turn.at(self.need, value)) {
                still = value;
                continue;
            }
            let mut turned = value;
            for _ in 0..CLOSER {
                let between = two_digits(still.midpoint(turned));
                match self.differs(turn.at(self.need, between)) {
                    true => turned = between,
                    false => still = between,
                }
            }
            let to =
                self.first(turn.at(self.need, turned), &self.able(false)).map(|(transport, _)| transport);
            return (Some(Flip { turn, still, turned, to }), turned);
        }
        (None, still)
    }

    /// Whether another manner leads, or none. First only the best of each manner run: pace changes little
    /// within a manner, unless it has become too much.
    fn differs(&self, need: Need) -> bool {
        let few = self.first(need, &self.able(true));
        let leads = few.or_else(|| self.first(need, &self.able(false)));
        leads.is_none_or(|(_, manner)| manner != self.best)
    }

    fn first(&self, need: Need, transports: &[Transport]) -> Option<(Transport, Manner)> {
        let ranked = rank(self.base, need, transports);
        let first = ranked.first().filter(|it| it.objection.is_none())?;
        Some((first.transport, first.manner))
    }

    /// The transports that may count at another pace: all in the usual order, or the best of each manner.
    fn able(&self, one_each: bool) -> Vec<Transport> {
        let able = |it: &&Standing| it.objection.is_none_or(|why| !why.stays());
        let mut manners: Vec<Manner> = Vec::new();
        let mut found: Vec<Transport> = Vec::new();
        for standing in self.ranked.iter().filter(able) {
            if !one_each || !manners.contains(&standing.manner) {
                manners.push(standing.manner);
                found.push(standing.transport);
            }
        }
        order::sorted(found, |transport| *transport as u64)
    }
}

/// `value` rounded down to two digits: nobody reads more of a turning point.
fn two_digits(value: u64) -> u64 {
    let unit = 10_u64.pow(value.max(1).ilog10().saturating_sub(1));
    value / unit * unit
}

/// Doublings or halvings, then halvings of what is left: at most nine runs of each contender.
const MOST_STEPS: usize = 6;
const CLOSER: usize = 3;

/// No need is beyond these, in microseconds.
const LEAST: u64 = 20_000;
const GREATEST: u64 = 3_600_000_000;

/// Questions for news in one run.
const MOST_POLLS: u64 = 1_000;
