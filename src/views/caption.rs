//! The sentence that says what the picture means at this moment.

use trace::caption::Caption;
use yew::prelude::*;

use super::{Act, glossary, ui};

/// What the caption says.
pub struct Props<'a> {
    /// The sentence.
    pub caption: Caption,
    /// Whether it changes by itself: then a screen reader is not told each time.
    pub playing: bool,
    /// Where actions go.
    pub act: &'a Act,
}

/// The caption.
pub fn view(props: &Props) -> Html {
    // Nobody can press a word that is gone in a moment.
    let told = |text: &str| match props.playing {
        true => ui::figured(text),
        false => glossary::told(text, props.act),
    };
    html! {
        <p class="caption" aria-live={if props.playing {"off"} else {"polite"}}>
            { told(&props.caption.text) }
            if !props.caption.emphasis.is_empty() {
                {" "}<em class={props.caption.waited.then_some("waited")}>{ told(&props.caption.emphasis) }</em>
            }
        </p>
    }
}
