//! All that takes octets apart, behind one door: exhibits, and the workbench's tools. It comes when octets are first
//! looked at; until then nothing is taken apart.

use late::Late;
use tongue::Sentence;

use crate::event::Event;
use crate::exhibit::{self, Dissection};
use crate::trace::Trace;
use crate::workbench::Bench;
use crate::workbench::broken::{self, Case};
use crate::workbench::paste::Paste;

/// See [`Bench::dissect`].
type Made = Result<Dissection, String>;

struct Apart {
    of_event: fn(&Trace, &Event) -> Option<(Dissection, usize)>,
    dissect: fn(&Bench) -> Made,
    octets: fn(&Bench) -> String,
    file: fn(&[u8]) -> Result<String, Sentence>,
    cases: [&'static [Case]; 2],
}

/// Whether it is there.
pub fn is_here() -> bool {
    APART.get().is_some()
}

/// It has come. The part that brings it is the one to call this.
pub fn come() {
    APART.arrive(&ALL);
}

/// See [`exhibit::of_event`].
pub(crate) fn of_event(trace: &Trace, event: &Event) -> Option<(Dissection, usize)> {
    (APART.get()?.of_event)(trace, event)
}

/// What lies on a workbench, taken apart.
pub(crate) fn dissect(bench: &Bench) -> Made {
    APART.get().map_or_else(|| Ok(Dissection::default()), |it| (it.dissect)(bench))
}

/// What lies on a workbench as a text that "Paste octets" reads.
pub fn octets(bench: &Bench) -> String {
    APART.get().map(|it| (it.octets)(bench)).unwrap_or_default()
}

/// A file as a text to be pasted.
///
/// # Errors
/// See [`Paste::file`].
pub fn file(octets: &[u8]) -> Result<String, Sentence> {
    APART.get().map_or_else(|| Ok(String::new()), |it| (it.file)(octets))
}

/// The rules to break.
pub(crate) fn cases() -> impl Iterator<Item = &'static Case> {
    APART.get().into_iter().flat_map(|it| it.cases).flatten()
}

static APART: Late<Apart> = Late::of(&ALL);

static ALL: Apart = Apart {
    of_event: exhibit::taken_apart,
    dissect: Bench::dissect,
    octets: Bench::octets,
    file: Paste::file,
    cases: broken::CASES,
};
