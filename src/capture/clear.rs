//! The window from which live requests are made. On a static host the page may be under a service worker, so that
//! it opens without a network; whatever such a page fetches passes through that worker first, and WebSockets never
//! do: an unfair race. So a frame asks, in whose scope there is only a worker that no browser asks (`hosting/`).

use std::cell::RefCell;

use gloo::utils::{body, document, window};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlIFrameElement, Window};

use super::Stop;
use super::clock::{Waited, now, within};

/// A frame's window.
struct Clear {
    window: Window,
    /// By how many milliseconds the page's clock is ahead of the frame's, which began later.
    ahead: f64,
}

thread_local! {
    /// It stays as long as the page does.
    static CLEAR: RefCell<Option<Clear>> = const { RefCell::new(None) };
}

/// Makes the way clear before anything is asked. Where that cannot be, [`is_clear`] knows.
pub(super) async fn make(stop: &Stop) {
    if is_clear() {
        return;
    }
    let Some(frame) = frame() else { return };
    let loading = Promise::new(&mut |loaded, _| frame.set_onload(Some(&loaded)));
    // Nothing may be there: then the frame shows the browser's own words, which are out of reach.
    let loaded = body().append_child(&frame).is_ok()
        && matches!(within(JsFuture::from(loading), now() + PATIENCE, stop).await, Waited::Done(_))
        && frame.content_document().is_some();
    frame.set_onload(None);
    match frame.content_window().filter(|window| loaded && worker(window).is_none_or(|it| it.ends_with(IDLE)))
    {
        Some(window) => {
            let ahead = ahead(&window);
            CLEAR.set(Some(Clear { window, ahead }));
        }
        None => frame.remove(),
    }
}

/// Whether no service worker stands between this page's requests and the network.
pub(super) fn is_clear() -> bool {
    CLEAR.with_borrow(Option::is_some) || worker(&window()).is_none()
}

/// Where requests are made.
pub(super) fn place() -> Window {
    CLEAR.with_borrow(|clear| clear.as_ref().map(|it| it.window.clone())).unwrap_or_else(window)
}

/// Makes something there with its constructor of this name. What belongs to another window is no instance of this
/// window's classes, though it behaves the same.
pub(super) fn construct<T: JsCast>(name: &str, argument: &JsValue) -> Option<T> {
    let class: Function = Reflect::get(&place(), &name.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(argument)).ok().map(JsCast::unchecked_into)
}

/// The page's time, in milliseconds, at what its clock calls `time` there.
pub(super) fn on_page(time: f64) -> f64 {
    time + CLEAR.with_borrow(|clear| clear.as_ref().map_or(0.0, |it| it.ahead))
}

fn frame() -> Option<HtmlIFrameElement> {
    let frame: HtmlIFrameElement = document().create_element("iframe").ok()?.unchecked_into();
    frame.set_hidden(true);
    frame.set_src("clear.html");
    Some(frame)
}

/// The script of the service worker that a window is under, if any.
fn worker(window: &Window) -> Option<String> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok().filter(JsValue::is_object);
    let controller = get(&get(&window.navigator(), "serviceWorker")?, "controller")?;
    Reflect::get(&controller, &"scriptURL".into()).ok()?.as_string()
}

/// The mean of many readings: each is off by up to a step of either clock.
fn ahead(there: &Window) -> f64 {
    let (Some(here), Some(there)) = (window().performance(), there.performance()) else { return 0.0 };
    let until = here.now() + LONG_ENOUGH;
    let (mut sum, mut count) = (0.0, 0.0);
    while count == 0.0 || here.now() < until {
        sum += here.now() - there.now();
        count += 1.0;
    }
    sum / count
}

/// The end of the address of the worker that does nothing.
const IDLE: &str = "/clear.js";

/// In milliseconds: some steps of the coarsest clock that is usual.
const LONG_ENOUGH: f64 = 6.0;

/// In microseconds.
const PATIENCE: u64 = 5_000_000;
