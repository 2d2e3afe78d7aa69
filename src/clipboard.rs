//! Copying, also where the page is not a secure context and `navigator.clipboard` is missing.

use gloo::utils::{body, document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Puts `text` on the clipboard; whether the browser has allowed it.
pub async fn copy(text: &str) -> bool {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        return JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok();
    }
    let area =
        document().create_element("textarea").ok().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(area) = area else { return false };
    area.set_value(text);
    if body().append_child(&area).is_err() {
        return false;
    }
    area.select();
    // The old way, which an http:// address on a local network still has.
    let old = js_sys::Reflect::get(&document(), &JsValue::from_str("execCommand"));
    let old = old.ok().and_then(|old| old.dyn_into::<js_sys::Function>().ok());
    let done = old.and_then(|old| old.call1(&document(), &JsValue::from_str("copy")).ok());
    area.remove();
    done.is_some_and(|done| done.is_truthy())
}
