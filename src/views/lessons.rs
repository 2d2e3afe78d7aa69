//! The lessons: their shelf, and the words of one beat beside the stage or the workbench that it has set.

use trace::lesson::{self, Beat, Lesson, Scene, Seen};
use trace::progress::Progress;
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, CourseAction, Place};

/// The lessons, and how far each has come.
pub(super) fn list(progress: &Progress, act: &Act) -> Html {
    let card = |lesson: &'static Lesson| {
        let (all, done) = (lesson.beats.len(), progress.steps(lesson.id));
        // On from the first step that is not done yet.
        let beat = (0..all).find(|&beat| !progress.finished(lesson.id, beat)).unwrap_or(0);
        let go = Place { lesson: lesson.id, beat };
        let onclick = act.reform(move |_: MouseEvent| Action::Course(CourseAction::Go(go)));
        let title = tongue::say(lesson.title);
        let steps = match done {
            0 => tongue::say!("{} steps", all),
            _ if done >= all => tongue::say!("✓ All {} steps done", all),
            _ => tongue::say!("{} of {} steps done", done, all),
        };
        let (name, label) = match beat {
            0 => (tongue::say("Start"), tongue::say!("Start: {}", title)),
            _ => (tongue::say("Go on"), tongue::say!("Go on: {}", title)),
        };
        html! {
            <li key={lesson.id} class={classes!("card", (done > 0).then_some("done"))}>
                { svg::words("h2", "", title) }
                { svg::words("p", "", tongue::say(lesson.about)) }
                <div class="card-end">
                    <button type="button" aria-label={label} {onclick}>{ name }</button>
                    { svg::words("span", "hint", &steps) }
                </div>
            </li>
        }
    };
    html! { <ol class="cards" aria-label={tongue::say("Lessons")}>{ for lesson::all().into_iter().map(card) }</ol> }
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
    let explore = match beat.scene {
        Scene::Run(_) => "Explore in the Lab",
        Scene::Octets(_) => "Explore on the Workbench",
    };
    html! {
        <section class="beat" aria-label="Lesson">
            <div class="beat-words">
                <p class="hint">{ format!("{} · step {} of {}", lesson.title, at + 1, last + 1) }</p>
                <div role="status">
                    { svg::words("h1", "", beat.idea) }
                    <p class="tell">{ ui::coded(beat.says(&props.seen).as_deref().unwrap_or(ASTRAY)) }</p>
                </div>
                <p class="hint">{ for beat.sections.iter().map(|section| html! { <>{ ui::reference(section) }{" "}</> }) }</p>
                { task(props, beat) }
            </div>
            <div class="beat-steps" role="group" aria-label="Steps">
                <button type="button" disabled={at == 0} onclick={to(at.saturating_sub(1))}>{"Back"}</button>
                if at < last {
                    <button type="button" class="primary" onclick={to(at + 1)}>{"Next"}</button>
                } else {
                    <button type="button" class="primary" onclick={course(CourseAction::Done)}>{"Done"}</button>
                }
                { ui::button("quiet", explore, course(CourseAction::Explore)) }
                { ui::button("quiet", "All lessons", course(CourseAction::List)) }
            </div>
        </section>
    }
}

fn task(props: &Props, beat: &Beat) -> Html {
    let Some(task) = &beat.task else { return Html::default() };
    let (class, mark) =
        if beat.is_done(&props.seen) { ("task done", "Done. ") } else { ("task", "Try it. ") };
    html! { <p {class} role="status"><b>{ mark }</b>{ ui::coded(task.say) }</p> }
}

const ASTRAY: &str =
    "This is an experiment of your own by now. Go on with it, or press Next or Back to return to the lesson.";
