//! The parcels of the page: what of the shell comes later, and how it is fetched.

mod fetch;

use late::Late;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::hooks::PROGRESS;
use super::{classroom, learn};
use crate::state::{Action, Parcel, ParcelAction, State, StudyAction, View};
use crate::storage::kept;
use crate::views::Act;

pub use fetch::fetch;

/// The pages on which something is taught.
pub(super) struct Teaching {
    pub(super) words: fn(&State, Option<&str>, &Callback<()>, &Act) -> Option<Html>,
    pub(super) shelves: fn(&State, &Act) -> Html,
    pub(super) whole_page: fn(classroom::Props) -> Option<Html>,
    pub(super) clicker: fn(&State, Option<bool>, Callback<(), u64>, &Act) -> Html,
    pub(super) part: fn(View) -> Option<Html>,
}

/// See [`Teaching`]; `None` until they are there.
pub(super) fn teaching() -> Option<&'static Teaching> {
    TEACHING.get()
}

/// Fetches the parcel that something waits for.
#[hook]
pub(super) fn use_parcels(store: &UseReducerHandle<State>) {
    let dispatcher = store.dispatcher();
    use_effect_with(store.fetching(), move |&wanted| {
        let Some(parcel) = wanted else { return };
        spawn_local(async move {
            let came = fetch(parcel).await;
            // What the browser had kept could not be read before.
            if let (Ok(()), Parcel::Teaching, Some(text)) = (&came, parcel, kept(PROGRESS)) {
                dispatcher.dispatch(Action::Study(StudyAction::Kept(text)));
            }
            dispatcher
                .dispatch(Action::Parcel(came.map_or_else(ParcelAction::Missed, |()| ParcelAction::Came)));
        });
    });
}

static TEACHING: Late<Teaching> = Late::of(&TAUGHT);

static TAUGHT: Teaching = Teaching {
    words: learn::words,
    shelves: learn::shelves,
    whole_page: classroom::view,
    clicker: classroom::clicker,
    part: classroom::part,
};
