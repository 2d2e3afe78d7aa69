//! The workbench's side of the store: what was made there, taken apart.

use std::rc::Rc;

use trace::exhibit::Dissection;
use trace::workbench::accept::Machine;
use trace::workbench::draft::Draft;
use trace::workbench::paste::Paste;
use trace::workbench::{Bench, Tool};

use super::State;

/// Which part of the page is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    /// The lanes.
    #[default]
    Lab,
    /// Ideas, a step at a time.
    Lessons,
    /// Octets of the visitor's own.
    Workbench,
    /// Tables and charts.
    Compare,
}

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

/// What can happen on the workbench.
#[derive(Clone, PartialEq, Debug)]
pub enum DeskAction {
    /// Another tool.
    Tool(Tool),
    /// The frame that is built.
    Draft(Draft),
    /// The octets that were pasted.
    Paste(Paste),
    /// The content of a file, to be pasted.
    File(Vec<u8>),
    /// The handshake's arithmetic.
    Machine(Machine),
    /// A rule to break.
    Case(&'static str),
    /// Another unit of what was made.
    Unit(usize),
    /// What was made, as a text to be pasted.
    TakeOver,
}

impl Desk {
    /// A workbench with this on it.
    pub(super) fn of(bench: Bench) -> Self {
        let mut desk = Self { bench, dissection: Rc::default(), complaint: None };
        desk.make();
        desk
    }

    fn make(&mut self) {
        match self.bench.dissect() {
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

    /// The unit that is shown: the visitor's choice, or the one that breaks a rule, or the first.
    pub fn shown(&self) -> usize {
        let chosen = self.bench.unit.filter(|&unit| unit < self.dissection.exhibits.len());
        let telling = || self.dissection.trouble.as_ref().and_then(|trouble| trouble.exhibit);
        chosen.or_else(telling).unwrap_or(0)
    }
}

impl State {
    pub(super) fn desk(&mut self, action: DeskAction) {
        let bench = &mut self.desk.bench;
        match action {
            DeskAction::Tool(tool) => bench.tool = tool,
            DeskAction::Draft(draft) => bench.draft = draft,
            DeskAction::Paste(paste) => bench.paste = paste,
            DeskAction::File(octets) => match Paste::file(&octets) {
                Ok(text) => bench.paste.text = text,
                Err(notice) => {
                    self.notice = Some(notice);
                    return;
                }
            },
            DeskAction::Machine(machine) => bench.machine = machine,
            DeskAction::Case(case) => bench.case = case,
            DeskAction::Unit(unit) => {
                (bench.unit, self.field) = (Some(unit), None);
                return;
            }
            DeskAction::TakeOver => {
                let text = bench.octets();
                bench.paste = Paste { text, ..Paste::default() };
                bench.tool = Tool::Paste;
            }
        }
        (self.field, self.desk.bench.unit) = (None, None);
        self.desk.make();
        self.notice = None;
    }
}
