//! Tables and charts, every figure counted in a run of what the knobs say.

mod break_even;
mod choosing;
mod curves;
mod frame;
mod usual;

use tongue::say;
use trace::compare::chooser::Answers;
use trace::scenario::Scenario;
use yew::prelude::*;

use super::same::Same;
use super::{Act, svg};

pub(super) use frame::{frame, grid};

/// What the view needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub scenario: Same<Scenario>,
    /// What the chooser's questions are answered with.
    pub answers: Answers,
    /// What it was last run with.
    pub asked: Option<Answers>,
    /// Whether there is little room.
    pub compact: bool,
    /// Where actions go.
    pub act: Act,
}

/// The whole view.
pub fn view(props: Props) -> Html {
    html! { <CompareView ..props /> }
}

/// The same, drawn anew only when something of it changes.
#[component]
pub fn CompareView(props: &Props) -> Html {
    html! {
        <div class="compare">
            <div class="hero">
                { svg::words("h1", "", say("Compare")) }
                { svg::words("p", "", say("Every figure is counted in a run on the network that the knobs above say. Each part says what is run.")) }
            </div>
            <choosing::Choosing scenario={props.scenario.clone()} answers={props.answers} asked={props.asked} act={props.act.clone()} />
            <usual::Usual scenario={props.scenario.clone()} />
            <curves::Curves scenario={props.scenario.clone()} compact={props.compact} />
            <break_even::Turning scenario={props.scenario.clone()} />
        </div>
    }
}
