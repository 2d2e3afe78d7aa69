//! What the numbers on the finished picture say.

use tongue::say;
use yew::prelude::*;

use super::{Act, glossary};

/// The notes.
pub struct Props<'a> {
    /// Number and sentence.
    pub notes: Vec<(u8, String)>,
    /// Where actions go.
    pub act: &'a Act,
}

/// The numbered list.
pub fn view(props: &Props) -> Html {
    html! {
        <ol class="notes" aria-label={say("Notes on the picture")}>
            for (number, text) in &props.notes {
                <li value={number.to_string()} key={*number}>
                    <span class="note-number" aria-hidden="true">{ number }</span><span>{ glossary::told(text, props.act) }</span>
                </li>
            }
        </ol>
    }
}
