//! The parcels of the page: what of the shell comes later, and how it is fetched.

mod fetch;

use late::Late;
use trace::chat::Wish;
use trace::workbench::Desk;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;
use yew::prelude::*;

use super::hands::{Hands, Start};
use super::hooks::PROGRESS;
use super::opening::{self, Held};
use super::{below, classroom, learn, saving};
use crate::capture::{Chat, Stop};
use crate::state::{Action, Form, LiveAction, Parcel, ParcelAction, State, StudyAction, View, Way};
use crate::storage::kept;
use crate::views::panels::Inside;
use crate::views::{Act, compare, glossary, help, knobs, octets, save};
use crate::{chat_run, live_run};

pub use fetch::fetch;

/// What shows octets, and what carries them in and out as files.
pub(super) struct Octets {
    pub(super) drawer: fn(&octets::Props) -> Html,
    pub(super) alone: fn(&Desk, Option<usize>, &Act) -> Html,
    pub(super) bench: fn(&State, &Act, &Callback<String>, &Callback<()>) -> Html,
    pub(super) knobs: fn(&knobs::Props) -> Html,
    pub(super) saves: fn(&save::Props) -> Html,
    pub(super) save: Save,
    pub(super) read: fn(String, Blob, UseReducerDispatcher<State>, &Held),
}

/// What talks to servers, and shows how that went.
pub(super) struct Live {
    pub(super) run: Start,
    pub(super) fulfil: fn(Wish, &State, UseReducerDispatcher<State>, &mut Option<Chat>),
    pub(super) below: fn(&UseReducerHandle<State>, &Hands, bool, &Act, &Callback<String>) -> Html,
}

/// The pages on which something is taught.
pub(super) struct Teaching {
    pub(super) words: fn(&State, Option<&str>, &Callback<()>, &Act) -> Option<Html>,
    pub(super) shelves: fn(&State, &Act) -> Html,
    pub(super) whole_page: fn(classroom::Props) -> Option<Html>,
    pub(super) clicker: fn(&State, Option<bool>, Callback<(), u64>, &Act) -> Html,
    pub(super) part: fn(View) -> Option<Html>,
    pub(super) compare: fn(compare::Props) -> Html,
    pub(super) inside: Inside,
}

/// Saves what is on the stage in a form, and takes it a way; it may ask for the playhead's exact time.
type Save = fn(&UseReducerHandle<State>, &Held, (Form, Way), &Callback<(), u64>);

/// See [`Octets`]; `None` until it is there.
pub(super) fn octets() -> Option<&'static Octets> {
    OCTETS.get()
}

/// See [`Live`]; `None` until it is there.
pub(super) fn live() -> Option<&'static Live> {
    LIVE.get()
}

/// A live run, as soon as what talks to servers is there.
pub(super) fn run(state: &State, store: UseReducerDispatcher<State>, stop: Stop) {
    let state = state.clone();
    // So that the page says what it waits for.
    store.dispatch(Action::Parcel(ParcelAction::Wanted(Parcel::Live)));
    spawn_local(async move {
        match (fetch(Parcel::Live).await, live()) {
            (Err(why), _) => store.dispatch(Action::Live(LiveAction::Refused(why))),
            (Ok(()), Some(live)) if !stop.is_stopped() => (live.run)(&state, store, stop),
            _ => {}
        }
    });
}

/// See [`Teaching`]; `None` until they are there.
pub(super) fn teaching() -> Option<&'static Teaching> {
    TEACHING.get()
}

/// Fetches the parcel that something waits for.
#[hook]
pub(super) fn use_parcels(store: &UseReducerHandle<State>) {
    let dispatcher = store.dispatcher();
    // The first thing that nearly everybody does is to choose a mark; and the Lab's words are marked once their
    // meanings are there. If they do not come now they are asked for when they are needed.
    use_effect_with((), move |()| {
        let wanted = !Parcel::Octets.is_here();
        spawn_local(async move {
            if wanted && fetch(Parcel::Octets).await.is_ok() {
                dispatcher.dispatch(Action::Parcel(ParcelAction::Came));
            }
        });
    });
    let dispatcher = store.dispatcher();
    let wanted = store.fetching();
    // Asked for again, what did not come is fetched again; but not before.
    let (asked, lab) = (store.awaited.asked, wanted.contains(&Parcel::Live));
    use_effect_with((asked, lab), move |_| {
        for parcel in wanted {
            let dispatcher = dispatcher.clone();
            spawn_local(async move {
                let came = fetch(parcel).await;
                // What the browser had kept could not be read before.
                if let (Ok(()), Parcel::Teaching, Some(text)) = (&came, parcel, kept(PROGRESS)) {
                    dispatcher.dispatch(Action::Study(StudyAction::Kept(text)));
                }
                let told = came.map_or_else(|why| ParcelAction::Missed(parcel, why), |()| ParcelAction::Came);
                dispatcher.dispatch(Action::Parcel(told));
            });
        }
    });
}

static OCTETS: Late<Octets> = Late::of(&SHOWN);

static SHOWN: Octets = Octets {
    drawer: octets::view,
    alone: octets::alone,
    bench: below::bench,
    knobs: knobs::view,
    saves: save::view,
    save: saving::save,
    read: opening::read,
};

static LIVE: Late<Live> = Late::of(&TALKED);

static TALKED: Live = Live { run: live_run::start, fulfil: chat_run::fulfil, below: below::view };

static TEACHING: Late<Teaching> = Late::of(&TAUGHT);

static TAUGHT: Teaching = Teaching {
    words: learn::words,
    shelves: learn::shelves,
    whole_page: classroom::view,
    clicker: classroom::clicker,
    part: classroom::part,
    compare: compare::view,
    inside: Inside { glossary: glossary::view, help: help::view },
};
