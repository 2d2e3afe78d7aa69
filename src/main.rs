//! Mounts the page, in the visitor’s language.

use duplex::app::{App, Props, fetch, fragment};
use duplex::language;
use duplex::state::{Language, Parcel};

/// Two kilobytes smaller, compressed, than the allocator that comes with the target.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    wasm_bindgen_futures::spawn_local(async {
        let wanted = language::wanted();
        // A link is opened at once where it leads to; what cannot be had now is asked for again there.
        if let Some(parcel) = Parcel::of_link(&fragment()) {
            let _ = fetch(parcel).await;
        }
        // Whose words cannot be had is not spoken, and the page says why.
        let (language, notice) = match language::learn(wanted).await {
            Ok(()) => (wanted, None),
            Err(sentence) => (Language::English, Some(sentence)),
        };
        yew::Renderer::<App>::with_props(Props { language, notice, ..Props::default() }).render();
    });
}
