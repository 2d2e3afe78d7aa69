//! Where one learns: the shelves of lessons, cards and questions with what was done of them, and the words
//! of a card or a question that is open.

mod cards;
mod choices;
mod progress;
mod questions;

use trace::lesson::Seen;
use trace::progress::Progress;
use yew::prelude::*;

use super::{Act, lessons, svg, ui};
use crate::state::{Action, CourseAction, Shelf, Study, StudyAction, View};

/// What the shelves need.
pub struct Shelves<'a> {
    /// Which one is looked at.
    pub shelf: Shelf,
    /// What was done so far.
    pub progress: &'a Progress,
    /// Saves the progress as a file.
    pub save: Callback<()>,
    /// Reads such a file.
    pub open: Callback<web_sys::File>,
    /// Whether the browser keeps it from visit to visit.
    pub kept: bool,
    /// Where actions go.
    pub act: Act,
}

/// The shelves.
pub fn shelves(props: &Shelves) -> Html {
    let (title, about, list) = match props.shelf {
        Shelf::Lessons => (
            tongue::say("Lessons"),
            tongue::say("Each step shows one idea on a run or in octets, with figures read off them."),
            lessons::list(props.progress, &props.act),
        ),
        Shelf::Cards => (
            tongue::say("Is that so?"),
            tongue::say("Claims that circulate. Predict, let the experiment run, and see what it says."),
            cards::list(props.progress, &props.act),
        ),
        Shelf::Questions => (
            tongue::say("Questions"),
            tongue::say("Drawn anew each time. No answer is stored anywhere: a run or the codec gives it."),
            questions::list(props.progress, &props.act),
        ),
    };
    let tab = |shelf: Shelf, name: &str| {
        let choose = props.act.reform(move |_: MouseEvent| Action::Study(StudyAction::Shelf(shelf)));
        ui::switch("tab", name, shelf == props.shelf, choose)
    };
    html! {
        <div class="lessons">
            <div class="hero">
                { svg::words("h1", "", title) }
                { svg::words("p", "", about) }
                <a href="#teach">{ tongue::say("For teachers") }</a>
            </div>
            <div class="tabs" role="group" aria-label={tongue::say("Shelves")}>
                { tab(Shelf::Lessons, tongue::say("Lessons")) }
                { tab(Shelf::Cards, tongue::say("Cards")) }
                { tab(Shelf::Questions, tongue::say("Questions")) }
            </div>
            { list }
            { progress::view(props) }
            if props.shelf == Shelf::Lessons {
                { lessons::taught() }
            }
        </div>
    }
}

/// What the words of a card or a question need.
pub struct Props<'a> {
    /// What is open.
    pub study: &'a Study,
    /// What is to be seen beside it.
    pub seen: Seen<'a>,
    /// Whether an experiment is still on its way.
    pub running: bool,
    /// Where actions go.
    pub act: Act,
}

/// The words of what is open.
pub fn view(props: &Props) -> Html {
    match props.study {
        Study::Card(id, predicted) => cards::view(props, id, *predicted),
        Study::Question(quiz) => questions::view(props, quiz),
    }
}

/// Whether what was thought is so, in a few words.
fn verdict(right: bool, words: &str) -> Html {
    let class = if right { "verdict good" } else { "verdict bad" };
    svg::words("p", class, words)
}

/// Where the claims can be read.
fn sections(sections: &[&str]) -> Html {
    html! { <p class="hint">{ for sections.iter().map(|section| html! { <>{ ui::reference(section) }{" "}</> }) }</p> }
}

/// What is on show, taken along.
fn explore(props: &Props) -> Html {
    let name = match props.study.subject() {
        Some(View::Workbench) => tongue::say("Explore on the Workbench"),
        Some(_) => tongue::say("Explore in the Lab"),
        None => return Html::default(),
    };
    ui::button("quiet", name, props.act.reform(|_: MouseEvent| Action::Course(CourseAction::Explore)))
}
