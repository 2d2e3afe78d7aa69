//! What was done so far, and the ways to take it along or to forget it.

use trace::progress::Score;
use trace::{card, lesson};
use yew::prelude::*;

use super::Shelves;
use crate::state::{Action, StudyAction};
use crate::views::{svg, ui};

/// The panel under the shelves.
pub(super) fn view(props: &Shelves) -> Html {
    let progress = props.progress;
    let steps: usize = lesson::all().iter().map(|lesson| lesson.beats.len()).sum();
    let (done, cards, questions) = (progress.all_steps(), progress.cards(), progress.questions(None));
    let save = props.save.reform(|_: MouseEvent| ());
    let forget = props.act.reform(|_: MouseEvent| Action::Study(StudyAction::Forget));
    html! {
        <section class="panel score-panel" aria-label={tongue::say("Your progress")}>
            { svg::words("h2", "", tongue::say("Your progress")) }
            <div class="scores">
                { bar(tongue::say("Steps of lessons"), done, steps, tongue::say!("{} of {} done", done, steps)) }
                { bar(tongue::say("Cards"), cards.done, card::all().count(), tongue::say!("{} of {} predicted, {} of them right", cards.done, card::all().count(), cards.right)) }
                { bar(tongue::say("Questions"), questions.right, questions.done, answered(questions)) }
            </div>
            <div class="row" role="group" aria-label={tongue::say("Take your progress along")}>
                { ui::button("chip", tongue::say("Export progress"), save) }
                { ui::file(tongue::say("Import progress"), &props.open) }
                <button type="button" class="chip" popovertarget="forget">{ tongue::say("Reset progress") }</button>
            </div>
            if props.kept {
                { ui::hint(tongue::say("It is kept in this browser and nowhere else.")) }
            } else {
                { ui::hint(tongue::say("This browser keeps nothing for this page: export your progress before you leave, and import it when you come back.")) }
            }
            <div id="forget" popover="auto" class="help" role="dialog" aria-label={tongue::say("Reset progress")}>
                { svg::words("p", "", tongue::say("Forget every step, prediction and answer? An exported file brings them back.")) }
                <button type="button" class="primary" popovertarget="forget" popovertargetaction="hide" onclick={forget}>{ tongue::say("Forget it all") }</button>
                { " " }
                <button type="button" popovertarget="forget" popovertargetaction="hide">{ tongue::say("Keep it") }</button>
            </div>
        </section>
    }
}

/// How far it has come, drawn and in words.
fn bar(name: &str, done: usize, all: usize, told: String) -> Html {
    html! {
        <div class="bar-of">
            { svg::words("b", "", name) }
            <progress max={all.max(1).to_string()} value={done.to_string()} aria-label={name.to_owned()} />
            { svg::words("span", "hint", &told) }
        </div>
    }
}

fn answered(score: Score) -> String {
    tongue::say!("{} answered, {} of them right", score.done, score.right)
}
