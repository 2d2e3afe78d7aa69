//! The grid: round times, and which of them are labelled.

use tongue::say;

use super::View;
use super::time_map::{Stretch, TimeMap};
use crate::decimal::thousandths;
use crate::order;

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

impl TimeMap {
    /// Round times for the grid, at most about a dozen, with labels where they do not collide.
    pub fn ticks(&self) -> Vec<Tick> {
        let View { from, to } = self.view();
        let awake = self.awake();
        let step = step(awake.iter().map(|(from, to)| to - from).sum());
        let mut times = Vec::new();
        for &(from, to) in &awake {
            times.extend((from.div_ceil(step)..=to / step).map(|n| n * step));
        }
        // Up to here times are in milliseconds: thousandths of a second would not tell them apart.
        let mut tiny = if to < IN_SECONDS || step < 1_000 { to } else { 0 };
        if let Some(opening) = self.stretches().first().filter(|it| it.from == from && it.to < to) {
            let fine = step_for(opening.to, 2);
            times.extend((1..=opening.to / fine).map(|n| n * fine));
            if fine < 1_000 {
                tiny = tiny.max(opening.to);
            }
        }
        let mut times = order::ascending(&times);
        times.dedup();
        // What is said of a silence stands in the middle of it.
        let middle = |it: &Stretch| (self.y(it.from) + self.y(it.to)) / 2.0;
        let silent: Vec<f64> = self.silences().iter().map(middle).collect();
        let mut last = f64::NEG_INFINITY;
        let ticks = times.into_iter().map(|at| {
            let y = self.y(at);
            let room = y - last >= TICK_ROOM && silent.iter().all(|middle| (y - middle).abs() >= TICK_ROOM);
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
        (_, true) => say!("{} ms", thousandths(at)),
        (_, false) => say!("{} s", thousandths(at / 1_000)),
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

/// A map this long is labelled in seconds.
const IN_SECONDS: u64 = 500_000;

/// Heights closer than this cannot both be labelled.
const TICK_ROOM: f64 = 15.0;
