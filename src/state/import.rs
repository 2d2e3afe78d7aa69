//! Files of others on the stage: what is being read, what was read, and why something cannot be.

use std::rc::Rc;

use interchange::{Origin, Run};
use tongue::{Sentence, say};
use trace::scenario::Scenario;
use trace::trace::Trace;

use super::{Source, State, View};

/// A run that came out of a file.
#[derive(Clone, PartialEq)]
pub struct Import {
    /// What the file is called.
    pub name: String,
    /// How the run is shown.
    pub scenario: Scenario,
    /// What happened.
    pub trace: Rc<Trace>,
    /// Where the file has it from.
    pub origin: Origin,
    /// What of the file could not be read: where and why.
    pub problems: Vec<Sentence>,
}

impl Import {
    /// What was read from a file of this name.
    pub fn of(name: String, run: Run, problems: Vec<Sentence>) -> Self {
        let Run { scenario, trace, origin } = run;
        Self { name, scenario, trace: Rc::new(trace), origin, problems }
    }

    /// Whether it is what the knobs make of its scenario: then they turn it, as they did before it was saved. What
    /// another version simulated otherwise stays as it was.
    fn is_of_its_knobs(&self) -> bool {
        self.origin == Origin::Simulated && trace::sim::simulate(&self.scenario) == *self.trace
    }

    /// Where it comes from, in a few words: a run of this page's own says what it was there.
    pub fn whence(&self) -> String {
        match &self.origin {
            Origin::File(_) => say!("from the file {}", self.name),
            Origin::Simulated => say!("a simulation, from the file {}", self.name),
            Origin::Live(server) => say!("a live run with {}, from the file {}", server, self.name),
        }
    }
}

/// A file that is being read.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// What it is called.
    pub name: String,
    /// How much of the work is done, from 0 to 1.
    pub part: f32,
}

/// The side of the store that has to do with files of others.
#[derive(Clone, PartialEq, Default)]
pub struct Imports {
    /// What was read last; it stays until another is read.
    pub opened: Option<Rc<Import>>,
    /// What is being read.
    pub reading: Option<Reading>,
}

/// What can happen to it.
#[derive(Clone, PartialEq)]
pub enum ImportAction {
    /// A file of this name is being read.
    Begun(String),
    /// So much of the work is done.
    Progress(f32),
    /// It has been read.
    Read(Rc<Import>),
    /// Nothing of it can be shown: why, and what to do.
    Refused(Sentence),
    /// The visitor does not want to wait for it.
    Cancelled,
}

impl std::fmt::Debug for ImportAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Begun(_) => "Begun",
            Self::Progress(_) => "Progress",
            Self::Read(_) => "Read",
            Self::Refused(_) => "Refused",
            Self::Cancelled => "Cancelled",
        })
    }
}

impl State {
    /// The file's run, if it is what the stage shows.
    pub fn import(&self) -> Option<&Rc<Import>> {
        self.imports.opened.as_ref().filter(|_| self.live.source == Source::File)
    }

    pub(super) fn bring(&mut self, action: ImportAction) {
        match action {
            ImportAction::Begun(name) => {
                self.imports.reading = Some(Reading { name, part: 0.0 });
                self.notice = None;
            }
            ImportAction::Progress(part) => {
                if let Some(reading) = &mut self.imports.reading {
                    reading.part = part.clamp(0.0, 1.0);
                }
            }
            ImportAction::Refused(why) => (self.imports.reading, self.notice) = (None, Some(why)),
            ImportAction::Cancelled => self.imports.reading = None,
            ImportAction::Read(import) => {
                self.imports.reading = None;
                self.turn_to(View::Lab);
                // The visitor looks at the whole of it first.
                self.camera.whole();
                if import.is_of_its_knobs() {
                    self.play(import.scenario.clone());
                    self.at = self.trace.end();
                } else {
                    self.imports.opened = Some(import);
                    self.show(Source::File);
                }
            }
        }
    }
}
