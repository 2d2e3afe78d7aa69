//! The store: what each action does to it, without a browser.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, Endpoint, Knob, LiveAction, Recording, Source, State};
use trace::scenario::{Scenario, Speaker, Transport, Workload};
use yew::Reducible;

fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let start = Rc::new(state.clone());
    let end = actions.into_iter().fold(start, |state, action| state.reduce(action));
    (*end).clone()
}

fn fresh() -> State {
    State::default()
}

#[test]
fn the_page_opens_at_rest_on_the_finished_picture() {
    let state = fresh();
    assert!(state.at_rest() && !state.playing);
    assert_eq!(state.at, state.trace.end());
    assert_eq!(state.link().write(), "");
}

#[test]
fn the_player_goes_where_it_is_told() {
    let end = fresh().trace.end();
    let steps = fresh().trace.steps();
    let check = |actions: &[Action], at: u64, playing: bool| {
        let state = after(&fresh(), actions.iter().cloned());
        assert_eq!((state.at, state.playing), (at, playing), "{actions:?}");
    };
    check(&[Action::Play], 0, true);
    check(&[Action::Play, Action::Reached(400_000)], 400_000, true);
    check(&[Action::Play, Action::Pause(123)], 123, false);
    check(&[Action::Play, Action::Reached(u64::MAX)], end, false);
    check(&[Action::Seek(u64::MAX)], end, false);
    check(&[Action::Seek(1_000)], 1_000, false);
    check(&[Action::Seek(1_000), Action::Play], 1_000, true);
    check(&[Action::Seek(0), Action::StepForward(0)], steps[1], false);
    check(&[Action::StepBack(steps[2])], steps[1], false);
    check(&[Action::StepBack(0)], 0, false);
    check(&[Action::StepForward(end)], end, false);
    check(&[Action::Restart], 0, true);
}

#[test]
fn restarting_while_playing_is_a_new_take() {
    let playing = after(&fresh(), [Action::Play, Action::Reached(500_000)]);
    let again = after(&playing, [Action::Restart]);
    assert!(again.take > playing.take && again.at == 0 && again.playing);
}

#[test]
fn knobs_keep_the_last_good_value() {
    let check = |knob: Knob, text: &str, expect: fn(&Scenario) -> u64, value: u64, good: bool| {
        let state = after(&fresh(), [Action::Knob(knob, text.to_owned())]);
        assert_eq!(expect(&state.scenario), value, "{knob:?} {text}");
        assert_eq!(state.notice.is_none(), good, "{knob:?} {text}: {:?}", state.notice);
    };
    let rtt: fn(&Scenario) -> u64 = |it| it.network.round_trip;
    let kilobits: fn(&Scenario) -> u64 = |it| u64::from(it.network.kilobits);
    let poll: fn(&Scenario) -> u64 = |it| it.poll;
    let messages: fn(&Scenario) -> u64 = |it| u64::from(it.messages);
    let size: fn(&Scenario) -> u64 = |it| it.size.map_or(0, u64::from);
    check(Knob::RoundTrip, "20", rtt, 20_000, true);
    check(Knob::RoundTrip, " 0 ", rtt, 0, true);
    check(Knob::RoundTrip, "2001", rtt, 100_000, false);
    check(Knob::RoundTrip, "-1", rtt, 100_000, false);
    check(Knob::RoundTrip, "soon", rtt, 100_000, false);
    check(Knob::RoundTrip, "", rtt, 100_000, false);
    check(Knob::Bandwidth, "0.5", kilobits, 500, true);
    check(Knob::Bandwidth, "0", kilobits, 10_000, false);
    check(Knob::Bandwidth, "NaN", kilobits, 10_000, false);
    check(Knob::Bandwidth, "inf", kilobits, 10_000, false);
    check(Knob::Poll, "250", poll, 250_000, true);
    check(Knob::Poll, "49", poll, 1_000_000, false);
    check(Knob::Messages, "0", messages, 0, true);
    check(Knob::Messages, "201", messages, 5, false);
    check(Knob::Size, "100", size, 100, true);
    check(Knob::Size, "", size, 0, true);
    check(Knob::Size, "65537", size, 0, false);
}

#[test]
fn speaking_forks_the_run_and_plays_on() {
    let check = |at: u64, from: Speaker, lands: u64| {
        let state = after(&fresh(), [Action::Seek(at), Action::Say(from, "Now".to_owned(), at)]);
        assert_eq!((state.at, state.playing), (lands, true));
        assert!(
            state.scenario.script().iter().any(|it| it.at == lands && it.from == from && it.text == "Now")
        );
    };
    let leaves = Scenario::default().leaves_at();
    check(900_000, Speaker::You, 900_000);
    check(900_000, Speaker::Server, 900_000);
    check(u64::MAX, Speaker::Server, leaves);
}

#[test]
fn what_cannot_be_said_is_refused_with_a_word() {
    let check = |text: &str| {
        let state = after(&fresh(), [Action::Say(Speaker::You, text.to_owned(), 0)]);
        assert!(state.notice.is_some() && state.scenario.added.is_empty(), "{text}");
    };
    check("");
    check("   ");
    check(&"x".repeat(201));
}

#[test]
fn a_line_break_cannot_split_a_message() {
    let state = after(&fresh(), [Action::Say(Speaker::You, "one\r\ntwo".to_owned(), 0)]);
    assert_eq!(state.scenario.added[0].text, "one  two");
}

#[test]
fn a_link_lands_paused_on_the_same_frame() {
    let played = after(
        &fresh(),
        [
            Action::Transport(0, Transport::Close),
            Action::Knob(Knob::RoundTrip, "40".to_owned()),
            Action::Say(Speaker::Server, "Ünïcode & more = fun".to_owned(), 800_000),
            Action::Pause(1_234_567),
            Action::Select(Some(3)),
        ],
    );
    let landed = State::open(&played.link().write());
    assert!(!landed.playing);
    assert_eq!((landed.at, landed.selected), (1_234_567, Some(3)));
    assert_eq!(landed.scenario, played.scenario);
    assert_eq!(landed.trace, played.trace);
}

#[test]
fn scrubbing_and_playing_show_the_same() {
    let end = fresh().trace.end();
    for at in (0..=20).map(|part| end * part / 20) {
        let scrubbed = after(&fresh(), [Action::Seek(at)]);
        let played =
            after(&fresh(), [Action::Play, Action::Reached(at / 3), Action::Reached(at), Action::Pause(at)]);
        assert_eq!((scrubbed.at, &scrubbed.trace), (played.at, &played.trace));
    }
}

#[test]
fn a_recording_takes_the_stage_and_stays_when_knobs_turn() {
    let recording = Rc::new(Recording {
        trace: Rc::clone(&fresh().trace),
        predicted: None,
        alignment: None,
        tapped: false,
        server: "a test".to_owned(),
    });
    let mut state = fresh();
    state.live.endpoint = Endpoint::Companion("http://127.0.0.1:9080".to_owned());
    let ran = after(
        &state,
        [
            Action::Live(LiveAction::Started("a browser".to_owned(), 100)),
            Action::Live(LiveAction::Recorded(Rc::clone(&recording), Some("it broke".to_owned()))),
            Action::Live(LiveAction::Ended),
        ],
    );
    assert_eq!(ran.live.source, Source::Live);
    assert_eq!(ran.live.problem.as_deref(), Some("it broke"));
    assert!(ran.playing && ran.at == 0);
    let turned = after(&ran, [Action::Knob(Knob::Messages, "3".to_owned())]);
    assert_eq!(turned.live.source, Source::Simulated);
    assert_eq!(turned.live.recordings.len(), 1);
}

#[test]
fn public_servers_are_asked_for_echoes_that_nobody_else_sends() {
    let mut state = fresh();
    state.live.endpoint = Endpoint::Preset(0);
    let plan = state.plan(7, "c0ffee");
    assert_eq!((plan.run, plan.workload), (7, Workload::Echo));
    assert_eq!(plan.lanes, [Transport::Persistent, Transport::WebSocket]);
    assert!(plan.script.iter().all(|it| it.text.contains("c0ffee")));
    assert_eq!(plan.script.len(), 5);
}
