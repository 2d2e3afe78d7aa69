//! A run as it goes in and out.

use trace::scenario::Scenario;
use trace::trace::Trace;

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
