use std::rc::Rc;
use tongue::say;

use trace::exhibit::{self, Exhibit};
use yew::prelude::*;

use crate::views::ui;

/// What can be taken along: the octets in several notations, a shell's line, the address.
pub(super) fn view(exhibit: &Rc<Exhibit>, copy: &Callback<String>, copy_link: Option<&Callback<()>>) -> Html {
    // Written only when asked for: a unit may be large, and the pointer makes this be drawn again.
    let button = |name: &str, write: fn(&Exhibit) -> String| {
        let exhibit = Rc::clone(exhibit);
        ui::button("chip", name, copy.reform(move |_: MouseEvent| write(&exhibit)))
    };
    html! {
        <div class="take" role="group" aria-label={say("Copy")}>
            { button(say("Copy as hex"), exhibit::hex) }
            { button(say("Copy as text"), exhibit::text) }
            if exhibit.unknown.is_empty() {
                { button(say("Copy as C array"), exhibit::c_array) }
            }
            if let Some(tool) = exhibit::tool(exhibit) {
                { button(&say!("Copy as {}", tool), exhibit::command) }
            }
            if let Some(copy_link) = copy_link {
                { ui::button("chip", say("Copy link"), copy_link.reform(|_: MouseEvent| ())) }
            }
        </div>
    }
}
