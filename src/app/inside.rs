//! What is in the panels of the Lab: drawn once one of them has been opened, if it is there by then.

use yew::{Callback, Html, UseReducerHandle};

use super::hands::Hands;
use super::parcels::octets;
use super::saving;
use crate::state::{State, View};
use crate::views::{Act, knobs, panels, save, share};

/// The panel of the knobs; `None` where there are no lanes to turn them for.
pub(super) fn knobs(store: &State, taken: &share::Props, opened: bool, act: &Act) -> Option<Html> {
    let subject = store.subject();
    let inside = octets().filter(|_| opened).map(|it| {
        (it.knobs)(&knobs::Props {
            scenario: &store.scenario,
            refused: &store.refused,
            // A file is as it is.
            turns: store.import().is_none() || subject == View::Compare,
            share: share::view(taken),
            act: act.clone(),
        })
    });
    matches!(subject, View::Lab | View::Compare).then(|| panels::knobs(inside, store.awaited.missed.as_ref()))
}

/// The panel for saving. `now`: the playhead's exact time.
pub(super) fn saves(
    store: &UseReducerHandle<State>,
    hands: &Hands,
    now: &Callback<(), u64>,
    opened: bool,
    act: &Act,
) -> Html {
    let inside = octets().filter(|_| opened).map(|it| {
        let go = saving::saver(store, hands, now.clone());
        (it.saves)(&save::Props { saving: &store.saving, go, act })
    });
    panels::saving(inside, store.awaited.missed.as_ref())
}
