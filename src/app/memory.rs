//! What the browser keeps for this page from visit to visit. Without a storage, as in some private
//! windows, nothing is kept, and everything else works.

use gloo::utils::window;

/// Where the chosen colours are kept.
pub(super) const THEME: &str = "duplex-theme";

/// Where the learner's progress is kept.
pub(super) const PROGRESS: &str = "duplex-progress";

/// What was kept under a name.
pub(super) fn kept(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Keeps a text under a name.
pub(super) fn keep(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Refused where there is no room; the page goes on without.
        let _ = storage.set_item(name, text);
    }
}
