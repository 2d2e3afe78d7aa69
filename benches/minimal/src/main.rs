//! As little as a page in Yew can be: a line of text, and the mark by which the bench knows that it is there.

use gloo::utils::document;
use yew::prelude::*;

#[component]
fn Page() -> Html {
    use_effect_with((), |()| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-ready", "true");
        }
    });
    html! { <p>{ "Hello" }</p> }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
