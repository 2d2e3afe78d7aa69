//! What laying out one lane costs at 100, 10,000 and 100,000 events, whole and zoomed in, and how many shapes
//! come of it. `cargo xtask bench` prints the rows as a table.

#[path = "support/median.rs"]
mod support;

use trace::layout::{MOST_MARKS, Scene, TimeMap, Travellers, View, Viewport, scene};
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

use support::median;

fn main() {
    println!("layout of one lane\tms\tµs/event\tto 100 events\tshapes");
    for (name, part) in [("whole", 1.0), ("a hundredth", 0.01)] {
        let mut first = None;
        for events in [100, 10_000, 100_000] {
            let trace = echoes(events);
            let map = TimeMap::of(&trace, Viewport::WIDE.height);
            let middle = map.end() / 2;
            let map = map.seen(Some(View::whole(&map).zoom_at(&map, middle, part)));
            let scene = laid_out(&trace, &map);
            assert!(shapes(&scene) <= 3 * MOST_MARKS, "{} shapes", shapes(&scene));
            let each = median(RUNS, || laid_out(&trace, &map)) / trace.events().len() as f64;
            let base = *first.get_or_insert(each);
            let ms = each * trace.events().len() as f64 / 1_000.0;
            println!("{events} events, {name}\t{ms:.2}\t{each:.3}\t{:.2}\t{}", each / base, shapes(&scene));
        }
    }
    println!("a frame's travelling marks\tns\t\tto 100 events\t");
    let mut first = None;
    for events in [100, 10_000, 100_000] {
        let trace = echoes(events);
        let whole = TimeMap::of(&trace, Viewport::WIDE.height);
        // As many marks as one picture may hold.
        let part = MOST_MARKS as f64 / 2.0 / events as f64;
        let map = whole.seen(Some(View::whole(&whole).zoom_at(&whole, 0, part)));
        let travellers = Travellers::of(&laid_out(&trace, &map));
        let heights = || (0..1_000).map(|n| travellers.at(f64::from(n) * 0.47).len()).sum::<usize>();
        let each = median(RUNS, heights);
        let base = *first.get_or_insert(each);
        println!("{events} events\t{each:.0}\t\t{:.2}\t", each / base);
    }
}

fn laid_out(trace: &Trace, map: &TimeMap) -> Scene {
    scene(trace, 0, map, Viewport::WIDE)
}

fn shapes(scene: &Scene) -> usize {
    let marks = scene.bands.len() + scene.speeches.len() + scene.bins.len();
    marks + scene.labels.len() + scene.waits.len() + scene.spans.len()
}

/// A run of about so many events.
fn echoes(events: u32) -> Trace {
    let scenario = |messages| Scenario {
        lanes: vec![Transport::WebSocket],
        network: Network { round_trip: 10_000, ..Network::default() },
        workload: Workload::Echo,
        messages,
        ..Scenario::default()
    };
    let each = simulate(&scenario(100)).events().len() as u32 / 100;
    simulate(&scenario(events / each))
}

/// Calls of which the middle one counts.
const RUNS: usize = 15;
