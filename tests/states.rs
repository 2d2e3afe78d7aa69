//! What the views show where there is nothing yet, and that sentences which are kept follow the language.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::rc::Rc;

use duplex::state::{Action, DeskAction, Knob, Language, Live, LiveAction, Shelf, State};
use duplex::views::events::Events;
use duplex::views::same::Same;
use duplex::views::{bar, chat, series, speaker, study, workbench};
use tongue::Catalogue;
use trace::chat::Turn;
use trace::layout::{Group, Layers};
use trace::progress::Progress;
use trace::scenario::{Scenario, Transport};
use trace::sim::simulate;
use trace::trace::Trace;
use trace::workbench::Tool;
use yew::Reducible;
use yew::prelude::*;

use support::rendered;

/// A view says each of `expect` and none of `not`.
async fn check(name: &str, html: Html, expect: &[&str], not: &[&str]) {
    let html = rendered(html).await;
    for words in expect {
        assert!(html.contains(words), "{name} does not say {words:?}: {html}");
    }
    for words in not {
        assert!(!html.contains(words), "{name} says {words:?}: {html}");
    }
}

fn events(trace: Trace, lane: usize, layers: Layers) -> Html {
    let trace = Same::of(&Rc::new(trace));
    html! { <Events {trace} {lane} {layers} selected={None::<usize>} act={Callback::<Action>::noop()} /> }
}

#[tokio::test]
async fn a_table_without_events_says_why() {
    let all = [Group::Tcp, Group::Tls, Group::Protocol, Group::Application];
    let folded = all.into_iter().fold(Layers::ALL, Layers::toggled);
    let run = || simulate(&Scenario::default());
    check("folded", events(run(), 0, folded), &["Switch one on under Layers"], &["<table"]).await;
    check("unseen", events(run(), 3, Layers::ALL), &["Nothing was seen on this lane"], &["<table"]).await;
    // Its rows come when it is opened.
    check("some", events(run(), 0, Layers::ALL), &["<summary>Events ("], &["hint", "<table"]).await;
}

#[tokio::test]
async fn before_a_live_run_its_place_says_what_it_will_bring() {
    let live = Live::default();
    let html = series::view(&series::Props { live: &live });
    check("series", html, &["What a live run brings will stand here"], &["<table"]).await;
}

#[tokio::test]
async fn an_empty_bench_says_how_to_fill_it() {
    let state = Rc::new(State::open("view=workbench&tool=paste"));
    assert_eq!(state.desk.bench.tool, Tool::Paste);
    let bench = |state: &State| {
        workbench::view(&workbench::Props {
            desk: &state.desk,
            field: None,
            told: false,
            fits: true,
            act: Callback::noop(),
            copy: Callback::noop(),
            copy_link: Callback::noop(),
            open: Callback::noop(),
            save: Callback::noop(),
        })
    };
    let hint = "taken apart here, octet by octet";
    check("nothing", bench(&state), &["No octets yet", hint, "Hexadecimal in any notation"], &["notice"])
        .await;
    let paste = |text: &str| {
        let paste =
            trace::workbench::paste::Paste { text: text.to_owned(), ..state.desk.bench.paste.clone() };
        Rc::clone(&state).reduce(Action::Desk(DeskAction::Paste(paste)))
    };
    check("garbage", bench(&paste("hello zz")), &["class=\"notice\"", "No octets yet"], &["Save as a file"])
        .await;
    check("a frame", bench(&paste("81 00")), &["Save as a file"], &[hint]).await;
}

#[tokio::test]
async fn a_chat_in_which_nobody_spoke_says_so() {
    let scenario = Scenario::default();
    let mut state = State::default();
    let view = |state: &State| {
        chat::view(&chat::Props {
            desk: &state.chat,
            scenario: &scenario,
            obstacle: None,
            wish: Callback::noop(),
            act: Callback::noop(),
        })
    };
    check("before", view(&state), &["Begin the chat"], &["Nothing said or heard yet"]).await;
    state.chat.chat.take(Turn::Begun(vec![Transport::Persistent, Transport::WebSocket]));
    check("asked for", view(&state), &["Asking the companion for lanes", "Nothing said or heard yet"], &[])
        .await;
}

#[tokio::test]
async fn notes_without_a_lesson_say_how_to_get_one() {
    let view = |fragment: &str, heard: bool| {
        let state = State::open(fragment);
        speaker::view(&speaker::Props {
            stops: state.stops(),
            at: state.stop(),
            here: state.here(),
            plan: state.class.telling.plan(),
            elapsed: 0,
            heard,
            blank: false,
            asks: false,
            drive: Callback::noop(),
            restart: Callback::noop(),
        })
    };
    let how = "Press “Present to a class”";
    check("nothing", view("notes", false), &["No lesson is presented", "#teach", how], &["The end."]).await;
    check("alone", view("lesson=frame&notes", false), &[how], &["No lesson is presented"]).await;
    check("two", view("lesson=frame&notes", true), &["follows the one that presents"], &[how]).await;
}

#[tokio::test]
async fn where_nothing_is_kept_progress_says_so() {
    let progress = Progress::default();
    let view = |kept| {
        study::shelves(&study::Shelves {
            shelf: Shelf::Lessons,
            progress: &progress,
            save: Callback::noop(),
            open: Callback::noop(),
            kept,
            act: Callback::noop(),
        })
    };
    let (kept, lost) = ("It is kept in this browser", "This browser keeps nothing for this page");
    check("kept", view(true), &[kept], &[lost]).await;
    check("refused", view(false), &[lost], &[kept]).await;
}

#[tokio::test]
async fn a_language_that_is_fetched_is_announced_and_one_that_fails_goes_back() {
    let state = Rc::new(State::default());
    let view = |state: &State| {
        bar::view(&bar::Props {
            brief: String::new(),
            theme: state.theme,
            language: state.language,
            learning: state.learning,
            fetching: state.waits(),
            learn: Callback::noop(),
            view: state.view,
            knobs: None,
            act: Callback::noop(),
        })
    };
    let fetching = "Fetching the words of 简体中文.";
    check("at rest", view(&state), &[], &[fetching]).await;
    let asked = Rc::clone(&state).reduce(Action::Learn(Language::Chinese));
    check("asked", view(&asked), &[fetching], &[]).await;
    let failed = Rc::clone(&asked).reduce(Action::Unlearnt(tongue::Sentence::text("Sorry.")));
    check("failed", view(&failed), &[], &[fetching]).await;
    assert!(failed.notice.is_some() && failed.language == Language::English);
    let spoken = asked.reduce(Action::Language(Language::Chinese));
    assert_eq!((spoken.language, spoken.learning), (Language::Chinese, None));
}

/// A sentence that was kept while one language was spoken is said in the next one.
#[test]
fn what_is_kept_is_said_in_the_language_of_the_moment() {
    let words = include_str!("../words/zh-Hans.po");
    tongue::learn("zh-Hans", Catalogue::read(words).expect("words"));
    let state = Rc::new(State::default());
    let kept = [
        Action::Knob(Knob::RoundTrip, "fast".to_owned()),
        Action::Knob(Knob::Bandwidth, "x".to_owned()),
        Action::Knob(Knob::Loss, "99".to_owned()),
        Action::Knob(Knob::Extra, "nothing".to_owned()),
        Action::Open("rtt=fast&lanes=x&t=-1&event=y".to_owned()),
        Action::Say(trace::scenario::Speaker::You, String::new(), 0),
        Action::Say(trace::scenario::Speaker::You, "x".repeat(300), 0),
        Action::File(b"no run".to_vec()),
        Action::Live(LiveAction::Repeats("9999".to_owned())),
        Action::Live(LiveAction::Ping("-7".to_owned())),
        Action::Desk(DeskAction::File(vec![0; 300_000])),
        Action::Study(duplex::state::StudyAction::Import(b"no progress".to_vec())),
        Action::Study(duplex::state::StudyAction::Forget),
    ];
    let notices = kept.map(|action| {
        let name = format!("{action:.60?}");
        let after = Rc::clone(&state).reduce(action);
        let refused = after.refused.first().map(|refused| refused.why.clone());
        (name, after.notice.clone().or(refused).or_else(|| after.live.status.clone()))
    });
    let mut chat = trace::chat::Chat::default();
    let mut turn = |turn: Turn| {
        let name = format!("{turn:?}");
        chat.take(turn);
        (name, chat.status.clone())
    };
    let lanes = vec![Transport::Persistent, Transport::WebSocket];
    let you = trace::scenario::Speaker::You;
    let heard = |lane| Turn::Heard { lane, from: you, text: "Hi".to_owned(), at: 5_000 };
    let statuses = [
        turn(Turn::Begun(lanes)),
        turn(Turn::Opened),
        turn(Turn::Said(you, "Hi".to_owned(), 0)),
        turn(heard(0)),
        turn(heard(1)),
        turn(Turn::Over(Ok(vec![(9, 1), (9, 1)]))),
    ];
    let started = Rc::clone(&state).reduce(Action::Live(LiveAction::Started("Firefox".to_owned(), 1)));
    let status = [("a live run".to_owned(), started.live.status.clone())];
    for (name, kept) in notices.into_iter().chain(statuses).chain(status) {
        let kept = kept.expect("words");
        let english = kept.said();
        tongue::speak("zh-Hans");
        let chinese = kept.said();
        tongue::speak(tongue::ENGLISH);
        assert!(!english.contains(is_chinese), "{name}: {english}");
        assert!(chinese.contains(is_chinese), "{name}: {chinese}");
        assert_eq!(kept.said(), english, "{name}");
    }
}

fn is_chinese(letter: char) -> bool {
    ('一'..='龥').contains(&letter)
}
