//! The lessons: their shelf, and the words of one beat beside the stage or the workbench that it has set.

use tongue::{say, word};
use trace::lesson::taught::{self, Claim};
use trace::lesson::telling::Telling;
use trace::lesson::{self, Beat, Lesson, Scene, Seen};
use trace::progress::Progress;
use yew::prelude::*;

use super::{Act, glossary, svg, ui};
use crate::state::{Action, ClassAction, CourseAction, Place};

/// The lessons, and how far each has come.
pub(super) fn list(progress: &Progress, act: &Act) -> Html {
    let first: Vec<_> = lesson::start().into_iter().map(|lesson| lesson.id).collect();
    let card = |(place, lesson): (usize, &'static Lesson)| {
        let (all, done) = (lesson.beats.len(), progress.steps(lesson.id));
        // On from the first step that is not done yet.
        let beat = (0..all).find(|&beat| !progress.finished(lesson.id, beat)).unwrap_or(0);
        let go = Place { lesson: lesson.id, beat };
        let onclick = act.reform(move |_: MouseEvent| Action::Course(CourseAction::Go(go)));
        let title = say(lesson.title);
        let steps = match done {
            0 => say!("{} steps, about {} minutes", all, lesson.minutes()),
            _ if done >= all => say!("✓ All {} steps done", all),
            _ => say!("{} of {} steps done", done, all),
        };
        let (name, label) = match beat {
            0 => (say("Start"), say!("Start: {}", title)),
            _ => (say("Go on"), say!("Go on: {}", title)),
        };
        html! {
            <li key={lesson.id} class={classes!("card", (done > 0).then_some("done"))}>
                <p class="number">
                    { svg::words("span", "hint", &say!("Lesson {}", place + 1)) }
                    if first.contains(&lesson.id) {
                        { svg::words("span", "tag", say("Start here")) }
                    }
                </p>
                { svg::words("h2", "", title) }
                { svg::words("p", "", say(lesson.about)) }
                <div class="card-end">
                    <button type="button" aria-label={label} {onclick}>{ name }</button>
                    { svg::words("span", "hint", &steps) }
                </div>
            </li>
        }
    };
    html! {
        <>
            { ui::hint(&length()) }
            <ol class="cards" aria-label={say("Lessons")}>{ for lesson::all().into_iter().enumerate().map(card) }</ol>
        </>
    }
}

/// Where to start, and how long it all takes.
fn length() -> String {
    let (all, first) = (lesson::all(), lesson::start());
    let minutes = |lessons: &[&Lesson]| lessons.iter().map(|lesson| lesson.minutes()).sum::<usize>();
    say!(
        "Start with the {} lessons marked “Start here”, about {} minutes; each leads on to the next. All {} take about {} minutes.",
        first.len(),
        minutes(&first),
        all.len(),
        minutes(&all)
    )
}

/// What the usual texts say, and where to see what is so.
pub(super) fn taught() -> Html {
    let row = |claim: &Claim| {
        html! {
            <div>
                <dt>{ ui::coded(say(claim.said)) }</dt>
                <dd>{ ui::coded(say(claim.so)) }</dd>
                <dd>{ for claim.shown.iter().map(|place| shown(*place)) }</dd>
            </div>
        }
    };
    html! {
        <section class="panel taught" aria-label={say(TAUGHT)}>
            { svg::words("h2", "", say(TAUGHT)) }
            <dl>{ for taught::CLAIMS.iter().map(row) }</dl>
        </section>
    }
}

const TAUGHT: &str = word!("What the usual texts say, and where to see it");

fn shown(place: taught::Place) -> Html {
    let (href, name) = match place {
        taught::Place::Beat(id, beat) => {
            let told = Place { lesson: id, beat: beat - 1 }.told();
            (format!("#view=lessons&lesson={id}&beat={beat}"), told.map_or(id, |(_, beat)| say(beat.idea)))
        }
        taught::Place::Compare => ("#view=compare".to_owned(), say("Compare")),
    };
    html! { <a {href}>{ name }</a> }
}

/// What the panel of a beat needs.
pub struct Props<'a> {
    /// Where the lesson stands.
    pub place: Place,
    /// What is on the stage.
    pub seen: Seen<'a>,
    /// Where actions go.
    pub act: Act,
}

/// The words of a beat.
pub fn beat(props: &Props) -> Html {
    let Some((lesson, beat)) = props.place.told() else { return Html::default() };
    let Place { lesson: id, beat: at } = props.place;
    let to = |beat: usize| {
        let go = Place { lesson: id, beat };
        props.act.reform(move |_: MouseEvent| Action::Course(CourseAction::Go(go)))
    };
    let course = |action: CourseAction| props.act.reform(move |_: MouseEvent| Action::Course(action));
    let last = lesson.beats.len() - 1;
    let next = lesson::after(lesson);
    let explore = match beat.scene {
        Scene::Run(_) => say("Explore in the Lab"),
        Scene::Octets(_) => say("Explore on the Workbench"),
    };
    html! {
        <section class="beat" aria-label={say("Lesson")}>
            <div class="beat-words">
                <p class="hint">{ say!("{} · step {} of {}", say(lesson.title), at + 1, last + 1) }</p>
                <div role="status">
                    { svg::words("h1", "", say(beat.idea)) }
                    <p class="tell">{ glossary::told(beat.says(&props.seen).as_deref().unwrap_or(say(ASTRAY)), &props.act) }</p>
                </div>
                <p class="hint">{ for beat.sections.iter().map(|section| html! { <>{ ui::reference(section) }{" "}</> }) }</p>
                { task(props, beat) }
            </div>
            <div class="beat-steps" role="group" aria-label={say("Steps")}>
                <button type="button" disabled={at == 0} onclick={to(at.saturating_sub(1))}>{say("Back")}</button>
                if at < last {
                    <button type="button" class="primary" onclick={to(at + 1)}>{say("Next")}</button>
                } else {
                    <button type="button" class={if next.is_some() { "" } else { "primary" }} onclick={course(CourseAction::Done)}>{say("Done")}</button>
                    if let Some(next) = next {
                        { ui::button("onward", &say!("Next lesson: {}", say(next.title)), course(CourseAction::Onward)) }
                    }
                }
                { ui::button("quiet", explore, course(CourseAction::Explore)) }
                { ui::button("quiet", say("All lessons"), course(CourseAction::List)) }
                { ui::button("quiet", say("Present to a class"), props.act.reform(|_: MouseEvent| Action::Class(ClassAction::Tell(Telling::Presented(None))))) }
            </div>
        </section>
    }
}

fn task(props: &Props, beat: &Beat) -> Html {
    let Some(task) = &beat.task else { return Html::default() };
    let (class, mark) =
        if beat.is_done(&props.seen) { ("task done", say("Done. ")) } else { ("task", say("Try it. ")) };
    html! { <p {class} role="status"><b>{ mark }</b>{ glossary::told(say(task.say), &props.act) }</p> }
}

const ASTRAY: &str = word!(
    "This is an experiment of your own by now. Go on with it, or press Next or Back to return to the lesson."
);
