//! What is on the stage leaves: as a file, or as text onto the clipboard.

use std::rc::Rc;

use interchange::Format;
use tongue::{Sentence, say, word};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerDispatcher, UseReducerHandle};

use super::hands::Hands;
use super::opening::Held;
use super::parcels::{fetch, octets};
use crate::porter::{self, News, Written};
use crate::state::{Action, Parcel, SaveAction, State, Way, file_name};
use crate::{clipboard, files};

/// Saves what is on the stage, as soon as what does that is there.
pub(super) fn saver(store: &UseReducerHandle<State>, hands: &Hands) -> Callback<(Format, Way)> {
    let (store, held) = (store.clone(), hands.saves());
    Callback::from(move |(format, way): (Format, Way)| {
        let (store, held) = (store.clone(), Rc::clone(&held));
        spawn_local(async move {
            match (fetch(Parcel::Octets).await, octets()) {
                (Ok(()), Some(parcel)) => (parcel.save)(&store, &held, format, way),
                (Err(why), _) => tell(&store.dispatcher(), why),
                (Ok(()), None) => {}
            }
        });
    })
}

/// Writes what is on the stage in a format, and takes it a way. It tells the store how that goes.
pub(super) fn save(store: &UseReducerHandle<State>, held: &Held, format: Format, way: Way) {
    let run = store.run();
    let (name, act) = (file_name(&run, format.extension()), store.dispatcher());
    let writing = name.clone();
    tell(&act, Sentence::of(move || say!("Writing {}.", writing)));
    let told = act.clone();
    let epoch = store.epoch().unwrap_or_else(files::moment);
    let begun = porter::write(&run, format, store.saving.secrets, epoch, move |news| match news {
        News::Progress(_) => {}
        News::Done(Ok(written)) => hand_out(written, name.clone(), way, told.clone()),
        News::Done(Err(why)) => tell(&told, why),
    });
    match begun {
        // Whatever is still being written is given up for this.
        Ok(errand) => *held.borrow_mut() = Some(errand),
        Err(why) => tell(&act, why),
    }
}

fn hand_out(written: Written, name: String, way: Way, act: UseReducerDispatcher<State>) {
    let Written { octets, media_type, problems } = written;
    match way {
        Way::File => {
            files::save(&name, &octets, &media_type);
            let saved = Sentence::of(move || say!("Saved as {}.", name));
            act.dispatch(Action::Save(SaveAction::Told(saved, problems)));
        }
        Way::Clipboard => spawn_local(async move {
            let text = String::from_utf8_lossy(&octets);
            match clipboard::copy(&text).await {
                Ok(()) => {
                    let copied = Sentence::text(word!("Copied."));
                    act.dispatch(Action::Save(SaveAction::Told(copied, problems)));
                }
                Err(why) => tell(&act, why),
            }
        }),
    }
}

fn tell(act: &UseReducerDispatcher<State>, status: Sentence) {
    act.dispatch(Action::Save(SaveAction::Told(status, Vec::new())));
}
