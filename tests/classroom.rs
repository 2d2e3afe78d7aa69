//! Before a class: where a clicker leads, what is on paper, and that a camera reads the code.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::rc::Rc;

use duplex::state::{Action, ClassAction, CourseAction, Place, State, View};
use duplex::views::{handout, qr, sheet, teach};
use trace::compare::chooser::{Answers, Often, Who};
use trace::lesson::plan;
use trace::lesson::telling::Telling;
use trace::lesson::{self, Lesson};
use yew::Reducible;
use yew::prelude::*;

use support::rendered;

fn after(fragment: &str, actions: &[ClassAction]) -> State {
    let start = Rc::new(State::open(fragment));
    let end = actions.iter().fold(start, |state, &action| state.reduce(Action::Class(action)));
    (*end).clone()
}

const NEXT: ClassAction = ClassAction::Next;
const BACK: ClassAction = ClassAction::Back;
const BLANK: ClassAction = ClassAction::Blank;

#[test]
fn a_press_is_a_beat() {
    let check = |fragment: &str, actions: &[ClassAction], link: &str, blank: bool| {
        let state = after(fragment, actions);
        assert_eq!(
            (state.link().write().as_str(), state.class.blank),
            (link, blank),
            "{fragment} {actions:?}"
        );
    };
    let life = |beat: usize| format!("view=lessons&lesson=life&beat={beat}&present");
    let from = |beat: usize| format!("lesson=life&beat={beat}&present");
    check(&from(1), &[], &life(1), false);
    check(&from(1), &[NEXT], &life(2), false);
    check(&from(1), &[NEXT, NEXT, BACK], &life(2), false);
    check(&from(1), &[BACK], &life(1), false);
    check(&from(6), &[NEXT], &life(6), false);
    check(&from(2), &[BLANK], &life(2), true);
    check(&from(2), &[BLANK, BLANK], &life(2), false);
    // Whoever goes on from a blank screen sees first where it stands.
    check(&from(2), &[BLANK, NEXT], &life(2), false);
    check(&from(2), &[BLANK, NEXT, NEXT], &life(3), false);
    check(&from(2), &[ClassAction::Leave], "view=lessons&lesson=life&beat=2", false);
    check(&from(2), &[BLANK, ClassAction::Leave], "view=lessons&lesson=life&beat=2", false);
    check(
        "lesson=life&beat=2",
        &[ClassAction::Tell(Telling::Printed(None))],
        "view=lessons&lesson=life&beat=2&handout",
        false,
    );
}

/// Neither a blank screen nor a run that is opened in the Lab costs the class its answers.
#[test]
fn the_choosers_answers_stay() {
    let own = Answers { who: Who::Server, often: Often::Steadily, ..Answers::default() };
    let start = Rc::new(State::open("view=compare&present=forty"));
    let asked = start.reduce(Action::Answer(own)).reduce(Action::Ask);
    let check = |actions: &[Action]| {
        let end = actions.iter().fold(Rc::clone(&asked), |state, action| state.reduce(action.clone()));
        assert_eq!((end.answers, end.asked), (own, Some(own)), "{actions:?}");
    };
    check(&[Action::Class(BLANK)]);
    check(&[Action::Class(BLANK), Action::Class(BLANK)]);
    check(&[Action::Class(BACK), Action::Class(NEXT)]);
    check(&[Action::Open("scenario=news".to_owned()), Action::Open("view=compare".to_owned())]);
    check(&[Action::View(View::Lab), Action::View(View::Compare)]);
    check(&[Action::Reset]);
}

/// From the first stop to the last and back, each where its link says. What the class guesses takes two presses.
#[test]
fn a_plan_is_walked_from_end_to_end() {
    for plan in plan::all() {
        let telling = Telling::Presented(Some(plan.id));
        let links: Vec<String> =
            plan.stops().map(|(_, stop)| teach::to(stop.link(), telling).split_off(1)).collect();
        let mut state = Rc::new(State::open(&links[0]));
        for (place, link) in links.iter().enumerate() {
            let guess = plan.stops().nth(place).is_some_and(|(_, stop)| stop.asks());
            for asks in [true, false].into_iter().filter(|&asks| guess || !asks) {
                let stands = (state.stop(), &state.link().write(), state.class.asks);
                assert_eq!(stands, (Some(place), link, asks), "{}", plan.id);
                state = state.reduce(Action::Class(NEXT));
            }
        }
        for link in links.iter().rev() {
            assert_eq!(&state.link().write(), link, "{}, back", plan.id);
            state = state.reduce(Action::Class(BACK));
        }
    }
}

#[test]
fn a_beat_plays_on_the_way_on_only() {
    let on = after("lesson=life&beat=1&present", &[NEXT]);
    assert!(on.playing && on.until.is_some());
    assert!(!after("lesson=life&beat=3&present", &[BACK]).playing);
    let calm = State { reduced: true, ..State::open("lesson=life&beat=1&present") };
    assert!(!Rc::new(calm).reduce(Action::Class(NEXT)).playing);
}

/// A slide tells what it shows once it has shown it: after it has played, and where the class guesses not
/// before another press. Each row: what is pressed, and then whether it plays, asks and tells.
#[test]
fn nothing_is_told_too_early() {
    let check = |fragment: &str, actions: &[ClassAction], expect: (bool, bool, bool)| {
        let state = after(fragment, actions);
        assert_eq!((state.playing, state.class.asks, state.tells()), expect, "{fragment} {actions:?}");
        if let (true, Some(until)) = (state.playing, state.until) {
            let over = Rc::new(state).reduce(Action::Reached(until));
            assert_eq!((over.playing, over.tells()), (false, true), "{fragment} {actions:?}, at its end");
        }
    };
    let ten = |lesson: &str, beat: usize| format!("lesson={lesson}&beat={beat}&present=ten");
    check(&ten("who-first", 1), &[], (false, false, true));
    check(&ten("who-first", 1), &[NEXT], (true, false, false));
    // The class guesses, and then it is played.
    check(&ten("hang-up", 2), &[NEXT], (false, true, false));
    check(&ten("hang-up", 3), &[], (false, true, false));
    check(&ten("hang-up", 3), &[NEXT], (true, false, false));
    check(&ten("hang-up", 3), &[ClassAction::Play], (true, false, false));
    check(&ten("hang-up", 3), &[ClassAction::Told], (false, false, true));
    check(&ten("hang-up", 3), &[NEXT, NEXT], (false, false, true));
    check(&ten("hang-up", 5), &[BACK], (false, false, true));
    check(&ten("hang-up", 3), &[BLANK, NEXT], (false, true, false));
    // A slide for which there is no time does not play, a lesson by itself asks nothing.
    check(&ten("choose", 4), &[], (false, true, false));
    check(&ten("choose", 4), &[NEXT], (false, false, true));
    check(&ten("choose", 1), &[NEXT, NEXT], (false, false, true));
    check("lesson=hang-up&beat=2&present", &[NEXT], (true, false, false));
    check("lesson=hang-up&beat=3&notes=ten", &[NEXT], (false, false, true));
    let calm = State { reduced: true, ..State::open(&ten("hang-up", 3)) };
    assert_eq!(calm.at, after(&ten("hang-up", 2), &[]).at, "it waits where the slide before rests");
    let told = Rc::new(calm).reduce(Action::Class(NEXT));
    assert_eq!((told.playing, told.tells(), told.at), (false, true, told.trace.end()));
}

/// Play stays within the slide: from where it begins to where it rests.
#[test]
fn a_step_is_replayed_by_itself() {
    let check = |fragment: &str, from: u64, until: Option<u64>| {
        let state = after(fragment, &[ClassAction::Play]);
        assert_eq!((state.playing, state.at, state.until), (true, from, until), "{fragment}");
    };
    let rests = |fragment: &str| State::open(fragment).at;
    let (first, second) = ("lesson=who-first&beat=1&present=ten", "lesson=who-first&beat=2&present=ten");
    check(first, 0, Some(rests(first)));
    check(second, rests(first), Some(rests(second)));
    // By itself the lesson asks to watch what follows, and so does a beat that begins with nothing.
    check("lesson=who-first&beat=1&present", rests(first), None);
    check("lesson=hang-up&beat=1&present=forty", 0, None);
    check("lesson=hang-up&beat=5&present=ten", 0, Some(rests("lesson=hang-up&beat=5&present=ten")));
    let half = Rc::new(after(first, &[ClassAction::Play])).reduce(Action::Pause(100_000));
    let on = half.reduce(Action::Class(ClassAction::Play));
    assert_eq!((on.playing, on.at, on.until), (true, 100_000, Some(rests(first))), "on from a pause");
}

/// Whatever leads elsewhere ends the presentation: nobody is caught in it.
#[test]
fn elsewhere_nothing_is_presented() {
    let check = |action: Action| {
        let state = Rc::new(State::open("lesson=life&beat=2&present=forty")).reduce(action.clone());
        assert_eq!(state.class.telling, Telling::Read, "{action:?}");
        assert!(!state.is_for_class(), "{action:?}");
    };
    check(Action::View(View::Lab));
    check(Action::Course(CourseAction::List));
    check(Action::Course(CourseAction::Explore));
    check(Action::Open("view=compare".to_owned()));
    check(Action::Reset);
    let go = Action::Course(CourseAction::Go(Place { lesson: "cost", beat: 2 }));
    assert!(Rc::new(State::open("lesson=life&beat=2&present")).reduce(go).presents());
}

/// Markup without what marks code and figures within a text.
fn unmarked(html: &str) -> String {
    let marks = ["<code class=\"\">", "</code>", "<span class=\"figure\">", "</span>"];
    marks.iter().fold(html.to_owned(), |html, mark| html.replace(mark, ""))
}

/// As a text stands in markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

async fn sheet(lesson: &'static Lesson, address: Option<&str>) -> String {
    let props = handout::Props {
        lesson,
        address: address.map(str::to_owned),
        print: &Callback::noop(),
        act: &Callback::noop(),
    };
    rendered(handout::view(&props)).await
}

#[tokio::test]
async fn a_handout_has_every_beat() {
    for lesson in lesson::all() {
        let html = sheet(lesson, None).await;
        assert!(!html.contains(" style=") && !html.contains("class=\"qr\""), "{}", lesson.id);
        let runs = lesson.beats.iter().any(|beat| beat.scene.run().is_some());
        assert_eq!(html.contains("role=\"img\""), runs, "{}", lesson.id);
        assert_eq!(html.contains("class=\"sheet-octets\""), !runs, "{}", lesson.id);
        assert!(
            !html.contains("tabindex") && !html.contains("role=\"option\""),
            "{}: something can be chosen on paper",
            lesson.id
        );
        let plain = unmarked(&html);
        for beat in lesson.beats {
            let told = beat.set(|seen| beat.says(seen)).expect("words");
            for text in [beat.idea, &told] {
                assert!(plain.contains(&escaped(&text.replace('`', ""))), "{}: {text}", lesson.id);
            }
            for section in beat.sections {
                assert!(plain.contains(section), "{}: {section}", lesson.id);
            }
        }
        let asked = lesson.beats.iter().filter_map(|beat| beat.task.as_ref()?.question());
        let asked: Vec<String> = asked.map(|question| escaped(&question)).collect();
        assert_eq!(html.matches("class=\"answer-lines\"").count(), asked.len(), "{}", lesson.id);
        assert!(asked.iter().all(|question| plain.contains(question)), "{}: {asked:?}", lesson.id);
    }
}

/// The class's page has what is asked and no answer, the teacher's has both.
#[tokio::test]
async fn a_plan_on_paper() {
    for plan in plan::all() {
        let props = sheet::Props { plan, address: None, print: &Callback::noop() };
        let html = rendered(sheet::view(&props)).await;
        let plain = unmarked(&html);
        let pages: Vec<&str> = plain.split("<article").skip(1).collect();
        let [asked, answered] = pages[..] else { panic!("{} pages", pages.len()) };
        assert!(asked.contains("role=\"img\"") && asked.contains("sheet-lanes begun"), "{}", plan.id);
        assert_eq!(asked.matches("class=\"answer-lines\"").count(), plan.steps.len(), "{}", plan.id);
        for step in plan.steps {
            let [ask, expected] = [step.ask, &step.expected()].map(|text| escaped(&text.replace('`', "")));
            assert!(asked.contains(&ask) && answered.contains(&ask), "{}: {ask}", plan.id);
            assert!(!asked.contains(&expected) && answered.contains(&expected), "{}: {expected}", plan.id);
        }
        let state = State::open(&format!("teach&handout={}", plan.id));
        assert!(state.is_for_class() && state.link().write() == format!("teach&handout={}", plan.id));
    }
}

/// Reads the code as a camera would, with a library that has no code in common with the one that draws.
async fn check_code(address: &str) {
    let html = rendered(qr::view("a code", address)).await;
    let side: usize = between(&html, "viewBox=\"0 0 ", " ").parse().expect("a side");
    let mut dark = vec![vec![false; side]; side];
    let path = between(&html, " d=\"", "\"");
    for run in path.split('M').skip(1) {
        let number =
            |from: &str, to: &str| between(&format!("M{run}"), from, to).parse::<usize>().expect("a number");
        let (x, y, long) = (number("M", ","), number(",", "h"), number("h", "v"));
        dark[y][x..x + long].fill(true);
    }
    let grey = |x: usize, y: usize| if dark[y / SCALE][x / SCALE] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "{address}");
    assert_eq!(grids[0].decode().expect("readable").1, address);
}

fn between(text: &str, from: &str, to: &str) -> String {
    let rest = text.split_once(from).expect(from).1;
    rest.split_once(to).expect(to).0.to_owned()
}

const SCALE: usize = 4;

#[tokio::test]
async fn a_camera_reads_the_code() {
    check_code("http://192.168.1.5:9080/").await;
    check_code("http://192.168.178.123:9080/#lesson=who-first").await;
    check_code("http://[2001:db8:1234:5678:9abc:def0:1234:5678]:65535/").await;
    let html = sheet(lesson::all()[0], Some("http://10.0.0.7:9080/#lesson=request")).await;
    assert!(html.contains("class=\"qr\"") && html.contains("href=\"http://10.0.0.7:9080/#lesson=request\""));
}
