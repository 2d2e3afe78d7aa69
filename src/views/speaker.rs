//! The speaker's window: what to say now, what comes next, and how late it is.

use trace::lesson::Task;
use trace::lesson::plan::{Plan, Stop};
use yew::prelude::*;

use super::{svg, ui};
use crate::state::ClassAction;

/// What the window shows.
pub struct Props {
    /// The stops, in order.
    pub stops: Vec<Stop>,
    /// The place among them, counted from 0; `None` beside them.
    pub at: Option<usize>,
    /// What is shown.
    pub here: Option<Stop>,
    /// The plan that is followed.
    pub plan: Option<&'static Plan>,
    /// Seconds since the presentation began.
    pub elapsed: u64,
    /// Whether a window that presents has been heard.
    pub heard: bool,
    /// Whether that window shows nothing for now.
    pub blank: bool,
    /// Whether its slide waits for the class to guess.
    pub asks: bool,
    /// Drives that window, or this one where there is none.
    pub drive: Callback<ClassAction>,
    /// Sets the time to zero.
    pub restart: Callback<()>,
}

/// The window.
pub fn view(props: &Props) -> Html {
    let next = props.stops.get(props.at.map_or(0, |at| at + 1)).copied();
    let drive = |action| props.drive.reform(move |_: MouseEvent| action);
    let count = match props.at {
        Some(at) => tongue::say!("Step {} of {}", at + 1, props.stops.len()),
        None => tongue::say("Beside the steps").to_owned(),
    };
    let plays =
        props.here.and_then(|stop| stop.beat()).is_some_and(|(_, _, beat)| beat.scene.run().is_some());
    let comes = match next {
        _ if props.asks => tongue::say("The answer, on the same slide."),
        Some(stop) => name(stop),
        None => tongue::say("The end."),
    };
    let link = match (props.heard, props.blank) {
        (false, _) => tongue::say(
            "No other window presents. Press “Present to a class” in another window of this browser, and this one follows it; until then Next and Back turn these pages alone.",
        ),
        (true, false) => tongue::say("This window follows the one that presents, and drives it."),
        (true, true) => tongue::say("The screen is blank."),
    };
    html! {
        <main class="speaker">
            <div class="speaker-head">
                <span class="elapsed" role="timer" aria-label={tongue::say("Elapsed")}>{ clock(props.elapsed) }</span>
                { svg::words("span", "count", &count) }
                { ui::button("quiet", tongue::say("Start the clock again"), props.restart.reform(|_: MouseEvent| ())) }
            </div>
            <div role="status">
                { props.here.map_or_else(nothing, title) }
            </div>
            { props.plan.zip(props.at).map(|(plan, at)| planned(plan, at)) }
            { props.here.and_then(|stop| beat(stop, props.plan.is_some())) }
            if !props.stops.is_empty() {
                <section class="next" aria-label={tongue::say("What comes next")}>
                    { svg::words("span", "hint", tongue::say("Next")) }
                    { svg::words("b", "", comes) }
                </section>
            }
            <div class="speaker-foot">
                <button type="button" disabled={props.at == Some(0) || props.stops.is_empty()} onclick={drive(ClassAction::Back)}>{ tongue::say("Back") }</button>
                <button type="button" class="primary" disabled={next.is_none() && !props.asks} onclick={drive(ClassAction::Next)}>{ tongue::say("Next") }</button>
                if plays && props.heard {
                    { ui::button("quiet", tongue::say("Play"), drive(ClassAction::Play)) }
                }
                { ui::button("quiet", if props.blank { tongue::say("Show the picture again") } else { tongue::say("Blank the screen") }, drive(ClassAction::Blank)) }
                <span class={classes!("hint", (!props.heard).then_some("delayed"))}>{ link }</span>
            </div>
        </main>
    }
}

/// No lesson is open, and no plan is followed.
fn nothing() -> Html {
    html! {
        <>
            { svg::words("h1", "", tongue::say("No lesson is presented")) }
            <p class="say">{ tongue::say("The notes to each step stand here, what comes next, and the time. Choose a plan or a lesson:") }{ " " }<a href="#teach">{ tongue::say("For teachers") }</a></p>
        </>
    }
}

/// What is shown now.
fn title(stop: Stop) -> Html {
    html! {
        <>
            if let Some((lesson, ..)) = stop.beat() {
                { svg::words("p", "hint", tongue::say(lesson.title)) }
            }
            { svg::words("h1", "", name(stop)) }
        </>
    }
}

/// The beat's own words for the teacher. Where a `plan` asks already, they are for whoever has time left.
fn beat(stop: Stop, planned: bool) -> Option<Html> {
    let (_, _, beat) = stop.beat()?;
    // What no slide lets a class do, somebody may do at a screen; here stands what comes of it.
    let slide = |task: &Task| !planned && task.fits_a_slide(&beat.scene);
    let task = |task: &Task| {
        html! {
            <p class="task">
                if !slide(task) {
                    <b>{ tongue::say("At a screen of one’s own: ") }</b>
                }
                { ui::coded(tongue::say(task.say)) }
                if let Some(finding) = beat.finding() {
                    <span class="finding">{ ui::coded(&finding) }</span>
                }
            </p>
        }
    };
    Some(html! {
        <div>
            if planned {
                { svg::words("p", "hint", tongue::say("If there is time:")) }
            }
            <p class="say">{ ui::coded(tongue::say(beat.notes)) }</p>
            <p class="hint">{ for beat.sections.iter().map(|section| html! { <>{ ui::reference(section) }{" "}</> }) }</p>
            { beat.task.as_ref().map(task) }
        </div>
    })
}

/// What the plan says about the step to which a stop belongs, which has this place.
fn planned(plan: &'static Plan, at: usize) -> Html {
    let Some((step, _)) = plan.stops().nth(at) else { return Html::default() };
    html! {
            <section class="planned" aria-label={tongue::say("Plan")}>
                <h2>{ tongue::say(step.title) }{" "}<small>{ tongue::say!("until minute {} of {}", plan.until(step), plan.minutes()) }</small></h2>
                <p>{ ui::coded(tongue::say(step.say)) }</p>
                { answer(step.ask, &step.expected()) }
            </section>
    }
}

/// A question and the answer that is expected.
pub fn answer(ask: &'static str, expected: &str) -> Html {
    html! {
        <dl class="asked">
            <div><dt>{ tongue::say("Ask") }</dt><dd>{ ui::coded(tongue::say(ask)) }</dd></div>
            <div><dt>{ tongue::say("Expect") }</dt><dd>{ ui::coded(expected) }</dd></div>
        </dl>
    }
}

/// What a stop is called.
pub fn name(stop: Stop) -> &'static str {
    use trace::fragment::Page;
    match (stop.beat(), stop.link().page) {
        (Some((_, _, beat)), _) => tongue::say(beat.idea),
        (None, Page::Compare) => tongue::say("The comparison and the chooser"),
        (None, Page::Join) => tongue::say("The address for the class"),
        (None, _) => tongue::say("The Lab"),
    }
}

/// `12:05`: minutes and seconds.
pub fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
