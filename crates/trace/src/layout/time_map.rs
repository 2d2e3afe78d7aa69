//! Time to height: piecewise linear, shared by all lanes, and honest about where it is stretched and
//! where it is collapsed.

use super::{View, silence};
use crate::decimal::held;
use crate::event::{Kind, Layer};
use crate::trace::Trace;

/// A part of the axis that is drawn larger than the rest, or smaller.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// From this time, in microseconds.
    pub from: u64,
    /// To this time.
    pub to: u64,
    /// How many times larger than the plain part; below 1 where it is smaller.
    pub factor: f64,
}

/// Piecewise-linear map from microseconds to a height in the view box.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeMap {
    /// (time, height), both strictly ascending; at least two. Beyond the view, beyond the picture.
    knots: Vec<(u64, f64)>,
    stretches: Vec<Stretch>,
    silences: Vec<Stretch>,
    view: View,
    height: f64,
}

impl TimeMap {
    /// The map of a whole trace on `height`, with silence collapsed where it prevails.
    pub fn of(trace: &Trace, height: f64) -> Self {
        Self::drawn(trace, height, None)
    }

    /// The map of a whole trace on `height`: the opening and the closing, where much happens in
    /// little time, get at least the shares [`OPENING`] and [`CLOSING`] of it; what is silent gets
    /// little, if it is to `collapse`.
    pub fn drawn(trace: &Trace, height: f64, collapse: Option<bool>) -> Self {
        let end = trace.end().max(1);
        let (top, bottom) = (TOP, height - BOTTOM);
        let mut silences = silence::of(trace);
        if !collapse.unwrap_or(silence::prevails(&silences, end)) {
            silences.clear();
        }
        let awake = end - silence::total(&silences);
        let first = silences.first().map_or(end, |silence| silence.0);
        let last = silences.last().map_or(0, |silence| silence.1);
        let opening = (0, opening(trace).min(first), OPENING);
        let closing = (closing(trace).max(opening.1).max(last), end, CLOSING);
        let worth_it = |&(from, to, share): &(u64, u64, f64)| {
            let natural = (to.saturating_sub(from)) as f64 / awake as f64;
            to > from && natural < share * WORTH_IT
        };
        let mut windows = [opening, closing].map(|window| Some(window).filter(worth_it));
        let stretched = |windows: &[Option<(u64, u64, f64)>]| -> u64 {
            windows.iter().flatten().map(|(from, to, _)| to - from).sum()
        };
        if stretched(&windows) >= awake {
            windows = [None, None];
        }
        let shares: f64 = windows.iter().flatten().map(|window| window.2).sum();
        let height_awake = bottom - top - silence::COLLAPSED * silences.len() as f64;
        let plain = (1.0 - shares) * height_awake / (awake - stretched(&windows)) as f64;
        let wide = |window: &Option<(u64, u64, f64)>| {
            window.map(|(from, to, share)| (from, to, share * height_awake))
        };
        let [opening, closing] = windows.each_ref().map(wide);
        let silent = silences.into_iter().map(|(from, to)| (from, to, silence::COLLAPSED));
        let mut map = Self {
            knots: vec![(0, top)],
            stretches: Vec::new(),
            silences: Vec::new(),
            view: View { from: 0, to: end },
            height,
        };
        let (mut at, mut y) = (0, top);
        for (from, to, part) in opening.into_iter().chain(silent).chain(closing) {
            if from > at {
                y += (from - at) as f64 * plain;
                map.knots.push((from, y));
            }
            y += part;
            map.knots.push((to, y));
            let factor = part / (to - from) as f64 / plain;
            let kind = if factor < 1.0 { &mut map.silences } else { &mut map.stretches };
            kind.push(Stretch { from, to, factor });
            at = to;
        }
        if at < end {
            map.knots.push((end, bottom));
        }
        map
    }

    /// Whether a run has silence that could be collapsed.
    pub fn is_silent(trace: &Trace) -> bool {
        !silence::of(trace).is_empty()
    }

    /// The same run with only `view` in the picture; the rest lies above and below it.
    pub fn seen(&self, view: Option<View>) -> Self {
        let Some(view) = view.and_then(|view| view.within(self.end())) else { return self.clone() };
        let (top, bottom) = (self.y(view.from), self.y(view.to));
        let scale = (self.height - BOTTOM - TOP) / (bottom - top);
        let knots = self.knots.iter().map(|&(at, y)| (at, TOP + (y - top) * scale)).collect();
        Self { knots, view, ..self.clone() }
    }

    /// The height at which time `at` is drawn, beyond the picture if `at` is beyond the view; beyond
    /// the ends of the run, the ends.
    pub fn y(&self, at: u64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.0 <= at);
        let (Some(&(t0, y0)), Some(&(t1, y1))) =
            (self.knots.get(after.wrapping_sub(1)), self.knots.get(after))
        else {
            let end = if after == 0 { self.knots.first() } else { self.knots.last() };
            return end.map_or(TOP, |knot| knot.1);
        };
        y0 + (y1 - y0) * (at - t0) as f64 / (t1 - t0) as f64
    }

    /// Where the curtain hangs at time `at`: at its height, or just outside the picture. At the end of the
    /// run it clears the last arrow's head.
    pub fn curtain(&self, at: u64) -> f64 {
        let past = if at >= self.end() { PAST } else { 0.0 };
        held(self.y(at) + past, -OUTSIDE, self.height + OUTSIDE)
    }

    /// The time that is drawn at height `y`; the inverse of [`y`](Self::y), rounded down.
    pub fn time(&self, y: f64) -> u64 {
        self.exact_time(y) as u64
    }

    /// The time that is drawn at height `y`, with its fraction of a microsecond.
    pub(crate) fn exact_time(&self, y: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.1 <= y);
        let (Some(&(t0, y0)), Some(&(t1, y1))) =
            (self.knots.get(after.wrapping_sub(1)), self.knots.get(after))
        else {
            return if after == 0 { 0.0 } else { self.end() as f64 };
        };
        t0 as f64 + (t1 - t0) as f64 * (y - y0) / (y1 - y0)
    }

    /// The last time on the map, in microseconds.
    pub fn end(&self) -> u64 {
        self.knots.last().map_or(0, |knot| knot.0)
    }

    /// The part of the run that is in the picture.
    pub fn view(&self) -> View {
        self.view
    }

    /// Whether that is the whole of it.
    pub fn is_whole(&self) -> bool {
        self.view == View::whole(self)
    }

    /// Top and bottom of what time has of the picture.
    pub(crate) fn frame(&self) -> [f64; 2] {
        [TOP, self.height - BOTTOM]
    }

    /// Height of the strip on top that belongs to the names, where the run goes on above it.
    pub fn head(&self) -> f64 {
        if self.view.from > 0 { TOP } else { 0.0 }
    }

    /// Where the axis is stretched.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Silence that is collapsed.
    pub fn silences(&self) -> &[Stretch] {
        &self.silences
    }

    /// The parts of the view that are not collapsed; all of it if silence is all there is to see.
    pub(super) fn awake(&self) -> Vec<(u64, u64)> {
        let View { from, to } = self.view;
        let mut awake = Vec::new();
        let mut at = from;
        for silence in self.silences.iter().filter(|it| it.to > from && it.from < to) {
            if silence.from > at {
                awake.push((at, silence.from));
            }
            at = silence.to;
        }
        if at < to {
            awake.push((at, to));
        }
        if awake.is_empty() { vec![(from, to)] } else { awake }
    }
}

/// When every lane has had its first answer, but for those that are kept waiting for it: a held
/// question is no opening.
fn opening(trace: &Trace) -> u64 {
    let first = |lane| {
        let mut answers = trace.lane(lane).filter(|event| matches!(event.kind, Kind::Response { .. }));
        answers.next().map(|event| event.end())
    };
    let answers: Vec<u64> = (0..trace.lanes().len()).filter_map(first).collect();
    let prompt = answers.iter().copied().min().unwrap_or(0).saturating_mul(PROMPT);
    answers.into_iter().filter(|&at| at <= prompt).max().unwrap_or(0)
}

/// When the first lane begins to say goodbye for good: after that nothing carries a message.
fn closing(trace: &Trace) -> u64 {
    let last_word = trace.events().iter().filter(|event| event.layer != Layer::Tcp && !closes(&event.kind));
    let last_word = last_word.map(|event| event.end()).max().unwrap_or(0);
    let goodbye = trace.events().iter().filter(|event| closes(&event.kind) && event.start() >= last_word);
    goodbye.map(|event| event.start()).min().unwrap_or(u64::MAX)
}

fn closes(kind: &Kind) -> bool {
    matches!(kind, Kind::Fin | Kind::Frame { opcode: wire::Opcode::Close, .. })
}

/// Room above time 0 and below the end.
const TOP: f64 = 22.0;
const BOTTOM: f64 = 12.0;

/// A curtain that hangs this far beyond the picture hides all of it, or nothing.
const OUTSIDE: f64 = 4.0;

/// How far the lifelines reach beyond the end of the run.
pub const PAST: f64 = 6.0;

/// Shares of the height that the opening and the closing get.
const OPENING: f64 = 0.24;
const CLOSING: f64 = 0.1;

/// An answer that comes this many times later than another lane's first was kept waiting.
const PROMPT: u64 = 2;

/// Below this part of its share a window is worth stretching.
const WORTH_IT: f64 = 0.7;
