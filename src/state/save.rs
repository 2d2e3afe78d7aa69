//! What is on the stage as it leaves the page: the run, what its file is called, and how the saving goes.

use std::rc::Rc;

use interchange::{Format, Origin, Run, Secrets};
use tongue::Sentence;

use super::State;

/// What leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The run, as others read it.
    Run(Format),
    /// The frame on screen as it stands, as an SVG file.
    Svg,
    /// The same in pixels.
    Png,
}

impl Form {
    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Run(format) => format.extension(),
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Where it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Into a file.
    File,
    /// Onto the clipboard, as text.
    Clipboard,
}

/// How the saving goes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Saving {
    /// Whether secrets are written.
    pub secrets: Secrets,
    /// What is being done or was done last, or why it could not be.
    pub status: Option<Sentence>,
    /// What of the run the last file does not hold.
    pub left_out: Vec<Sentence>,
}

/// What can happen to it.
#[derive(Clone, PartialEq, Debug)]
pub enum SaveAction {
    /// Secrets are to be written, or not.
    Secrets(Secrets),
    /// It goes on: how, and what the file does not hold.
    Told(Sentence, Vec<Sentence>),
}

impl State {
    /// What is on the stage, as it is written.
    pub fn run(&self) -> Run {
        let origin = match (self.recording(), self.import()) {
            (Some(recording), _) => Origin::Live(recording.server.clone()),
            (_, Some(import)) => import.origin.clone(),
            (None, None) => Origin::Simulated,
        };
        Run { scenario: self.shown().clone(), trace: (*self.trace).clone(), origin }
    }

    /// The time of day at the run's zero, in microseconds since 1970, if it is known.
    pub fn epoch(&self) -> Option<u64> {
        self.recording().map(|recording| recording.began)
    }

    pub(super) fn save(&mut self, action: SaveAction) {
        match action {
            SaveAction::Secrets(secrets) => self.saving.secrets = secrets,
            SaveAction::Told(status, left_out) => {
                (self.saving.status, self.saving.left_out) = (Some(status), left_out);
            }
        }
    }

    /// What was saved of another run says nothing of this one.
    pub(super) fn saved_of(&mut self, before: &Self) {
        if !Rc::ptr_eq(&self.trace, &before.trace) {
            (self.saving.status, self.saving.left_out) = (None, Vec::new());
        }
    }
}

/// What a run's file is called, of ASCII whatever language is spoken: where the run is from, what it is of, its lanes.
pub fn file_name(run: &Run, extension: &str) -> String {
    let mut parts = vec!["duplex"];
    match &run.origin {
        Origin::Simulated => parts.push(run.scenario.workload.id()),
        Origin::Live(_) => parts.extend(["live", run.scenario.workload.id()]),
        // Nobody knows what the talk in it was.
        Origin::File(_) => parts.push("file"),
    }
    parts.extend(run.trace.lanes().iter().map(|lane| lane.transport.id()));
    format!("{}.{extension}", parts.join("-"))
}
