//! Where there are more marks than the picture can hold: how many there are, row by row, each way.
//!
//! Each mark is counted once, in the row in which it begins; what began before the picture does
//! counts in its first row. A bar grows from the lifeline of whoever sends.

use wire::Sender;

use super::{TimeMap, Viewport};
use crate::event::Event;

/// The marks of one row, one way.
#[derive(Clone, PartialEq, Debug)]
pub struct Bin {
    /// Whether the client sent them.
    pub upward: bool,
    /// Top and bottom.
    pub y: [f64; 2],
    /// The lifeline, and the end of the bar, which is as long as there are many.
    pub x: [f64; 2],
    /// From and to, in microseconds.
    pub time: [u64; 2],
    /// How many marks.
    pub marks: usize,
    /// Octets on the connection, as far as they were seen.
    pub octets: u64,
}

pub(super) fn bins(marks: &[(usize, &Event)], map: &TimeMap, viewport: Viewport) -> Vec<Bin> {
    let [top, bottom] = map.frame();
    let rows = ((bottom - top) / ROW).floor() as usize;
    let edge = |row: usize| top + (bottom - top) * row as f64 / rows as f64;
    let time = |row: usize| map.time(edge(row)).clamp(map.view().from, map.view().to);
    let mut bins: Vec<Bin> = Vec::new();
    for row in 0..rows {
        for upward in [true, false] {
            let x = if upward { viewport.client() } else { viewport.server() };
            let time = [time(row), if row + 1 == rows { map.view().to } else { time(row + 1) }];
            let y = [edge(row) + GAP, edge(row + 1) - GAP];
            bins.push(Bin { upward, y, x: [x, x], time, marks: 0, octets: 0 });
        }
    }
    for (_, event) in marks {
        let row = (map.y(event.start()) - top) / (bottom - top) * rows as f64;
        let row = (row.max(0.0) as usize).min(rows - 1);
        let way = usize::from(event.key.sender == Sender::Server);
        if let Some(bin) = bins.get_mut(2 * row + way) {
            bin.marks += 1;
            // What is said does not cross the connection: the unit that carries it does.
            bin.octets += if event.travels() { event.size().unwrap_or(0) } else { 0 };
        }
    }
    let most = bins.iter().map(|bin| bin.marks).max().unwrap_or(0).max(1);
    let longest = (viewport.server() - viewport.client()) / 2.0 - MIDDLE;
    bins.retain(|bin| bin.marks > 0);
    for bin in &mut bins {
        let length = (longest * bin.marks as f64 / most as f64).max(SHORTEST);
        bin.x[1] += if bin.upward { length } else { -length };
    }
    bins
}

/// Height of a row.
const ROW: f64 = 12.0;

/// Room above and below a bar.
const GAP: f64 = 1.0;

/// Room between the longest bars of both ways.
const MIDDLE: f64 = 4.0;

/// A single mark's bar can be seen, too.
const SHORTEST: f64 = 3.0;
