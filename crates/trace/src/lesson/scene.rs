//! What a beat shows: a moment of a run on the stage, or octets on the workbench.

use super::pick::Pick;
use crate::scenario::Scenario;
use crate::trace::Trace;
use crate::workbench::{Bench, Desk};

/// What a beat shows.
#[derive(Clone, Copy, Debug)]
pub enum Scene {
    /// A run on the stage.
    Run(Run),
    /// Octets on the workbench, with the unit that is shown.
    Octets(fn() -> Bench),
}

/// A moment of a run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// What is played.
    pub scenario: fn() -> Scenario,
    /// Where the playhead rests.
    pub moment: Moment,
    /// Whether the page plays up to the moment, rather than jumping to it; see [`super::Lesson::from`].
    pub plays: bool,
    /// Which event is selected.
    pub pick: Option<Pick>,
}

/// A time of a run, whatever its length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// Zero.
    Start,
    /// When nothing more happens.
    End,
    /// When the first octet of an event leaves, or somebody speaks.
    Leaves(Pick),
    /// When the last octet of an event has arrived.
    Arrives(Pick),
}

/// What there is to see, on the stage and on the workbench.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What is played.
    pub scenario: &'a Scenario,
    /// Its run.
    pub trace: &'a Trace,
    /// The playhead, in microseconds.
    pub at: u64,
    /// The selected event: its place in the trace.
    pub selected: Option<usize>,
    /// What lies on the workbench.
    pub desk: &'a Desk,
    /// The name of the field that is explained.
    pub field: Option<&'a str>,
}

/// What words are told of.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    /// A run.
    Run(&'a Trace),
    /// What the workbench has made.
    Octets(&'a Desk),
}

impl Scene {
    /// The page plays up to this moment, and selects an event.
    pub const fn plays(scenario: fn() -> Scenario, moment: Moment, pick: Option<Pick>) -> Self {
        Self::Run(Run { scenario, moment, plays: true, pick })
    }

    /// The page shows this moment at once, and selects an event.
    pub const fn rests(scenario: fn() -> Scenario, moment: Moment, pick: Option<Pick>) -> Self {
        Self::Run(Run { scenario, moment, plays: false, pick })
    }

    /// The run on the stage; `None` on the workbench.
    pub const fn run(&self) -> Option<&Run> {
        match self {
            Self::Run(run) => Some(run),
            Self::Octets(_) => None,
        }
    }

    /// The part of what is seen that this scene is about.
    pub fn shown<'a>(&self, seen: &Seen<'a>) -> Shown<'a> {
        match self {
            Self::Run(_) => Shown::Run(seen.trace),
            Self::Octets(_) => Shown::Octets(seen.desk),
        }
    }

    /// Whether this scene is what is seen, at whatever time and whichever of its units.
    pub(crate) fn is_set(&self, seen: &Seen) -> bool {
        match self {
            Self::Run(run) => *seen.scenario == (run.scenario)(),
            Self::Octets(bench) => bench().is_alike(&seen.desk.bench),
        }
    }
}

impl Moment {
    /// The time in this run, in microseconds.
    pub fn at(self, trace: &Trace) -> u64 {
        match self {
            Self::Start => 0,
            Self::End => trace.end(),
            Self::Leaves(pick) => pick.leaves(trace),
            Self::Arrives(pick) => pick.arrives(trace),
        }
    }
}
