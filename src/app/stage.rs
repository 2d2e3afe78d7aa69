//! What the stage is set for: how large its pictures are, and the words above them.

use trace::layout::Viewport;
use trace::scenario::Workload;

use crate::state::State;
use crate::views::knobs;

/// How large a lane's picture is: lanes in rows have their own times.
pub(super) fn viewport(compact: bool, lanes: usize) -> Viewport {
    match (compact, lanes) {
        (true, _) => Viewport::PHONE,
        (false, 0..=2) => Viewport::WIDE,
        (false, _) => Viewport::MANY,
    }
}

/// The network in short, or whose it was.
pub(super) fn brief(state: &State) -> String {
    match state.recording() {
        Some(recording) if recording.predicted.is_none() => format!("{}, as it is", recording.server),
        _ => knobs::brief(state.shown().network),
    }
}

/// The line under the headline.
pub(super) fn invitation(state: &State) -> &'static str {
    match (state.recording(), state.shown().workload) {
        (Some(_), _) => "The same conversation, really sent, one lane after the other.",
        (None, Workload::Chat) => "The same chat, on the same network, at the same time. Press Play.",
        (None, Workload::Echo) => "The same echo, on the same network, at the same time. Press Play.",
        (None, _) => "The same messages, on the same network, at the same time. Press Play.",
    }
}

/// What Ben says when the visitor makes him speak.
pub(super) const NEWS: &str = "News!";
