//! What the numbers on the finished picture say.

use tongue::say;
use yew::prelude::*;

use super::ui;

/// The notes.
pub struct Props {
    /// Number and sentence.
    pub notes: Vec<(u8, String)>,
}

/// The numbered list.
pub fn view(props: &Props) -> Html {
    html! {
        <ol class="notes" aria-label={say("Notes on the picture")}>
            for (number, text) in &props.notes {
                <li value={number.to_string()} key={*number}>
                    <span class="note-number" aria-hidden="true">{ number }</span><span>{ ui::figured(text) }</span>
                </li>
            }
        </ol>
    }
}
