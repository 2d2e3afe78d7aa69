use trace::exhibit::{self, Exhibit};
use yew::prelude::*;

use crate::views::ui;

/// What can be taken along: the octets in several notations, a shell's line, the address.
pub(super) fn view(exhibit: &Exhibit, copy: &Callback<String>, copy_link: &Callback<()>) -> Html {
    let button =
        |name: &str, text: String| ui::button("chip", name, copy.reform(move |_: MouseEvent| text.clone()));
    html! {
        <div class="take" role="group" aria-label="Copy">
            { button("Copy as hex", exhibit::hex(exhibit)) }
            { button("Copy as text", exhibit::text(exhibit)) }
            if let Some(array) = exhibit::c_array(exhibit) {
                { button("Copy as C array", array) }
            }
            if let Some((tool, line)) = exhibit::command(exhibit) {
                { button(&format!("Copy as {tool}"), line) }
            }
            { ui::button("chip", "Copy link", copy_link.reform(|_: MouseEvent| ())) }
        </div>
    }
}
