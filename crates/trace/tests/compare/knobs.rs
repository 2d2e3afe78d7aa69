//! One knob turned: every figure counted once more, and drawn where it belongs.

use trace::compare::Tick;
use trace::compare::chart::{Chart, Size, chart};
use trace::compare::ledger::{Part, Parts};
use trace::compare::sweep::{Knob, Measure, Series, sweep};
use trace::event::Kind;
use trace::scenario::{Scenario, Speaker, Transport, Workload};
use wire::Sender;

use crate::scenes::{alone, octets, scenario};

/// Ages of what the server said, or of echoes, and of what you said; by message, from the events.
fn ages(trace: &trace::trace::Trace, echo: bool, script: u32) -> Vec<u64> {
    let at = |kind: Kind, id: u32| {
        let mut own = trace.events().iter().filter(|it| it.kind == kind);
        own.find(|it| it.carries.iter().any(|message| message.id == id)).map(|it| it.start())
    };
    let pair = |id| match echo {
        true => Some(at(Kind::Delivered, id + script)? - at(Kind::Said, id)?),
        false => Some(at(Kind::Delivered, id)? - at(Kind::Said, id)?),
    };
    let mut ages: Vec<u64> = (0..script).filter_map(pair).collect();
    ages.sort_unstable();
    ages
}

fn check(scenario: &Scenario, knob: Knob, values: &[u64], set: impl Fn(&mut Scenario, u64)) {
    let series = sweep(scenario, knob, values);
    assert_eq!(series.values, values);
    for (line, &transport) in series.lines.iter().zip(&scenario.lanes) {
        assert_eq!(line.transport, transport);
        for (point, &value) in line.points.iter().zip(values) {
            let mut turned = scenario.clone();
            set(&mut turned, value);
            let trace = alone(&turned, transport);
            let context = format!("{transport:?} {knob:?} {value}");
            assert_eq!(point.all, octets(&trace, 0, u64::MAX, Parts::ALL), "{context}");
            let inner = Parts::only(&[Part::Payload, Part::Framing]);
            assert_eq!(point.on_connections, octets(&trace, 0, u64::MAX, inner), "{context}");
            let requests = trace.events().iter().filter(|it| matches!(it.kind, Kind::Request { .. })).count();
            assert_eq!(point.requests as usize, requests, "{context}");
            let ages = ages(&trace, turned.workload == Workload::Echo, turned.script().len() as u32);
            let rank = |percent: usize| ages[(ages.len() * percent).div_ceil(100).max(1) - 1];
            let expect = (!ages.is_empty()).then(|| [rank(50), rank(95), rank(100)]);
            assert_eq!(point.ages.map(|it| [it.p50, it.p95, it.max]), expect, "{context}");
        }
    }
}

#[test]
fn every_point_is_a_run() {
    for workload in [Workload::Chat, Workload::Echo] {
        let scenario = Scenario { lanes: Transport::ALL.to_vec(), ..scenario(workload, 5) };
        check(&scenario, Knob::RoundTrip, &[0, 1_000, 200_000], |it, value| it.network.round_trip = value);
        check(&scenario, Knob::Size, &[1, 126, 4_096], |it, value| it.size = Some(value as u32));
        check(&scenario, Knob::Messages, &[0, 1, 7, 30], |it, value| it.messages = value as u32);
        check(&scenario, Knob::Poll, &[50_000, 2_000_000], |it, value| it.poll = value);
        check(&scenario, Knob::Cookie, &[0, 10, 4_000], |it, value| it.cookie = value as u32);
    }
}

/// By hand: a cookie costs itself and its field line, `Cookie: ` and a line end, with each request, and
/// nothing else; between servers there is none. A WebSocket pays once.
#[test]
fn a_cookie_costs_itself_with_every_request() {
    let scenario = Scenario { lanes: Transport::ALL.to_vec(), ..scenario(Workload::Echo, 5) };
    let series = sweep(&scenario, Knob::Cookie, Knob::Cookie.usual());
    for line in &series.lines {
        for (point, &value) in line.points.iter().zip(&series.values) {
            let requests = u64::from(point.requests);
            let each = if value == 0 || line.transport == Transport::Webhook { 0 } else { 8 + value + 2 };
            let context = format!("{:?} with {value}", line.transport);
            assert_eq!(point.on_connections - line.points[0].on_connections, requests * each, "{context}");
            let once = matches!(line.transport, Transport::WebSocket | Transport::Deflate);
            assert!(!once || requests == 1, "{context}");
        }
    }
}

/// The interval keeps words and speakers, and moves only their times: one message each, within one
/// poll of its turn.
#[test]
fn an_interval_moves_times_only() {
    let scenario = scenario(Workload::Chat, 10);
    let who = |scenario: &Scenario| {
        let script = scenario.script();
        script.into_iter().map(|it| (it.from, it.text)).collect::<Vec<(Speaker, String)>>()
    };
    for gap in [1_000_000, 3_000_000, 60_000_000] {
        let turned = Knob::Interval.turned(&scenario, gap);
        assert_eq!(who(&turned), who(&scenario));
        for (n, utterance) in (0..).zip(turned.script()) {
            let turn = 400_000 + n * gap;
            assert!((turn..turn + 1_000_000).contains(&utterance.at), "{n} of {gap}: {utterance:?}");
        }
        let phases: Vec<u64> = turned.script().iter().map(|it| it.at % 1_000_000 / 100_000).collect();
        let all: std::collections::BTreeSet<&u64> = phases.iter().collect();
        assert!(all.len() >= 7, "the polls meet few phases: {phases:?}");
    }
    let echo = Scenario { workload: Workload::Echo, ..scenario };
    assert_eq!(Knob::Interval.turned(&echo, 5_000_000), echo);
}

/// What a lecture says of each knob, as a law over the figures.
#[test]
fn the_curves_have_the_shapes_that_are_taught() {
    let of = |series: &Series, transport: Transport, measure: Measure| -> Vec<u64> {
        let line = series.lines.iter().find(|it| it.transport == transport).expect("a line");
        line.points.iter().map(|it| measure.of(it).expect("a figure")).collect()
    };
    let everywhere = |workload| Scenario { lanes: Transport::ALL.to_vec(), ..scenario(workload, 5) };
    // A warm echo takes one round trip on both, hanging up two.
    let echo = sweep(&everywhere(Workload::Echo), Knob::RoundTrip, &[100_000, 200_000, 400_000]);
    for transport in [Transport::Persistent, Transport::WebSocket] {
        let median = of(&echo, transport, Measure::Median);
        assert_eq!([median[1] - median[0], median[2] - median[1]], [100_000, 200_000], "{transport:?}");
    }
    let median = of(&echo, Transport::Close, Measure::Median);
    assert_eq!([median[1] - median[0], median[2] - median[1]], [200_000, 400_000]);
    // Asking half as often costs fewer octets and more waiting; a WebSocket does not notice.
    let poll = sweep(&everywhere(Workload::Chat), Knob::Poll, &[250_000, 500_000, 1_000_000, 2_000_000]);
    let falls = |figures: Vec<u64>| figures.windows(2).all(|pair| pair[0] > pair[1]);
    assert!(falls(of(&poll, Transport::Persistent, Measure::All)));
    assert!(of(&poll, Transport::WebSocket, Measure::All).windows(2).all(|pair| pair[0] == pair[1]));
}

fn drawn(series: &Series, measure: Measure) -> Chart {
    let chart = chart(series, measure, Size::WIDE);
    let inside = |[x, y]: [f64; 2]| (86.0..=530.0).contains(&x) && (14.0 - 1e-9..=314.0 + 1e-9).contains(&y);
    for (curve, line) in chart.curves.iter().zip(&series.lines) {
        assert!(curve.points.iter().all(|&point| inside(point)), "{curve:?}");
        let figures: Vec<u64> = line.points.iter().filter_map(|it| measure.of(it)).collect();
        assert_eq!(curve.points.len(), figures.len());
        for (a, b) in curve.points.windows(2).zip(figures.windows(2)) {
            assert_eq!(a[0][1] > a[1][1], b[0] < b[1], "higher is more: {curve:?} {figures:?}");
        }
        assert_eq!(curve.attribute().split(' ').count(), figures.len());
    }
    let mut names: Vec<f64> = chart.curves.iter().filter_map(|it| it.name).map(|it| it[1]).collect();
    names.sort_unstable_by(f64::total_cmp);
    assert!(names.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9), "{names:?}");
    chart
}

#[test]
fn a_chart_draws_every_figure_in_its_place() {
    for workload in [Workload::Chat, Workload::Echo] {
        let scenario = Scenario { lanes: Transport::ALL.to_vec(), ..scenario(workload, 5) };
        for knob in Knob::ALL {
            let usual: Vec<u64> = knob.usual().iter().copied().step_by(3).collect();
            let series = sweep(&scenario, knob, &usual);
            for measure in Measure::ALL {
                let chart = drawn(&series, measure);
                assert_eq!(chart.grid.rows.len(), usual.len());
                assert!(chart.grid.rows.iter().all(|row| row.len() == 1 + Transport::ALL.len()));
                assert!(chart.x.ticks.len() >= 2 && chart.y.ticks.len() >= 2);
            }
        }
    }
}

#[test]
fn axes_are_round_and_logarithmic_beyond_two_decades() {
    let axis = |values: &[u64]| {
        let series = sweep(&Scenario { lanes: vec![], ..Scenario::default() }, Knob::Size, values);
        chart(&series, Measure::All, Size::WIDE).x
    };
    let check = |values: &[u64], log: bool, ticks: &[u64]| {
        let axis = axis(values);
        assert_eq!(axis.ticks.iter().map(|it: &Tick| it.value).collect::<Vec<_>>(), ticks, "{values:?}");
        assert_eq!(axis.log, log, "{values:?}");
    };
    check(&[1, 2, 5], false, &[0, 1, 2, 3, 4, 5]);
    check(&[1, 100], false, &[0, 20, 40, 60, 80, 100]);
    check(&[1, 101], true, &[1, 10, 100, 1_000]);
    check(&[3, 2_000], true, &[1, 10, 100, 1_000, 10_000]);
    check(&[0, 10, 5_000], true, &[0, 10, 100, 1_000, 10_000]);
    check(&[0], false, &[0, 1]);
    check(&[700, 1_200], false, &[0, 200, 400, 600, 800, 1_000, 1_200]);
    // A decade is as wide as another; zero has a place of its own.
    let places: Vec<f64> = axis(&[0, 10, 5_000]).ticks.iter().map(|it| it.at).collect();
    for (place, expect) in places.iter().zip([86.0, 197.0, 308.0, 419.0, 530.0]) {
        assert!((place - expect).abs() < 1e-6, "{places:?}");
    }
}

/// Names said only when somebody listens: the sender of each age is not mixed up with the other.
#[test]
fn both_directions_have_an_age() {
    let series = sweep(&scenario(Workload::Chat, 5), Knob::RoundTrip, &[100_000]);
    let trace = alone(&scenario(Workload::Chat, 5), Transport::Persistent);
    let server = trace.passages(0).iter().filter(|it| it.speaker == Sender::Server).count();
    assert_eq!((server, series.lines[0].points[0].delivered), (3, 5));
}
