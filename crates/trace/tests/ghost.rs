//! What was predicted, under what happened: all of its lines, but for where there is text.
#![cfg(not(target_arch = "wasm32"))]

use trace::layout::{Anchor, Label, LabelOf, Scene, TimeMap, Viewport, ghosts, scene};
use trace::scenario::{Network, Scenario, Transport};
use trace::sim::simulate;

/// A run on a slower link, and what the usual one would have been under it.
fn scenes(transport: Transport, viewport: Viewport) -> (Scene, Scene) {
    let scenario = Scenario { lanes: vec![transport], ..Scenario::default() };
    let network = Network { round_trip: 160_000, ..scenario.network };
    let slower = simulate(&Scenario { network, ..scenario.clone() });
    let map = TimeMap::of(&slower, viewport.height);
    (scene(&simulate(&scenario), 0, &map, viewport), scene(&slower, 0, &map, viewport))
}

/// Whether a point lies in the box of a label, well inside.
fn in_text(label: &Label, (x, y): (f64, f64)) -> bool {
    let capitals = label.text.chars().filter(char::is_ascii_uppercase).count() as f64;
    let width = label.text.chars().count() as f64 * 6.8 + capitals * 2.4;
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - width / 2.0,
        Anchor::End => label.x - width,
    };
    (left + 0.1..left + width - 0.1).contains(&x) && (label.y - 9.9..label.y + 2.9).contains(&y)
}

/// Each point of each predicted line is drawn exactly if no text is there.
#[test]
fn no_line_runs_through_text() {
    let mut broken = 0;
    for viewport in [Viewport::WIDE, Viewport::MANY, Viewport::PHONE] {
        for transport in Transport::ALL {
            let (predicted, scene) = scenes(transport, viewport);
            let strokes = ghosts(&predicted, &scene);
            broken += strokes.len().saturating_sub(predicted.bands.len());
            for [from, to] in &strokes {
                for step in 0..=40 {
                    let part = f64::from(step) / 40.0;
                    let point = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
                    let text = scene.labels.iter().find(|label| in_text(label, point));
                    assert!(text.is_none(), "{transport:?}: {from:?} to {to:?} through {text:?}");
                }
            }
            let drawn: f64 = strokes.iter().map(|[from, to]| (to.0 - from.0).abs()).sum();
            let hidden: f64 = predicted
                .bands
                .iter()
                .flat_map(|band| (0..1_000).map(move |step| (band, (f64::from(step) + 0.5) / 1_000.0)))
                .map(|(band, part)| {
                    let (x0, x1, y0, y1) = (band.x[0], band.x[1], band.from[0], band.to[0]);
                    let point = (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part);
                    let hidden = scene.labels.iter().any(|label| in_text(label, point));
                    if hidden { (x1 - x0).abs() / 1_000.0 } else { 0.0 }
                })
                .sum();
            let whole: f64 = predicted.bands.iter().map(|band| (band.x[1] - band.x[0]).abs()).sum();
            let rounding = 4.0 * predicted.bands.len() as f64;
            assert!(
                (whole - drawn - hidden).abs() < rounding,
                "{transport:?}: {drawn} and {hidden} of {whole}"
            );
        }
    }
    assert!(broken > 20, "only {broken} lines had text on them: nothing was tried");
}

/// By hand: a label of ten letters in the middle of a level line.
#[test]
fn a_broken_line_by_hand() {
    let (predicted, mut scene) = scenes(Transport::WebSocket, Viewport::WIDE);
    let mut band = predicted.bands[0].clone();
    (band.from, band.to) = ([100.0, 102.0], [100.0, 102.0]);
    let text = "0123456789".to_owned();
    scene.labels =
        vec![Label { text, x: 280.0, y: 104.0, anchor: Anchor::Middle, of: LabelOf::Band(0), since: 0 }];
    let level = Scene { bands: vec![band], ..predicted };
    let expect = [[(78.0, 100.0), (246.0, 100.0)], [(314.0, 100.0), (482.0, 100.0)]];
    for (stroke, expect) in ghosts(&level, &scene).iter().zip(expect) {
        for (point, expect) in stroke.iter().zip(expect) {
            assert!((point.0 - expect.0).abs() < 1e-6 && (point.1 - expect.1).abs() < 1e-6, "{stroke:?}");
        }
    }
    scene.labels.clear();
    assert_eq!(ghosts(&level, &scene), [[(78.0, 100.0), (482.0, 100.0)]]);
}
