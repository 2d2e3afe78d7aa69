//! The store: what each action does to it, without a browser.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{
    Action, CameraAction, CourseAction, DeskAction, Endpoint, Knob, Language, LiveAction, Place, Recording,
    Source, State, View,
};
use proptest::prelude::*;
use tongue::Sentence;
use trace::layout::{Group, TimeMap, Travellers, Viewport, scene};
use trace::playhead::Speed;
use trace::scenario::{Scenario, Speaker, Transport, Workload};
use trace::workbench::Tool;
use trace::workbench::draft::Draft;
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
    check(&[Action::Play, Action::Pause(123), Action::Reached(400_000)], 123, false);
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
        // What was typed stays in its field.
        let refused: Vec<_> = state.refused.iter().map(|it| (it.knob, &*it.text)).collect();
        assert_eq!(refused, if good { vec![] } else { vec![(knob, text)] });
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
    let loss: fn(&Scenario) -> u64 = |it| u64::from(it.network.loss);
    check(Knob::Loss, "1.5", loss, 150, true);
    check(Knob::Loss, "0.01", loss, 1, true);
    check(Knob::Loss, "21", loss, 0, false);
    let down: fn(&Scenario) -> u64 = |it| it.network.down_kilobits.map_or(0, u64::from);
    check(Knob::Down, "2.5", down, 2_500, true);
    check(Knob::Down, "", down, 0, true);
    let idle: fn(&Scenario) -> u64 = |it| it.network.idle.unwrap_or_default();
    check(Knob::Idle, "60", idle, 60_000_000, true);
    check(Knob::Idle, "0", idle, 0, false);
    check(Knob::Mss, "536", |it| u64::from(it.network.mss), 536, true);
    check(Knob::Window, "0", |it| u64::from(it.network.window), 10, false);
    check(Knob::Think, "250", |it| it.network.think, 250_000, true);
    check(Knob::Cookie, "1200", |it| u64::from(it.cookie), 1_200, true);
    check(Knob::Rate, "51", |it| it.rate.map_or(0, u64::from), 0, false);
    check(Knob::Gap, "1000", |it| it.gap, 1_000_000, true);
    check(Knob::Gap, "19", |it| it.gap, 5_000_000, false);
    check(Knob::Hold, "500", |it| it.hold, 500_000, true);
    check(Knob::Extra, "X-Class: 7b\n\nX-Seat : 3", |it| it.extra.len() as u64, 2, true);
    check(Knob::Extra, "no colon", |it| it.extra.len() as u64, 0, false);
    check(Knob::Extra, "Host: elsewhere", |it| it.extra.len() as u64, 0, false);
    check(Knob::Jitter, "1001", |it| it.network.jitter, 0, false);
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
fn what_a_knob_refused_stays_until_it_is_mended() {
    let set = |knob: Knob, text: &str| Action::Knob(knob, text.to_owned());
    let (bad, worse) = (set(Knob::RoundTrip, "-1"), set(Knob::RoundTrip, "9999"));
    let check = |actions: &[&Action], expect: &[(Knob, &str)]| {
        let state = after(&fresh(), actions.iter().copied().cloned());
        let kept: Vec<_> = state.refused.iter().map(|it| (it.knob, &*it.text)).collect();
        assert_eq!(kept, expect, "{actions:?}");
        assert!(state.refused.iter().all(|it| it.why.said().contains(&it.text)), "{actions:?}");
    };
    check(&[&bad], &[(Knob::RoundTrip, "-1")]);
    check(&[&bad, &worse], &[(Knob::RoundTrip, "9999")]);
    check(&[&bad, &set(Knob::Messages, "3")], &[(Knob::RoundTrip, "-1")]);
    check(&[&bad, &set(Knob::Loss, "150")], &[(Knob::RoundTrip, "-1"), (Knob::Loss, "150")]);
    check(&[&bad, &set(Knob::RoundTrip, "50")], &[]);
    check(&[&bad, &Action::Open(String::new())], &[]);
    check(&[&bad, &Action::Reset], &[]);
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

fn recording(of: &State) -> Rc<Recording> {
    Rc::new(Recording {
        scenario: of.scenario.clone(),
        trace: Rc::clone(&of.trace),
        predicted: None,
        outcomes: Vec::new(),
        alignment: None,
        tapped: false,
        server: "a test".to_owned(),
        began: 0,
        hidden: false,
        worker: false,
        witness: Vec::new(),
    })
}

fn started() -> Action {
    Action::Live(LiveAction::Started("a browser".to_owned(), 100))
}

fn recorded(recording: &Rc<Recording>) -> Action {
    Action::Live(LiveAction::Recorded(Rc::clone(recording), None))
}

#[test]
fn a_recording_takes_the_stage_and_stays_when_knobs_turn() {
    let recording = recording(&fresh());
    let mut state = fresh();
    state.live.endpoint = Endpoint::Companion("http://127.0.0.1:9080".to_owned());
    let ran = after(
        &state,
        [
            started(),
            Action::Live(LiveAction::Recorded(Rc::clone(&recording), Some(Sentence::text("it broke")))),
            Action::Live(LiveAction::Ended),
        ],
    );
    assert_eq!(ran.live.source, Source::Live);
    assert_eq!(ran.live.problem, Some(Sentence::text("it broke")));
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

#[test]
fn another_address_keeps_the_server_the_recordings_and_the_run_under_way() {
    let mut state = fresh();
    (state.reduced, state.live.endpoint) = (true, Endpoint::Preset(1));
    state.language = Language::Chinese;
    let seen = recording(&state);
    let ran = after(&state, [Action::Live(LiveAction::Repeats("3".to_owned())), started(), recorded(&seen)]);
    let shown = after(&ran, [Action::Live(LiveAction::Source(Source::Live))]);
    let opened = after(&shown, [Action::Open("rtt=20".to_owned())]);
    assert_eq!(opened.scenario.network.round_trip, 20_000);
    assert_eq!(opened.live.source, Source::Simulated);
    assert!(opened.reduced && opened.live == ran.live);
    assert_eq!(opened.language, Language::Chinese);
    assert!(!opened.playing && opened.at_rest() && opened.take == ran.take);
}

#[test]
fn nobody_cannot_be_asked_and_that_is_said() {
    let refused =
        after(&fresh(), [Action::Live(LiveAction::Refused(Sentence::text("Choose a server first.")))]);
    assert!(refused.live.problem.is_some() && !refused.live.running);
}

#[test]
fn only_a_start_is_a_new_take() {
    let playing = after(&fresh(), [Action::Play, Action::Reached(500_000)]);
    let check = |action: Action, new: bool| {
        let next = after(&playing, [action.clone()]);
        assert!(next.playing, "{action:?}");
        assert_eq!(next.take != playing.take, new, "{action:?}");
    };
    check(Action::Play, false);
    check(Action::Speed(Speed::Real), false);
    check(Action::Transport(0, Transport::Close), false);
    check(Action::Knob(Knob::RoundTrip, "40".to_owned()), false);
    check(Action::Restart, true);
    check(Action::Say(Speaker::You, "Now".to_owned(), 500_000), true);
    assert_ne!(after(&playing, [Action::Pause(600_000), Action::Play]).take, playing.take);
}

#[test]
fn how_a_companion_is_to_speak() {
    let mut state = State::open("lanes=websocket.long&hold=3000");
    let manner = |state: &State| {
        let manner = state.manner();
        (manner.fragment, manner.ping, manner.hold, state.live.blob)
    };
    assert_eq!(manner(&state), (None, None, 3_000_000, false));
    let set = |action: fn(String) -> LiveAction, text: &str| Action::Live(action(text.to_owned()));
    for (fragment, ping, expected) in [
        ("2", "20", (Some(2), Some(20_000))),
        ("", "", (None, None)),
        ("0", "1", (None, Some(10_000))),
        ("much", "99999999999", (None, Some(60_000_000))),
    ] {
        let blob = Action::Live(LiveAction::Blob(true));
        state = after(&state, [set(LiveAction::Fragment, fragment), set(LiveAction::Ping, ping), blob]);
        assert_eq!(manner(&state), (expected.0, expected.1, 3_000_000, true), "{fragment} {ping}");
    }
}

#[test]
fn a_number_that_became_another_is_said() {
    let check = |action: fn(String) -> LiveAction, text: &str, expect: &str| {
        let state = after(&fresh(), [Action::Live(action(text.to_owned()))]);
        let status = state.live.status.map(|it| it.said()).unwrap_or_default();
        assert_eq!(status, expect, "{text}");
    };
    check(LiveAction::Repeats, "20", "");
    check(LiveAction::Repeats, "9999", "Runs takes 1 to 20: “9999” became 20.");
    check(LiveAction::Repeats, "0", "Runs takes 1 to 20: “0” became 1.");
    check(LiveAction::Ping, "30", "");
    check(LiveAction::Ping, "", "");
    check(LiveAction::Ping, "-7", "Ping every, ms takes 10 to 60000: “-7” became never.");
    check(LiveAction::Fragment, "0", "Octets in a frame takes 1 to 65536: “0” became all.");
}

/// Whoever has chosen Live, and must turn something off first, is in Live afterwards.
#[test]
fn what_is_simulated_only_can_be_turned_off_in_live() {
    let live = Action::Live(LiveAction::Source(Source::Live));
    let refused = Action::Live(LiveAction::Refused(Sentence::text("no")));
    let check = |ran: bool, way: Action, source: Source| {
        let mut state = State::open("loss=1&tls=1.3");
        state.live.endpoint = Endpoint::Companion(String::new());
        let before = if ran { vec![started(), recorded(&recording(&state))] } else { Vec::new() };
        let before =
            before.into_iter().chain([Action::Live(LiveAction::Ended), live.clone(), refused.clone()]);
        let state = after(&after(&state, before), [way.clone()]);
        assert_eq!((state.live.source, &state.live.problem), (source, &None), "{way:?}, ran: {ran}");
        assert_eq!(state.live.awaits(), !ran && source == Source::Live);
        state.obstacle().is_none()
    };
    for ran in [false, true] {
        assert!(check(ran, Action::Live(LiveAction::Plain), Source::Live));
    }
    assert!(!check(false, Action::Knob(Knob::Tls, "off".to_owned()), Source::Live));
    // What was recorded is no longer what the knobs say.
    assert!(!check(true, Action::Knob(Knob::Tls, "off".to_owned()), Source::Simulated));
}

/// Back leads from place to place: each has a link of its own, whatever is set or told there.
#[test]
fn places_have_links() {
    let check = |fragment: &str, spot: &str, shelf: bool| {
        let state = State::open(fragment);
        assert_eq!((&*state.spot(), state.is_shelf()), (spot, shelf), "{fragment}");
        assert_eq!(State::open(spot).spot(), spot);
    };
    check("", "", false);
    check("rtt=20&t=5&lanes=sse", "", false);
    check("view=compare&rtt=20", "view=compare", false);
    check("view=workbench&tool=accept&accept=x", "view=workbench&tool=build", false);
    check("view=lessons", "view=lessons", true);
    check("view=cards", "view=cards", true);
    check("view=questions", "view=questions", true);
    check("lesson=life&beat=4", "view=lessons&lesson=life&beat=1", false);
    check("lesson=life&beat=4&present", "view=lessons&lesson=life&beat=1&present", false);
    check("lesson=life&beat=4&handout", "view=lessons&lesson=life&beat=1&handout", false);
    check("card=keep-alive", "card=keep-alive", false);
    check("teach", "teach", false);
    check("join", "join", false);
}

#[test]
fn what_no_companion_emulates_is_no_matter_of_a_public_server() {
    let mut state = State::open("loss=1");
    assert!(state.scenario.network.loss > 0);
    for (endpoint, refused) in
        [(Endpoint::Companion(String::new()), true), (Endpoint::Preset(0), false), (Endpoint::Nobody, false)]
    {
        state.live.endpoint = endpoint;
        assert_eq!(state.obstacle().is_some(), refused);
    }
}

#[test]
fn a_reset_brings_the_lab_back_to_its_first_state() {
    let mut first = fresh();
    (first.reduced, first.live.endpoint) = (true, Endpoint::Preset(1));
    let used = after(
        &first,
        [
            Action::AddLane,
            Action::Workload(Workload::Echo),
            Action::Knob(Knob::RoundTrip, "7".to_owned()),
            Action::Code(0),
            Action::Select(Some(2)),
            Action::Speed(Speed::Real),
            started(),
            recorded(&recording(&first)),
            Action::Live(LiveAction::Ended),
            Action::Pause(5),
            Action::Reset,
        ],
    );
    assert_eq!((used.take, used.live.instrument.is_some()), (1, true));
    let back = State { take: first.take, live: first.live.clone(), ..used.clone() };
    assert!(back == first, "all but what is counted and measured");
    assert!(used.live.recordings.is_empty() && !used.live.running);
    let during = after(&first, [started(), Action::Reset]);
    assert!(during.live.running && during.live.fresh, "the run goes on");
}

#[test]
fn a_series_that_brings_nothing_leaves_the_last_one() {
    let full = recording(&fresh());
    let nothing = Rc::new(Recording {
        trace: Rc::new(trace::record::recorded(&fresh().plan(1, ""), &[], None)),
        ..(*full).clone()
    });
    let ended = || Action::Live(LiveAction::Ended);
    let ran = after(&fresh(), [started(), recorded(&full), recorded(&full), ended()]);
    assert_eq!(ran.live.recordings.len(), 2);
    let failed = Action::Live(LiveAction::Recorded(nothing, Some(Sentence::text("it broke"))));
    let failed = after(&ran, [Action::Pause(7), started(), failed, ended()]);
    assert_eq!((failed.live.recordings.len(), failed.live.running), (2, false));
    assert_eq!(
        (failed.live.problem.clone(), failed.at, failed.playing),
        (Some(Sentence::text("it broke")), 7, false)
    );
    let again = after(&failed, [started(), recorded(&full), ended()]);
    assert_eq!((again.live.recordings.len(), again.live.problem.clone()), (1, None));
}

#[test]
fn a_recording_is_shown_under_what_was_run() {
    let start = fresh();
    let turned = after(
        &start,
        [
            started(),
            recorded(&recording(&start)),
            Action::Live(LiveAction::Ended),
            Action::Workload(Workload::Echo),
        ],
    );
    assert_eq!(turned.shown(), &turned.scenario);
    let live = after(&turned, [Action::Live(LiveAction::Source(Source::Live))]);
    assert_eq!((live.shown(), live.scenario.workload), (&start.scenario, Workload::Echo));
    let spoken = after(&live, [Action::Say(Speaker::You, "Now".to_owned(), 0)]);
    assert_eq!(spoken.shown(), &spoken.scenario);
    assert!(spoken.scenario.script().iter().any(|it| it.text == "Now"), "what is said is heard");
}

#[test]
fn what_a_public_server_is_asked_is_an_echo() {
    let mut state = State::open("lanes=polling.websocket&messages=50");
    let run = |state: &State| state.planned(&state.plan(1, ""));
    state.live.endpoint = Endpoint::Companion(String::new());
    assert_eq!(run(&state), state.scenario);
    state.live.endpoint = Endpoint::Preset(0);
    let planned = run(&state);
    assert_eq!((planned.workload, planned.messages), (Workload::Echo, 10));
    assert_eq!(planned.lanes, [Transport::Persistent, Transport::WebSocket]);
}

#[test]
fn a_full_script_is_no_longer_told_once_it_is_forgotten() {
    let say = |_| Action::Say(Speaker::You, "Now".to_owned(), 0);
    let full = after(&fresh(), (0..=trace::fragment::MOST_ADDED).map(say));
    assert!(full.notice.is_some());
    let forgotten = after(&full, [Action::Forget]);
    assert!(forgotten.notice.is_none() && forgotten.scenario.added.is_empty());
}

#[test]
fn what_a_link_names_and_is_not_there_is_told() {
    let events = State::open("").trace.events().len();
    for (link, selected, told) in [
        (format!("event={}", events - 1), Some(events - 1), None),
        (format!("event={events}"), None, Some(format!("“event={events}”"))),
        ("event=99999".to_owned(), None, Some("“event=99999”".to_owned())),
        ("foo=1&event=0".to_owned(), Some(0), Some("“foo=1”".to_owned())),
        ("view=workbench&foo=1".to_owned(), None, Some("“foo=1”".to_owned())),
    ] {
        let state = State::open(&link);
        assert_eq!(state.selected, selected, "{link}");
        let heard = state.notice.map(|notice| notice.said()).unwrap_or_default();
        assert_eq!(heard.is_empty(), told.is_none(), "{link}: {heard}");
        assert!(heard.contains(&told.unwrap_or_default()), "{link}: {heard}");
    }
}

#[test]
fn of_a_bad_link_the_first_complaints_are_told() {
    let check = |bad: usize, more: Option<&str>| {
        let notice =
            State::open(&vec!["rtt=fast"; bad].join("&")).notice.map(|it| it.said()).unwrap_or_default();
        assert_eq!(notice.matches("fast").count(), bad.min(3), "{notice}");
        assert_eq!(notice.rsplit_once("; and ").map(|(_, more)| more), more, "{notice}");
    };
    check(1, None);
    check(3, None);
    check(5, Some("2 more"));
}

#[test]
fn a_lesson_borrows_the_stage() {
    let go = |lesson, beat| Action::Course(CourseAction::Go(Place { lesson, beat }));
    let own = after(&fresh(), [Action::Knob(Knob::Messages, "3".to_owned())]);
    let told = after(&own, [Action::View(View::Lessons), go("hang-up", 0)]);
    let (lesson, beat) = told.place.and_then(Place::told).expect("a beat");
    assert_eq!(told.scenario, (beat.scene.run().expect("a run").scenario)());
    assert_eq!(told.link().write(), "view=lessons&lesson=hang-up&beat=1");
    assert_eq!(told.selected, beat.selected(&told.trace));
    // A beat plays up to its moment and stops there; its link lands paused on it.
    let run = |place: usize| lesson.beats[place].scene.run().expect("a run");
    let onward = (1..lesson.beats.len()).find(|&place| run(place).plays).expect("one that plays");
    let playing = after(&told, (1..=onward).map(|beat| go("hang-up", beat)));
    assert!(playing.playing, "{:?}", playing.at);
    let arrived = after(&playing, [Action::Reached(u64::MAX)]);
    let rests = run(onward).moment.at(&arrived.trace);
    assert_eq!((arrived.at, arrived.playing), (rests, false));
    let linked = State::open(&arrived.link().write());
    assert_eq!((linked.at, linked.playing, linked.place), (rests, false, arrived.place));
    // The Lab comes back as it was, or takes the lesson's run over.
    let back = after(&arrived, [Action::View(View::Lab)]);
    assert_eq!((back.scenario, back.place), (own.scenario.clone(), None));
    let taken = after(&arrived, [Action::Course(CourseAction::Explore)]);
    assert_eq!((taken.scenario, taken.view, taken.place), (arrived.scenario.clone(), View::Lab, None));
    assert_eq!((taken.at, taken.selected, taken.field), (rests, arrived.selected, arrived.field));
    // An unknown lesson opens the shelf, and a beat past the end the first; both say so.
    let check = |fragment: &str, place: Option<Place>, named: &str| {
        let state = State::open(fragment);
        assert_eq!((state.view, state.place), (View::Lessons, place), "{fragment}");
        let notice = state.notice.map(|it| it.said()).unwrap_or_default();
        assert!(notice.contains(named), "{fragment}: {notice}");
    };
    check("view=lessons&lesson=x&beat=99", None, "lesson=x");
    check("lesson=frame&beat=99", Some(Place { lesson: "frame", beat: 0 }), "beat=99");
}

#[test]
fn a_lesson_borrows_the_workbench() {
    let go = |beat| Action::Course(CourseAction::Go(Place { lesson: "frame", beat }));
    let draft = Draft { payload: "Mine".to_owned(), ..Draft::default() };
    let own = after(&fresh(), [Action::View(View::Workbench), Action::Desk(DeskAction::Draft(draft))]);
    let told = after(&own, [Action::View(View::Lessons), go(0)]);
    assert_eq!((told.view, told.subject(), told.playing), (View::Lessons, View::Workbench, false));
    assert_eq!(told.link().write(), "view=lessons&lesson=frame&beat=1");
    let linked = State::open("view=lessons&lesson=frame&beat=1");
    assert_eq!((&linked.desk, linked.field, linked.place), (&told.desk, told.field, told.place));
    let (_, beat) = told.place.and_then(Place::told).expect("a beat");
    assert_eq!(told.seen(None).field, beat.field);
    // What the visitor does there is seen, and the next beat begins anew.
    let draft = Draft { opcode: 2, ..told.desk.bench.draft.clone() };
    let done = after(&told, [Action::Desk(DeskAction::Draft(draft))]);
    assert!(!beat.is_done(&told.seen(None)) && beat.is_done(&done.seen(None)));
    assert_eq!(after(&done, [go(1), go(0)]).desk, told.desk);
    // From beat to beat, through lessons on the stage and by links, what lay there is not forgotten.
    let stage = Action::Course(CourseAction::Go(Place { lesson: "request", beat: 0 }));
    for way in [
        vec![],
        vec![Action::Course(CourseAction::List)],
        vec![stage],
        vec![Action::Open("view=lessons&lesson=mask&beat=1".to_owned())],
    ] {
        let back = after(&after(&done, way), [Action::View(View::Workbench)]);
        assert_eq!((&back.desk, back.place), (&own.desk, None));
    }
    assert_eq!(after(&done, [Action::Open(String::new())]).desk, own.desk);
    // Or the lesson's octets are taken along, and the Lab is as it was.
    let taken = after(&done, [Action::Course(CourseAction::Explore)]);
    assert_eq!((taken.view, taken.place), (View::Workbench, None));
    assert_eq!((&taken.desk, &taken.scenario), (&done.desk, &own.scenario));
}

#[test]
fn the_workbench_keeps_what_lies_on_it() {
    let draft = Draft { payload: "Hi".to_owned(), ..Draft::default() };
    let state = after(
        &fresh(),
        [Action::View(View::Workbench), Action::Desk(DeskAction::Draft(draft)), Action::Field(Some(3))],
    );
    assert_eq!(state.link().write(), "view=workbench&tool=build&payload=Hi&field=3");
    let opened = State::open(&state.link().write());
    assert_eq!((opened.desk, opened.field, opened.view), (state.desk.clone(), Some(3), View::Workbench));
    let broken = after(&state, [Action::Desk(DeskAction::Tool(Tool::Break))]);
    assert!(broken.desk.dissection.trouble.is_some() && broken.field.is_none());
    let pasted = after(&broken, [Action::Desk(DeskAction::TakeOver)]);
    assert_eq!(pasted.desk.bench.tool, Tool::Paste);
    assert_eq!(pasted.desk.dissection.exhibits.len(), broken.desk.dissection.exhibits.len());
    let file = after(&pasted, [Action::Desk(DeskAction::File(vec![0; 300_000]))]);
    assert!(file.notice.is_some_and(|notice| notice.said().contains("262,144")));
    assert_eq!(file.desk, pasted.desk, "nothing is lost");
    // Another view and back: what lay there still does.
    let back = after(&pasted, [Action::View(View::Lab), Action::View(View::Workbench)]);
    assert_eq!(back.desk, pasted.desk);
}

fn camera(state: &State, actions: impl IntoIterator<Item = CameraAction>) -> State {
    after(state, actions.into_iter().map(Action::Camera))
}

#[test]
fn zooming_in_and_out_is_no_change() {
    let state = camera(&fresh(), [CameraAction::ZoomIn, CameraAction::ZoomOut]);
    assert_eq!(state.camera.sight, fresh().camera.sight);
    assert_eq!(state.link().write(), "");
    let closer = camera(&fresh(), [CameraAction::ZoomIn, CameraAction::ZoomIn]);
    assert!(closer.camera.sight.view.is_some());
    assert_eq!(camera(&closer, [CameraAction::Whole]).camera.sight.view, None);
    assert_eq!(camera(&fresh(), [CameraAction::Pan(1.0)]).camera.sight.view, None);
}

#[test]
fn zooming_is_about_what_is_selected() {
    let trace = fresh().trace;
    for (index, event) in trace.events().iter().enumerate() {
        let zoom = Action::Camera(CameraAction::ZoomIn);
        let state = after(&fresh(), [Action::Select(Some(index)), zoom.clone(), zoom]);
        let view = state.camera.sight.view.expect("zoomed in");
        assert!(view.holds(event.start()), "{view:?} without {index} at {}", event.start());
    }
}

/// From the table, which has them all.
#[test]
fn what_is_selected_comes_into_the_picture() {
    let start = camera(&fresh(), [CameraAction::Show(1_000_000, 1_400_000)]);
    for (index, event) in start.trace.events().iter().enumerate() {
        let view = after(&start, [Action::Select(Some(index))]).camera.sight.view.expect("zoomed in");
        assert!(event.start() <= view.to && event.end() >= view.from, "{view:?} without {index}");
        let kept = event.start() <= 1_400_000 && event.end() >= 1_000_000;
        assert_eq!(Some(view) == start.camera.sight.view, kept, "{view:?} of {index}");
    }
}

#[test]
fn layers_and_silence_travel_in_the_link() {
    let check = |action: CameraAction, expect: &str| {
        let state = camera(&fresh(), [action]);
        assert_eq!(state.link().write(), expect);
        assert_eq!(State::open(expect).camera.sight, state.camera.sight);
    };
    check(CameraAction::Fold(Group::Tcp), "layers=tls.http.app");
    check(CameraAction::Fold(Group::Application), "layers=tcp.tls.http");
    check(CameraAction::Collapse(true), "silence=collapsed");
    check(CameraAction::Collapse(false), "silence=drawn");
    check(CameraAction::Show(1_000_000, 2_000_000), "zoom=1000000-2000000");
    let none = camera(&fresh(), Group::ALL.map(CameraAction::Fold));
    assert_eq!(none.link().write(), "layers=none");
    assert_eq!(State::open("layers=none").camera.sight, none.camera.sight);
    // A view beyond the run's end shows what there is of it.
    assert!(State::open("zoom=99999999-999999999").camera.sight.view.is_none());
}

#[test]
fn playing_turns_whole_pages() {
    let shown = |state: &State| state.camera.sight.view.expect("zoomed in");
    let start = camera(&fresh(), [CameraAction::Show(1_000_000, 1_400_000)]);
    // Away from the playhead as long as it rests, on its page as soon as it moves.
    assert_eq!((shown(&start).from, shown(&start).to), (1_000_000, 1_400_000));
    let playing = after(&start, [Action::Play]);
    assert!(shown(&playing).holds(0), "{:?}", shown(&playing));
    let mut pages = vec![shown(&playing)];
    let mut state = playing;
    for at in (0..=state.trace.end()).step_by(10_000) {
        state = after(&state, [Action::Reached(at)]);
        assert!(shown(&state).holds(at), "{at} is not on {:?}", shown(&state));
        if pages.last() != Some(&shown(&state)) {
            pages.push(shown(&state));
        }
    }
    assert!(pages.contains(&shown(&start)) && pages.len() > 5, "{pages:?}");
    // The first and the last do not reach over the ends of the run, and so overlap their neighbours.
    for two in pages[1..pages.len() - 1].windows(2) {
        assert!(two[1].from.abs_diff(two[0].to) <= 2, "{pages:?}");
    }
}

#[test]
fn another_run_keeps_what_it_has_of_the_view() {
    let far = camera(&fresh(), [CameraAction::Show(3_000_000, 3_200_000)]);
    let short = after(&far, [Action::Knob(Knob::Messages, "1".to_owned())]);
    assert!(short.trace.end() < 3_000_000 && short.camera.sight.view.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However the playhead gets to a time, the same part of the run is shown, and so the same scene.
    #[test]
    fn scrubbing_equals_playing_zoomed_in(
        (chat, messages, rtt) in (any::<bool>(), 1..12u32, 0..300u64),
        (from, span, share) in (0..1_000u64, 1..1_000u64, 0..=1_000u64),
        stops in proptest::collection::vec(0..=1_000u64, 0..6),
    ) {
        let workload = if chat { "chat" } else { "echo" };
        let opened = State::open(&format!("scenario={workload}&messages={messages}&rtt={rtt}"));
        let end = opened.trace.end();
        let part = |share: u64| end * share / 1_000;
        let start = camera(&opened, [CameraAction::Show(part(from), part(from + span))]);
        let at = part(share);
        let scrubbed = after(&start, [Action::Seek(at)]);
        let wandered = after(&start, stops.iter().map(|&stop| Action::Seek(part(stop))).chain([Action::Seek(at)]));
        let mut played = after(&start, [Action::Restart]);
        for step in start.trace.steps().into_iter().filter(|&step| step <= at) {
            played = after(&played, [Action::Reached(step)]);
        }
        let played = after(&played, [Action::Pause(at)]);
        for state in [&wandered, &played] {
            prop_assert_eq!(state.camera.sight, scrubbed.camera.sight);
            prop_assert_eq!(state.at, scrubbed.at);
            prop_assert_eq!(state.link(), scrubbed.link());
        }
        let drawn = |state: &State| {
            let map = TimeMap::of(&state.trace, Viewport::WIDE.height).seen(state.camera.sight.view);
            let scene = scene(&state.trace, 0, &map, Viewport::WIDE);
            (map.curtain(state.at), Travellers::of(&scene).at(map.y(state.at)), scene)
        };
        prop_assert!(drawn(&played) == drawn(&scrubbed));
        // And a link to it opens on it.
        let landed = State::open(&scrubbed.link().write());
        prop_assert_eq!(landed.camera.sight, scrubbed.camera.sight);
        prop_assert!(drawn(&landed) == drawn(&scrubbed));
    }
}

#[test]
fn lanes_come_and_go() {
    let check = |actions: &[Action], expect: &str| {
        let state = after(&fresh(), actions.iter().cloned());
        let ids: Vec<&str> = state.scenario.lanes.iter().map(|lane| lane.id()).collect();
        assert_eq!(ids.join("."), expect);
        assert_eq!(state.trace.lanes().len(), ids.len());
    };
    check(&[Action::AddLane], "persistent.websocket.close");
    check(&[Action::AddLane, Action::AddLane, Action::AddLane], "persistent.websocket.close.six");
    check(&[Action::RemoveLane(0)], "websocket");
    check(&[Action::RemoveLane(1), Action::RemoveLane(0)], "persistent");
    check(&[Action::RemoveLane(9)], "persistent.websocket");
}

#[test]
fn the_first_language_that_both_know_is_spoken() {
    let rows: &[(&[&str], Language)] = &[
        (&[], Language::English),
        (&["en-GB", "zh-CN"], Language::English),
        (&["zh-CN", "en"], Language::Chinese),
        (&["zh"], Language::Chinese),
        (&["ZH-hans-SG"], Language::Chinese),
        (&["zh-TW", "en"], Language::English),
        (&["zh-Hant"], Language::English),
        (&["fr-FR", "de", "zh-SG"], Language::Chinese),
        (&["fr", ""], Language::English),
    ];
    for (tags, expect) in rows {
        assert_eq!(Language::preferred(*tags), *expect, "{tags:?}");
    }
}
