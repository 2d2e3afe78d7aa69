//! Files that the visitor opens and saves, and the address of the page.

use gloo::utils::{document, window};
use tongue::{Sentence, word};
use trace::workbench::paste::LARGEST;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// Reads a file and hands its octets on, of a file that is too large one more than is allowed: enough
/// to be refused with a sentence. A file that cannot be read gives a sentence at once.
pub fn open(file: &web_sys::Blob, done: Callback<Result<Vec<u8>, Sentence>>) {
    let start = file.slice_with_i32_and_i32(0, (LARGEST + 1) as i32);
    spawn_local(async move {
        let buffer = match start {
            Ok(start) => JsFuture::from(start.array_buffer()).await,
            Err(refused) => Err(refused),
        };
        let octets = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
        done.emit(octets.map_err(|_| Sentence::text(GONE)));
    });
}

/// Offers octets of a media type as a file.
pub fn save(name: &str, octets: &[u8], media_type: &str) {
    // Fails only where the browser forbids downloads; it says so itself.
    let _ = offer(name, octets, media_type);
}

/// Offers a text as a file.
pub fn save_text(name: &str, text: &str) {
    save(name, text.as_bytes(), "text/plain");
}

/// The time of day, in microseconds since 1970.
pub fn moment() -> u64 {
    (js_sys::Date::now() * 1_000.0) as u64
}

/// The address of what is shown.
pub fn address() -> String {
    window().location().href().unwrap_or_default()
}

fn offer(name: &str, octets: &[u8], media_type: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(octets));
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// Why nothing of a file that was chosen can be read.
pub(crate) const GONE: &str =
    word!("The file could not be read. See that it is still there, and choose it again.");
