//! The fault lab's side of the store: which fault, and what came of it.

use std::rc::Rc;

use tongue::Sentence;
use trace::trial::{Expectation, Trial, rows};

use super::State;

/// The fault lab.
#[derive(Clone, PartialEq, Debug)]
pub struct Faults {
    /// Every fault, and what is expected of it.
    pub rows: Rc<Vec<Expectation>>,
    /// Which row is chosen; one of them.
    pub chosen: usize,
    /// Whether it is being tried.
    pub running: bool,
    /// What came of it: of the row that is chosen, or of none.
    pub trial: Option<Rc<Trial>>,
    /// Why nothing came of it.
    pub problem: Option<Sentence>,
    /// Which line of what the wire carried shows its octets.
    pub shown: Option<usize>,
}

impl Default for Faults {
    fn default() -> Self {
        let rows = Rc::new(rows());
        Self { rows, chosen: 0, running: false, trial: None, problem: None, shown: None }
    }
}

/// What can happen in the fault lab.
#[derive(Clone, PartialEq, Debug)]
pub enum FaultAction {
    /// Another row.
    Choose(usize),
    /// The chosen fault is being tried.
    Started,
    /// What came of it, or why nothing did.
    Tried(Result<Rc<Trial>, Sentence>),
    /// Shows the octets of a line of what the wire carried.
    Show(usize),
}

impl State {
    pub(super) fn fault(&mut self, action: FaultAction) {
        let faults = &mut self.faults;
        match action {
            FaultAction::Choose(row) => {
                if row < faults.rows.len() && row != faults.chosen {
                    (faults.chosen, faults.shown) = (row, None);
                    (faults.trial, faults.problem) = (None, None);
                }
            }
            FaultAction::Started => {
                (faults.running, faults.shown) = (true, None);
                (faults.trial, faults.problem) = (None, None);
            }
            FaultAction::Tried(outcome) => {
                faults.running = false;
                match outcome {
                    // Meanwhile another may have been chosen.
                    Ok(trial) => faults.trial = Some(trial).filter(|trial| trial.row == faults.chosen),
                    Err(problem) => faults.problem = Some(problem),
                }
            }
            FaultAction::Show(line) => (faults.shown, self.field) = (Some(line), None),
        }
    }
}
