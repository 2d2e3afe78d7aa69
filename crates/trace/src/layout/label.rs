//! Text on the picture: each label tries a few places and takes the first that is free; what finds
//! none stays off the picture and is told on focus, in the table and in the caption.

use tongue::say;

use super::area::{ASCENT, Area, DESCENT, width};
use super::{Band, Bin, Scene, Speech, TimeMap, Tone, Viewport, Wait};
use crate::caption;
use crate::decimal::held;
use crate::event::{Event, Kind};
use crate::order;
use crate::trace::Trace;

/// Which side of the point the text stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// It is centred.
    Middle,
    /// It ends there.
    End,
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Where its base line is anchored.
    pub x: f64,
    /// Where its base line is.
    pub y: f64,
    /// How it is anchored.
    pub anchor: Anchor,
    /// What it belongs to.
    pub of: LabelOf,
    /// When it appears, in microseconds: nothing is told before it has happened.
    pub since: u64,
}

impl Label {
    /// Whether one of the two lies on the other.
    pub fn meets(&self, other: &Self) -> bool {
        Area::of_label(self).meets(&Area::of_label(other))
    }
}

/// What a label belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelOf {
    /// A band, by its place in the scene.
    Band(usize),
    /// A diamond.
    Speech(usize),
    /// A wait.
    Wait(usize),
}

pub(super) fn place(
    trace: &Trace,
    bands: &[Band],
    speeches: &[Speech],
    waits: &[Wait],
    bins: &[Bin],
    map: &TimeMap,
    viewport: Viewport,
) -> Vec<Label> {
    let heights = Heights::of(bands);
    let (taken, labels, head, since) = (Vec::new(), Vec::new(), map.head(), 0);
    let mut placer = Placer { bands, heights, viewport, head, taken, labels, since };
    placer.taken.extend(waits.iter().map(|wait| Area::new(wait.x - 8.0, wait.y[0], wait.x + 8.0, wait.y[1])));
    placer.taken.extend(
        bins.iter().map(|bin| Area::new(bin.x[0].min(bin.x[1]), bin.y[0], bin.x[0].max(bin.x[1]), bin.y[1])),
    );
    // What is said of collapsed silence lies over all else there.
    let silent = map.silences().iter().map(|it| [map.y(it.from), map.y(it.to)]);
    placer.taken.extend(silent.map(|[top, bottom]| Area::new(0.0, top, viewport.width, bottom)));
    placer.taken.extend(
        [viewport.client(), viewport.server()].map(|x| Area::new(x - NAME[0], 0.0, x + NAME[0], NAME[1])),
    );
    for (index, wait) in waits.iter().enumerate() {
        let middle = (wait.y[0] + wait.y[1]) / 2.0 + 4.0;
        let (x, anchor) =
            if wait.server { (wait.x - 13.0, Anchor::End) } else { (wait.x + 13.0, Anchor::Start) };
        let text = say!("waits {}", caption::seconds(wait.duration()));
        let shifts = [0.0, -14.0, 14.0, -28.0, 28.0];
        let places = shifts.map(|shift| (x, middle + shift, anchor));
        // How long it is nobody knows before its end.
        placer.since = wait.time[1];
        placer.put(LabelOf::Wait(index), &text, None, &places, false);
    }
    for (index, speech) in speeches.iter().enumerate() {
        let Some(event) = trace.events().get(speech.event) else { continue };
        let (x, anchor) = placer.outside(speech.x, 11.0);
        placer.since = event.start();
        placer.put(
            LabelOf::Speech(index),
            caption::who(event.key.sender),
            None,
            &[(x, speech.y + 4.0, anchor)],
            false,
        );
    }
    let event = |band: &Band| trace.events().get(band.event);
    for index in order::by(bands.iter().map(|band| event(band).map_or(9, |event| rank(event)))) {
        let Some(event) = event(&bands[index]) else { continue };
        // At the moment of its departure nothing of it is to be seen yet.
        placer.since = (event.start() + 1).min(trace.end());
        placer.band(index, event);
    }
    placer.labels
}

/// The label of a selected band that found no room, on top of whatever is there; `None` if it has one.
pub fn insisted(trace: &Trace, scene: &Scene, event: usize) -> Option<Label> {
    let index = scene.bands.iter().position(|band| band.event == event)?;
    let (band, of, told) = (&scene.bands[index], LabelOf::Band(index), trace.events().get(event)?);
    let (viewport, text) = (scene.viewport, clipped(&caption::short_label(told), band.tone));
    if text.is_empty() || scene.labels.iter().any(|label| label.of == of) {
        return None;
    }
    let [(x, y, anchor), ..] = along(band, &text, [viewport.client(), viewport.server()])?;
    let y = held(y, NAME[1] + ASCENT, viewport.height - DESCENT);
    Some(Label { text, x, y, anchor, of, since: told.start() })
}

/// What must not go without a label comes first.
fn rank(event: &Event) -> u64 {
    match event.kind {
        Kind::Response { status: 101 } => 0,
        _ if !event.carries.is_empty() => 1,
        Kind::Request { .. } => 2,
        Kind::Frame { .. } => 3,
        Kind::Syn => 4,
        Kind::Response { .. } => 5,
        Kind::Fin => 6,
        _ => 7,
    }
}

/// Bands by height, so that a label looks only at those near it.
struct Heights {
    /// Top and place in the scene, highest first.
    tops: Vec<(f64, usize)>,
    /// The lowest bottom of all bands up to here.
    bottoms: Vec<f64>,
}

impl Heights {
    fn of(bands: &[Band]) -> Self {
        let top = |band: &Band| band.from[0].min(band.to[0]);
        // In thousandths of what is not negative they order as they do.
        let least = bands.iter().map(top).fold(0.0, f64::min);
        let places = order::by(bands.iter().map(|band| ((top(band) - least) * 1_000.0) as u64));
        let tops: Vec<(f64, usize)> = places.into_iter().map(|place| (top(&bands[place]), place)).collect();
        let mut lowest = f64::NEG_INFINITY;
        let bottoms = tops.iter().map(|&(_, index)| {
            lowest = bands[index].from[1].max(bands[index].to[1]).max(lowest);
            lowest
        });
        Self { bottoms: bottoms.collect(), tops }
    }

    /// The bands that reach into the heights of `area`, and maybe some more.
    fn near(&self, area: &Area) -> impl Iterator<Item = usize> {
        let (above, below) = (area.top - NEARLY, area.bottom + NEARLY);
        let until = self.tops.partition_point(|&(top, _)| top < below);
        let reaching = (0..until).rev().take_while(move |&place| self.bottoms[place] > above);
        reaching.map(|place| self.tops[place].1)
    }
}

struct Placer<'a> {
    bands: &'a [Band],
    heights: Heights,
    viewport: Viewport,
    head: f64,
    taken: Vec<Area>,
    labels: Vec<Label>,
    /// When what is placed appears.
    since: u64,
}

impl Placer<'_> {
    fn band(&mut self, index: usize, event: &Event) {
        let band = &self.bands[index];
        let (sender, sender_anchor) = self.outside(band.x[0], 9.0);
        let (receiver, receiver_anchor) = self.outside(band.x[1], 9.0);
        let beside =
            [(sender, band.from[0] + 5.0, sender_anchor), (receiver, band.to[1] + 3.0, receiver_anchor)];
        let (of, own) = (LabelOf::Band(index), Some(index));
        let (long, short) = (caption::label(event), caption::short_label(event));
        let clipped = clipped(&short, band.tone);
        for thin in [false, true] {
            for text in [&long, &short, &clipped] {
                let lines = [self.viewport.client(), self.viewport.server()];
                if along(band, text, lines).is_some_and(|places| self.put(of, text, own, &places, thin)) {
                    return;
                }
            }
        }
        self.put(of, &short, None, &beside, false);
    }

    fn outside(&self, x: f64, gap: f64) -> (f64, Anchor) {
        if x < self.viewport.width / 2.0 { (x - gap, Anchor::End) } else { (x + gap, Anchor::Start) }
    }

    /// Takes the first of `places` that is inside the picture, free of other text and crossed by no
    /// band but `own`. On TCP's `thin` lines text has a halo: it may stand there if nothing else is free.
    fn put(&mut self, of: LabelOf, text: &str, own: Option<usize>, places: &[Place], thin: bool) -> bool {
        if text.is_empty() {
            return true;
        }
        let width = width(text);
        for &(x, y, anchor) in places {
            let area = Area::of(x, y, anchor, width);
            let inside = area.left >= self.viewport.gutter
                && area.right <= self.viewport.width
                && area.top >= self.head
                && area.bottom <= self.viewport.height - FOOT;
            if inside && !self.taken.iter().any(|taken| taken.meets(&area)) && !self.crossed(&area, own, thin)
            {
                self.taken.push(area);
                self.labels.push(Label { text: text.to_owned(), x, y, anchor, of, since: self.since });
                return true;
            }
        }
        false
    }

    fn crossed(&self, area: &Area, own: Option<usize>, thin: bool) -> bool {
        let (client, server) = (self.viewport.client(), self.viewport.server());
        if area.right <= client || area.left >= server {
            return false;
        }
        let (left, right) = (area.left.max(client), area.right.min(server));
        let thin = thin && own.is_some_and(|own| self.bands[own].tone != Tone::Tcp);
        self.heights.near(area).any(|index| {
            let band = &self.bands[index];
            // Along its own band a text has been given a place that is clear of it.
            if own == Some(index) || (thin && band.tone == Tone::Tcp) {
                return false;
            }
            let (a, b) = (band.at(left), band.at(right));
            let (top, bottom) = (a.0.min(b.0), a.1.max(b.1));
            top < area.bottom && area.top < bottom
        })
    }
}

/// Places for `text` above and below its own band, as close to it as the slope allows without
/// touching it, and between the lifelines; `None` if it is too long for that.
fn along(band: &Band, text: &str, [client, server]: [f64; 2]) -> Option<[Place; 6]> {
    let half = width(text) / 2.0;
    if 2.0 * half > server - client {
        return None;
    }
    let [low, high] = [band.x[0].min(band.x[1]), band.x[0].max(band.x[1])];
    let place = |(part, above): (f64, bool)| {
        let x = held(band.x[0] + (band.x[1] - band.x[0]) * part, client + half, server - half);
        let (left, right) = (band.at((x - half).max(low)), band.at((x + half).min(high)));
        let y = match above {
            true => left.0.min(right.0) - DESCENT,
            false => left.1.max(right.1) + ASCENT,
        };
        (x, y, Anchor::Middle)
    };
    let places = [(0.5, true), (0.5, false), (0.38, true), (0.62, true), (0.38, false), (0.62, false)];
    Some(places.map(place))
}

/// What stands for a text that is too long: the beginning of what is said, or the first word.
fn clipped(text: &str, tone: Tone) -> String {
    let end = match text.starts_with('“') {
        true => text.char_indices().nth(CLIPPED).map(|(end, _)| end),
        false => text.find(' ').filter(|_| tone != Tone::Tcp),
    };
    match end {
        Some(end) if text.starts_with('“') => text[..end].trim_end().to_owned() + "…",
        Some(end) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

/// Letters of what is said, if it is clipped.
const CLIPPED: usize = 8;

/// Where a base line is anchored, and how.
type Place = (f64, f64, Anchor);

/// Below the end of the run there is nothing to tell of.
const FOOT: f64 = 12.0;

/// Rounding may not make a band miss a label.
const NEARLY: f64 = 1.0;

/// How far the names of the lifelines reach, to each side and down.
const NAME: [f64; 2] = [24.0, 15.0];
