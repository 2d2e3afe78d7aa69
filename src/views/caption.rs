//! The sentence that says what the picture means at this moment.

use tongue::say;
use trace::caption::Caption;
use yew::prelude::*;

use super::{Act, glossary, ui};

/// What the caption says.
pub struct Props<'a> {
    /// The sentence.
    pub caption: Caption,
    /// Whether it changes by itself: then a screen reader is not told each time.
    pub playing: bool,
    /// Shows the octets of what is selected, where they stand below the lanes.
    pub octets: Option<Callback<()>>,
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
        <div class="caption-line">
        <p class="caption" aria-live={if props.playing {"off"} else {"polite"}}>
            { told(&props.caption.text) }
            if !props.caption.emphasis.is_empty() {
                {" "}<em class={props.caption.waited.then_some("waited")}>{ told(&props.caption.emphasis) }</em>
            }
        </p>
        if let Some(octets) = &props.octets {
            { ui::button("chip", say("Octets below ↓"), octets.reform(|_: MouseEvent| ())) }
        }
        </div>
    }
}
