//! The questions: their shelf, and one of them before its answer and after.

use trace::progress::Progress;
use trace::question::{Kind, Proof, Question, Value};
use yew::prelude::*;

use super::{Props, choices, copy_link, explore, sections, verdict};
use crate::state::{Action, Quiz, Shelf, StudyAction};
use crate::views::{Act, glossary, svg, ui};

/// The kinds of questions.
pub(super) fn list(progress: &Progress, act: &Act) -> Html {
    let ask = |kind: Kind| {
        let seed = Question::next_seed(progress.questions(Some(kind)).done as u64);
        act.reform(move |_: MouseEvent| Action::Study(StudyAction::Ask(kind, seed)))
    };
    let card = |kind: Kind| {
        let (topic, score) = (kind.topic(), progress.questions(Some(kind)));
        let title = tongue::say(topic.title);
        let told = match score.done {
            0 => String::new(),
            done => tongue::say!("{} of {} right", score.right, done),
        };
        html! {
            <li key={kind.id()} class={classes!("card", (score.done > 0).then_some("done"))}>
                { svg::words("h2", "", title) }
                <p>{ ui::coded(tongue::say(topic.about)) }</p>
                <div class="card-end">
                    <button type="button" aria-label={tongue::say!("Ask me: {}", title)} onclick={ask(kind)}>{ tongue::say("Ask me") }</button>
                    { svg::words("span", "hint", &told) }
                </div>
            </li>
        }
    };
    let any = Kind::ALL[progress.questions(None).done % Kind::ALL.len()];
    html! {
        <>
            <p class="any">{ ui::button("primary", tongue::say("Ask me anything"), ask(any)) }</p>
            <ul class="cards" aria-label={tongue::say("Kinds of questions")}>{ for Kind::ALL.into_iter().map(card) }</ul>
        </>
    }
}

/// One question.
pub(super) fn view(props: &Props, quiz: &Quiz) -> Html {
    let Quiz { question, answered, shown } = quiz;
    let answers: Vec<String> = question.answers.iter().map(Value::written).collect();
    let study = |action: StudyAction| props.act.reform(move |_: MouseEvent| Action::Study(action.clone()));
    let right = answered.map(|answer| question.grade(answer));
    let next = StudyAction::Ask(question.kind, Question::next_seed(question.seed));
    html! {
        <section class="beat study" aria-label={tongue::say("Question")}>
            <div class="beat-words">
                { svg::words("p", "hint", &tongue::say!("{} · question {}", tongue::say(question.kind.topic().title), question.seed)) }
                <h1 class="question">{ ui::coded(&question.ask.told()) }</h1>
                { choices::view(&choices::Props {
                    name: tongue::say("Answers"),
                    answers: &answers,
                    chosen: *answered,
                    right: answered.map(|_| question.right()),
                    choose: props.act.reform(|answer| Action::Study(StudyAction::Answer(answer))),
                }) }
                <div role="status">
                    if let Some(right) = right {
                        { verdict(right, if right { tongue::say("Right.") } else { tongue::say("Not so. Look:") }) }
                        <p class="tell">{ glossary::told(&question.because.told(), &props.act) }</p>
                    }
                </div>
                if right.is_some() {
                    { sections(question.sections) }
                }
            </div>
            <div class="beat-steps column" role="group" aria-label={tongue::say("Steps")}>
                { ui::button(if right.is_some() { "primary" } else { "" }, tongue::say("Next question"), study(next)) }
                if right.is_some() && !shown {
                    { ui::button("", show(&question.proof), study(StudyAction::Show)) }
                }
                { ui::button("quiet", tongue::say("All questions"), study(StudyAction::Shelf(Shelf::Questions))) }
                { copy_link(props) }
                { explore(props) }
            </div>
        </section>
    }
}

fn show(proof: &Proof) -> &'static str {
    match proof {
        Proof::Run { .. } => tongue::say("Show me the run"),
        Proof::Octets(_) => tongue::say("Show me the octets"),
    }
}
