use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Scrolls the boxes of the inspector to their start: another unit is on show.
pub(super) fn start(frame: &Element) {
    for name in BOXES {
        if let Ok(Some(outside)) = frame.query_selector(name) {
            outside.set_scroll_top(0);
        }
    }
}

/// Scrolls the boxes of the inspector, and nothing else, so that a field can be seen in each.
pub(super) fn field(frame: &Element, field: usize) {
    for name in BOXES {
        let Ok(Some(inside)) = frame.query_selector(&format!("{name} [data-field='{field}']")) else {
            continue;
        };
        let Ok(Some(outside)) = frame.query_selector(name) else { continue };
        let (Some(inside), Some(outside)) =
            (inside.dyn_ref::<HtmlElement>(), outside.dyn_ref::<HtmlElement>())
        else {
            continue;
        };
        let (from, to) = (outside.get_bounding_client_rect(), inside.get_bounding_client_rect());
        // A dump's head stays on top of its rows.
        let (above, below) = (to.top() - from.top() - HEAD, to.bottom() - from.bottom());
        // What begins below the edge may go on for some lines.
        let below = if below > 0.0 { below + from.height() / 3.0 } else { 0.0 };
        let by = if above < 0.0 { above } else { below };
        outside.set_scroll_top(outside.scroll_top() + by as i32);
    }
}

const BOXES: [&str; 2] = [".dump-box", ".fields"];
/// Pixels.
const HEAD: f64 = 26.0;
