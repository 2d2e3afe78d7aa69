//! What of the picture is looked at: zoom and pan, silence, layers, bins, and what travels.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use trace::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use trace::fragment::Link;
use trace::layout::{
    CLOSEST, Group, Layers, MOST_MARKS, MOST_TRAVELLERS, Scene, TimeMap, Travellers, View, Viewport, folded,
    scene,
};
use trace::playhead::Speed;
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};
use wire::Sender;

const HEIGHT: f64 = Viewport::WIDE.height;

fn scenario() -> impl Strategy<Value = Scenario> {
    let knobs = (0..=500u64, 16..=10_000_000u32, 50..=60_000u64, 1..=200u32);
    let lanes = proptest::collection::vec(proptest::sample::select(Transport::ALL.to_vec()), 1..=2);
    (lanes, knobs, any::<bool>()).prop_map(|(lanes, (rtt, kilobits, poll, messages), chat)| Scenario {
        lanes,
        network: Network { round_trip: rtt * 1_000, kilobits, ..Network::default() },
        workload: if chat { Workload::Chat } else { Workload::Echo },
        poll: poll * 1_000,
        messages: if chat { messages } else { messages.min(20) },
        ..Scenario::default()
    })
}

/// A view of `end` by two shares of it in thousandths.
fn view(end: u64, shares: [u64; 2]) -> View {
    let at = |share: u64| (u128::from(end) * u128::from(share) / 1_000) as u64;
    let [from, to] = shares.map(at);
    View { from: from.min(to), to: from.max(to).max(from.min(to) + 1) }
}

/// What has a mark: as the brief of the picture says, not as the layout finds out.
fn marks(trace: &Trace, lane: usize) -> Vec<usize> {
    let all = trace.events().iter().enumerate().filter(|(_, event)| usize::from(event.key.lane) == lane);
    all.filter(|(_, event)| match event.kind {
        Kind::Said => trace.scripted(event),
        Kind::Ack(_) => false,
        _ => event.travels(),
    })
    .map(|(index, _)| index)
    .collect()
}

fn drawn(scene: &Scene) -> Vec<usize> {
    let bands = scene.bands.iter().map(|band| band.event);
    let mut drawn: Vec<usize> = bands.chain(scene.speeches.iter().map(|speech| speech.event)).collect();
    drawn.sort_unstable();
    drawn
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A mark is drawn, or counted in one bin, exactly if some of it happens in the view.
    #[test]
    fn every_mark_in_the_view_is_drawn_or_counted(
        scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64), layers in 0..8u8,
    ) {
        let trace = simulate(&scenario);
        let whole = TimeMap::of(&trace, HEIGHT);
        let groups = Group::ALL.into_iter().enumerate().filter(|(bit, _)| layers >> bit & 1 == 1);
        let layers = groups.fold(Layers::ALL, |layers, (_, group)| layers.toggled(group));
        let map = whole.seen(Some(view(trace.end(), shares)));
        for lane in 0..scenario.lanes.len() {
            let scene = folded(&trace, lane, &map, Viewport::WIDE, layers);
            let expect: Vec<usize> = marks(&trace, lane).into_iter().filter(|&index| {
                let event = &trace.events()[index];
                layers.show(event.layer) && event.start() <= map.view().to && event.end() >= map.view().from
            }).collect();
            let binned: usize = scene.bins.iter().map(|bin| bin.marks).sum();
            let drawn = drawn(&scene);
            prop_assert!(drawn.len() <= MOST_MARKS && drawn.iter().all(|mark| expect.contains(mark)));
            prop_assert_eq!(binned + drawn.len(), expect.len());
            // What is counted begins where a bar stands, and nothing that is drawn does, unless it is
            // higher than the bar.
            let counted = |index: &usize| {
                let event = &trace.events()[*index];
                let y = map.y(event.start()).clamp(22.0, HEIGHT - 12.0 - 1e-9);
                let tall = event.travels() && map.y(event.times.sent()) - map.y(event.start()) >= 12.0;
                !tall && scene.bins.iter().any(|bin| bin.y[0] - 1.0 <= y && y < bin.y[1] + 1.0)
            };
            prop_assert!(drawn.iter().all(|mark| !counted(mark)), "drawn and counted");
            let octets: u64 = scene.bins.iter().map(|bin| bin.octets).sum();
            let sent = trace.lane(lane).filter(|event| event.travels() && layers.show(event.layer));
            let sent: u64 = sent.filter_map(|event| event.size()).sum();
            prop_assert!(octets <= sent);
            let seen = drawn.iter().map(|&mark| &trace.events()[mark]).filter(|event| event.travels());
            let seen: u64 = seen.filter_map(|event| event.size()).sum();
            let sent_acks = trace.lane(lane).filter(|event| matches!(event.kind, Kind::Ack(_)) && layers.show(event.layer));
            let acks: u64 = sent_acks.filter(|event| event.travels()).filter_map(|event| event.size()).sum();
            prop_assert!(!map.is_whole() || octets + seen + acks == sent, "{} and {} of {}", octets, seen, sent);
            inside(&scene);
        }
    }

    #[test]
    fn a_view_stays_inside_the_run(
        scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64), at in 0..=1_000u64,
        factor in 0.05..20.0f64, pages in -3.0..3.0f64,
    ) {
        let trace = simulate(&scenario);
        let map = TimeMap::of(&trace, HEIGHT);
        let end = map.end();
        let start = view(end, shares);
        let at = view(end, [at, at]).from;
        for next in [start.zoom_at(&map, at, factor), start.pan(&map, pages), start.page(&map, at)] {
            prop_assert!(next.from < next.to && next.to <= end, "{:?} of {}", next, end);
        }
        let within = start.within(end).unwrap_or(View::whole(&map));
        prop_assert!(within.to <= end && within.to - within.from >= CLOSEST.min(end), "{:?}", within);
        prop_assert_eq!(within.within(end), start.within(end));
        // Nothing is wider than the run, and the whole run seen is the whole map.
        prop_assert_eq!(start.zoom_at(&map, at, 1e12), View::whole(&map));
        prop_assert_eq!(&map.seen(Some(View::whole(&map))), &map);
        prop_assert_eq!(&map.seen(None), &map);
        prop_assert_eq!(View::whole(&map).pan(&map, pages), View::whole(&map));
        prop_assert!(start.page(&map, at).holds(at), "{} is not on {:?}", at, start.page(&map, at));
        // Zooming does not move what it is about, and panning does not change how much is shown.
        let closer = start.zoom_at(&map, at, 0.5);
        if start.holds(at) && closer != start && closer.to - closer.from > 10_000 {
            let (before, after) = (map.seen(Some(start)), map.seen(Some(closer)));
            prop_assert!((before.y(at) - after.y(at)).abs() < 2.0, "{} and {}", before.y(at), after.y(at));
        }
        // But for the rounding of its four ends to microseconds.
        let later = start.pan(&map, pages);
        let height = |view: View| map.y(view.to) - map.y(view.from);
        let micro = |at: u64| map.y(at + 1) - map.y(at.saturating_sub(1));
        let rounding: f64 = [start.from, start.to, later.from, later.to].into_iter().map(micro).sum();
        prop_assert!((height(later) - height(start)).abs() <= rounding + 1e-6, "{:?} is {:?} later", start, later);
        let mut deep = start;
        for _ in 0..80 {
            deep = deep.zoom_at(&map, at, 0.5);
        }
        prop_assert!(deep.to - deep.from >= CLOSEST.min(start.to - start.from), "{:?}", deep);
    }

    /// A zoomed map is the whole one, moved and scaled.
    #[test]
    fn a_zoomed_map_goes_down_and_back(
        scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64), at in 0..=1_000u64, collapse: bool,
    ) {
        let trace = simulate(&scenario);
        let whole = TimeMap::drawn(&trace, HEIGHT, Some(collapse));
        let map = whole.seen(Some(view(whole.end(), shares)));
        let View { from, to } = map.view();
        prop_assert!((map.y(from) - whole.y(0)).abs() < 1e-6 && (map.y(to) - whole.y(whole.end())).abs() < 1e-3);
        let at = view(whole.end(), [at, at]).from;
        prop_assert!(map.time(map.y(at)).abs_diff(at) <= 1, "{} is {}", at, map.time(map.y(at)));
        prop_assert!(at == 0 || map.y(at - 1) < map.y(at));
        prop_assert_eq!(map.end(), whole.end());
        let hidden = map.curtain(at);
        prop_assert!((-5.0..=HEIGHT + 5.0).contains(&hidden));
        // At the end of the run it clears the last arrow's head.
        let past = if at == map.end() { 6.0 } else { 0.0 };
        prop_assert!(at < from || at > to || hidden == map.y(at) + past);
        let ticks = map.ticks();
        prop_assert!(ticks.len() <= 40 && ticks.iter().all(|tick| map.view().holds(tick.at)), "{:?}", ticks);
        prop_assert!(ticks.is_sorted_by(|a, b| a.at < b.at && a.y < b.y));
    }

    /// What the rule says: nothing happens there, each is two seconds and a tenth of the run, all are
    /// drawn alike and smaller than the rest, by the factor that is said.
    #[test]
    fn silence_is_silent(scenario in scenario()) {
        let trace = simulate(&scenario);
        let (map, plain) = (TimeMap::drawn(&trace, HEIGHT, Some(true)), TimeMap::drawn(&trace, HEIGHT, Some(false)));
        prop_assert!(plain.silences().is_empty());
        prop_assert_eq!(TimeMap::is_silent(&trace), !map.silences().is_empty());
        prop_assert!(map.silences().len() <= 10);
        for silence in map.silences() {
            let (from, to) = (silence.from, silence.to);
            prop_assert!(to - from >= 2_000_000 && (to - from) * 10 >= trace.end());
            prop_assert!(trace.events().iter().all(|event| event.end() <= from || event.start() >= to));
            prop_assert!(silence.factor < 1.0, "{:?}", silence);
            prop_assert!((map.y(to) - map.y(from) - 22.0).abs() < 1e-6);
        }
        let together: u64 = map.silences().iter().map(|silence| silence.to - silence.from).sum();
        let prevails = together >= trace.end() / 4 * 3 && together > 0;
        prop_assert_eq!(TimeMap::of(&trace, HEIGHT), if prevails { map.clone() } else { plain });
        factors_are_so(&map);
    }

    /// What is under way is what a search of all bands finds, and where the playhead crosses it.
    #[test]
    fn travellers_are_the_bands_at_the_playhead(
        scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64), at in 0..=1_000u64,
    ) {
        let trace = simulate(&scenario);
        let map = TimeMap::of(&trace, HEIGHT).seen(Some(view(trace.end(), shares)));
        let scene = scene(&trace, 0, &map, Viewport::WIDE);
        let y = map.y(view(trace.end(), [at, at]).from);
        let found = Travellers::of(&scene).at(y);
        let crossed = scene.bands.iter().filter(|band| band.from[0] <= y - 0.01 && band.to[1] >= y + 0.01).count();
        prop_assert!(found.len() >= crossed.min(MOST_TRAVELLERS) && found.len() <= MOST_TRAVELLERS);
        let viewport = Viewport::WIDE;
        for traveller in found {
            prop_assert!((viewport.client()..=viewport.server()).contains(&traveller.x));
        }
    }

    /// Shorter pages take as long each as the whole picture does.
    #[test]
    fn a_page_plays_in_fifteen_seconds(scenario in scenario(), shares in proptest::array::uniform2(0..=1_000u64)) {
        let map = TimeMap::of(&simulate(&scenario), HEIGHT);
        let map = map.seen(Some(view(map.end(), shares)));
        let View { from, to } = map.view();
        prop_assume!(to - from > 100_000);
        let half = Speed::Fit.advance(from, 7_500_000, &map);
        let middle = map.time((map.y(from) + map.y(to)) / 2.0);
        prop_assert!(half.abs_diff(middle) <= 2, "{} is not {}", half, middle);
    }

    #[test]
    fn what_is_looked_at_travels_in_a_link(layers in 0..8u8, collapse: Option<bool>, from: u32, span in 1..u32::MAX, zoomed: bool) {
        let mut link = Link::default();
        let groups = Group::ALL.into_iter().enumerate().filter(|(bit, _)| layers >> bit & 1 == 1);
        link.sight.layers = groups.fold(Layers::ALL, |layers, (_, group)| layers.toggled(group));
        link.sight.collapse = collapse;
        link.sight.view = zoomed.then(|| View { from: from.into(), to: u64::from(from) + u64::from(span) });
        prop_assert_eq!(Link::read(&link.write()), (link, Vec::new()));
    }

    #[test]
    fn hostile_sights_open_on_something(name in "layers|silence|zoom", value in "[ -~é\u{0}]{0,20}|[0-9]{1,25}-[0-9]{1,25}|[a-z.]{0,12}") {
        let written: String = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
        let (link, complaints) = Link::read(&written);
        prop_assert!(complaints.len() <= 1);
        prop_assert_eq!(Link::read(&link.write()), (link.clone(), Vec::new()));
        if !complaints.is_empty() {
            prop_assert_eq!(link, Link::default());
        }
    }
}

/// Bins stay in the picture, on their side of it, and as long as there are many.
fn inside(scene: &Scene) {
    let viewport = scene.viewport;
    let most = scene.bins.iter().map(|bin| bin.marks).max().unwrap_or(0);
    for bin in &scene.bins {
        assert!(0.0 <= bin.y[0] && bin.y[0] < bin.y[1] && bin.y[1] <= viewport.height, "{bin:?}");
        assert!(bin.time[0] < bin.time[1] && bin.marks > 0, "{bin:?}");
        let middle = viewport.width / 2.0;
        let (least, largest) =
            if bin.upward { (viewport.client(), middle) } else { (middle, viewport.server()) };
        assert!(bin.x.iter().all(|x| (least..=largest).contains(x)), "{bin:?}");
        let length = (bin.x[1] - bin.x[0]).abs();
        assert!(bin.marks < most || length > 190.0, "{bin:?}");
    }
    for span in &scene.spans {
        assert!(0.0 <= span.y[0] && span.y[0] <= span.y[1] && span.y[1] <= viewport.height, "{span:?}");
    }
    for wait in &scene.waits {
        assert!(0.0 <= wait.y[0] && wait.y[1] <= viewport.height, "{wait:?}");
    }
}

/// The plain parts of the axis have one slope; the others differ from it by what they say.
fn factors_are_so(map: &TimeMap) {
    let slope = |from: u64, to: u64| (map.y(to) - map.y(from)) / (to - from) as f64;
    let mut parts: Vec<_> = map.stretches().iter().chain(map.silences()).collect();
    parts.sort_by_key(|part| part.from);
    let mut at = 0;
    let mut plain = None;
    for part in &parts {
        if part.from > at {
            plain.get_or_insert(slope(at, part.from));
        }
        at = part.to;
    }
    let plain = if at < map.end() { slope(at, map.end()) } else { plain.unwrap_or(f64::NAN) };
    for part in parts {
        let factor = slope(part.from, part.to) / plain;
        assert!((factor / part.factor - 1.0).abs() < 1e-6, "{part:?}, but it is {factor}");
    }
}

/// Somebody speaks at these times, in microseconds.
fn spoken(times: &[u64]) -> Trace {
    let said = times.iter().zip(0..).map(|(&at, id)| Event {
        key: Key { run: 0, lane: 0, connection: 0, sender: Sender::Client, unit: id },
        layer: Layer::Application,
        source: Source::Simulated,
        kind: Kind::Said,
        times: Times::moment(at, Provenance::Simulated),
        octets: Octets::default(),
        raw: None,
        unknown: Vec::new(),
        carries: vec![Message { id, text: "x".into() }],
    });
    let lanes = vec![Lane::from(Transport::WebSocket)];
    Trace::new(lanes, said.collect(), times.len() as u32)
}

/// Which gaps are silence, and whether the picture collapses them by itself.
#[test]
fn the_rule_of_silence() {
    const S: u64 = 1_000_000;
    let check = |times: &[u64], expect: &[(u64, u64)], by_itself: bool| {
        let trace = spoken(times);
        let silences =
            |map: TimeMap| -> Vec<(u64, u64)> { map.silences().iter().map(|it| (it.from, it.to)).collect() };
        assert_eq!(silences(TimeMap::drawn(&trace, HEIGHT, Some(true))), expect, "{times:?}");
        let own = silences(TimeMap::of(&trace, HEIGHT));
        assert_eq!(own, if by_itself { expect } else { &[] }, "{times:?}");
    };
    // Two seconds, not less.
    check(&[0, 1, 2 * S + 1], &[(1, 2 * S + 1)], true);
    check(&[0, 1, 2 * S], &[], false);
    // A tenth of the run, not less.
    check(&[0, 1, 2 * S + 1, 3 * S, 4 * S, 5 * S], &[(1, 2 * S + 1)], false);
    check(
        &[0, S, 2 * S, 3 * S, 4 * S, 6 * S, 7 * S, 8 * S, 9 * S, 20 * S - 1],
        &[(4 * S, 6 * S), (9 * S, 20 * S - 1)],
        false,
    );
    check(
        &[0, S, 2 * S, 3 * S, 4 * S, 6 * S, 7 * S, 8 * S, 9 * S, 20 * S + 1],
        &[(9 * S, 20 * S + 1)],
        false,
    );
    // Three quarters of the run, not less.
    check(&[0, 2 * S - 1, 8 * S], &[(2 * S - 1, 8 * S)], true);
    check(&[0, 1, 2, 2 * S - 1, 2 * S, 7 * S], &[(2 * S, 7 * S)], false);
    // Nothing but silence is no silence.
    check(&[0, 60 * S], &[], false);
    check(&[], &[], false);
}

/// The height of what is not collapsed is shared as if silence were 22 units: by hand.
#[test]
fn a_collapsed_picture_by_hand() {
    let trace = spoken(&[0, 1_000_000, 59_000_000, 60_000_000]);
    let map = TimeMap::of(&trace, HEIGHT);
    // 470 - 22 - 12 - 22 for the two seconds at both ends.
    let second = (470.0 - 22.0 - 12.0 - 22.0) / 2.0;
    for (at, y) in [(0, 22.0), (1_000_000, 22.0 + second), (59_000_000, 44.0 + second), (60_000_000, 458.0)] {
        assert!((map.y(at) - y).abs() < 1e-9, "{at} at {}", map.y(at));
    }
    let factor = map.silences()[0].factor;
    assert!((factor - 22.0 / 58.0 / second).abs() < 1e-12, "{factor}");
    // The fitted player crosses it in its share of fifteen seconds.
    let before = Speed::Fit.advance(0, (second / 436.0 * 15e6) as u64, &map);
    let after = Speed::Fit.advance(before, (22.0 / 436.0 * 15e6) as u64 + 2, &map);
    assert!(before <= 1_000_001 && after >= 58_999_000, "{before} to {after}");
}

#[test]
fn layers_fold_away() {
    let network = Network { tls: Tls::V13, ..Network::default() };
    let trace = simulate(&Scenario { network, ..Scenario::default() });
    let map = TimeMap::of(&trace, HEIGHT);
    for group in Group::ALL {
        let layers = Layers::ALL.toggled(group);
        assert_eq!(layers.toggled(group), Layers::ALL);
        let scene = folded(&trace, 0, &map, Viewport::WIDE, layers);
        let shown = drawn(&scene);
        assert!(shown.iter().all(|&index| Group::of(trace.events()[index].layer) != group), "{group:?}");
        let is_there = trace.events().iter().any(|event| Group::of(event.layer) == group);
        assert_eq!(scene.labels.len() < all_labels(&trace, &map), is_there, "the labels of {group:?}");
        assert_eq!(scene.waits.is_empty(), group == Group::Application);
    }
}

fn all_labels(trace: &Trace, map: &TimeMap) -> usize {
    scene(trace, 0, map, Viewport::WIDE).labels.len()
}

/// A band that takes from 1 to 3 s and one whose departure nobody saw.
#[test]
fn a_traveller_by_hand() {
    let mut trace_events: Vec<Event> = Vec::new();
    for (unit, seen) in [(0, true), (1, false)] {
        let stamp = |at| Some(Stamp { at, from: Provenance::Simulated });
        let sent = if seen { stamp(1_000_000) } else { None };
        let times = Times {
            sent_first: sent,
            sent_last: sent,
            received_first: stamp(3_000_000),
            received_last: stamp(3_500_000),
        };
        let spoken = spoken(&[0]);
        let event = Event {
            kind: Kind::Syn,
            layer: Layer::Tcp,
            times,
            carries: Vec::new(),
            ..(*spoken.events()[0]).clone()
        };
        trace_events.push(Event { key: Key { unit, ..event.key }, ..event });
    }
    let trace = Trace::new(vec![Lane::from(Transport::WebSocket)], trace_events, 0);
    let map = TimeMap::of(&trace, HEIGHT);
    let scene = scene(&trace, 0, &map, Viewport::WIDE);
    let travellers = Travellers::of(&scene);
    let at = |micros: u64| travellers.at(map.y(micros)).iter().map(|it| it.x.round()).collect::<Vec<_>>();
    assert_eq!(at(999_999), Vec::<f64>::new());
    // At the moment of its departure it is not under way yet.
    assert_eq!(at(1_000_000), Vec::<f64>::new());
    assert_eq!(at(1_000_100), [78.0]);
    assert_eq!(at(2_000_000), [280.0]);
    // The first octet is there, the last one comes.
    assert_eq!(at(3_200_000), [482.0]);
}
