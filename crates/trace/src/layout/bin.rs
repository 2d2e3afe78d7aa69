//! Where there are more marks than can be told apart: how many there are, row by row, each way.
//!
//! The picture is cut into rows. A row in which too many marks begin is crowded, and so is a wall of
//! rows that are merely full: their marks are counted instead of drawn, each once. What began before
//! the picture does belongs to its first row. A bar grows from the lifeline of whoever sends.

use wire::Sender;

use super::band::thickness;
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
    let mut begin = vec![Begin::default(); rows.count];
    for (_, event) in marks.iter().filter(|(_, event)| !is_tall(event, map)) {
        begin[rows.of_event(event)].add(event, map.y(event.start()));
    }
    let mut crowded: Vec<bool> = begin.iter().map(Begin::is_crowded).collect();
    let mut row = 0;
    for wall in begin.chunk_by(|above, below| above.is_full() && below.is_full()) {
        if wall.len() >= WALL {
            crowded[row..row + wall.len()].fill(true);
        }
        row += wall.len();
    }
    // A row or two between crowded ones would be a stripe of marks between bars.
    let places: Vec<usize> = (0..rows.count).filter(|&row| crowded[row]).collect();
    for pair in places.windows(2).filter(|pair| pair[1] - pair[0] <= STRIPE) {
        crowded[pair[0]..pair[1]].fill(true);
    }
    let (many, few): (Vec<Mark>, Vec<Mark>) =
        marks.into_iter().partition(|(_, event)| crowded[rows.of_event(event)] && !is_tall(event, map));
    let bins = if many.is_empty() { Vec::new() } else { bins(&many, &rows, viewport) };
    (few, bins)
}

/// A mark: the place of its event in the trace, and the event.
pub(super) type Mark<'a> = (usize, &'a Event);

/// Whether an event is drawn so high that it can be told from whatever is near it.
fn is_tall(event: &Event, map: &TimeMap) -> bool {
    event.travels() && map.y(event.times.sent()) - map.y(event.start()) >= ROW
}

/// What begins in a row. Marks at one and the same height look like one.
#[derive(Clone, Copy, Default)]
struct Begin {
    marks: usize,
    heights: usize,
    bands: usize,
    /// How high its bands are together, at least.
    ink: f64,
    /// The last heights at which a mark and a band begin.
    last: [Option<f64>; 2],
}

impl Begin {
    fn add(&mut self, event: &Event, y: f64) {
        let apart = |last: &mut Option<f64>| {
            let apart = last.is_none_or(|last| y - last >= APART);
            *last = if apart { Some(y) } else { *last };
            apart
        };
        self.marks += 1;
        self.heights += usize::from(apart(&mut self.last[0]));
        if event.travels() && apart(&mut self.last[1]) {
            self.bands += 1;
            self.ink += thickness(event);
        }
    }

    fn is_crowded(&self) -> bool {
        self.marks > MOST_IN_ROW || self.heights > MOST_HEIGHTS || self.bands > MOST_BANDS
    }

    /// Whether there is hardly any paper between its bands.
    fn is_full(&self) -> bool {
        self.ink > FULL
    }
}

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

/// How many marks may begin in a row and be drawn; at how many heights; and how many of those may be
/// bands'.
pub(super) const MOST_IN_ROW: usize = 48;
const MOST_HEIGHTS: usize = 12;
const MOST_BANDS: usize = 6;

/// Heights closer than this are one.
const APART: f64 = 0.2;

/// A row with more ink than this is full, and so many full rows in succession are a wall.
const FULL: f64 = 9.0;
const WALL: usize = 4;

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
