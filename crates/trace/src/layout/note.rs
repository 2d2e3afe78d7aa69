//! The numbered notes on the finished picture: where each points. What they say is in `caption`.

use super::label::width;
use super::{Band, Label, LabelOf, TimeMap, Viewport};
use crate::event::Kind;
use crate::trace::Trace;

/// A number in a circle.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    /// Which of the notes, counted from 1.
    pub number: u8,
    /// Where.
    pub x: f64,
    /// Where.
    pub y: f64,
}

pub(super) fn notes(
    trace: &Trace,
    lane: usize,
    bands: &[Band],
    labels: &[Label],
    map: &TimeMap,
    viewport: Viewport,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(transport) = trace.lanes().get(lane).map(|lane| lane.transport) else { return notes };
    let waits =
        labels.iter().filter(|label| matches!(label.of, LabelOf::Wait(_)) && label.x > viewport.width / 2.0);
    if let Some(label) = waits.into_iter().next_back().filter(|_| !transport.may_push()) {
        notes.push(Note { number: 1, x: label.x - width(&label.text) - ASIDE, y: label.y - 4.0 });
    }
    let kind = |band: &&Band| trace.events().get(band.event).map(|event| event.kind.clone());
    let handshake = bands.iter().find(|band| kind(band) == Some(Kind::Response { status: 101 }));
    if let Some(band) = handshake {
        notes.push(Note { number: 2, x: viewport.client() + ASIDE * 1.4, y: band.to[1] + ASIDE });
    }
    let asks = |band: &&Band| matches!(kind(band), Some(Kind::Request { .. })) && band.from[0] > 60.0;
    if let Some(band) = bands.iter().rev().find(asks).filter(|_| transport.is_http()) {
        notes.push(Note { number: 3, x: viewport.client() + ASIDE * 1.4, y: band.from[0] - ASIDE * 0.9 });
    }
    notes.retain(|note| note.y >= map.head() + RADIUS && note.y <= viewport.height - RADIUS);
    notes
}

/// The radius of the circle.
const RADIUS: f64 = 9.0;

/// How far the circle's centre stands from what it points to.
const ASIDE: f64 = 14.0;
