//! Time to height: piecewise linear, shared by all lanes, and honest about where it is stretched.

use crate::decimal::thousandths;
use crate::event::{Kind, Layer};
use crate::order;
use crate::trace::Trace;

/// A part of the axis that is drawn larger than the rest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// From this time, in microseconds.
    pub from: u64,
    /// To this time.
    pub to: u64,
    /// How many times larger than the unstretched part.
    pub factor: f64,
}

/// A line of the grid.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Its time, in microseconds.
    pub at: u64,
    /// Its height.
    pub y: f64,
    /// What stands beside it, if there is room.
    pub label: Option<String>,
}

/// Piecewise-linear map from microseconds to a height in the view box.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeMap {
    /// (time, height), both strictly ascending; at least two.
    knots: Vec<(u64, f64)>,
    stretches: Vec<Stretch>,
}

impl TimeMap {
    /// The map of a whole trace on `height`: the opening and the closing, where much happens in
    /// little time, get at least the shares [`OPENING`] and [`CLOSING`] of it.
    pub fn of(trace: &Trace, height: f64) -> Self {
        let end = trace.end().max(1);
        let (top, bottom) = (TOP, height - BOTTOM);
        let opening = (0, opening(trace).min(end), OPENING);
        let closing = (closing(trace).max(opening.1), end, CLOSING);
        let windows: Vec<(u64, u64, f64)> = [opening, closing]
            .into_iter()
            .filter(|&(from, to, share)| {
                let natural = (to.saturating_sub(from)) as f64 / end as f64;
                to > from && natural > 0.0 && natural < share * WORTH_IT
            })
            .collect();
        let stretched: u64 = windows.iter().map(|(from, to, _)| to - from).sum();
        let shares: f64 = windows.iter().map(|window| window.2).sum();
        if stretched >= end {
            return Self { knots: vec![(0, top), (end, bottom)], stretches: Vec::new() };
        }
        let height = bottom - top;
        let plain = (1.0 - shares) * height / (end - stretched) as f64;
        let mut knots = vec![(0, top)];
        let mut stretches = Vec::new();
        let mut y = top;
        let mut at = 0;
        for (from, to, share) in windows {
            if from > at {
                y += (from - at) as f64 * plain;
                knots.push((from, y));
            }
            y += share * height;
            knots.push((to, y));
            stretches.push(Stretch { from, to, factor: share * height / (to - from) as f64 / plain });
            at = to;
        }
        if at < end {
            knots.push((end, bottom));
        }
        Self { knots, stretches }
    }

    /// The height at which time `at` is drawn; beyond the ends, the ends.
    pub fn y(&self, at: u64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.0 <= at);
        let (Some(&(t0, y0)), Some(&(t1, y1))) =
            (self.knots.get(after.wrapping_sub(1)), self.knots.get(after))
        else {
            return if after == 0 { TOP } else { self.knots.last().map_or(TOP, |knot| knot.1) };
        };
        y0 + (y1 - y0) * (at - t0) as f64 / (t1 - t0) as f64
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

    /// Where the axis is stretched.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Round times for the grid, at most about a dozen, with labels where they do not collide.
    pub fn ticks(&self) -> Vec<Tick> {
        let step = step(self.end());
        let mut times: Vec<u64> = (0..=self.end() / step).map(|n| n * step).collect();
        // Up to here times are in milliseconds: thousandths of a second would not tell them apart.
        let mut tiny = if self.end() < IN_SECONDS { self.end() } else { 0 };
        if let Some(opening) = self.stretches.first().filter(|stretch| stretch.from == 0) {
            let fine = step_for(opening.to, 2);
            times.extend((1..=opening.to / fine).map(|n| n * fine));
            if fine < 1_000 {
                tiny = opening.to;
            }
        }
        let mut times = order::ascending(&times);
        times.dedup();
        let mut last = f64::NEG_INFINITY;
        let ticks = times.into_iter().map(|at| {
            let y = self.y(at);
            let room = y - last >= TICK_ROOM;
            if room {
                last = y;
            }
            Tick { at, y, label: room.then(|| written(at, at <= tiny)) }
        });
        ticks.collect()
    }
}

/// `1.5 s`, `50 ms`: a time on the ruler.
fn written(at: u64, millis: bool) -> String {
    match (at, millis) {
        (0, _) => "0".to_owned(),
        (_, true) => format!("{} ms", thousandths(at)),
        (_, false) => format!("{} s", thousandths(at / 1_000)),
    }
}

/// A round step that divides `span` into five to twelve.
fn step(span: u64) -> u64 {
    step_for(span, 5)
}

fn step_for(span: u64, at_least: u64) -> u64 {
    let mut decade = 1;
    let mut best = 1;
    while decade <= span.max(1) {
        for factor in [1, 2, 5] {
            if span / (decade * factor) >= at_least {
                best = decade * factor;
            }
        }
        decade *= 10;
    }
    best
}

/// When every lane has had its first answer.
fn opening(trace: &Trace) -> u64 {
    let first = |lane| {
        let mut answers = trace.lane(lane).filter(|event| matches!(event.kind, Kind::Response { .. }));
        answers.next().map(|event| event.end())
    };
    (0..trace.lanes().len()).filter_map(first).max().unwrap_or(0)
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

/// A map this long is labelled in seconds.
const IN_SECONDS: u64 = 500_000;

/// Room above time 0 and below the end.
const TOP: f64 = 14.0;
const BOTTOM: f64 = 12.0;

/// Shares of the height that the opening and the closing get.
const OPENING: f64 = 0.24;
const CLOSING: f64 = 0.1;

/// Below this part of its share a window is worth stretching.
const WORTH_IT: f64 = 0.7;

/// Heights closer than this cannot both be labelled.
const TICK_ROOM: f64 = 15.0;
