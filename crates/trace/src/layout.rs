//! A trace as plain shapes: a textbook ladder diagram to scale, time running down.
//!
//! [`scene`] is a pure function of a trace and a viewport. It aligns nothing and draws nothing; the
//! views turn its numbers into SVG. Lengths are in the units of the SVG's view box.

mod area;
mod band;
mod bin;
mod ghost;
mod label;
mod note;
mod sight;
mod silence;
mod span;
mod tick;
mod time_map;
mod travel;
mod view;
mod wait;

use crate::event::{Event, Kind, Layer};
use crate::trace::Trace;

pub use band::{Band, Tone};
pub use bin::Bin;
pub use ghost::{Stroke, ghosts};
pub use label::{Anchor, Label, LabelOf, insisted};
pub use note::Note;
pub use sight::{Group, Layers, Sight};
pub use span::Span;
pub use tick::Tick;
pub use time_map::{PAST, Stretch, TimeMap};
pub use travel::{MOST_TRAVELLERS, Traveller, Travellers};
pub use view::{CLOSEST, View};
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
    /// Room at the left for the times, where no ruler stands beside the lane; else 0.
    pub gutter: f64,
}

impl Viewport {
    /// For lanes side by side.
    pub const WIDE: Self = Self { width: 560.0, height: 470.0, margin: 78.0, gutter: 0.0 };
    /// For lanes in rows, each with its own times.
    pub const MANY: Self = Self { gutter: 52.0, ..Self::WIDE };
    /// For one lane on a projector: few units, so that each is large.
    pub const PROJECTED: Self = Self { height: 380.0, gutter: 46.0, ..Self::PHONE };
    /// For two lanes on a wide projector, with words beside them.
    pub const PROJECTED_BESIDE: Self = Self { width: 296.0, height: 450.0, margin: 44.0, gutter: 44.0 };
    /// For two lanes or more on a narrow one, with words above them.
    pub const PROJECTED_BELOW: Self = Self { width: 316.0, height: 290.0, margin: 46.0, gutter: 44.0 };
    /// For one lane on a phone.
    pub const PHONE: Self = Self { width: 340.0, height: 430.0, margin: 48.0, gutter: 40.0 };

    /// Where the client's lifeline stands.
    pub fn client(&self) -> f64 {
        self.gutter + self.margin
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
    /// Where marks crowd, what stands for them.
    pub bins: Vec<Bin>,
}

impl Scene {
    /// The event whose mark a label names; `None` of a wait.
    pub fn event_of(&self, label: LabelOf) -> Option<usize> {
        match label {
            LabelOf::Band(index) => self.bands.get(index).map(|band| band.event),
            LabelOf::Speech(index) => self.speeches.get(index).map(|speech| speech.event),
            LabelOf::Wait(_) => None,
        }
    }

    /// The event that a press on the mark of `event` selects while `selected` is: where marks lie on one
    /// another, each press takes the next of them.
    pub fn pressed(&self, event: usize, selected: Option<usize>) -> usize {
        let bands =
            self.bands.iter().map(|band| (band.event, [band.x[0], band.x[1], band.from[0], band.to[0]]));
        let speeches = self.speeches.iter().map(|it| (it.event, [it.x, it.x, it.y, it.y]));
        let places: Vec<(usize, [f64; 4])> = bands.chain(speeches).collect();
        let Some(&(_, own)) = places.iter().find(|place| place.0 == event) else { return event };
        let near = |place: &[f64; 4]| own.iter().zip(place).all(|(a, b)| (a - b).abs() < TOGETHER);
        let here: Vec<usize> = places.iter().filter(|it| near(&it.1)).map(|it| it.0).collect();
        let now = here.iter().position(|&it| Some(it) == selected);
        now.map_or(event, |now| here[(now + 1) % here.len()])
    }
}

/// Marks closer than this at both ends cannot be pressed apart.
const TOGETHER: f64 = 3.0;

/// Lays out one lane of `trace` on a time map that all its lanes share, with all its layers.
pub fn scene(trace: &Trace, lane: usize, map: &TimeMap, viewport: Viewport) -> Scene {
    folded(trace, lane, map, viewport, Layers::ALL)
}

/// Lays out one lane of `trace`, its marks of `layers` only. Marks outside the map's view are left out.
pub fn folded(trace: &Trace, lane: usize, map: &TimeMap, viewport: Viewport, layers: Layers) -> Scene {
    let (view, events) = (map.view(), trace.events().iter().enumerate());
    let marks: Vec<(usize, &Event)> = events
        .map(|(index, event)| (index, &**event))
        .filter(|(_, event)| usize::from(event.key.lane) == lane && layers.show(event.layer))
        .filter(|(_, event)| event.start() <= view.to && event.end() >= view.from && is_mark(trace, event))
        .collect();
    let (marks, bins) = bin::split(marks, map, viewport);
    let travel = marks.iter().filter(|(_, event)| event.travels());
    let bands: Vec<Band> = travel.map(|&(index, event)| Band::new(index, event, map, viewport)).collect();
    let speak = marks.iter().filter(|(_, event)| !event.travels());
    let speeches: Vec<Speech> = speak
        .map(|&(event, said)| Speech { event, x: viewport.end_of(said.key.sender), y: map.y(said.start()) })
        .collect();
    let news = layers.show(Layer::Application);
    let waits = if news { wait::waits(trace, lane, map, viewport) } else { Vec::new() };
    let spans = span::spans(trace, lane, map, viewport);
    let labels = label::place(trace, &bands, &speeches, &waits, &bins, map, viewport);
    let notes = note::notes(trace, lane, &bands, &labels, map, viewport);
    Scene { viewport, spans, waits, bands, speeches, labels, notes, bins }
}

/// What has a mark of its own: whatever travels but mere acknowledgements, and whoever speaks.
fn is_mark(trace: &Trace, event: &Event) -> bool {
    match event.kind {
        Kind::Ack(_) => false,
        Kind::Said => trace.scripted(event),
        _ => event.travels(),
    }
}

impl Viewport {
    fn end_of(&self, sender: wire::Sender) -> f64 {
        match sender {
            wire::Sender::Client => self.client(),
            wire::Sender::Server => self.server(),
        }
    }
}

/// How many marks one lane draws at most: what is crowded is counted in bins.
pub const MOST_MARKS: usize = bin::MOST_IN_ROW * (Viewport::WIDE.height / bin::ROW) as usize;
