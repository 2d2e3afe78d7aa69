//! The page of lessons: its shelves, and the words of whatever is open there; and how a file is read.

use tongue::Sentence;
use yew::prelude::*;

use crate::files;
use crate::state::{Action, State, StudyAction};
use crate::storage;
use crate::views::{lessons, study};

/// The words of the beat, the card or the question that is open. `chosen` is the name of the field that is
/// explained on the stage.
pub(super) fn words(
    store: &State,
    chosen: Option<&str>,
    copy_link: &Callback<()>,
    act: &Callback<Action>,
) -> Option<Html> {
    let (seen, act) = (store.seen(chosen), act.clone());
    match (&store.study, store.place) {
        (Some(study), _) => {
            let (running, copy_link) = (store.experimenting(), copy_link.clone());
            Some(study::view(&study::Props { study, seen, running, copy_link, act }))
        }
        (None, Some(place)) => Some(lessons::beat(&lessons::Props { place, seen, act })),
        (None, None) => None,
    }
}

/// The shelves.
pub(super) fn shelves(store: &State, act: &Callback<Action>) -> Html {
    let written = store.progress.write();
    study::shelves(&study::Shelves {
        shelf: store.shelf,
        progress: &store.progress,
        save: Callback::from(move |()| files::save_text("duplex-progress.txt", &written)),
        open: reader(act, |octets| Action::Study(StudyAction::Import(octets))),
        kept: storage::keeps(),
        act: act.clone(),
    })
}

/// Reads the files that it is given and makes an action of their octets.
pub(super) fn reader(act: &Callback<Action>, make: fn(Vec<u8>) -> Action) -> Callback<web_sys::File> {
    let done = act.reform(move |read: Result<Vec<u8>, Sentence>| read.map_or_else(Action::Notice, make));
    Callback::from(move |file: web_sys::File| files::open(&file, done.clone()))
}
