//! Where there are more marks than can be told apart: how many there are, row by row, each way.
//!
//! The picture is cut into rows. A row in which too many marks begin is crowded: its marks are counted
//! instead of drawn, each once; what began before the picture does belongs to its first row. A bar
//! grows from the lifeline of whoever sends.

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

/// Parts `marks` into those that are drawn and those that bins stand for.
pub(super) fn split<'a>(
    marks: Vec<Mark<'a>>,
    map: &TimeMap,
    viewport: Viewport,
) -> (Vec<Mark<'a>>, Vec<Bin>) {
    let rows = Rows::of(map);
    let mut begin = vec![[0, 0]; rows.count];
    for (_, event) in &marks {
        let [all, travel] = &mut begin[rows.of_event(event)];
        (*all, *travel) = (*all + 1, *travel + usize::from(event.travels()));
    }
    let mut crowded: Vec<bool> =
        begin.iter().map(|&[all, travel]| all > MOST_IN_ROW || travel > MOST_BANDS_IN_ROW).collect();
    // A row or two between crowded ones would be a stripe of marks between bars.
    let places: Vec<usize> = (0..rows.count).filter(|&row| crowded[row]).collect();
    for pair in places.windows(2).filter(|pair| pair[1] - pair[0] <= STRIPE) {
        crowded[pair[0]..pair[1]].fill(true);
    }
    let (many, few): (Vec<Mark>, Vec<Mark>) =
        marks.into_iter().partition(|(_, event)| crowded[rows.of_event(event)]);
    let bins = if many.is_empty() { Vec::new() } else { bins(&many, &rows, viewport) };
    (few, bins)
}

/// A mark: the place of its event in the trace, and the event.
pub(super) type Mark<'a> = (usize, &'a Event);

/// The rows of the picture.
struct Rows<'a> {
    map: &'a TimeMap,
    count: usize,
}

impl<'a> Rows<'a> {
    fn of(map: &'a TimeMap) -> Self {
        let [top, bottom] = map.frame();
        Self { map, count: ((bottom - top) / ROW).floor() as usize }
    }

    /// Where a row begins.
    fn edge(&self, row: usize) -> f64 {
        let [top, bottom] = self.map.frame();
        top + (bottom - top) * row as f64 / self.count as f64
    }

    /// When a row begins.
    fn time(&self, row: usize) -> u64 {
        let view = self.map.view();
        if row == self.count { view.to } else { self.map.time(self.edge(row)).clamp(view.from, view.to) }
    }

    /// The row in which an event begins.
    fn of_event(&self, event: &Event) -> usize {
        let [top, bottom] = self.map.frame();
        let row = (self.map.y(event.start()) - top) / (bottom - top) * self.count as f64;
        (row.max(0.0) as usize).min(self.count - 1)
    }
}

fn bins(marks: &[Mark], rows: &Rows, viewport: Viewport) -> Vec<Bin> {
    let mut bins: Vec<Bin> = Vec::new();
    for row in 0..rows.count {
        for upward in [true, false] {
            let x = if upward { viewport.client() } else { viewport.server() };
            let y = [rows.edge(row) + GAP, rows.edge(row + 1) - GAP];
            let time = [rows.time(row), rows.time(row + 1)];
            bins.push(Bin { upward, y, x: [x, x], time, marks: 0, octets: 0 });
        }
    }
    for (_, event) in marks {
        let way = usize::from(event.key.sender == Sender::Server);
        if let Some(bin) = bins.get_mut(2 * rows.of_event(event) + way) {
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

/// How many marks may begin in a row and be drawn, and how many of them may be bands: a band is about
/// a quarter of a row high, and there must be paper between them.
pub(super) const MOST_IN_ROW: usize = 12;
pub(super) const MOST_BANDS_IN_ROW: usize = 6;

/// Crowded rows this far apart are one crowd.
const STRIPE: usize = 3;

/// Height of a row.
pub(super) const ROW: f64 = 12.0;

/// Room above and below a bar.
const GAP: f64 = 1.0;

/// Room between the longest bars of both ways.
const MIDDLE: f64 = 4.0;

/// A single mark's bar can be seen, too.
const SHORTEST: f64 = 3.0;
