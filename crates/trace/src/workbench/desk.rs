//! The workbench with what its tool has made.

use std::rc::Rc;

use super::Bench;
use crate::apart;
use crate::exhibit::{Dissection, Exhibit};

/// The workbench and what its tool has made.
#[derive(Clone, PartialEq, Debug)]
pub struct Desk {
    /// What the visitor has set.
    pub bench: Bench,
    /// Its octets, taken apart; after a mistake, those before it.
    pub dissection: Rc<Dissection>,
    /// Why there are no octets.
    pub complaint: Option<String>,
}

impl Desk {
    /// A workbench with this on it.
    pub fn of(bench: Bench) -> Self {
        let mut desk = Self { bench, dissection: Rc::default(), complaint: None };
        desk.make();
        desk
    }

    /// Takes apart what the tool makes by now.
    pub fn make(&mut self) {
        match apart::dissect(&self.bench) {
            Ok(dissection) => {
                self.dissection = Rc::new(dissection);
                self.complaint = None;
            }
            Err(complaint) => {
                self.dissection = Rc::default();
                self.complaint = Some(complaint);
            }
        }
    }

    /// The place of the unit that is shown: the visitor's choice, or the one that breaks a rule, or the first.
    pub fn shown(&self) -> usize {
        let chosen = self.bench.unit.filter(|&unit| unit < self.dissection.exhibits.len());
        let telling = || self.dissection.trouble.as_ref().and_then(|trouble| trouble.exhibit);
        chosen.or_else(telling).unwrap_or(0)
    }

    /// The unit that is shown; `None` where there are no octets.
    pub fn exhibit(&self) -> Option<&Exhibit> {
        self.dissection.exhibits.get(self.shown()).map(|exhibit| &**exhibit)
    }
}
