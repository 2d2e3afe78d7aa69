//! A plan on paper: a picture that the class goes on drawing, its questions with room for answers, and on
//! a page of its own what the answers are.

use trace::lesson::plan::{Plan, Step};
use yew::prelude::*;

use super::{handout, svg, ui};

/// What the sheet needs.
pub struct Props<'a> {
    /// The plan.
    pub plan: &'static Plan,
    /// The address of this page, if others than this computer can open it.
    pub address: Option<String>,
    /// Prints the page.
    pub print: &'a Callback<()>,
}

/// The sheet for the class, and the one for the teacher.
pub fn view(props: &Props) -> Html {
    let steps = || props.plan.steps.iter();
    let title = tongue::say(props.plan.title);
    html! {
        <main class="paper">
            <div class="paper-bar" role="group" aria-label={tongue::say("Handout")}>
                { ui::button("primary", tongue::say("Print"), props.print.reform(|_: MouseEvent| ())) }
                <a class="quiet" href="#teach">{ tongue::say("For teachers") }</a>
            </div>
            <article class="sheet">
                { handout::head(tongue::say("HTTP answers. WebSocket talks."), title, props.address.as_ref()) }
                { drawn(props.plan) }
                <ol class="sheet-beats">{ for steps().map(asked) }</ol>
            </article>
            <article class="sheet">
                { svg::words("p", "sheet-mark", "Duplex") }
                { svg::words("h1", "", &tongue::say!("Answers: {}", title)) }
                <ol class="sheet-beats">{ for steps().map(answered) }</ol>
            </article>
        </main>
    }
}

/// The run up to the moment at which the class is asked, and what it is to draw.
fn drawn(plan: &Plan) -> Option<Html> {
    let (_, _, beat) = plan.drawn.beat()?;
    let run = beat.scene.run()?;
    let told = beat.set(|seen| beat.says(seen)).unwrap_or_default();
    Some(html! {
        <>
            <p>
                { ui::coded(&told) }{ " " }
                <b>{ tongue::say("Draw how it gets to you, on either lane.") }</b>
            </p>
            { handout::picture((run.scenario)(), Some(run.moment)) }
        </>
    })
}

fn asked(step: &'static Step) -> Html {
    html! {
        <li>
            { svg::words("h2", "", tongue::say(step.title)) }
            <p>{ ui::coded(tongue::say(step.ask)) }</p>
            { handout::lines() }
        </li>
    }
}

fn answered(step: &'static Step) -> Html {
    html! {
        <li>
            { svg::words("h2", "", tongue::say(step.title)) }
            <p class="sheet-task">{ ui::coded(tongue::say(step.ask)) }</p>
            <p>{ ui::coded(&step.expected()) }</p>
        </li>
    }
}
