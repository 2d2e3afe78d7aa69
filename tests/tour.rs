//! The tour: when it is offered, where it leads, and that its panel never stands over what it points at.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, ClassAction, CourseAction, Part, Place, STOPS, State, Tour, TourAction, View};
use duplex::views::tour::place::{GAP, Room, Stand, stand, together};
use proptest::prelude::*;
use trace::lesson::telling::Telling;
use yew::Reducible;

const START: Action = Action::Tour(TourAction::Start);
const NEXT: Action = Action::Tour(TourAction::Next);
const BACK: Action = Action::Tour(TourAction::Back);
const END: Action = Action::Tour(TourAction::End);

fn after(fragment: &str, actions: &[Action]) -> State {
    let start = Rc::new(State::open(fragment).welcoming());
    let end = actions.iter().cloned().fold(start, |state, action| state.reduce(action));
    (*end).clone()
}

#[test]
fn it_is_offered_only_where_everybody_begins() {
    let check = |fragment: &str, expect: Tour| {
        assert_eq!(after(fragment, &[]).tour, expect, "{fragment}");
        assert_eq!(State::open(fragment).tour, Tour::Away, "{fragment}: unasked");
    };
    check("", Tour::Offered);
    check("#", Tour::Offered);
    for fragment in [
        "t=1400000",
        "event=7",
        "rtt=40",
        "lanes=websocket",
        "view=lessons",
        "view=workbench",
        "view=compare",
        "lesson=life&beat=4",
        "lesson=life&beat=4&present",
        "card=keep-alive",
        "teach",
        "join",
    ] {
        check(fragment, Tour::Away);
    }
}

#[test]
fn it_goes_from_stop_to_stop() {
    let check = |actions: &[Action], expect: Tour| {
        let state = after("", actions);
        assert_eq!(state.tour, expect, "{actions:?}");
        assert_eq!(state.tour_stop().map(|(at, _)| at), expect.at(), "{actions:?}");
    };
    let all = |count: usize| [vec![START], vec![NEXT; count]].concat();
    check(&[START], Tour::At(0));
    check(&[START, NEXT], Tour::At(1));
    check(&[START, NEXT, BACK], Tour::At(0));
    check(&[START, BACK], Tour::At(0));
    check(&[START, NEXT, END], Tour::Over);
    check(&[END], Tour::Over);
    check(&[END, BACK], Tour::Over);
    check(&[END, START], Tour::At(0));
    check(&all(STOPS.len() - 1), Tour::At(STOPS.len() - 1));
    check(&all(STOPS.len()), Tour::Over);
    // The page goes on around it.
    check(&[START, Action::Play, NEXT], Tour::At(1));
    check(&[START, Action::Reset], Tour::At(0));
    check(&[Action::Reset], Tour::Offered);
    check(&[START, Action::Open("rtt=40".to_owned())], Tour::At(0));
    // A link is not for being shown round.
    check(&[Action::Open("rtt=40".to_owned())], Tour::Away);
    check(&[END, Action::Open("rtt=40".to_owned())], Tour::Over);
    // Where there is nothing of what it tells, it ends.
    let lesson = Action::Course(CourseAction::Go(Place { lesson: "life", beat: 1 }));
    check(&[START, Action::View(View::Lessons)], Tour::Over);
    check(&[START, Action::View(View::Lessons), lesson], Tour::Over);
    check(&[START, Action::Open("view=workbench".to_owned())], Tour::Over);
    let speaker = Action::Class(ClassAction::Tell(Telling::Noted(None)));
    check(&[START, speaker], Tour::Over);
    // An offer waits.
    check(&[Action::View(View::Lessons), Action::View(View::Lab)], Tour::Offered);
}

#[test]
fn it_starts_in_the_lab_wherever_the_visitor_is() {
    for fragment in ["", "view=compare", "view=workbench", "view=lessons", "lesson=life&beat=4", "teach"] {
        let state = after(fragment, &[START]);
        assert_eq!((state.tour, state.view, state.is_told()), (Tour::At(0), View::Lab, false), "{fragment}");
    }
}

#[test]
fn the_message_that_is_chosen_is_told_of() {
    let ladder = STOPS.iter().position(|stop| stop.part == Part::Ladder).expect("a stop for a message");
    let to_ladder = [vec![START], vec![NEXT; ladder]].concat();
    let check = |more: &[Action], expect: Part| {
        let state = after("", &[&to_ladder, more].concat());
        assert_eq!(state.tour_stop().map(|(_, stop)| stop.part), Some(expect), "{more:?}");
    };
    check(&[], Part::Ladder);
    check(&[Action::Select(Some(7))], Part::Octets);
    check(&[Action::Select(Some(7)), Action::Select(None)], Part::Ladder);
    check(&[Action::Select(Some(7)), NEXT], STOPS[ladder + 1].part);
}

#[test]
fn the_answer_is_kept_once_there_is_one() {
    for (actions, expect) in
        [(&[][..], false), (&[START][..], true), (&[END][..], true), (&[START, END][..], true)]
    {
        assert_eq!(after("", actions).tour.is_answered(), expect, "{actions:?}");
    }
}

/// A laptop's window: the panel is 160 high, the player 130.
const LAPTOP: Room = Room { window: 900.0, player: 130.0, panel: 160.0, reach: [0.0, 700.0], sheet: false };
const PHONE: Room = Room { window: 740.0, player: 120.0, panel: 170.0, reach: [200.0, 2000.0], sheet: true };

#[test]
fn the_panel_stands_beside_its_target() {
    let check = |target: [f64; 2], room: Room, sticks: bool, top: f64, scroll: f64| {
        assert_eq!(stand(target, &room, sticks), Stand { top, scroll }, "{target:?} {room:?}");
    };
    // Below where there is room, or else above, clear of the player.
    check([10.0, 40.0], LAPTOP, false, 40.0 + GAP, 0.0);
    check([560.0, 740.0], LAPTOP, false, 560.0 - GAP - 160.0, 0.0);
    check([260.0, 730.0], LAPTOP, false, 260.0 - GAP - 160.0, 0.0);
    // The player is not scrolled.
    check([775.0, 890.0], LAPTOP, true, 775.0 - GAP - 160.0, 0.0);
    // Further down the page: no further than needed.
    check([900.0, 950.0], LAPTOP, false, 950.0 - 192.0 - GAP - 50.0 - 160.0, 192.0);
    // On a phone it is a sheet at one of the edges.
    check([300.0, 330.0], PHONE, false, 740.0 - 120.0 - GAP - 170.0, 0.0);
    check([400.0, 560.0], PHONE, false, GAP, 0.0);
    check([620.0, 740.0], PHONE, true, 620.0 - GAP - 170.0, 0.0);
    // Too tall to be beside it as long as the player is: then over the player.
    check([100.0, 580.0], PHONE, false, 740.0 - GAP - 170.0, 34.0);
    check([336.0, 728.0], Room { player: 150.0, panel: 217.0, ..PHONE }, false, 740.0 - GAP - 217.0, 229.0);
    // Larger than the window.
    check([100.0, 1000.0], PHONE, false, 740.0 - GAP - 170.0, 100.0 - GAP);
}

#[test]
fn as_many_are_shown_as_fit() {
    let check = |targets: &[[f64; 2]], count: usize, span: [f64; 2]| {
        assert_eq!(together(targets, &PHONE), (count, span), "{targets:?}");
    };
    check(&[[10.0, 40.0]], 1, [10.0, 40.0]);
    check(&[[100.0, 130.0], [10.0, 40.0]], 2, [10.0, 130.0]);
    check(&[[10.0, 40.0], [1000.0, 1040.0]], 1, [10.0, 40.0]);
    check(&[[10.0, 1040.0], [20.0, 30.0]], 1, [10.0, 1040.0]);
}

proptest! {
    #[test]
    fn it_is_never_covered(
        top in -3_000.0..3_000.0_f64,
        height in 1.0..2_000.0_f64,
        window in 500.0..1_400.0_f64,
        player in 0.0..200.0_f64,
        panel in 80.0..220.0_f64,
        sheet: bool,
    ) {
        let room = Room { window, player, panel, reach: [10_000.0, 10_000.0], sheet };
        prop_assume!(height + (panel + GAP).max(player) + 2.0 * GAP <= window);
        let Stand { top: edge, scroll } = stand([top, top + height], &room, false);
        let (from, to) = (top - scroll, top - scroll + height);
        let near = 0.001;
        prop_assert!(edge >= GAP - near && edge + panel <= window - GAP + near, "the panel leaves the window");
        prop_assert!(from >= GAP - near && to <= window - GAP + near, "the target leaves the window");
        prop_assert!(to <= window - player + near, "the target lies under the player");
        prop_assert!(to + GAP <= edge + near || edge + panel + GAP <= from + near, "{from} to {to} lies under {edge}");
    }
}
