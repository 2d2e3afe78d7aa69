//! For teachers: the plans, the slides and the handouts.

use trace::caption;
use trace::fragment::{Link, Page};
use trace::lesson::plan::{self, Plan, Step};
use trace::lesson::telling::Telling;
use trace::lesson::{self, Lesson};
use yew::prelude::*;

use super::{speaker, svg, ui};

/// The page.
pub fn view() -> Html {
    html! {
        <div class="teach">
            <div class="hero">
                { svg::words("h1", "", tongue::say("For teachers")) }
                { svg::words("p", "", tongue::say("Plans with their answers, slides for the projector, handouts on paper.")) }
            </div>
            <div class="before">
                { svg::words("span", "", tongue::say("While you present, a clicker or these keys turn the pages:")) }
                <dl class="keys" aria-label={tongue::say("Keys before a class")}>
                    for (keys, does) in KEYS {
                        <div><dt>for key in keys.split(' ') { <kbd>{ key }</kbd>{" "} }</dt><dd>{ tongue::say(does) }</dd></div>
                    }
                </dl>
                <a href="#join">{ tongue::say("Show the class the address to type") }</a>
            </div>
            { for plan::all().into_iter().map(whole) }
            { offline() }
            <section class="to-print" aria-label={tongue::say("Lessons to present and to print")}>
                { svg::words("h2", "", tongue::say("Lessons to present and to print")) }
                <ul class="lesson-rows">{ for lesson::all().into_iter().map(row) }</ul>
            </section>
        </div>
    }
}

fn whole(plan: &'static Plan) -> Html {
    let first = plan.stops().next().map(|(_, stop)| stop.link());
    let start = first.map_or_else(String::new, |link| to(link, Telling::Presented(Some(plan.id))));
    let sheet = to(Link { page: Page::Teach, ..Link::default() }, Telling::Printed(Some(plan.id)));
    html! {
        <section class="plan" key={plan.id} aria-label={tongue::say(plan.title)}>
            <div class="plan-head">
                { svg::words("h2", "", tongue::say(plan.title)) }
                { svg::words("p", "", tongue::say(plan.about)) }
                <a class="go" href={start}>{ tongue::say!("Present: {}", tongue::say(plan.title)) }</a>
                <a class="sheets" href={sheet}>{ tongue::say!("Handout: {}", tongue::say(plan.title)) }</a>
            </div>
            <ol class="steps">{ for plan.steps.iter().map(|step| part(plan, step)) }</ol>
        </section>
    }
}

/// What is left of the page where nothing can be fetched, and how it comes to such a room.
fn offline() -> Html {
    let row = |(name, text): (&'static str, &'static str)| {
        html! { <div><dt>{ tongue::say(name) }</dt><dd>{ ui::coded(tongue::say(text)) }</dd></div> }
    };
    html! {
        <section class="offline" aria-label={tongue::say("In a room without internet")}>
            { svg::words("h2", "", tongue::say("In a room without internet")) }
            <dl>{ for OFFLINE.into_iter().map(row) }</dl>
            <a href="#join">{ tongue::say("Show the class the address to type") }</a>
        </section>
    }
}

fn part(plan: &'static Plan, step: &'static Step) -> Html {
    let stop = |stop: &plan::Stop| {
        let href = to(stop.link(), Telling::Presented(Some(plan.id)));
        html! { <li><a {href}>{ speaker::name(*stop) }</a></li> }
    };
    html! {
        <li class="step-of">
            <div class="minutes">
                { svg::words("b", "", &caption::count(u64::from(step.minutes))) }
                { svg::words("span", "", if step.minutes == 1 { tongue::say("minute") } else { tongue::say("minutes") }) }
            </div>
            <div>
                { svg::words("h3", "", tongue::say(step.title)) }
                <p>{ ui::coded(tongue::say(step.say)) }</p>
                { speaker::answer(step.ask, &step.expected()) }
            </div>
            <ul class="stops" aria-label={tongue::say("Shown in this step")}>{ for step.stops.iter().map(stop) }</ul>
        </li>
    }
}

fn row(lesson: &'static Lesson) -> Html {
    let first = || Link { page: Page::Lessons(Some((lesson.id.to_owned(), 0))), ..Link::default() };
    let title = tongue::say(lesson.title);
    html! {
        <li key={lesson.id}>
            { svg::words("b", "", title) }
            { svg::words("span", "hint", &tongue::say!("{} steps", lesson.beats.len())) }
            <a href={to(first(), Telling::Presented(None))} aria-label={tongue::say!("Present: {}", title)}>{ tongue::say("Present") }</a>
            <a href={to(first(), Telling::Printed(None))} aria-label={tongue::say!("Handout: {}", title)}>{ tongue::say("Handout") }</a>
        </li>
    }
}

/// What a teacher without internet wants to know.
const OFFLINE: [(&str, &str); 4] = [
    (
        tongue::word!("What works"),
        tongue::word!(
            "Lab, lessons, cards, questions, Workbench, Compare, slides and handouts: the page computes all of it by itself."
        ),
    ),
    (
        tongue::word!("On your computer"),
        tongue::word!(
            "Run `cargo xtask serve` once where there is internet, for it fetches what it needs; from then on it needs none, and live runs work as well. With `--lan` the class can join over a hotspot of yours."
        ),
    ),
    (
        tongue::word!("As a copy"),
        tongue::word!(
            "`cargo xtask dist` makes a folder that any web server can offer, also one in the room. Opened as a file it does not start: browsers do not allow that."
        ),
    ),
    (
        tongue::word!("What does not work"),
        tongue::word!("Live runs with public servers, and the links to the RFCs."),
    ),
];

/// Keys, by the words on them, and what each does.
const KEYS: [(&str, &str); 4] = [
    ("PgDn →", tongue::word!("next")),
    ("PgUp ←", tongue::word!("back")),
    (". B", tongue::word!("blank")),
    ("Esc", tongue::word!("leave")),
];

/// The address of a place, told to others.
pub fn to(link: Link, telling: Telling) -> String {
    format!("#{}", Link { telling, ..link }.write())
}
