//! The fault lab: one fault, tried for real. What the page's script learned stands beside what the wire
//! carried and beside what was to be expected of both.
//!
//! Both sides are told in lines of plain text, one for each thing that happened, so that what is expected
//! can be written down as data and compared word for word: in English, whatever is spoken.

mod carried;
mod door;
mod expectation;
mod rows;
mod why;

use tongue::{in_english, say};

use crate::caption::quote;
use crate::doctor::{Diagnosis, Knock, Symptom};

pub use carried::{Carried, carried};
pub use door::{come, is_here, rows};
pub use expectation::{Act, Engine, Expectation, Source, Told};

/// Something that the script did or learned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sight {
    /// `new WebSocket` threw an error of this name.
    Thrown(String),
    /// `open`.
    Opened,
    /// `send` was called.
    Said(String),
    /// `message`.
    Heard(String),
    /// `error`, which says nothing.
    Error,
    /// The script's patience was over, or its work done, and it called `close`.
    HungUp,
    /// `close`.
    Closed {
        /// `code`.
        code: u16,
        /// `reason`.
        reason: String,
        /// `wasClean`.
        clean: bool,
    },
    /// `fetch` was called.
    Asked(String),
    /// The whole answer.
    Answered {
        /// `status`.
        status: u16,
        /// Its content.
        content: String,
    },
    /// `fetch` gave a head of this status, and reading the content rejected.
    BrokeOff(u16),
    /// `fetch` rejected.
    Rejected,
    /// Nothing came for so long that nobody waits for it any more.
    Late,
}

impl Sight {
    /// One line for it. The names of events and their fields are the same in every language.
    pub fn line(&self) -> String {
        match self {
            Self::Thrown(name) => say!("new WebSocket throws {}", name),
            Self::Opened => "open".to_owned(),
            Self::Said(text) => say!("(the script sends {})", quote(text)),
            Self::Heard(text) => format!("message {}", quote(text)),
            Self::Error => say!("error, which says nothing").to_owned(),
            Self::HungUp => say!("(the script calls close)").to_owned(),
            Self::Closed { code, reason, clean } => {
                let reason = if reason.is_empty() { String::new() } else { format!(" “{reason}”") };
                format!("close {code}{reason}, wasClean {clean}")
            }
            Self::Asked(text) => say!("(the script posts {})", quote(text)),
            Self::Answered { status, content } => say!("status {}, content {}", status, quote(content)),
            Self::BrokeOff(status) => say!("status {}, then reading the content rejects", status),
            Self::Rejected => say!("fetch rejects").to_owned(),
            Self::Late => say!("nothing in time").to_owned(),
        }
    }
}

/// How the end of what the script saw looks to a doctor.
pub fn symptom(sights: &[(u64, Sight)]) -> Symptom {
    let seen = |wanted: &Sight| sights.iter().any(|(_, sight)| sight == wanted);
    let (opened, hung_up) = (seen(&Sight::Opened), seen(&Sight::HungUp));
    let heard = sights.iter().any(|(_, sight)| matches!(sight, Sight::Heard(_)));
    let mut ends = sights.iter().rev().map(|(_, sight)| sight);
    let last = ends.find(|it| !matches!(it, Sight::HungUp | Sight::Said(_) | Sight::Error));
    match last {
        Some(Sight::Thrown(_)) => Symptom::Thrown,
        Some(Sight::Rejected) => Symptom::Rejected,
        Some(Sight::BrokeOff(status)) => Symptom::BrokeOff(*status),
        Some(Sight::Answered { status, .. }) => Symptom::Answered(*status),
        // What comes after the script has given up is its own doing.
        _ if hung_up && heard => Symptom::Sound,
        _ if hung_up && opened => Symptom::Unanswered,
        _ if hung_up => Symptom::Late,
        Some(Sight::Closed { code, .. }) if opened => Symptom::Closed(*code),
        Some(Sight::Closed { .. }) => Symptom::NotOpened,
        _ if opened => Symptom::Unanswered,
        _ => Symptom::Late,
    }
}

/// A fault, tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    /// Which row of [`rows`].
    pub row: usize,
    /// In which kind of browser.
    pub engine: Engine,
    /// What the script did and learned, and when: microseconds since it began.
    pub sights: Vec<(u64, Sight)>,
    /// What the wire carried.
    pub carried: Vec<Carried>,
    /// What a plain `GET` to a second port with the same fault brought, if one was sent.
    pub knock: Option<Knock>,
    /// What the doctor makes of it; it knows only what the script knows.
    pub diagnosis: Diagnosis,
}

impl Trial {
    /// What the script learned, line by line, in English.
    pub fn learned(&self) -> Vec<String> {
        in_english(|| self.sights.iter().map(|(_, sight)| sight.line()).collect())
    }

    /// What the wire carried, line by line, in English, without what a browser's pool does in its own time.
    pub fn on_the_wire(&self) -> Vec<String> {
        self.carried.iter().filter(|it| it.counts).map(|it| it.line.clone()).collect()
    }
}
