//! The sentence that says what the picture means at this moment.

use trace::caption::Caption;
use yew::prelude::*;

use super::ui;

/// What the caption says.
pub struct Props {
    /// The sentence.
    pub caption: Caption,
    /// Whether it changes by itself: then a screen reader is not told each time.
    pub playing: bool,
}

/// The caption.
pub fn view(props: &Props) -> Html {
    html! {
        <p class="caption" aria-live={if props.playing {"off"} else {"polite"}}>
            { ui::figured(&props.caption.text) }
            if !props.caption.emphasis.is_empty() {
                {" "}<em>{ ui::figured(&props.caption.emphasis) }</em>
            }
        </p>
    }
}
