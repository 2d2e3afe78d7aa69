//! What the browser itself may have against a request: it tells a script only that it failed.

use gloo::utils::window;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::address::{Address, is_loopback};
use super::clock::{Waited, now, within};
use super::{Stop, words};

/// Why this page may not reach `target`, as far as anybody can tell; asked only after a failure.
pub(super) async fn obstacle(target: &Address) -> Option<&'static str> {
    let location = window().location();
    let page = location.hostname().unwrap_or_default();
    if page.is_empty() || is_loopback(&page) {
        return None;
    }
    if is_loopback(&target.hostname) {
        if !window().is_secure_context() {
            return Some(words::INSECURE);
        }
        let state = within(permission("loopback-network"), now() + PATIENCE, &Stop::new()).await;
        let Waited::Done(Some(state)) = state else { return None };
        return words::permission(&state);
    }
    let plain = matches!(target.scheme.as_str(), "http:" | "ws:");
    (plain && location.protocol().is_ok_and(|it| it == "https:")).then_some(words::MIXED)
}

/// `navigator.permissions.query`, where the browser knows it and the name.
async fn permission(name: &str) -> Option<String> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &JsValue::from_str(name)).ok();
    let permissions = get(&window().navigator(), "permissions").filter(JsValue::is_object)?;
    let query: Function = get(&permissions, "query")?.dyn_into().ok()?;
    let descriptor = Object::new();
    Reflect::set(&descriptor, &JsValue::from_str("name"), &JsValue::from_str(name)).ok()?;
    let asked: Promise = query.call1(&permissions, &descriptor).ok()?.dyn_into().ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    get(&status, "state")?.as_string()
}

/// In microseconds.
const PATIENCE: u64 = 2_000_000;
