//! The player: play, step, the time, the pace.

use tongue::say;
use trace::caption;
use trace::playhead::Speed;
use yew::prelude::*;

use super::{Act, ui};
use crate::state::Action;

/// What the player shows.
pub struct Props {
    /// The playhead as of the last event, in microseconds.
    pub at: u64,
    /// The end, in microseconds.
    pub end: u64,
    /// Whether it moves.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// How long the whole takes at that speed, in microseconds.
    pub duration: u64,
    /// What the time means, for those who hear the slider.
    pub meaning: String,
    /// The playhead's exact time, asked for at the moment of acting.
    pub now: Callback<(), u64>,
    /// Where actions go.
    pub act: Act,
}

/// The player.
pub fn view(props: &Props) -> Html {
    let with_now = |make: fn(u64) -> Action| {
        let (act, now) = (props.act.clone(), props.now.clone());
        Callback::from(move |_: MouseEvent| act.emit(make(now.emit(()))))
    };
    let toggle = if props.playing { with_now(Action::Pause) } else { with_now(|_| Action::Play) };
    let end = props.end;
    let seek = props.act.reform(move |event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        let at: u64 = input.value().parse().unwrap_or(0);
        // The slider's last step lies before the end, unless the end is a whole number of steps.
        Action::Seek(if at + STEP > end { end } else { at })
    });
    let speed = props.act.reform(|event: Event| {
        let value = ui::value(&event);
        let chosen = Speed::ALL.into_iter().find(|speed| speed.id() == value);
        Action::Speed(chosen.unwrap_or_default())
    });
    let pace = say!("{} for {} of network", whole_seconds(props.duration), caption::seconds(props.end));
    let steps = [
        (say("Restart"), "↺", with_now(|_| Action::Restart)),
        (say("Step back"), "◀", with_now(Action::StepBack)),
        (say("Step forward"), "▶", with_now(Action::StepForward)),
    ];
    html! {
        <div class="player" role="group" aria-label={say("Player")}>
            <button type="button" class="play" onclick={toggle}>
                <span aria-hidden="true">{ if props.playing { "❚❚ " } else { "▶ " } }</span>
                { if props.playing {say("Pause")} else {say("Play")} }
            </button>
            for (name, face, onclick) in steps {
                <button type="button" class="step" title={name} aria-label={name} {onclick}>{ face }</button>
            }
            <input type="range" data-time="true" class="time" aria-label={say("Time")} min="0" max={props.end.to_string()} step={STEP.to_string()}
                value={props.at.to_string()} aria-valuetext={props.meaning.clone()} oninput={seek} />
            <span class="clock" data-clock={caption::seconds(props.at)} aria-hidden="true"></span>
            <select class="pace" aria-label={say("Speed")} onchange={speed}>
                { for Speed::ALL.into_iter().map(|speed| ui::choice(speed.id(), speed.name(), speed == props.speed)) }
            </select>
            <span class="hint">{ pace }</span>
        </div>
    }
}

fn whole_seconds(micros: u64) -> String {
    if micros.is_multiple_of(1_000_000) || micros >= LONG {
        format!("{} s", micros.saturating_add(500_000) / 1_000_000)
    } else {
        caption::seconds(micros)
    }
}

/// From here on hundredths of a second tell nobody anything, in microseconds.
const LONG: u64 = 20_000_000;

/// Step of the slider, in microseconds.
const STEP: u64 = 1_000;
