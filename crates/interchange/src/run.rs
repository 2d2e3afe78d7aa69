//! A run as it goes in and out.

use trace::scenario::Scenario;
use trace::trace::Trace;

use crate::problem::Problem;

/// What is on the stage: the trace, and all that is needed to show it again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// How it is shown, and of what was simulated or carried out how it came about.
    pub scenario: Scenario,
    /// What happened.
    pub trace: Trace,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a run comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The simulator.
    Simulated,
    /// A live run: who answered.
    Live(String),
    /// A file: its name.
    File(String),
}

/// What was read from a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// What could be read.
    pub run: Run,
    /// What could not.
    pub problems: Vec<Problem>,
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The file.
    pub file: Vec<u8>,
    /// What of the run is not in it.
    pub problems: Vec<Problem>,
}

/// Times of an event at most, in microseconds: a day.
pub(crate) const LATEST: u64 = 86_400_000_000;
