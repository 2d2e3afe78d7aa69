//! A trace as plain shapes: a textbook ladder diagram to scale, time running down.
//!
//! [`scene`] is a pure function of a trace and a viewport. It aligns nothing and draws nothing; the
//! views turn its numbers into SVG. Lengths are in the units of the SVG's view box.

mod band;
mod label;
mod note;
mod span;
mod time_map;
mod wait;

use crate::event::Kind;
use crate::trace::Trace;

pub use band::{Band, Tone};
pub use label::{Anchor, Label, LabelOf};
pub use note::Note;
pub use span::Span;
pub use time_map::{Stretch, Tick, TimeMap};
pub use wait::Wait;

/// How large the picture is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Viewport {
    /// Width of one lane.
    pub width: f64,
    /// Height of one lane.
    pub height: f64,
    /// Room outside each lifeline, for names and call-outs.
    pub margin: f64,
}

impl Viewport {
    /// For lanes side by side.
    pub const WIDE: Self = Self { width: 560.0, height: 470.0, margin: 78.0 };
    /// For one lane on a phone.
    pub const PHONE: Self = Self { width: 340.0, height: 430.0, margin: 62.0 };

    /// Where the client's lifeline stands.
    pub fn client(&self) -> f64 {
        self.margin
    }

    /// Where the server's lifeline stands.
    pub fn server(&self) -> f64 {
        self.width - self.margin
    }
}

/// Somebody speaks: a diamond on a lifeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Speech {
    /// Index of the event in the trace.
    pub event: usize,
    /// Where.
    pub x: f64,
    /// When, on the time map.
    pub y: f64,
}

/// Everything to draw of one lane.
#[derive(Clone, PartialEq, Debug)]
pub struct Scene {
    /// Its size.
    pub viewport: Viewport,
    /// Connections, lowest first.
    pub spans: Vec<Span>,
    /// Messages that wait for their turn.
    pub waits: Vec<Wait>,
    /// What travels.
    pub bands: Vec<Band>,
    /// Who speaks.
    pub speeches: Vec<Speech>,
    /// Text that found room.
    pub labels: Vec<Label>,
    /// Numbered notes.
    pub notes: Vec<Note>,
    /// Bands left out because there are more than [`MOST_BANDS`].
    pub left_out: usize,
}

/// Lays out one lane of `trace` on a time map that all its lanes share.
pub fn scene(trace: &Trace, lane: usize, map: &TimeMap, viewport: Viewport) -> Scene {
    let events = trace.events().iter().enumerate();
    let own = || events.clone().filter(|(_, event)| usize::from(event.key.lane) == lane);
    let mut bands: Vec<Band> = own()
        .filter(|(_, event)| event.travels() && !matches!(event.kind, Kind::Ack(_)))
        .map(|(index, event)| Band::new(index, event, map, viewport))
        .collect();
    let left_out = bands.len().saturating_sub(MOST_BANDS);
    bands.truncate(MOST_BANDS);
    let speeches: Vec<Speech> = own()
        .filter(|(_, event)| event.kind == Kind::Said && trace.scripted(event))
        .take(MOST_BANDS)
        .map(|(event, said)| Speech { event, x: viewport.end_of(said.key.sender), y: map.y(said.start()) })
        .collect();
    let waits = wait::waits(trace, lane, map, viewport);
    let spans = span::spans(trace, lane, map, viewport);
    let labels = label::place(trace, &bands, &speeches, &waits, viewport);
    let notes = note::notes(trace, lane, &bands, &labels, viewport);
    Scene { viewport, spans, waits, bands, speeches, labels, notes, left_out }
}

impl Viewport {
    fn end_of(&self, sender: wire::Sender) -> f64 {
        match sender {
            wire::Sender::Client => self.client(),
            wire::Sender::Server => self.server(),
        }
    }
}

/// How many bands one lane draws at most, and how many connections and speeches.
pub const MOST_BANDS: usize = 2_000;
