//! Silence: where on no lane anything is under way for long.
//!
//! A gap between two events is silence if it lasts at least [`LONG`] and is at least a tenth of the
//! run, so that there are never more than ten. Collapsed, each is drawn as high as the next; how
//! much shorter that is than the rest is said beside it. Unless told otherwise, the picture
//! collapses them only if together they are at least three quarters of the run.

use crate::trace::Trace;

/// From and to of each silence, in microseconds, earliest first.
pub(super) fn of(trace: &Trace) -> Vec<(u64, u64)> {
    let long = LONG.max(trace.end().div_ceil(SHARE));
    let mut silences = Vec::new();
    let mut busy_until = 0;
    for event in trace.events() {
        if event.start() >= busy_until + long {
            silences.push((busy_until, event.start()));
        }
        busy_until = busy_until.max(event.end());
    }
    // A run of moments alone has nothing to be drawn at length.
    if total(&silences) == trace.end() { Vec::new() } else { silences }
}

/// How long they last together.
pub(super) fn total(silences: &[(u64, u64)]) -> u64 {
    silences.iter().map(|(from, to)| to - from).sum()
}

/// Whether the picture collapses them by itself.
pub(super) fn prevails(silences: &[(u64, u64)], end: u64) -> bool {
    !silences.is_empty() && total(silences) >= end / 4 * 3
}

/// No gap shorter than this is silence, in microseconds.
const LONG: u64 = 2_000_000;

/// Nor one shorter than this part of the run.
const SHARE: u64 = 10;

/// Height of a collapsed silence.
pub(super) const COLLAPSED: f64 = 22.0;
