//! How a file comes in: chosen, dropped anywhere on the page, or pasted as text.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use tongue::{Sentence, say};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, ClipboardEvent, DataTransfer, DragEvent, Element, File};
use yew::prelude::*;

use super::hands::Hands;
use super::keys::TYPES;
use super::parcels::{fetch, octets};
use crate::files;
use crate::porter::{self, Errand, News};
use crate::state::{Action, Import, ImportAction, Parcel, ParcelAction, State};

/// What the page can do about files.
pub(super) struct Opening {
    /// Opens one.
    pub(super) open: Callback<File>,
    /// Ends the reading.
    pub(super) cancel: Callback<()>,
    /// Whether one is being dragged over the page.
    pub(super) dragged: bool,
}

/// The errand that is under way, if any.
pub(super) type Held = Rc<RefCell<Option<Errand>>>;

/// Opens what is dropped and pasted, and hands out what opens the rest.
#[hook]
pub(super) fn use_opening(store: &UseReducerHandle<State>, hands: &Hands) -> Opening {
    let dispatcher = store.dispatcher();
    let dragged = use_state(|| false);
    let held = hands.files();
    let open: Callback<(String, Blob)> = {
        let held = Rc::clone(&held);
        use_callback((), move |(name, file), ()| begin(name, file, &dispatcher, &held))
    };
    let (dropped, over) = (open.clone(), dragged.setter());
    use_effect_with((), move |()| {
        let listeners = ["dragover", "dragleave", "drop"].map(|kind| {
            let (open, over) = (dropped.clone(), over.clone());
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), kind, options, move |event| {
                let Some(event) = event.dyn_ref::<DragEvent>() else { return };
                let Some(brought) = event.data_transfer().filter(has_files) else { return };
                // Else the browser would leave the page for the file.
                event.prevent_default();
                // Whoever leaves for another element of the page has not left the page.
                over.set(kind == "dragover" || (kind == "dragleave" && event.related_target().is_some()));
                if kind == "drop" {
                    first(&brought).into_iter().for_each(|file| open.emit(named(file)));
                }
            })
        });
        let paste = EventListener::new(&document(), "paste", move |event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let brought = event.clipboard_data().filter(|_| !is_typed(event));
            brought.as_ref().and_then(pasted).into_iter().for_each(|brought| dropped.emit(brought));
        });
        move || drop((listeners, paste))
    });
    let cancel = store.dispatcher();
    Opening {
        open: open.reform(named),
        cancel: Callback::from(move |()| {
            *held.borrow_mut() = None;
            cancel.dispatch(Action::Import(ImportAction::Cancelled));
        }),
        dragged: *dragged,
    }
}

/// A small file may hold a link; everything else is for the porter.
fn begin(name: String, file: Blob, dispatcher: &UseReducerDispatcher<State>, held: &Held) {
    let (act, held) = (dispatcher.clone(), Rc::clone(held));
    if file.size() > LARGEST_LINK {
        return carry(name, file, act, &held);
    }
    let whole = file.clone();
    files::open(
        &file,
        Callback::from(move |read: Result<Vec<u8>, Sentence>| match read {
            Ok(octets) if State::is_link(&octets) => act.dispatch(Action::File(octets)),
            Ok(_) => carry(name.clone(), whole.clone(), act.clone(), &held),
            Err(why) => act.dispatch(Action::Notice(why)),
        }),
    );
}

/// Has a file read, as soon as what does that is there.
fn carry(name: String, file: Blob, act: UseReducerDispatcher<State>, held: &Held) {
    // Whatever is still being read is given up for this, even if this turns out to be nothing.
    *held.borrow_mut() = None;
    let held = Rc::clone(held);
    act.dispatch(Action::Parcel(ParcelAction::Wanted(Parcel::Octets)));
    spawn_local(async move {
        match (fetch(Parcel::Octets).await, octets()) {
            (Ok(()), Some(parcel)) => (parcel.read)(name, file, act, &held),
            (Err(why), _) => act.dispatch(Action::Notice(why)),
            (Ok(()), None) => {}
        }
    });
}

/// Has a file read, and tells the store how that goes.
pub(super) fn read(name: String, file: Blob, act: UseReducerDispatcher<State>, held: &Held) {
    let import = |action| Action::Import(action);
    act.dispatch(import(ImportAction::Begun(name.clone())));
    let (told, called) = (act.clone(), name.clone());
    let begun = porter::read(name, file, move |news| {
        told.dispatch(import(match news {
            News::Progress(part) => ImportAction::Progress(part),
            News::Done(Ok(read)) => {
                ImportAction::Read(Rc::new(Import::of(called.clone(), read.run, read.problems)))
            }
            News::Done(Err(why)) => ImportAction::Refused(why),
        }));
    });
    match begun {
        Ok(errand) => *held.borrow_mut() = Some(errand),
        Err(why) => act.dispatch(import(ImportAction::Refused(why))),
    }
}

fn named(file: File) -> (String, Blob) {
    (file.name(), file.into())
}

/// Whether files are dragged, rather than a part of the page.
fn has_files(brought: &DataTransfer) -> bool {
    brought.types().includes(&JsValue::from_str("Files"), 0)
}

fn first(brought: &DataTransfer) -> Option<File> {
    brought.files()?.get(0)
}

/// A file that is pasted, or a text that may be one.
fn pasted(brought: &DataTransfer) -> Option<(String, Blob)> {
    if let Some(file) = first(brought) {
        return Some(named(file));
    }
    let text = brought.get_data("text/plain").ok()?;
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    Some((say("what was pasted").to_owned(), Blob::new_with_str_sequence(&parts).ok()?))
}

/// Whether a text is pasted where one is written.
fn is_typed(event: &ClipboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest(TYPES), Ok(Some(_))))
}

/// No file with a link is larger, in octets.
const LARGEST_LINK: f64 = 65_536.0;
