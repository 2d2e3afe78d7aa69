//! What the views draw, as text: a paused frame of each transport, and the rules that hold for all markup.
//! `UPDATE_GOLDENS=1` rewrites the goldens.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::rc::Rc;

use duplex::state::{Action, State};
use duplex::views::callout::{self, Callout};
use duplex::views::events;
use duplex::views::ladder::Target;
use duplex::views::lane::{LaneView, Props};
use duplex::views::same::Same;
use trace::layout::{self, Group, Layers, Sight, TimeMap, Travellers, View, Viewport};
use trace::scenario::{Network, Scenario, Transport};
use trace::sim::simulate;
use trace::trace::Trace;
use yew::{Callback, Html, LocalServerRenderer, Reducible, component};

/// One lane of a paused frame, as markup with one element a line.
async fn lane(transport: Transport, at: u64, viewport: Viewport) -> String {
    let scenario = Scenario { lanes: vec![transport], ..Scenario::default() };
    lane_of(&Rc::new(simulate(&scenario)), scenario, at, viewport).await
}

async fn lane_of(trace: &Rc<Trace>, scenario: Scenario, at: u64, viewport: Viewport) -> String {
    lane_seen(trace, scenario, at, viewport, Sight::default()).await
}

/// As a sight has it, standing still.
async fn lane_seen(
    trace: &Rc<Trace>,
    scenario: Scenario,
    at: u64,
    viewport: Viewport,
    Sight { layers, collapse, view }: Sight,
) -> String {
    let map = TimeMap::drawn(trace, viewport.height, collapse).seen(view);
    let scene = Rc::new(layout::folded(trace, 0, &map, viewport, layers));
    let travels = (at < trace.end()).then(|| Same::of(&Rc::new(Travellers::of(&scene))));
    let props = Props {
        scenario: Same::of(&Rc::new(scenario)),
        trace: Same::of(trace),
        lane: 0,
        scene: Same::of(&scene),
        ghost: None,
        map: Same::of(&Rc::new(map)),
        layers,
        hushed: 0,
        playing: false,
        travellers: travels,
        at,
        selected: Some(6),
        notes: at >= trace.end(),
        code: true,
        plain: false,
        given: None,
        copy: Callback::noop(),
        act: Callback::noop(),
    };
    let lane = LocalServerRenderer::<LaneView>::with_props(props).hydratable(false).render().await;
    // What stands there once the table of events has been opened.
    let events =
        events::Props { trace: Same::of(trace), lane: 0, layers, selected: Some(6), act: Callback::noop() };
    let events = LocalServerRenderer::<Table>::with_props(events).hydratable(false).render().await;
    (lane + &events).replace("><", ">\n<")
}

#[component]
fn Table(props: &events::Props) -> Html {
    events::table(props, 0)
}

fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(&path, actual).expect("golden can be written");
    }
    let expect = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expect == actual,
        "{} differs; if it is meant to, run again with UPDATE_GOLDENS=1",
        path.display()
    );
}

#[tokio::test]
async fn a_paused_frame_of_each_transport() {
    for transport in Transport::ALL {
        golden(&format!("{}.html", transport.id()), &lane(transport, 1_400_000, Viewport::WIDE).await);
    }
    golden("websocket-phone-at-rest.html", &lane(Transport::WebSocket, u64::MAX, Viewport::PHONE).await);
}

#[tokio::test]
async fn scrubbing_and_playing_draw_the_same() {
    let fresh = Rc::new(State::default());
    let end = fresh.trace.end();
    for at in [0, end / 7, end / 3, end / 2, end - 1, end] {
        let scrubbed = Rc::clone(&fresh).reduce(Action::Seek(at));
        let mut played = Rc::clone(&fresh).reduce(Action::Restart);
        for step in fresh.trace.steps().into_iter().filter(|&step| step < at) {
            played = played.reduce(Action::Reached(step));
        }
        let played = played.reduce(Action::Pause(at));
        let mut drawn = Vec::new();
        for state in [scrubbed, played] {
            drawn.push(lane_of(&state.trace, state.scenario.clone(), state.at, Viewport::WIDE).await);
        }
        assert!(drawn[0] == drawn[1], "at {at}");
    }
}

/// Silence that is collapsed, TCP folded away; then a part of the run in mid-flight.
#[tokio::test]
async fn what_is_looked_at() {
    let quiet = Scenario { lanes: vec![Transport::Persistent], poll: 60_000_000, ..Scenario::default() };
    let trace = Rc::new(simulate(&quiet));
    let folded = Sight { layers: Layers::ALL.toggled(Group::Tcp), ..Sight::default() };
    golden("silence.html", &lane_seen(&trace, quiet, u64::MAX, Viewport::PHONE, folded).await);
    let usual = Scenario { lanes: vec![Transport::Persistent], ..Scenario::default() };
    let trace = Rc::new(simulate(&usual));
    let zoomed = Sight { view: Some(View { from: 900_000, to: 1_300_000 }), ..Sight::default() };
    let html = lane_seen(&trace, usual.clone(), 1_025_000, Viewport::WIDE, zoomed).await;
    assert!(html.contains("class=\"message\"") && html.contains("class=\"cover\""), "nothing is under way");
    golden("zoomed.html", &html);
    // Before the view everything is hidden, behind it nothing.
    for (at, curtain) in [(0, "translate(0 -4)"), (3_000_000, "translate(0 474)")] {
        let html = lane_seen(&trace, usual.clone(), at, Viewport::WIDE, zoomed).await;
        assert_eq!(html.matches(curtain).count(), 2, "at {at}");
    }
}

fn crowded() -> (Scenario, Rc<Trace>) {
    let network = Network { round_trip: 10_000, ..Network::default() };
    let lanes = vec![Transport::Persistent];
    let scenario = Scenario { lanes, network, poll: 50_000, messages: 200, ..Scenario::default() };
    let trace = Rc::new(simulate(&scenario));
    (scenario, trace)
}

#[tokio::test]
async fn many_marks_are_bars() {
    let (scenario, trace) = crowded();
    let html = lane_of(&trace, scenario, u64::MAX, Viewport::WIDE).await;
    let picture = html.split_once("class=\"lane-foot\"").map_or(&*html, |(picture, _)| picture);
    golden("bars.html", picture);
    assert!(html.contains("Too many marks for one picture"));
}

/// What hover and focus show alike.
#[tokio::test]
async fn call_outs_say_what_when_and_how_large() {
    let (scenario, trace) = crowded();
    let few = Rc::new(simulate(&Scenario { lanes: scenario.lanes, ..Scenario::default() }));
    for (name, trace, target) in [
        ("callout-mark.html", &few, Target::Event(3)),
        ("callout-speech.html", &few, Target::Event(6)),
        ("callout-bar.html", &trace, Target::Bin(20)),
    ] {
        let map = TimeMap::of(trace, Viewport::WIDE.height);
        let scene = Rc::new(layout::scene(trace, 0, &map, Viewport::WIDE));
        let props = callout::Props { trace: Same::of(trace), scene: Same::of(&scene), target };
        let html = LocalServerRenderer::<Callout>::with_props(props).hydratable(false).render().await;
        assert!(html.contains("role=\"tooltip\"") && !html.contains(" style="), "{html}");
        golden(name, &html.replace("><", ">\n<"));
    }
}

#[tokio::test]
async fn no_markup_has_a_style_attribute() {
    for transport in Transport::ALL {
        let html = lane(transport, u64::MAX, Viewport::WIDE).await;
        assert!(!html.contains(" style="), "{transport:?}");
    }
}

#[tokio::test]
async fn every_mark_has_a_name() {
    for transport in Transport::ALL {
        let html = lane(transport, u64::MAX, Viewport::WIDE).await;
        let marks: Vec<&str> = html.lines().filter(|line| line.contains("role=\"option\"")).collect();
        assert!(marks.len() > 10, "{transport:?} has {} marks", marks.len());
        assert!(marks.iter().all(|mark| mark.contains("aria-label=\"") && !mark.contains("aria-label=\"\"")));
    }
}
