//! Copying, also where the page is not a secure context and `navigator.clipboard` is missing.

use gloo::utils::{body, document, window};
use tongue::{Sentence, word};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Puts `text` on the clipboard.
///
/// # Errors
/// A sentence for the visitor: the browser does not allow it.
pub async fn copy(text: &str) -> Result<(), Sentence> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    let copied = if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
    } else {
        by_selecting(text) == Some(true)
    };
    if copied { Ok(()) } else { Err(Sentence::text(REFUSED)) }
}

/// The old way, which an http:// address on a local network still has; whether it worked.
fn by_selecting(text: &str) -> Option<bool> {
    let area = document().create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    body().append_child(&area).ok()?;
    area.select();
    let old = js_sys::Reflect::get(&document(), &JsValue::from_str("execCommand"));
    let old = old.ok().and_then(|old| old.dyn_into::<js_sys::Function>().ok());
    let done = old.and_then(|old| old.call1(&document(), &JsValue::from_str("copy")).ok());
    area.remove();
    done?.as_bool()
}

const REFUSED: &str = word!(
    "The browser did not let this page copy. Allow it to use the clipboard, or mark the text and copy it by hand."
);
