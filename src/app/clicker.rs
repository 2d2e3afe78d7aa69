//! The keys of a clicker, and of whoever presents without one.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use trace::lesson::telling::Telling;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::keys::{HAS_OWN_KEYS, TYPES, within};
use crate::state::{ClassAction, State};

/// Listens while the page presents or shows the speaker's notes; `drive` carries out what was pressed.
#[hook]
pub(super) fn use_clicker(store: &UseReducerHandle<State>, drive: &Callback<ClassAction>) {
    let notes = matches!(store.class.telling, Telling::Noted(_));
    let on = notes || store.presents();
    // In the Lab the player has the arrows and the space bar.
    let slide = notes || store.place.is_some();
    // Listened to once: a listener that is made anew while a key is being heard would miss it.
    let driven = use_mut_ref(|| drive.clone());
    driven.replace(drive.clone());
    use_effect_with((on, slide, store.shortcuts, notes), move |&(on, slide, single, notes)| {
        let listener = on.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
                let key = event.key();
                // A clicker's keys turn the slide even where a select has the focus; its own are the arrows.
                let clicked = matches!(key.as_str(), "PageDown" | "PageUp" | "." | "b" | "B");
                let typed = within(event, TYPES) && !(clicked && within(event, "select"));
                // A key that is held is one press.
                if event.default_prevented() || modified || typed {
                    return;
                }
                let own = within(event, HAS_OWN_KEYS);
                let action = match key.as_str() {
                    "PageDown" => ClassAction::Next,
                    "PageUp" => ClassAction::Back,
                    "ArrowRight" if slide && !own => ClassAction::Next,
                    "ArrowLeft" if slide && !own => ClassAction::Back,
                    " " if slide && single && !own && !within(event, "button, a") => ClassAction::Next,
                    "." | "b" | "B" if single => ClassAction::Blank,
                    "Escape" if !notes && !popped() => ClassAction::Leave,
                    _ => return,
                };
                event.prevent_default();
                if !event.repeat() {
                    let drive = driven.borrow().clone();
                    drive.emit(action);
                }
            })
        });
        move || drop(listener)
    });
}

/// Whether something is open that Escape closes first.
fn popped() -> bool {
    matches!(document().query_selector(":popover-open"), Ok(Some(_)))
}
