//! The parcels of a page that is split: what needs one waits for it, and then happens as if it had been there.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, Knob, LiveAction, Parcel, ParcelAction, Source, State, View};
use tongue::Sentence;
use yew::Reducible;

fn after(state: &State, action: Action) -> State {
    (*Rc::new(state.clone()).reduce(action)).clone()
}

const CAME: Action = Action::Parcel(ParcelAction::Came);

fn missed(parcel: Parcel) -> Action {
    Action::Parcel(ParcelAction::Missed(parcel, Sentence::of(|| "no".to_owned())))
}

/// While nothing is there yet: who goes elsewhere is not called back, and who looks into a panel loses nothing.
fn what_happens_meanwhile() {
    let check = |actions: &[Action], fetching: &[Parcel], waits: bool| {
        let state = actions.iter().fold(State::default(), |state, action| after(&state, action.clone()));
        assert_eq!(state.fetching(), fetching, "{actions:?}");
        assert_eq!(state.awaited.action.is_some(), waits, "{actions:?}");
    };
    let lessons = || Action::View(View::Lessons);
    let wanted = |parcel| Action::Parcel(ParcelAction::Wanted(parcel));
    let turned = || Action::Knob(Knob::Messages, "2".to_owned());
    check(&[lessons(), Action::View(View::Lab)], &[], false);
    check(&[lessons(), turned()], &[Parcel::Teaching], true);
    check(&[Action::Select(Some(3)), turned()], &[], false);
    check(&[lessons(), wanted(Parcel::Octets)], &[Parcel::Teaching, Parcel::Octets], true);
    check(&[lessons(), wanted(Parcel::Octets), missed(Parcel::Octets)], &[Parcel::Teaching], true);
    check(&[lessons(), wanted(Parcel::Teaching)], &[Parcel::Teaching], true);
    check(&[lessons(), wanted(Parcel::Teaching), missed(Parcel::Teaching)], &[], false);
    check(&[lessons(), missed(Parcel::Live)], &[Parcel::Teaching], true);
    check(&[lessons(), CAME], &[Parcel::Teaching], true);
    check(&[lessons(), Action::Reset], &[], false);
}

// What has come stays, in all of a program: so this is one test.
#[test]
fn what_needs_a_parcel_waits_for_it_and_then_happens() {
    let check = |parcel: Parcel, actions: &[Action], come: fn(), done: fn(&State, usize) -> bool| {
        let fresh = State::default();
        assert!(!parcel.is_here() && fresh.fetching().is_empty(), "{parcel:?}");
        for (place, action) in actions.iter().enumerate() {
            let waits = after(&fresh, action.clone());
            assert_eq!(waits.fetching(), [parcel], "{action:?}");
            assert_eq!((waits.view, waits.link().write()), (fresh.view, fresh.link().write()), "{action:?}");
            let missed = after(&waits, missed(parcel));
            assert!(missed.fetching().is_empty() && missed.notice.is_some(), "{action:?}");
            let again = after(&missed, action.clone());
            assert_eq!(again.fetching(), [parcel], "asked again: {action:?}");
            assert!(again.awaited.asked > waits.awaited.asked, "nobody would fetch it again: {action:?}");
            assert!(!done(&waits, place) && !done(&missed, place), "{action:?}");
        }
        let waiting: Vec<State> = actions.iter().map(|action| after(&fresh, action.clone())).collect();
        come();
        for (place, waits) in waiting.iter().enumerate() {
            let came = after(waits, CAME);
            assert!(came.fetching().is_empty() && !came.waits(), "{:?}", actions[place]);
            assert!(done(&came, place), "{:?}", actions[place]);
        }
    };
    let open = |link: &str| Action::Open(link.to_owned());
    what_happens_meanwhile();
    let octets = [
        Action::Select(Some(3)),
        Action::View(View::Workbench),
        open("view=workbench&tool=break"),
        open("lanes=deflate"),
    ];
    check(
        Parcel::Octets,
        &octets,
        || {
            trace::apart::come();
            wire::deflate::come();
        },
        |state, place| match place {
            0 => state.selected == Some(3),
            3 => state.link().write() == "lanes=deflate",
            _ => state.view == View::Workbench && state.desk.exhibit().is_some(),
        },
    );
    let taught = [
        Action::View(View::Lessons),
        open("view=lessons&lesson=life&beat=3"),
        open("view=compare"),
        open("card=keep-alive"),
        open("handout=ten"),
        Action::File(b"lesson=frame&beat=3".to_vec()),
        Action::Term(Some("frame")),
    ];
    check(Parcel::Teaching, &taught, trace::teaching::come, |state, place| match place {
        0 => state.view == View::Lessons,
        1 => state.place.is_some_and(|it| (it.lesson, it.beat) == ("life", 2)),
        2 => state.view == View::Compare,
        3 => state.study.is_some(),
        4 => state.class.telling.plan().is_some(),
        5 => state.place.is_some_and(|it| it.lesson == "frame"),
        _ => state.term.is_some(),
    });
    let live = [Action::Live(LiveAction::Source(Source::Live))];
    check(Parcel::Live, &live, trace::trial::come, |state, _| {
        state.live.source == Source::Live && !state.faults.rows.is_empty()
    });
}
