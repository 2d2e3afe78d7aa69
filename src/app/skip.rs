//! Past everything that stands above each view: the bar, the knobs, the lanes' own controls.

use gloo::utils::document;
use tongue::say;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::views::ui;

/// Gives the focus to the player, or to the content, so that the next Tab leads on from there. A button,
/// because a link within the page would take the place of the address, which says what the page shows.
/// `player`: whether playing is what there is to do; a lesson has words to read first.
pub(super) fn view(player: bool) -> Html {
    let (name, place) = match player {
        true => (say("Skip to the player"), ".play"),
        false => (say("Skip to the content"), "main"),
    };
    let skip = Callback::from(move |_: MouseEvent| {
        let place = document().query_selector(place).ok().flatten();
        if let Some(place) = place.and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A button takes the focus anyway, the content only if it is told that it may.
            if !player {
                place.set_tab_index(-1);
            }
            let _ = place.focus();
        }
    });
    ui::button("skip", name, skip)
}
