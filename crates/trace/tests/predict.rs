//! What was hidden from the prediction is found again: a run on another network, with heads of its own,
//! stands for the world; its first exchange alone has to tell the rest.
#![cfg(not(target_arch = "wasm32"))]

use trace::compare::chart::Size;
use trace::event::{Event, Kind};
use trace::heads::Preset;
use trace::predict::count::{Count, Difference};
use trace::predict::times::{residuals, times};
use trace::predict::{Prediction, chart, first_exchange};
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};

/// Fits on the first exchange of a run that stands for the world.
fn predict(believed: &Scenario, witnessed: &Trace) -> Prediction {
    let took: Vec<_> = (0..witnessed.lanes().len()).map(|lane| first_exchange(witnessed, lane)).collect();
    Prediction::of(believed, witnessed, &took)
}

/// What the page believes, before it has seen anything.
fn believed(transport: Transport, workload: Workload) -> Scenario {
    Scenario { lanes: vec![transport], messages: 6, ..Scenario::default().turned_to(workload) }
}

fn world(scenario: &Scenario, round_trip: u64, preset: Preset, cookie: u32) -> Scenario {
    Scenario { network: Network { round_trip, ..scenario.network }, preset, cookie, ..scenario.clone() }
}

fn check(transport: Transport, workload: Workload, round_trip: u64, preset: Preset, cookie: u32) {
    let believed = believed(transport, workload);
    let witnessed = simulate(&world(&believed, round_trip, preset, cookie));
    let about = format!("{transport:?}, {workload:?}, {round_trip} µs, {preset:?}");
    let prediction = predict(&believed, &witnessed);
    let fit = prediction.fits[0].as_ref().unwrap_or_else(|| panic!("{about}: a fit"));
    assert_eq!(fit.round_trip, round_trip, "{about}");
    let count = Count::of(&prediction.trace, &witnessed, 0);
    assert!(count.is_exact() && count.units > 0, "{about}: {count:?}");
    for timing in times(&prediction.trace, &witnessed, 0) {
        assert_eq!(timing.residual(), 0, "{about}: {timing:?}");
    }
}

/// On the ways on which the first answer waits for nothing but the network.
const AT_ONCE: [Transport; 6] = [
    Transport::Persistent,
    Transport::Close,
    Transport::Six,
    Transport::Polling,
    Transport::WebSocket,
    Transport::Deflate,
];

#[test]
fn what_was_hidden_is_found() {
    for transport in AT_ONCE {
        for workload in [Workload::Echo, Workload::Chat] {
            for (round_trip, preset, cookie) in [
                (0, Preset::Loopback, 0),
                (101_234, Preset::Loopback, 40),
                (42_000, Preset::Lan, 0),
                (1_999_998, Preset::Firefox, 7),
            ] {
                check(transport, workload, round_trip, preset, cookie);
            }
        }
    }
}

#[test]
fn heads_are_those_of_the_world() {
    let believed = believed(Transport::Persistent, Workload::Echo);
    let witnessed = simulate(&world(&believed, 50_000, Preset::Lan, 99));
    let unfitted = Prediction::unfitted(&believed);
    let fitted = predict(&believed, &witnessed);
    let requests = |trace: &Trace| -> Vec<Vec<u8>> {
        let own = trace.lane(0).filter(|event| matches!(event.kind, Kind::Request { .. }));
        own.filter_map(|event| Some(event.raw.as_deref()?.to_vec())).collect()
    };
    assert_eq!(requests(&fitted.trace), requests(&witnessed));
    assert_ne!(requests(&unfitted.trace), requests(&witnessed));
    assert_eq!(unfitted.fits, [None]);
}

/// The same run with every event for which `change` says so made another, or taken out.
fn changed(trace: &Trace, change: impl Fn(&Event) -> Option<Event>) -> Trace {
    let lanes: Vec<Lane> = trace.lanes().to_vec();
    let events = trace.events().iter().filter_map(|event| change(event)).collect();
    Trace::new(lanes, events, 6)
}

#[test]
fn the_seal_rests_on_the_first_exchange_alone() {
    for transport in AT_ONCE {
        let believed = believed(transport, Workload::Echo);
        let witnessed = simulate(&world(&believed, 30_000, Preset::Loopback, 0));
        let answer =
            witnessed.lane(0).find(|event| matches!(event.kind, Kind::Response { .. })).expect("answered");
        let after = answer.end() + 40_000;
        let cut = changed(&witnessed, |event| (event.start() < after).then(|| event.clone()));
        assert!(cut.events().len() < witnessed.events().len());
        let (whole, cut) = (predict(&believed, &witnessed), predict(&believed, &cut));
        assert_eq!(whole.seal, cut.seal, "{transport:?}");
        assert_eq!((whole.seal.len(), whole.trace), (40, cut.trace));
        let elsewhere = simulate(&world(&believed, 30_002, Preset::Loopback, 0));
        assert_ne!(whole.seal, predict(&believed, &elsewhere).seal, "{transport:?}");
    }
}

#[test]
fn what_comes_otherwise_is_told() {
    let believed = believed(Transport::WebSocket, Workload::Echo);
    let witnessed = simulate(&world(&believed, 30_000, Preset::Loopback, 0));
    let is_third = |event: &Event| matches!(event.kind, Kind::Frame { .. }) && event.key.unit == 3;
    let longer = changed(&witnessed, |event| {
        let raw = event.raw.as_ref().map(|raw| [raw, &[0_u8, 0][..]].concat().into());
        Some(if is_third(event) { Event { raw, ..event.clone() } } else { event.clone() })
    });
    let missing = changed(&witnessed, |event| (!is_third(event)).then(|| event.clone()));
    let tell = |trace: &Trace| -> Vec<(Option<usize>, Option<usize>)> {
        let count = Count::of(&predict(&believed, trace).trace, trace, 0);
        count
            .differing
            .iter()
            .map(|Difference { witnessed, predicted, .. }| (*witnessed, *predicted))
            .collect()
    };
    let size = |sender| {
        let own = witnessed.lane(0).find(|event| is_third(event) && event.key.sender == sender);
        own.and_then(|event| event.raw.as_ref().map(|raw| raw.len())).expect("a frame")
    };
    let (up, down) = (size(wire::Sender::Client), size(wire::Sender::Server));
    let mut told = tell(&longer);
    told.sort_unstable();
    let mut expected = vec![(Some(up + 2), Some(up)), (Some(down + 2), Some(down))];
    expected.sort_unstable();
    assert_eq!(told, expected);
    let mut told = tell(&missing);
    told.sort_unstable();
    let mut expected = vec![(None, Some(up)), (None, Some(down))];
    expected.sort_unstable();
    assert_eq!(told, expected);
}

#[test]
fn residuals_and_their_chart() {
    let believed = believed(Transport::Persistent, Workload::Echo);
    let witnessed = simulate(&world(&believed, 30_000, Preset::Loopback, 0));
    // From the fourth message on everything comes 5 ms late.
    let late = Network { think: 5_000, ..world(&believed, 30_000, Preset::Loopback, 0).network };
    let slower = simulate(&Scenario { network: late, ..believed.clone() });
    let prediction = predict(&believed, &witnessed);
    let timings = times(&prediction.trace, &slower, 0);
    assert_eq!(timings.len(), 5, "the first exchange was fitted");
    assert!(timings.iter().all(|it| it.residual() == 5_000), "{timings:?}");
    assert_eq!(residuals(&timings), Some((5_000, 5_000)));
    assert_eq!(residuals(&[]), None);
    let chart = chart::chart(&[('A', Transport::Persistent, &timings)], Size::WIDE);
    assert_eq!(chart.grid.rows.len(), 5);
    assert_eq!(chart.grid.rows[0][0], "A, 2");
    assert_eq!(chart.grid.rows[0][3], "+5.0 ms");
    assert!(
        chart.dots[0].pairs.iter().all(|[_, predicted, measured]| measured < predicted),
        "later is higher"
    );
    // Lines that end together have names that do not.
    let both = [('A', Transport::Persistent, &*timings), ('B', Transport::WebSocket, &*timings)];
    let names = chart::chart(&both, Size::WIDE).dots.into_iter().filter_map(|it| it.name);
    let names: Vec<[f64; 2]> = names.collect();
    assert!(names.len() == 2 && names[0][0] == names[1][0] && names[1][1] - names[0][1] >= 15.0, "{names:?}");
}
