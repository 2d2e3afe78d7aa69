//! The parcels of a page that is split: what needs one waits for it, and then happens as if it had been there.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, LiveAction, Parcel, ParcelAction, Source, State, View};
use tongue::Sentence;
use yew::Reducible;

fn after(state: &State, action: Action) -> State {
    (*Rc::new(state.clone()).reduce(action)).clone()
}

const CAME: Action = Action::Parcel(ParcelAction::Came);

// What has come stays, in all of a program: so this is one test.
#[test]
fn what_needs_a_parcel_waits_for_it_and_then_happens() {
    let check = |parcel: Parcel, actions: &[Action], come: fn(), done: fn(&State, usize) -> bool| {
        let fresh = State::default();
        assert!(!parcel.is_here() && fresh.fetching().is_none(), "{parcel:?}");
        for (place, action) in actions.iter().enumerate() {
            let waits = after(&fresh, action.clone());
            assert_eq!(waits.fetching(), Some(parcel), "{action:?}");
            assert_eq!((waits.view, waits.link().write()), (fresh.view, fresh.link().write()), "{action:?}");
            let missed = Sentence::of(|| "no".to_owned());
            let missed = after(&waits, Action::Parcel(ParcelAction::Missed(missed)));
            assert!(missed.fetching().is_none() && missed.notice.is_some(), "{action:?}");
            assert_eq!(after(&missed, action.clone()).fetching(), Some(parcel), "asked again: {action:?}");
            assert!(!done(&waits, place) && !done(&missed, place), "{action:?}");
        }
        let waiting: Vec<State> = actions.iter().map(|action| after(&fresh, action.clone())).collect();
        come();
        for (place, waits) in waiting.iter().enumerate() {
            let came = after(waits, CAME);
            assert!(came.fetching().is_none() && came.awaited.is_none(), "{:?}", actions[place]);
            assert!(done(&came, place), "{:?}", actions[place]);
        }
    };
    let open = |link: &str| Action::Open(link.to_owned());
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
        Action::Term(Some("frame")),
    ];
    check(Parcel::Teaching, &taught, trace::teaching::come, |state, place| match place {
        0 => state.view == View::Lessons,
        1 => state.place.is_some_and(|it| (it.lesson, it.beat) == ("life", 2)),
        2 => state.view == View::Compare,
        3 => state.study.is_some(),
        4 => state.class.telling.plan().is_some(),
        _ => state.term.is_some(),
    });
    let live = [Action::Live(LiveAction::Source(Source::Live))];
    check(Parcel::Live, &live, trace::trial::come, |state, _| {
        state.live.source == Source::Live && !state.faults.rows.is_empty()
    });
}
