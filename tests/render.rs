//! What the views draw, as text: a paused frame of each transport, and the rules that hold for all markup.
//! `UPDATE_GOLDENS=1` rewrites the goldens.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::rc::Rc;

use duplex::state::{Action, State};
use duplex::views::lane::{LaneView, Props};
use duplex::views::same::Same;
use trace::layout::{self, Layers, TimeMap, Viewport};
use trace::scenario::{Scenario, Transport};
use yew::{Callback, LocalServerRenderer, Reducible};

/// One lane of a paused frame, as markup with one element a line.
async fn lane(transport: Transport, at: u64, viewport: Viewport) -> String {
    let scenario = Scenario { lanes: vec![transport], ..Scenario::default() };
    lane_of(&Rc::new(trace::sim::simulate(&scenario)), scenario, at, viewport).await
}

async fn lane_of(trace: &Rc<trace::trace::Trace>, scenario: Scenario, at: u64, viewport: Viewport) -> String {
    let map = TimeMap::of(trace, viewport.height);
    let props = Props {
        scenario: Same::of(&Rc::new(scenario)),
        trace: Same::of(trace),
        lane: 0,
        scene: Same::of(&Rc::new(layout::scene(trace, 0, &map, viewport))),
        ghost: None,
        map: Same::of(&Rc::new(map)),
        layers: Layers::ALL,
        hushed: 0,
        playing: false,
        travellers: None,
        at,
        selected: Some(6),
        notes: at >= trace.end(),
        code: true,
        labelled: viewport == Viewport::PHONE,
        copy: Callback::noop(),
        act: Callback::noop(),
    };
    let html = LocalServerRenderer::<LaneView>::with_props(props).hydratable(false).render().await;
    html.replace("><", ">\n<")
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
