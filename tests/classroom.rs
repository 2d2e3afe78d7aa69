//! Before a class: where a clicker leads, what is on paper, and that a camera reads the code.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, ClassAction, CourseAction, Place, State, View};
use duplex::views::{handout, qr, teach};
use trace::lesson::plan;
use trace::lesson::telling::Telling;
use trace::lesson::{self, Lesson};
use yew::prelude::*;
use yew::{LocalServerRenderer, Reducible};

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
        &[ClassAction::Tell(Telling::Printed)],
        "view=lessons&lesson=life&beat=2&handout",
        false,
    );
}

/// From the first stop to the last and back, each where its link says.
#[test]
fn a_plan_is_walked_from_end_to_end() {
    for plan in plan::all() {
        let telling = Telling::Presented(Some(plan.id));
        let links: Vec<String> =
            plan.stops().map(|(_, stop)| teach::to(stop.link(), telling).split_off(1)).collect();
        let mut state = Rc::new(State::open(&links[0]));
        for (place, link) in links.iter().enumerate() {
            assert_eq!((state.stop(), &state.link().write()), (Some(place), link), "{}", plan.id);
            state = state.reduce(Action::Class(NEXT));
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

#[derive(Properties, PartialEq)]
struct Shown {
    html: Html,
}

#[component]
fn Show(props: &Shown) -> Html {
    props.html.clone()
}

async fn rendered(html: Html) -> String {
    LocalServerRenderer::<Show>::with_props(Shown { html }).hydratable(false).render().await
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
        let marks = ["<code class=\"\">", "</code>", "<span class=\"figure\">", "</span>"];
        let plain = marks.iter().fold(html.clone(), |html, mark| html.replace(mark, ""));
        for beat in lesson.beats {
            let told = beat.set(|seen| beat.says(seen)).expect("words");
            for text in [beat.idea, &told] {
                assert!(plain.contains(&escaped(&text.replace('`', ""))), "{}: {text}", lesson.id);
            }
            for section in beat.sections {
                assert!(plain.contains(section), "{}: {section}", lesson.id);
            }
        }
        let tasks = lesson.beats.iter().filter(|beat| beat.task.is_some()).count();
        assert_eq!(html.matches("class=\"answer-lines\"").count(), tasks, "{}", lesson.id);
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
