//! The picture: to scale, inside its frame, nothing on top of anything else. `UPDATE_GOLDENS=1` rewrites
//! the scenes as text.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::prelude::*;
use trace::event::Kind;
use trace::layout::{Anchor, Label, LabelOf, MOST_MARKS, Scene, TimeMap, Tone, Viewport, insisted, scene};
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

const VIEWPORTS: [Viewport; 6] = [
    Viewport::WIDE,
    Viewport::MANY,
    Viewport::PHONE,
    Viewport::PROJECTED,
    Viewport::PROJECTED_BESIDE,
    Viewport::PROJECTED_BELOW,
];

/// The box that a label fills: 6.8 a letter, 9.2 a capital, 10 above its base line and 3 below.
fn area(label: &Label) -> [f64; 4] {
    let capitals = label.text.chars().filter(char::is_ascii_uppercase).count() as f64;
    let width = label.text.chars().count() as f64 * 6.8 + capitals * 2.4;
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - width / 2.0,
        Anchor::End => label.x - width,
    };
    [left, label.y - 10.0, left + width, label.y + 3.0]
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] - SLACK && b[0] < a[2] - SLACK && a[1] < b[3] - SLACK && b[1] < a[3] - SLACK
}

fn inside(viewport: Viewport, [left, top, right, bottom]: [f64; 4]) -> bool {
    left >= -SLACK && top >= -SLACK && right <= viewport.width + SLACK && bottom <= viewport.height + SLACK
}

fn bands_are_to_scale(trace: &Trace, scene: &Scene, map: &TimeMap) {
    let height = scene.viewport.height;
    for band in &scene.bands {
        let times = &trace.events()[band.event].times;
        let y = |stamp: Option<trace::event::Stamp>| map.y(stamp.expect("simulated").at);
        assert_eq!([band.from[0], band.to[0]], [y(times.sent_first), y(times.received_first)]);
        assert!(band.from[1] >= y(times.sent_last) && band.to[1] >= y(times.received_last));
        assert!(band.from[0] < band.from[1] && band.to[0] < band.to[1], "upside down: {band:?}");
        assert!(band.from[0] <= band.to[0], "arrives before it departs: {band:?}");
        assert!(band.from[0] >= 0.0 && band.to[1] <= height && band.from[1] <= height, "outside: {band:?}");
        let ends = [scene.viewport.client(), scene.viewport.server()];
        assert_eq!(band.x, if band.upward { ends } else { [ends[1], ends[0]] });
        assert_eq!(band.unseen, [false, false]);
        for (x, y) in band.corners() {
            assert!(inside(scene.viewport, [x, y, x, y]));
        }
    }
}

fn labels_have_room(scene: &Scene, map: &TimeMap) {
    let areas: Vec<[f64; 4]> = scene.labels.iter().map(area).collect();
    let Viewport { width, gutter, .. } = scene.viewport;
    for (n, (label, own)) in scene.labels.iter().zip(&areas).enumerate() {
        assert!(inside(scene.viewport, *own), "outside: {label:?}");
        // What stands along a band stands between the lifelines.
        let along = label.anchor == Anchor::Middle;
        let between = scene.viewport.client() - SLACK <= own[0] && own[2] <= scene.viewport.server() + SLACK;
        assert!(!along || between, "{label:?} runs over a lifeline");
        // The times stand in the gutter, and the words about a silence over all of it.
        assert!(own[0] >= gutter - SLACK, "{label:?} on the times");
        for silence in map.silences() {
            let silent = [0.0, map.y(silence.from), width, map.y(silence.to)];
            assert!(!overlap(*own, silent), "{label:?} in {silence:?}");
        }
        for bin in &scene.bins {
            let bar = [bin.x[0].min(bin.x[1]), bin.y[0], bin.x[0].max(bin.x[1]), bin.y[1]];
            assert!(!overlap(*own, bar), "{label:?} on {bin:?}");
        }
        for (other, its) in scene.labels.iter().zip(&areas).skip(n + 1) {
            assert!(!overlap(*own, *its), "{label:?} on {other:?}");
        }
        for wait in &scene.waits {
            assert!(
                !overlap(*own, [wait.x - 8.0, wait.y[0], wait.x + 8.0, wait.y[1]]),
                "{label:?} on {wait:?}"
            );
        }
        not_on_a_message(scene, label, *own);
    }
}

/// No label between the lifelines stands on a message.
fn not_on_a_message(scene: &Scene, label: &Label, [left, top, right, bottom]: [f64; 4]) {
    for (index, band) in scene.bands.iter().enumerate() {
        // Not even its own runs through it, where it stands between the lifelines.
        let thin = band.tone == Tone::Tcp && label.of != LabelOf::Band(index);
        if thin || label.anchor != Anchor::Middle && label.of == LabelOf::Band(index) {
            continue;
        }
        for step in 0..=10 {
            let x = left + (right - left) * f64::from(step) / 10.0;
            let part = (x - band.x[0]) / (band.x[1] - band.x[0]);
            if !(0.0..=1.0).contains(&part) {
                continue;
            }
            let upper = band.from[0] + (band.to[0] - band.from[0]) * part;
            let lower = band.from[1] + (band.to[1] - band.from[1]) * part;
            assert!(lower <= top + SLACK || upper >= bottom - SLACK, "{label:?} is crossed by {band:?}");
        }
    }
}

fn notes_are_inside(scene: &Scene) {
    let mut numbers = BTreeSet::new();
    for note in &scene.notes {
        let circle = [note.x - 9.0, note.y - 9.0, note.x + 9.0, note.y + 9.0];
        assert!(inside(scene.viewport, circle), "{note:?}");
        assert!((1..=3).contains(&note.number) && numbers.insert(note.number), "{note:?}");
        for label in &scene.labels {
            assert!(!overlap(circle, area(label)), "{note:?} on {label:?}");
        }
    }
}

fn ruler_is_readable(map: &TimeMap) {
    let ticks = map.ticks();
    assert!(ticks.is_sorted_by(|a, b| a.at < b.at && a.y < b.y), "{ticks:?}");
    assert_eq!((ticks[0].at, ticks[0].label.as_deref()), (0, Some("0")));
    assert!(ticks.len() <= 24 && ticks.iter().all(|tick| tick.at <= map.end()), "{ticks:?}");
    let labelled: Vec<_> = ticks.iter().filter(|tick| tick.label.is_some()).collect();
    assert!(labelled.is_sorted_by(|a, b| b.y - a.y >= 13.0), "{labelled:?}");
    let texts: BTreeSet<_> = labelled.iter().map(|tick| &tick.label).collect();
    assert_eq!(texts.len(), labelled.len(), "{labelled:?}");
    for tick in labelled {
        let text = tick.label.as_deref().expect("labelled");
        let (number, unit) = text.split_once(' ').unwrap_or((text, "s"));
        let factor = if unit == "ms" { 1_000.0 } else { 1_000_000.0 };
        let number: f64 = number.parse().expect("a number");
        assert!((number * factor - tick.at as f64).abs() < 1.0, "{tick:?}");
    }
}

/// One unit on one ruler, unless thousandths of a second cannot tell its times apart.
#[test]
fn the_ruler_keeps_its_unit() {
    let labels = |scenario: &Scenario| {
        let map = TimeMap::of(&simulate(scenario), Viewport::WIDE.height);
        let labels: Vec<String> = map.ticks().into_iter().filter_map(|tick| tick.label).collect();
        labels.join(", ")
    };
    assert_eq!(labels(&Scenario::default()), "0, 0.1 s, 0.2 s, 0.5 s, 1 s, 1.5 s, 2 s, 2.5 s, 3 s");
    let nearer = Network { round_trip: 80_000, kilobits: 10_000, ..Network::default() };
    assert_eq!(
        labels(&Scenario { network: nearer, ..Scenario::default() }),
        "0, 0.05 s, 0.1 s, 0.15 s, 0.5 s, 1 s, 1.5 s, 2 s, 2.5 s, 3 s"
    );
    let near = Network { round_trip: 0, kilobits: 10_000, ..Network::default() };
    assert_eq!(
        labels(&Scenario { network: near, ..Scenario::default() }),
        "0, 0.2 ms, 0.4 ms, 0.6 ms, 0.5 s, 1 s, 1.5 s, 2 s, 2.5 s, 3 s"
    );
    let websocket = vec![Transport::WebSocket];
    let echo = Scenario { workload: Workload::Echo, messages: 1, lanes: websocket, ..Scenario::default() };
    assert_eq!(labels(&echo), "0, 50 ms, 100 ms, 150 ms, 200 ms, 250 ms, 300 ms, 350 ms, 400 ms, 450 ms");
}

/// The axis says by how much it is stretched, and that is so.
fn stretches_are_honest(map: &TimeMap) {
    let slope = |from: u64, to: u64| (map.y(to) - map.y(from)) / (to - from) as f64;
    let mut parts: Vec<_> = map.stretches().iter().chain(map.silences()).collect();
    parts.sort_by_key(|part| part.from);
    let mut plain = Vec::new();
    let mut at = 0;
    for part in &parts {
        if part.from > at {
            plain.push(slope(at, part.from));
        }
        at = part.to;
    }
    if at < map.end() {
        plain.push(slope(at, map.end()));
    }
    for stretch in map.stretches() {
        assert!(stretch.factor > 1.0 && stretch.from < stretch.to && stretch.to <= map.end(), "{stretch:?}");
        for plain in &plain {
            let factor = slope(stretch.from, stretch.to) / plain;
            assert!((factor / stretch.factor - 1.0).abs() < 1e-6, "{stretch:?}, but it is {factor}");
        }
    }
}

fn check(scenario: &Scenario) {
    let trace = simulate(scenario);
    for viewport in VIEWPORTS {
        let map = TimeMap::of(&trace, viewport.height);
        ruler_is_readable(&map);
        stretches_are_honest(&map);
        for lane in 0..scenario.lanes.len() {
            let scene = scene(&trace, lane, &map, viewport);
            bands_are_to_scale(&trace, &scene, &map);
            labels_have_room(&scene, &map);
            marks_can_be_told_apart(&scene);
            notes_are_inside(&scene);
            counts_are_kept(&trace, lane, &scene, &map);
        }
    }
}

fn counts_are_kept(trace: &Trace, lane: usize, scene: &Scene, map: &TimeMap) {
    let travels = trace.lane(lane).filter(|event| event.travels() && !matches!(event.kind, Kind::Ack(_)));
    let speaks = trace.lane(lane).filter(|event| event.kind == Kind::Said && trace.scripted(event));
    let (travels, speaks) = (travels.count(), speaks.count());
    let binned: usize = scene.bins.iter().map(|bin| bin.marks).sum();
    assert_eq!(scene.bands.len() + scene.speeches.len() + binned, travels + speaks);
    assert!(scene.bands.len() + scene.speeches.len() <= MOST_MARKS);
    if binned == 0 {
        assert_eq!((scene.bands.len(), scene.speeches.len()), (travels, speaks));
    }
    // However many marks begin with it, what takes long to send is seen.
    let tall = trace
        .lane(lane)
        .filter(|event| event.travels() && map.y(event.times.sent()) - map.y(event.start()) >= 12.0);
    let drawn = scene
        .bands
        .iter()
        .filter(|band| map.y(trace.events()[band.event].times.sent()) - band.from[0] >= 12.0);
    assert_eq!(drawn.count(), tall.count());
    let opened = trace.lane(lane).filter(|event| event.kind == Kind::Established).count();
    assert!(scene.spans.len() <= MOST_MARKS && (opened > MOST_MARKS || scene.spans.len() == opened));
    for span in &scene.spans {
        assert!(0.0 <= span.y[0] && span.y[0] <= span.y[1] && span.y[1] <= scene.viewport.height, "{span:?}");
    }
    for wait in &scene.waits {
        assert!(wait.y[0] < wait.y[1] && wait.messages > 0 && wait.duration() > 0, "{wait:?}");
    }
}

/// In no stretch of twelve units, wherever it begins, do bands begin at more than fourteen heights: two
/// rows may meet there, each with six, and rounding. What is higher than a row is told apart anyhow.
fn marks_can_be_told_apart(scene: &Scene) {
    let low = scene.bands.iter().filter(|band| band.from[1] - band.from[0] < 12.0);
    let mut heights: Vec<f64> = low.map(|band| band.from[0]).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup_by(|a, b| *a - *b < 0.2);
    for heights in heights.windows(15) {
        assert!(heights[14] - heights[0] >= 12.0 - SLACK, "fifteen bands: {heights:?}");
    }
}

/// No usual run is drawn as a wall: in no stretch of sixty units are the bands that begin there, one
/// below the other, as high as the stretch.
#[test]
fn no_usual_run_is_a_wall() {
    for workload in Workload::ALL {
        for transport in Transport::ALL {
            let messages = workload.usual_messages();
            let lanes = vec![transport];
            let trace = simulate(&Scenario { lanes, workload, messages, ..Scenario::default() });
            for viewport in VIEWPORTS {
                let map = TimeMap::of(&trace, viewport.height);
                let scene = scene(&trace, 0, &map, viewport);
                let thin = |tone| if tone == Tone::Tcp { 1.6 } else { 2.8 };
                let low = scene.bands.iter().filter(|band| band.from[1] - band.from[0] < 12.0);
                let mut bands: Vec<(f64, f64)> = low.map(|band| (band.from[0], thin(band.tone))).collect();
                bands.sort_by(|a, b| a.0.total_cmp(&b.0));
                // What begins at the same height lies on one another.
                bands.dedup_by(|a, b| a.0 - b.0 < 0.2);
                for (n, (top, _)) in bands.iter().enumerate() {
                    let own = bands[n..].iter().take_while(|band| band.0 < top + 60.0);
                    let ink: f64 = own.map(|band| band.1).sum();
                    assert!(ink < 60.0, "{workload:?} on {transport:?}: {ink} of 60 from {top} on");
                }
            }
        }
    }
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let knobs =
        (0..=2_000u64, 16..=10_000_000u32, 50..=60_000u64, 0..=30u32, proptest::option::of(1..=3_000u32));
    let lanes = proptest::collection::vec(proptest::sample::select(Transport::ALL.to_vec()), 1..=3);
    (lanes, knobs, any::<bool>()).prop_map(|(lanes, (rtt, kilobits, poll, messages, size), chat)| Scenario {
        lanes,
        network: Network { round_trip: rtt * 1_000, kilobits, ..Network::default() },
        workload: if chat { Workload::Chat } else { Workload::Echo },
        poll: poll * 1_000,
        messages,
        size,
        ..Scenario::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_scene_is_in_order(scenario in scenario()) {
        check(&scenario);
    }

    #[test]
    fn the_time_map_goes_down_and_back(scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64)) {
        let trace = simulate(&scenario);
        for viewport in VIEWPORTS {
            let map = TimeMap::of(&trace, viewport.height);
            let end = map.end();
            prop_assert_eq!(end, trace.end().max(1));
            let [a, b] = shares.map(|share| end / 1_000 * share + end % 1_000 * share / 1_000);
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(map.y(a) < map.y(b) || a == b);
            prop_assert!(map.time(map.y(a)).abs_diff(a) <= 1, "{} is {}", a, map.time(map.y(a)));
            prop_assert!(map.y(0) >= 0.0 && map.y(end) <= viewport.height && map.y(u64::MAX) == map.y(end));
            prop_assert_eq!((map.time(-1.0), map.time(viewport.height)), (0, end));
            let y = map.y(0) + (map.y(end) - map.y(0)) * shares[0] as f64 / 1_000.0;
            let time = map.time(y);
            // Rounded down: the height lies within the microsecond that begins there.
            prop_assert!(map.y(time) <= y + 1e-6 && (y <= map.y(time + 1) + 1e-6), "{} at {}", time, y);
        }
    }
}

#[test]
fn usual_scenes_are_in_order() {
    for workload in [Workload::Chat, Workload::Echo] {
        for round_trip in [0, 20_000, 100_000, 300_000, 2_000_000] {
            for kilobits in [16, 1_000, 10_000, 10_000_000] {
                for poll in [200_000, 1_000_000, 5_000_000] {
                    let network = Network { round_trip, kilobits, ..Network::default() };
                    let lanes = Transport::ALL.to_vec();
                    check(&Scenario { lanes, network, workload, poll, ..Scenario::default() });
                }
            }
        }
    }
}

#[test]
fn an_empty_scene_is_a_scene() {
    let lanes = vec![Transport::Persistent];
    check(&Scenario { lanes, workload: Workload::Echo, messages: 0, ..Scenario::default() });
}

/// 4,000 units and more, squeezed into one picture.
fn crowded() -> Trace {
    simulate(&Scenario {
        lanes: vec![Transport::Persistent],
        network: Network { round_trip: 10_000, kilobits: 10_000, ..Network::default() },
        poll: 50_000,
        messages: 200,
        ..Scenario::default()
    })
}

#[test]
fn a_crowded_scene_is_in_order() {
    let trace = crowded();
    let map = TimeMap::of(&trace, Viewport::WIDE.height);
    let scene = scene(&trace, 0, &map, Viewport::WIDE);
    assert!(!scene.bins.is_empty());
    counts_are_kept(&trace, 0, &scene, &map);
    bands_are_to_scale(&trace, &scene, &map);
    labels_have_room(&scene, &map);
    marks_can_be_told_apart(&scene);
}

/// The most that one lane can draw: labels beside bands without end, and connections without end.
#[test]
fn crowded_scenes_are_whole() {
    let hangs_up = Scenario {
        lanes: vec![Transport::Close],
        network: Network { round_trip: 0, kilobits: 10_000_000, ..Network::default() },
        poll: 50_000,
        messages: 200,
        ..Scenario::default()
    };
    for trace in [crowded(), simulate(&hangs_up)] {
        let map = TimeMap::of(&trace, Viewport::WIDE.height);
        let scene = scene(&trace, 0, &map, Viewport::WIDE);
        assert!(!scene.bins.is_empty());
        counts_are_kept(&trace, 0, &scene, &map);
    }
}

/// What an expert checks first: the wait is the time from the word to the question's arrival.
#[test]
fn waits_of_the_first_screen() {
    let trace = simulate(&Scenario::default());
    let map = TimeMap::of(&trace, Viewport::WIDE.height);
    let [http, websocket] = [0, 1].map(|lane| scene(&trace, lane, &map, Viewport::WIDE));
    // Questions leave at 1, 2 and 3 s and arrive 50 ms and their own length later.
    let question = 50_000 + (526u64 + 40) * 8 / 10 + 1;
    let waits: Vec<_> = http.waits.iter().map(|wait| (wait.time, wait.server, wait.messages)).collect();
    let waited = |said, asked| ([said, asked + question], true, 1);
    assert_eq!(
        waits,
        [waited(700_000, 1_000_000), waited(1_200_000, 2_000_000), waited(2_200_000, 3_000_000)]
    );
    assert!(websocket.waits.is_empty());
}

/// Messages that wait for the same question share a box.
#[test]
fn waits_are_shared() {
    let lanes = vec![Transport::Persistent];
    let trace = simulate(&Scenario { lanes, poll: 5_000_000, messages: 10, ..Scenario::default() });
    let map = TimeMap::of(&trace, Viewport::WIDE.height);
    let waits: Vec<_> = scene(&trace, 0, &map, Viewport::WIDE)
        .waits
        .iter()
        .map(|wait| (wait.time[0], wait.time[1] / 1_000_000, wait.messages))
        .collect();
    // Six lines of news, the first at 0.7 s and the last at 4.7 s, all told to the question at 5 s.
    assert_eq!(waits, [(700_000, 5, 6)]);
}

/// No label tells of what has not happened: an arrow's comes once it has left, a wait's when it is over.
#[test]
fn labels_wait_for_their_marks() {
    for transport in Transport::ALL {
        let trace = simulate(&Scenario { lanes: vec![transport], ..Scenario::default() });
        let map = TimeMap::of(&trace, Viewport::WIDE.height);
        let scene = scene(&trace, 0, &map, Viewport::WIDE);
        for label in &scene.labels {
            let start = scene.event_of(label.of).map(|event| trace.events()[event].start());
            let expect = match label.of {
                LabelOf::Band(_) => start.map(|start| start + 1),
                LabelOf::Speech(_) => start,
                LabelOf::Wait(index) => Some(scene.waits[index].time[1]),
            };
            assert_eq!(Some(label.since), expect, "{label:?}");
        }
    }
}

/// The last arrow's head is not cut in half by the curtain at rest.
#[test]
fn the_finished_picture_is_whole() {
    let trace = simulate(&Scenario::default());
    let map = TimeMap::of(&trace, Viewport::WIDE.height);
    assert!(map.curtain(trace.end()) - map.y(trace.end()) >= 5.0);
    assert_eq!(map.curtain(trace.end() - 1), map.y(trace.end() - 1));
}

/// Where a server hangs up right behind its answer, its FIN lies on it: each press takes the next.
#[test]
fn presses_go_through_marks_on_one_another() {
    let lanes = vec![Transport::Close];
    let trace = simulate(&Scenario { lanes, workload: Workload::Echo, messages: 1, ..Scenario::default() });
    let map = TimeMap::of(&trace, Viewport::WIDE.height);
    let scene = scene(&trace, 0, &map, Viewport::WIDE);
    let first = |is: fn(&Kind) -> bool| trace.events().iter().position(|it| is(&it.kind)).expect("one");
    let answer = first(|kind| matches!(kind, Kind::Response { .. }));
    let (fin, syn) = (first(|kind| *kind == Kind::Fin), first(|kind| *kind == Kind::Syn));
    for (pressed, selected, expect) in [
        (fin, None, fin),
        (fin, Some(fin), answer),
        (fin, Some(answer), fin),
        (answer, Some(answer), fin),
        (syn, Some(fin), syn),
        (syn, Some(syn), syn),
        (usize::MAX, None, usize::MAX),
    ] {
        assert_eq!(scene.pressed(pressed, selected), expect, "{pressed} while {selected:?}");
    }
}

/// Whatever band is selected has a label: one that has found room, or else one on top of all.
#[test]
fn what_is_selected_has_its_label() {
    for viewport in VIEWPORTS {
        let trace = simulate(&Scenario { lanes: vec![Transport::Close], ..Scenario::default() });
        let map = TimeMap::of(&trace, viewport.height);
        let scene = scene(&trace, 0, &map, viewport);
        for (index, band) in scene.bands.iter().enumerate() {
            let own = scene.labels.iter().any(|label| label.of == LabelOf::Band(index));
            let insisted = insisted(&trace, &scene, band.event);
            // What only opens or acknowledges is never named.
            let named = !trace::caption::short_label(&trace.events()[band.event]).is_empty();
            assert!(own || named == insisted.is_some(), "{band:?}: {insisted:?}");
            assert!(!own || insisted.is_none(), "{band:?} twice");
            assert!(insisted.is_none_or(|label| inside(viewport, area(&label))), "{band:?}");
        }
    }
}

fn text(scene: &Scene) -> String {
    let mut out = String::new();
    let mut line = |text: std::fmt::Arguments<'_>| writeln!(out, "{text}").expect("a string takes all");
    for span in &scene.spans {
        let duplex = span.duplex.map_or(String::new(), |y| format!(" duplex from {y:.1}"));
        line(format_args!("span {} {:.1}..{:.1}{duplex}", span.connection, span.y[0], span.y[1]));
    }
    for wait in &scene.waits {
        let who = if wait.server { "server" } else { "client" };
        line(format_args!("wait {who} {:.1}..{:.1} {} waiting", wait.y[0], wait.y[1], wait.messages));
    }
    for band in &scene.bands {
        let way = if band.upward { "up" } else { "down" };
        let ([a, b], [c, d]) = (band.from, band.to);
        line(format_args!("band {} {way} {:?} {a:.1}..{b:.1} to {c:.1}..{d:.1}", band.event, band.tone));
    }
    for speech in &scene.speeches {
        line(format_args!("speech {} at {:.1},{:.1}", speech.event, speech.x, speech.y));
    }
    for label in &scene.labels {
        line(format_args!(
            "label {:?} {:?} {:.1},{:.1} {}",
            label.of, label.anchor, label.x, label.y, label.text
        ));
    }
    for note in &scene.notes {
        line(format_args!("note {} at {:.1},{:.1}", note.number, note.x, note.y));
    }
    out
}

#[test]
fn scenes_of_each_transport() {
    for transport in Transport::ALL {
        let trace = simulate(&Scenario { lanes: vec![transport], ..Scenario::default() });
        let map = TimeMap::of(&trace, Viewport::WIDE.height);
        let scene = scene(&trace, 0, &map, Viewport::WIDE);
        common::golden(&format!("scene-{}.txt", transport.id()), &text(&scene));
    }
}

/// Rounding.
const SLACK: f64 = 1e-6;
