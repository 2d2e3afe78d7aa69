//! The misconception cards: their shelf, and one of them before its experiment and after.

use trace::card::{self, Card, Pile};
use trace::lesson::Scene;
use trace::progress::Progress;
use yew::prelude::*;

use super::{Props, choices, copy_link, explore, sections, verdict};
use crate::state::{Action, Shelf, StudyAction};
use crate::views::{Act, glossary, svg, ui};

/// The cards, subject by subject.
pub(super) fn list(progress: &Progress, act: &Act) -> Html {
    let pile = |pile: &'static Pile| {
        html! {
            <section key={pile.title} class="pile" aria-label={tongue::say(pile.title)}>
                { svg::words("h2", "", tongue::say(pile.title)) }
                <ul class="cards">{ for pile.cards.iter().map(|card| one(card, progress, act)) }</ul>
            </section>
        }
    };
    card::piles().into_iter().map(pile).collect()
}

fn one(card: &'static Card, progress: &Progress, act: &Act) -> Html {
    let outcome = progress.prediction(card.id);
    let told = match outcome.map(|outcome| outcome.right) {
        None => "",
        Some(true) => tongue::say("✓ Predicted"),
        Some(false) => tongue::say("✗ It was otherwise"),
    };
    let claim = tongue::say(card.claim);
    let name = tongue::say!("Predict: {}", claim.replace('`', ""));
    let onclick = act.reform(move |_: MouseEvent| Action::Study(StudyAction::Card(card.id)));
    html! {
        <li key={card.id} class={classes!("card", outcome.map(|_| "done"))}>
            <p class="claim">{ ui::coded(claim) }</p>
            <div class="card-end">
                <button type="button" aria-label={name} {onclick}>{ tongue::say("Predict") }</button>
                { svg::words("span", "hint", told) }
            </div>
        </li>
    }
}

/// One card.
pub(super) fn view(props: &Props, id: &'static str, predicted: Option<usize>) -> Html {
    let Some((card, scene)) = card::named(id).and_then(|card| Some((card, card.scene()?))) else {
        return Html::default();
    };
    let told = props.running || predicted.is_none();
    let right = if told { None } else { card.truth(scene.shown(&props.seen)) };
    let says = if told { None } else { card.says(&props.seen) };
    let answers: Vec<String> = card.answers.iter().map(|answer| tongue::say(answer).to_owned()).collect();
    let study = |action: StudyAction| props.act.reform(move |_: MouseEvent| Action::Study(action.clone()));
    let next = card::after(id).map_or(id, |card| card.id);
    let class = if predicted.is_some() && !props.running { "primary" } else { "" };
    let shown = props.act.reform(|_: MouseEvent| Action::Reached(u64::MAX));
    html! {
        <section class="beat study" aria-label={tongue::say("Card")}>
            <div class="beat-words">
                { svg::words("p", "hint", &place(id)) }
                <h1 class="claim">{ ui::coded(tongue::say(card.claim)) }</h1>
                <p class="ask">{ glossary::told(tongue::say(card.ask), &props.act) }</p>
                { choices::view(&choices::Props {
                    name: tongue::say("Predictions"),
                    answers: &answers,
                    chosen: predicted,
                    right: right.filter(|_| says.is_some()),
                    choose: props.act.reform(|answer| Action::Study(StudyAction::Predict(answer))),
                }) }
                <div role="status">
                    if props.running {
                        { svg::words("p", "hint", tongue::say("The experiment runs. Watch the lanes.")) }
                        { ui::button("primary", tongue::say("Show the result"), shown) }
                    } else if let Some(says) = &says {
                        { outcome(predicted == right) }
                        <p class="tell">{ glossary::told(says, &props.act) }</p>
                    }
                </div>
                if says.is_some() {
                    { sections(card.sections) }
                } else if let Some(predicted) = predicted.filter(|_| !props.running) {
                    <p>{ tongue::say("This is an experiment of your own by now.") }</p>
                    { ui::button("chip", tongue::say("Run the card’s experiment again"), study(StudyAction::Predict(predicted))) }
                } else if predicted.is_none() {
                    { svg::words("p", "hint", promise(&scene)) }
                }
            </div>
            <div class="beat-steps column" role="group" aria-label={tongue::say("Steps")}>
                { ui::button(class, tongue::say("Next card"), study(StudyAction::Card(next))) }
                { ui::button("quiet", tongue::say("All cards"), study(StudyAction::Shelf(Shelf::Cards))) }
                { copy_link(props) }
                { explore(props) }
            </div>
        </section>
    }
}

fn outcome(right: bool) -> Html {
    let words = if right {
        tongue::say("You predicted it.")
    } else {
        tongue::say("It is otherwise than you predicted.")
    };
    verdict(right, words)
}

/// The subject, and which card of how many.
fn place(id: &str) -> String {
    let pile = card::piles().into_iter().find(|pile| pile.cards.iter().any(|card| card.id == id));
    let title = pile.map_or("", |pile| tongue::say(pile.title));
    let number = card::all().take_while(|card| card.id != id).count() + 1;
    tongue::say!("{} · card {} of {}", title, number, card::all().count())
}

/// What will happen once a prediction is made.
fn promise(scene: &Scene) -> &'static str {
    match scene {
        Scene::Run(_) => tongue::say("Choose one, and the experiment runs on the lanes."),
        Scene::Octets(_) => tongue::say("Choose one, and the octets come onto the workbench."),
    }
}
