//! A series as plain shapes: two axes, one line for each lane, and its name at the end of it.

use super::sweep::{Line, Measure, Series};
use super::{Axis, Grid};
use crate::order;
use crate::scenario::Transport;

/// How large the chart is, in the units of its view box.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Size {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Room at the left and below, for the labels of the axes.
    pub axes: [f64; 2],
    /// Room at the right, for the names of the lines.
    pub names: f64,
}

impl Size {
    /// Beside its table.
    pub const WIDE: Self = Self { width: 720.0, height: 360.0, axes: [86.0, 46.0], names: 190.0 };
    /// On a phone: the names go into a legend.
    pub const PHONE: Self = Self { width: 340.0, height: 300.0, axes: [74.0, 46.0], names: 22.0 };
}

/// Everything to draw, and the same as text.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// Its size.
    pub size: Size,
    /// What was turned, left to right.
    pub x: Axis,
    /// What came of it, bottom to top.
    pub y: Axis,
    /// One for each lane.
    pub curves: Vec<Curve>,
    /// The text equal.
    pub grid: Grid,
}

/// One lane's line.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// Its transport.
    pub transport: Transport,
    /// Left to right; values without a figure are left out.
    pub points: Vec<[f64; 2]>,
    /// Where its name begins; names keep their distance. `None` of a line without points.
    pub name: Option<[f64; 2]>,
}

impl Curve {
    /// The points as the attribute of an SVG `polyline`.
    pub fn attribute(&self) -> String {
        let mut out = String::new();
        for [x, y] in &self.points {
            for (number, after) in [(x, ","), (y, " ")] {
                out.push_str(&crate::decimal::tenth(*number));
                out.push_str(after);
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Draws one measure of `series`.
pub fn chart(series: &Series, measure: Measure, size: Size) -> Chart {
    let left = size.axes[0];
    let (right, bottom) = (size.width - size.names, size.height - size.axes[1]);
    let figures: Vec<u64> =
        series.lines.iter().flat_map(|line| &line.points).filter_map(|point| measure.of(point)).collect();
    let x = Axis::new(series.knob.name(), &series.values, [left, right], |value| series.knob.value(value));
    let y = Axis::new(measure.name(), &figures, [bottom, TOP], |value| measure.value(value));
    let curve = |line: &Line| {
        let places = series.values.iter().zip(&line.points);
        let points = places.filter_map(|(&value, point)| Some([x.place(value), y.place(measure.of(point)?)]));
        Curve { transport: line.transport, points: points.collect(), name: None }
    };
    let mut curves: Vec<Curve> = series.lines.iter().map(curve).collect();
    name(&mut curves, bottom);
    Chart { size, x, y, curves, grid: series.grid(measure) }
}

/// Gives each line its name's place beside its last point.
fn name(curves: &mut [Curve], bottom: f64) {
    let ends = curves.iter().map(|curve| curve.points.last().copied());
    let places = names(ends.collect(), bottom);
    curves.iter_mut().zip(places).for_each(|(curve, place)| curve.name = place);
}

/// Places for names beside the `ends` of lines, top to bottom, none on another; what would fall below
/// the chart moves up again.
pub(crate) fn names(ends: Vec<Option<[f64; 2]>>, bottom: f64) -> Vec<Option<[f64; 2]>> {
    let top_down = order::by(ends.iter().map(|end| end.map_or(u64::MAX, |[_, y]| y as u64)));
    let mut names = ends;
    let mut free = TOP;
    for &place in &top_down {
        let Some([x, y]) = names[place] else { continue };
        let at = y.max(free);
        names[place] = Some([x + BESIDE, at]);
        free = at + LINE;
    }
    let mut least = bottom;
    for &place in top_down.iter().rev() {
        if let Some([_, y]) = &mut names[place] {
            *y = y.min(least);
            least = *y - LINE;
        }
    }
    names
}

/// Room above the highest tick.
const TOP: f64 = 14.0;

/// From a line's end to its name.
const BESIDE: f64 = 8.0;

/// From one name to the next.
const LINE: f64 = 15.0;
