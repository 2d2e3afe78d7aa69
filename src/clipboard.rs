//! Copying, also where the page is not a secure context and `navigator.clipboard` is missing.

use gloo::utils::{body, document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlTextAreaElement;

/// Puts `text` on the clipboard as far as the browser allows it.
pub fn copy(text: &str) {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        let _ = window().navigator().clipboard().write_text(text);
        return;
    }
    let area =
        document().create_element("textarea").ok().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(area) = area else { return };
    area.set_value(text);
    if body().append_child(&area).is_ok() {
        area.select();
        // The old way, which an http:// address on a local network still has.
        let old = js_sys::Reflect::get(&document(), &JsValue::from_str("execCommand"));
        if let Some(old) = old.ok().and_then(|old| old.dyn_into::<js_sys::Function>().ok()) {
            let _ = old.call1(&document(), &JsValue::from_str("copy"));
        }
        area.remove();
    }
}
