//! What the browser keeps for the page from visit to visit.

use gloo::utils::window;

/// Whether the browser keeps anything for this page.
pub fn keeps() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// What is kept under a name; nothing also where the browser keeps nothing for this page.
pub fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name. A browser that keeps nothing forgets it with the page.
pub fn keep(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Refused only if there is no more room.
        let _ = storage.set_item(name, text);
    }
}
