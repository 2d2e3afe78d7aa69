//! The workbench's side of the store: what the visitor does there.

use trace::workbench::Tool;
use trace::workbench::accept::Machine;
use trace::workbench::draft::Draft;
use trace::workbench::paste::Paste;

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
    /// For teachers: plans and handouts.
    Teach,
    /// The address for a class to type.
    Join,
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

impl State {
    pub(super) fn desk(&mut self, action: DeskAction) {
        let bench = &mut self.desk.bench;
        match action {
            DeskAction::Tool(tool) => bench.tool = tool,
            DeskAction::Draft(draft) => bench.draft = draft,
            DeskAction::Paste(paste) => bench.paste = paste,
            DeskAction::File(octets) => match trace::apart::file(&octets) {
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
                let text = trace::apart::octets(bench);
                bench.paste = Paste { text, ..Paste::default() };
                bench.tool = Tool::Paste;
            }
        }
        (self.field, self.desk.bench.unit) = (None, None);
        self.desk.make();
        self.notice = None;
    }
}
