//! What was predicted, to lie under what happened: a thin line for each band, broken off where there
//! is text.

use super::Scene;
use super::area::Area;
use crate::order;

/// From one point to another.
pub type Stroke = [(f64, f64); 2];

/// The lines of a prediction under a scene of the same size. None runs through a label.
pub fn ghosts(predicted: &Scene, scene: &Scene) -> Vec<Stroke> {
    let areas: Vec<Area> = scene.labels.iter().map(Area::of_label).collect();
    let lines = predicted.bands.iter().map(|band| [(band.x[0], band.from[0]), (band.x[1], band.to[0])]);
    lines.flat_map(|line| broken(line, &areas)).collect()
}

/// What is left of a line outside of `areas`.
fn broken([from, to]: Stroke, areas: &[Area]) -> Vec<Stroke> {
    let holes = areas.iter().filter_map(|area| area.crossed_by([from, to]));
    let holes = order::sorted(holes.collect::<Vec<_>>(), |hole| (hole[0] * FINE) as u64);
    let at = |part: f64| (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
    let (mut strokes, mut done) = (Vec::new(), 0.0);
    for [begins, ends] in holes.into_iter().chain([[1.0, 1.0]]) {
        if begins > done {
            strokes.push([at(done), at(begins)]);
        }
        done = ends.max(done);
    }
    strokes
}

/// Parts of a line are put in order as whole numbers of this.
const FINE: f64 = 1e6;
