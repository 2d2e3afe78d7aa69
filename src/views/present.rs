//! A beat before a class: its words in a size that the last row can read, the stage, and a clicker's
//! buttons. Nothing else.

use trace::lesson::{Seen, Task};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, ClassAction, Place};

/// What a slide shows.
pub struct Slide<'a> {
    /// Where the lesson stands.
    pub place: Place,
    /// What is on the stage.
    pub seen: Seen<'a>,
    /// Whether a plan is followed, whose questions stand in place of the lesson's tasks.
    pub planned: bool,
    /// What the plan's step asks; nothing beside its stops.
    pub asks: Option<&'static str>,
    /// Whether it may be told yet what is to be seen.
    pub tells: bool,
    /// The field that is lit: its name, its value and what it means.
    pub lit: Option<[String; 3]>,
    /// The lanes, or the octets.
    pub stage: Html,
    /// How many lanes there are; 0 for octets.
    pub lanes: usize,
    /// The buttons.
    pub clicker: Html,
}

/// What the clicker's buttons need.
pub struct Clicker<'a> {
    /// The place among the stops, counted from 0; `None` beside them.
    pub at: Option<usize>,
    /// How many stops there are.
    pub of: usize,
    /// Whether the class is still to guess.
    pub asks: bool,
    /// Whether the stage plays; `None` where a player of its own stands or nothing can be played.
    pub playing: Option<bool>,
    /// The playhead's exact time, asked for at the moment of acting.
    pub now: Callback<(), u64>,
    /// The address of the speaker's window.
    pub notes: String,
    /// Opens that window.
    pub open_notes: &'a Callback<()>,
    /// Fills the screen, or gives it back.
    pub full_screen: &'a Callback<()>,
    /// Where actions go.
    pub act: &'a Act,
}

/// The slide.
pub fn slide(props: Slide) -> Html {
    let Some((lesson, beat)) = props.place.told() else { return Html::default() };
    let lanes = match props.lanes {
        0 => "octets-only",
        1 => "one-lane",
        2 => "two-lanes",
        _ => "many-lanes",
    };
    let open = |task: &&Task| !props.planned && task.fits_a_slide(&beat.scene) && !beat.is_done(&props.seen);
    let task = beat.task.as_ref().filter(open);
    html! {
        <main class={classes!("presented", lanes)}>
            <section class="slide-words" aria-label={tongue::say("Lesson")}>
                { svg::words("p", "slide-of", tongue::say(lesson.title)) }
                <div role="status">
                    { svg::words("h1", "", tongue::say(beat.idea)) }
                    if let Some(asks) = props.asks {
                        <p class="slide-task">{ ui::coded(tongue::say(asks)) }</p>
                    }
                    if props.tells {
                        <p class="tell">{ ui::coded(&beat.says(&props.seen).unwrap_or_default()) }</p>
                    }
                </div>
                if let Some([name, value, means]) = &props.lit {
                    <div class="slide-field">
                        { svg::words("b", "", name) }
                        { svg::words("code", "", value) }
                        { svg::words("span", "", means) }
                    </div>
                }
                if let Some(task) = task {
                    <p class="slide-task">{ ui::coded(tongue::say(task.say)) }</p>
                }
            </section>
            <div class="slide-stage">{ props.stage }</div>
            { props.clicker }
        </main>
    }
}

/// The buttons, each of which has a key as well.
pub fn clicker(props: &Clicker) -> Html {
    let class = |action| props.act.reform(move |_: MouseEvent| Action::Class(action));
    let last = !props.asks && props.at.is_some_and(|at| at + 1 >= props.of);
    let count = match props.at {
        Some(at) => tongue::say!("Step {} of {}", at + 1, props.of),
        None => tongue::say("Beside the steps").to_owned(),
    };
    let (act, now) = (props.act.clone(), props.now.clone());
    let play = |playing: bool| {
        Callback::from(move |_: MouseEvent| {
            act.emit(if playing { Action::Pause(now.emit(())) } else { Action::Class(ClassAction::Play) });
        })
    };
    let open = props.open_notes.clone();
    let notes = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        open.emit(());
    });
    html! {
        <div class="clicker" role="group" aria-label={tongue::say("Presenter")}>
            <button type="button" disabled={props.at == Some(0)} onclick={class(ClassAction::Back)}>{ tongue::say("Back") }</button>
            <button type="button" class="primary" disabled={last} onclick={class(ClassAction::Next)}>{ tongue::say("Next") }</button>
            { svg::words("span", "count", &count) }
            if let Some(playing) = props.playing {
                <button type="button" class="quiet" onclick={play(playing)}>{ if playing { tongue::say("Pause") } else { tongue::say("Play") } }</button>
            }
            { ui::button("quiet", tongue::say("Blank the screen"), class(ClassAction::Blank)) }
            { ui::button("quiet", tongue::say("Full screen"), props.full_screen.reform(|_: MouseEvent| ())) }
            <a class="quiet" href={props.notes.clone()} target="duplex-notes" onclick={notes}>{ tongue::say("Speaker notes") }</a>
            { ui::button("quiet leave", tongue::say("Leave"), class(ClassAction::Leave)) }
        </div>
    }
}

/// Nothing for now; whatever is pressed on it brings the picture back.
pub fn blank(act: &Act) -> Html {
    let onclick = act.reform(|_: MouseEvent| Action::Class(ClassAction::Blank));
    html! {
        <main class="blank">
            <button type="button" {onclick}>{ tongue::say("Show the picture again") }</button>
        </main>
    }
}
