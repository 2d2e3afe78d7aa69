//! A file of others in the store and on the page, without a browser.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::rc::Rc;

use duplex::state::{
    Action, CameraAction, CourseAction, Import, ImportAction, Knob, LiveAction, Place, Source, State, View,
};
use duplex::views::{import, share, source};
use interchange::Format;
use tongue::{Catalogue, Sentence, said_later};
use trace::caption;
use trace::event::Provenance;
use trace::ledger::Account;
use trace::scenario::{Scenario, Transport};
use yew::Reducible;
use yew::prelude::*;

use support::rendered;

const CHROME: &[u8] = include_bytes!("../crates/interchange/tests/fixtures/chrome.har");

fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let start = Rc::new(state.clone());
    (*actions.into_iter().fold(start, |state, action| state.reduce(action))).clone()
}

/// What the porter hands over of a file.
fn opened(name: &str, octets: &[u8]) -> Rc<Import> {
    let read = interchange::read(name, octets, &mut |_| {}).expect("it can be read");
    let problems = read.problems.iter().map(ToString::to_string);
    let problems = problems.map(|problem| Sentence::of(move || said_later(&problem))).collect();
    Rc::new(Import::of(name.to_owned(), read.run, problems))
}

fn read(import: &Rc<Import>) -> Action {
    Action::Import(ImportAction::Read(Rc::clone(import)))
}

fn lesson() -> Place {
    Place { lesson: trace::lesson::all()[0].id, beat: 0 }
}

fn show(source: Source) -> Action {
    Action::Live(LiveAction::Source(source))
}

#[test]
fn a_file_takes_the_stage_at_rest_and_whatever_was_shown_gives_way() {
    let import = opened("chrome.har", CHROME);
    let begun = Action::Import(ImportAction::Begun("chrome.har".to_owned()));
    let check = |name: &str, before: Vec<Action>| {
        let state = after(&State::default(), before);
        let reading = after(&state, [begun.clone(), Action::Import(ImportAction::Progress(0.25))]);
        assert!(Rc::ptr_eq(&reading.trace, &state.trace), "{name}: what is shown stays until it is read");
        assert_eq!(reading.imports.reading.as_ref().map(|it| it.part), Some(0.25), "{name}");
        let shown = after(&reading, [read(&import)]);
        assert!(Rc::ptr_eq(&shown.trace, &import.trace) && shown.at_rest() && !shown.playing, "{name}");
        assert_eq!((shown.view, shown.live.source), (View::Lab, Source::File), "{name}");
        assert_eq!((shown.selected, shown.camera.sight.view, &shown.notice), (None, None, &None), "{name}");
        assert!(shown.place.is_none() && shown.parked.is_none() && shown.imports.reading.is_none(), "{name}");
        assert_eq!(shown.shown().lanes, [Transport::Sse, Transport::WebSocket], "{name}");
    };
    check("at rest", vec![]);
    check("playing", vec![Action::Play]);
    check(
        "a selection, looked at closely",
        vec![Action::Select(Some(9)), Action::Camera(CameraAction::Show(0, 300_000))],
    );
    check("another view", vec![Action::View(View::Compare)]);
    check("a lesson", vec![Action::View(View::Lessons), Action::Course(CourseAction::Go(lesson()))]);
    check("a notice", vec![Action::Knob(Knob::Messages, "x".to_owned())]);
}

#[test]
fn it_stays_at_hand_until_another_comes() {
    let import = opened("chrome.har", CHROME);
    let shown = after(&State::default(), [read(&import)]);
    let again = |state: &State| after(state, [show(Source::File)]);
    let check = |name: &str, action: Action| {
        let left = after(&shown, [action]);
        assert_eq!(left.live.source, Source::Simulated, "{name}");
        assert!(left.import().is_none() && !Rc::ptr_eq(&left.trace, &import.trace), "{name}");
        assert!(Rc::ptr_eq(&again(&left).trace, &import.trace), "{name}");
    };
    check("Simulated", show(Source::Simulated));
    check("a knob", Action::Knob(Knob::Messages, "3".to_owned()));
    check("a link", Action::Open("rtt=20".to_owned()));
    check("a lesson", Action::Course(CourseAction::Go(lesson())));
    for kept in
        [Action::Language(duplex::state::Language::Chinese), Action::View(View::Workbench), Action::Play]
    {
        assert!(after(&shown, [kept]).import().is_some());
    }
    let live = after(&shown, [show(Source::Live)]);
    assert!(live.live.awaits() && live.import().is_none());
    let reset = after(&shown, [Action::Reset]);
    assert!(reset.imports.opened.is_none());
    assert_eq!(again(&reset).live.source, Source::Simulated, "there is no file to show");
    // What could not be read in its place, or was not awaited, leaves it alone.
    let begun = Action::Import(ImportAction::Begun("b.har".to_owned()));
    let no = Sentence::text("no");
    for end in [ImportAction::Refused(no.clone()), ImportAction::Cancelled] {
        let refused = matches!(end, ImportAction::Refused(_));
        let state = after(&shown, [begun.clone(), Action::Import(end)]);
        assert!(state.import().is_some() && state.imports.reading.is_none());
        assert_eq!(state.notice.as_ref() == Some(&no), refused);
    }
}

#[test]
fn no_link_holds_it() {
    let shown = after(
        &State::default(),
        [
            read(&opened("chrome.har", CHROME)),
            Action::Seek(20_000),
            Action::Select(Some(3)),
            Action::Camera(CameraAction::Show(0, 300_000)),
        ],
    );
    assert_eq!(shown.link().write(), State::default().link().write());
    let of_link = State::open("rtt=20").link().write();
    let run = interchange::read("chrome.har", CHROME, &mut |_| {}).expect("it can be read").run;
    let json = interchange::write(Format::Json, &run, interchange::Secrets::Stripped, 0).file;
    let check = |octets: &[u8], link: bool| {
        assert_eq!(State::is_link(octets), link, "{}", String::from_utf8_lossy(octets));
    };
    check(of_link.as_bytes(), true);
    check(&json, false);
    check(br#"{"a":"b=c"}"#, false);
    check(CHROME, false);
    check(b"", false);
}

/// Nothing of a file is said to be simulated, or told as the page's own story.
#[test]
fn it_is_told_as_what_it_is() {
    let import = opened("chrome.har", CHROME);
    let trace = &import.trace;
    assert_eq!(trace.times_are(), Provenance::Imported);
    for (lane, known) in trace.lanes().iter().enumerate() {
        assert_eq!(trace.octets_are(lane), Provenance::Reconstructed);
        assert!(known.name().contains("127.0.0.1"), "{}", known.name());
        let account = Account::at(trace, lane, trace.end());
        assert!(account.missing.is_none() && account.on_connections() > 0);
    }
    let told = trace.steps().into_iter().map(|at| caption::moment(trace, at).text);
    for text in told.chain([caption::summary(trace).text]) {
        let story = ["Ben has", "Ben’s", "you have", "You "].iter().any(|words| text.contains(words));
        assert!(!story && !text.is_empty(), "{text}");
    }
    // A simulation stays one, whatever file it went through.
    let simulated = Scenario::default();
    let run = interchange::Run {
        trace: trace::sim::simulate(&simulated),
        scenario: simulated,
        origin: interchange::Origin::Simulated,
    };
    let json = interchange::write(Format::Json, &run, interchange::Secrets::Stripped, 0).file;
    let import = opened("run.json", &json);
    assert_eq!(import.trace.octets_are(0), Provenance::Simulated);
    assert_eq!(import.whence(), "a simulation, from the file run.json");
}

#[tokio::test]
async fn what_could_not_be_read_is_told_in_the_language_of_the_moment() {
    let half = &CHROME[..CHROME.len() / 2];
    // As the porter does: it does not know which language will be spoken.
    let problems = std::thread::spawn(move || {
        tongue::learn("x-unsaid", Catalogue::unsaid());
        tongue::speak("x-unsaid");
        let read = interchange::read("half.har", half, &mut |_| {}).expect("some of it can be read");
        read.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    let problems = problems.join().expect("it does not panic");
    assert!(!problems.is_empty());
    let run = interchange::read("half.har", half, &mut |_| {}).expect("some of it can be read").run;
    let later = |text: String| Sentence::of(move || said_later(&text));
    let import = Import::of("half.har".to_owned(), run, problems.into_iter().map(later).collect());
    let english = rendered(import::panel(&import)).await;
    assert!(english.contains("From the file half.har"), "{english}");
    assert!(english.contains("octet ") && english.contains("damaged or cut off"), "{english}");
    assert!(!english.contains(['\u{2}', '\u{3}', '\u{1f}']), "{english}");
    let po =
        "msgid \"octet {}\"\nmsgstr \"oktett {}\"\nmsgid \"What could not be read\"\nmsgstr \"Ungelesen\"";
    tongue::learn("xx", Catalogue::read(po).expect("a catalogue"));
    tongue::speak("xx");
    let other = rendered(import::panel(&import)).await;
    tongue::speak("en");
    assert!(other.contains("oktett ") && other.contains("Ungelesen"), "{other}");
    let whole = rendered(import::panel(&opened("chrome.har", CHROME))).await;
    assert!(!whole.contains("What could not be read"), "{whole}");
}

#[tokio::test]
async fn the_source_offers_a_file_only_where_there_is_one() {
    for opened in [false, true] {
        let act = Callback::noop();
        let html = rendered(source::view(&source::Props { source: Source::Simulated, opened, act })).await;
        assert_eq!(html.contains("File"), opened, "{html}");
        let props = share::Props {
            length: 0,
            copy_link: Callback::noop(),
            copy_embed: Some(Callback::noop()),
            file: opened,
            act: Callback::noop(),
        };
        let html = rendered(share::view(&props)).await;
        assert_eq!(html.contains("A link cannot hold a file"), opened, "{html}");
    }
}
