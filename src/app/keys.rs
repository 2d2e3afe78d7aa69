//! Single keys: the player's, and those of every view.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::state::{Action, CameraAction, State, View};
use crate::views::lens::HALF_A_PAGE;

/// Single keys for the player, except where the visitor types or a control has its own use for them.
#[hook]
pub(super) fn use_keys(store: &UseReducerHandle<State>, now: &Rc<Cell<u64>>) {
    let (dispatcher, now) = (store.dispatcher(), Rc::clone(now));
    let on = store.shortcuts && store.subject() == View::Lab && !store.is_for_class();
    use_effect_with((on, store.playing), move |&(on, playing)| {
        let listener = on.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
                if event.default_prevented() || modified {
                    return;
                }
                let at = now.get();
                let looks = match (event.key().as_str(), event.shift_key()) {
                    ("+" | "=", _) => Some(CameraAction::ZoomIn),
                    ("-", _) => Some(CameraAction::ZoomOut),
                    ("0", _) => Some(CameraAction::Whole),
                    ("ArrowUp" | "ArrowLeft", true) => Some(CameraAction::Pan(-HALF_A_PAGE)),
                    ("ArrowDown" | "ArrowRight", true) => Some(CameraAction::Pan(HALF_A_PAGE)),
                    _ => None,
                };
                let action = match (event.key().as_str(), looks) {
                    _ if within(event, TYPES) => return,
                    (_, Some(looks)) => Action::Camera(looks),
                    _ if within(event, HAS_OWN_KEYS) => return,
                    (" ", _) if within(event, "button, a") => return,
                    (" ", _) if playing => Action::Pause(at),
                    (" ", _) => Action::Play,
                    ("ArrowLeft", _) => Action::StepBack(at),
                    ("ArrowRight", _) => Action::StepForward(at),
                    ("Home", _) => Action::Seek(0),
                    ("End", _) => Action::Seek(u64::MAX),
                    _ => return,
                };
                event.prevent_default();
                dispatcher.dispatch(action);
            })
        });
        move || drop(listener)
    });
}

/// The keys of every view.
#[hook]
pub(super) fn use_common_keys(store: &UseReducerHandle<State>) {
    use_escape(store);
    use_help(store.shortcuts);
}

/// Escape takes call-outs away, wherever the focus is and whether or not single keys are on.
#[hook]
fn use_escape(store: &UseReducerHandle<State>) {
    let dispatcher = store.dispatcher();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&document(), "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                dispatcher.dispatch(Action::Camera(CameraAction::Hush));
            }
        });
        move || drop(listener)
    });
}

/// The question mark opens help and closes it, as its button does.
#[hook]
fn use_help(shortcuts: bool) {
    use_effect_with(shortcuts, |&on| {
        let listener = on.then(|| {
            EventListener::new(&document(), "keydown", |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
                if event.key() != "?" || event.default_prevented() || modified || within(event, TYPES) {
                    return;
                }
                let Ok(Some(button)) = document().query_selector("[popovertarget=help]") else { return };
                // With the focus on it, Tab goes on into the sheet, and Escape comes back here.
                if let Ok(button) = button.dyn_into::<web_sys::HtmlElement>() {
                    let _ = button.focus();
                    button.click();
                }
            })
        });
        move || drop(listener)
    });
}

/// Whether the element that has the focus is within one that `selector` names.
pub(super) fn within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
}

/// Where every key is for writing or choosing.
pub(super) const TYPES: &str = "input:not([type=range]), select, textarea, [role=dialog]";

/// What uses the player's keys itself.
pub(super) const HAS_OWN_KEYS: &str = "input, summary, [role=listbox], .scroll, .inspector";
