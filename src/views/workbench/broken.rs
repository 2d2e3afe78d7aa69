use tongue::say;
use trace::workbench::broken::Case;
use yew::prelude::*;

use super::super::svg;
use crate::state::DeskAction;

/// The rules to break, and what the chosen one is about.
pub(super) fn view(chosen: &str, act: &Callback<DeskAction>) -> Html {
    let case = |case: &'static Case| {
        let onclick = act.reform(move |_: MouseEvent| DeskAction::Case(case.id));
        html! {
            <li key={case.id}>
                <button type="button" class="unit" aria-current={(case.id == chosen).then_some("true")} {onclick}>{ say(case.name) }</button>
            </li>
        }
    };
    html! {
        <div class="breaking">
            <ul class="units scroll" aria-label={say("Rules to break")}>{ for Case::all().map(case) }</ul>
            if let Some(case) = Case::named(chosen) {
                <div class="story">
                    { svg::words("h2", "", say(case.name)) }
                    { svg::words("p", "", say(case.story)) }
                </div>
            }
        </div>
    }
}
