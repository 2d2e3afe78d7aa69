//! The window follows the playhead where lanes stand below one another, higher than the window: a page at a
//! time, so that what is read keeps still.

use gloo::utils::{document, window};
use web_sys::Element;

/// Brings the playhead into sight, on the lane that is looked at: the first that reaches into the upper part of
/// the window. Nothing, where the visitor looks at something else.
pub(super) fn follow() {
    let Some(player) = found(".controls").map(|player| player.get_bounding_client_rect().top()) else {
        return;
    };
    let Ok(lanes) = document().query_selector_all(".overlay") else { return };
    for index in 0..lanes.length() {
        let lane = lanes.get(index).and_then(|lane| wasm_bindgen::JsCast::dyn_into::<Element>(lane).ok());
        let Some(lane) = lane else { continue };
        let frame = lane.get_bounding_client_rect();
        if frame.bottom() < player / 4.0 || frame.top() > player {
            continue;
        }
        // What hides the future begins at the playhead.
        let Ok(Some(curtain)) = lane.query_selector("[data-playhead]") else { return };
        let line = curtain.get_bounding_client_rect().top();
        if line < 0.0 || line > player {
            window().scroll_by_with_x_and_y(0.0, line - player / 4.0);
        }
        return;
    }
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
