//! The part of the run that is shown. Panning and zooming give a new one, always inside the run.
//!
//! Both are reckoned in heights of a time map, so that a step looks equally wide wherever it is taken.
//! Any map of the run will do: the whole one and one that is zoomed in differ by a scale.

use super::TimeMap;
use crate::decimal::held;

/// From one time to another, in microseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    /// The first time that is shown.
    pub from: u64,
    /// The last.
    pub to: u64,
}

impl View {
    /// The whole run.
    pub fn whole(map: &TimeMap) -> Self {
        Self { from: 0, to: map.end() }
    }

    /// `factor` times as much of the run; what is drawn at `at` stays where it is. Never closer than
    /// [`CLOSEST`], never wider than the run.
    #[must_use]
    pub fn zoom_at(self, map: &TimeMap, at: u64, factor: f64) -> Self {
        let [top, bottom] = self.heights(map);
        let fixed = held(map.y(at), top, bottom);
        let closer = Self::placed(map, fixed - (fixed - top) * factor, (bottom - top) * factor);
        let stuck = factor < 1.0 && closer.to - closer.from < CLOSEST.min(map.end());
        if stuck { self } else { closer }
    }

    /// As much of the run, so many pages later; earlier if that is negative.
    #[must_use]
    pub fn pan(self, map: &TimeMap, pages: f64) -> Self {
        let [top, bottom] = self.heights(map);
        Self::placed(map, top + (bottom - top) * pages, bottom - top)
    }

    /// The page that shows `at`, where this view is one page of the run and the others lie as wide
    /// before and after it.
    #[must_use]
    pub fn page(self, map: &TimeMap, at: u64) -> Self {
        let [top, bottom] = self.heights(map);
        let pages = ((map.y(at) - top) / (bottom - top)).floor();
        if pages == 0.0 { self } else { self.pan(map, pages) }
    }

    /// What a run of this length has of it, but never closer than [`CLOSEST`]; `None` is all of the
    /// run, or nothing.
    pub fn within(self, end: u64) -> Option<Self> {
        if self.from >= end {
            return None;
        }
        let span = self.to.min(end).saturating_sub(self.from).max(CLOSEST.min(end));
        let from = self.from.min(end - span);
        (span < end).then_some(Self { from, to: from + span })
    }

    /// Whether `at` is in it.
    pub fn holds(self, at: u64) -> bool {
        self.from <= at && at <= self.to
    }

    fn heights(self, map: &TimeMap) -> [f64; 2] {
        [map.y(self.from), map.y(self.to)]
    }

    fn placed(map: &TimeMap, top: f64, height: f64) -> Self {
        let whole = Self::whole(map);
        let [first, last] = whole.heights(map);
        if height >= (last - first) * NEARLY_ALL {
            return whole;
        }
        let top = held(top, first, last - height);
        let from = map.exact_time(top).round() as u64;
        let to = map.exact_time(top + height).round() as u64;
        Self { from, to: to.clamp((from + 1).min(whole.to), whole.to) }
    }
}

/// The shortest time that is shown, in microseconds.
pub const CLOSEST: u64 = 200;

/// From here on the rest is a matter of rounding.
const NEARLY_ALL: f64 = 1.0 - 1e-6;
