//! The wheel over the stage: it zooms over the ruler, and with Ctrl over a picture. Everywhere else
//! it scrolls the page, as it should.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use trace::layout::TimeMap;
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use crate::state::{Action, CameraAction, State};

/// Listens on `stage`. Yew's own listeners for the wheel are passive: they cannot keep the page still.
#[hook]
pub(super) fn use_wheel(store: &UseReducerHandle<State>, stage: &NodeRef, map: &Rc<TimeMap>, height: f64) {
    let (dispatcher, stage, map) = (store.dispatcher(), stage.clone(), Rc::clone(map));
    let view = store.view;
    use_effect_with((Rc::clone(&map), view), move |_| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = stage.cast::<Element>().map(|stage| {
            EventListener::new_with_options(&stage, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                let Some(at) = height_under(event, height).map(|y| map.time(y)) else { return };
                event.prevent_default();
                let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE };
                let turned = (event.delta_y() * lines).clamp(-NOTCH, NOTCH) / NOTCH;
                let factor = if turned < 0.0 { 1.0 / (1.0 - turned * PACE) } else { 1.0 + turned * PACE };
                dispatcher.dispatch(Action::Camera(CameraAction::ZoomAt(at, factor)));
            })
        });
        move || drop(listener)
    });
}

/// The height in the view box under the pointer, if the wheel zooms there.
fn height_under(event: &WheelEvent, height: f64) -> Option<f64> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let zooms = if event.ctrl_key() { ".ruler-cell, .picture" } else { ".ruler-cell" };
    let frame = target.closest(zooms).ok()??.get_bounding_client_rect();
    (frame.height() > 0.0).then(|| (f64::from(event.client_y()) - frame.top()) / frame.height() * height)
}

/// Pixels of a line, where the wheel counts in lines.
const LINE: f64 = 33.0;

/// Pixels of one notch of a usual wheel.
const NOTCH: f64 = 100.0;

/// How much wider one notch makes the view.
const PACE: f64 = 0.3;
