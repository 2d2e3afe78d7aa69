//! Simulated or live: what the stage shows.

use tongue::say;
use yew::prelude::*;

use super::Act;
use crate::state::{Action, LiveAction, Source};

/// What the choice needs.
pub struct Props {
    /// What is shown.
    pub source: Source,
    /// Where actions go.
    pub act: Act,
}

/// The radio group.
pub fn view(props: &Props) -> Html {
    html! {
        <div class="source" role="radiogroup" aria-label={say("Source")}>
            for (source, name) in [(Source::Simulated, say("Simulated")), (Source::Live, say("Live"))] {
                <label class={(source == props.source).then_some("chosen")}>
                    <input type="radio" name="source" checked={source == props.source}
                        onchange={props.act.reform(move |_: Event| Action::Live(LiveAction::Source(source)))} />
                    { name }
                </label>
            }
        </div>
    }
}
