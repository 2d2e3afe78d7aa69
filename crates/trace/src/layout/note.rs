//! The numbered notes on the finished picture: where each points. What they say is in `caption`.

use super::area::{Area, width};
use super::{Band, Label, LabelOf, TimeMap, Viewport};
use crate::event::Kind;
use crate::order;
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
    let mut taken: Vec<Area> = labels.iter().map(Area::of_label).collect();
    let silent = map.silences().iter().map(|it| [map.y(it.from), map.y(it.to)]);
    taken.extend(silent.map(|[top, bottom]| Area::new(0.0, top, viewport.width, bottom)));
    notes.retain_mut(|note| {
        let near = around().into_iter().map(|(x, y)| (note.x + x, note.y + y));
        let place = near.into_iter().find(|&(x, y)| {
            let circle = circle(x, y);
            let inside = (viewport.gutter + RADIUS..=viewport.width - RADIUS).contains(&x)
                && (map.head() + RADIUS..=viewport.height - RADIUS).contains(&y);
            inside && taken.iter().all(|area| !area.meets(&circle))
        });
        if let Some((x, y)) = place {
            taken.push(circle(x, y));
            (note.x, note.y) = (x, y);
        }
        place.is_some()
    });
    notes
}

fn circle(x: f64, y: f64) -> Area {
    Area::new(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)
}

/// Where a note may stand, as seen from where it belongs, nearest first: it must not lie on a label.
/// Where all is taken there is none; what it says stands beside the picture.
fn around() -> Vec<(f64, f64)> {
    let steps = || (-FAR..=FAR).map(|step| f64::from(step) * STEP);
    let places = steps().flat_map(|x| steps().map(move |y| (x, y))).collect();
    order::sorted(places, |(x, y)| (x * x + y * y) as u64)
}

/// From one place to the next, and how many of them each way.
const STEP: f64 = 8.0;
const FAR: i8 = 8;

/// The radius of the circle.
const RADIUS: f64 = 9.0;

/// How far the circle's centre stands from what it points to.
const ASIDE: f64 = 14.0;
