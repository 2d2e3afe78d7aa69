//! Simulated, live, or from a file: what the stage shows.

use tongue::say;
use yew::prelude::*;

use super::Act;
use crate::state::{Action, LiveAction, Source};

/// What the choice needs.
pub struct Props {
    /// What is shown.
    pub source: Source,
    /// Whether a file was opened.
    pub opened: bool,
    /// Where actions go.
    pub act: Act,
}

/// The radio group.
pub fn view(props: &Props) -> Html {
    let ways =
        [(Source::Simulated, say("Simulated")), (Source::Live, say("Live")), (Source::File, say("File"))];
    html! {
        <div class="source" role="radiogroup" aria-label={say("Source")}>
            for (source, name) in ways.into_iter().filter(|way| props.opened || way.0 != Source::File) {
                <label class={(source == props.source).then_some("chosen")}>
                    <input type="radio" name="source" checked={source == props.source}
                        onchange={props.act.reform(move |_: Event| Action::Live(LiveAction::Source(source)))} />
                    { name }
                </label>
            }
        </div>
    }
}
