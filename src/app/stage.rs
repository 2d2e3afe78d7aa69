//! What the stage is set for: how large its pictures are, the words above them, and what is taken apart.

use std::rc::Rc;
use tongue::say;

use trace::caption::{self, Caption};
use trace::event::{Event, Key};
use trace::exhibit::Dissection;
use trace::layout::{self, Layers, Scene, TimeMap, Viewport};
use trace::scenario::Workload;
use trace::trace::Trace;
use yew::prelude::*;

use crate::state::{Action, State};
use crate::views::{caption as caption_line, knobs, player};

/// How large a lane's picture is: lanes in rows have their own times.
pub(super) fn viewport(state: &State, compact: bool, narrow: bool) -> Viewport {
    if state.is_for_class() {
        return match (state.trace.lanes().len(), narrow) {
            (0..=1, _) => Viewport::PROJECTED,
            (2, false) => Viewport::PROJECTED_BESIDE,
            _ => Viewport::PROJECTED_BELOW,
        };
    }
    match (compact, state.trace.lanes().len()) {
        (true, _) => Viewport::PHONE,
        // Without a ruler between them.
        (false, _) if state.embedded => Viewport::MANY,
        (false, 0..=2) => Viewport::WIDE,
        (false, _) => Viewport::MANY,
    }
}

/// Every lane of a run as shapes.
pub(super) fn scenes(trace: &Trace, map: &TimeMap, viewport: Viewport, layers: Layers) -> Vec<Rc<Scene>> {
    let lanes = 0..trace.lanes().len();
    lanes.map(|lane| Rc::new(layout::folded(trace, lane, map, viewport, layers))).collect()
}

/// The network in short, or whose it was.
pub(super) fn brief(state: &State) -> String {
    if let Some(import) = state.import() {
        return import.whence();
    }
    match state.recording() {
        Some(recording) if recording.predicted.is_none() => say!("{}, as it is", recording.server),
        _ => knobs::brief(state.shown().network),
    }
}

/// The player and the sentence under it; `octets` leads to those that are taken apart.
pub(super) fn controls(
    state: &State,
    map: &TimeMap,
    caption: &Caption,
    octets: Option<Callback<()>>,
    now: &Callback<(), u64>,
    act: &Callback<Action>,
) -> Html {
    let meaning = format!("{}: {} {}", caption::precise(state.at), caption.text, caption.emphasis);
    let player = player::Props {
        at: state.at,
        end: state.trace.end(),
        playing: state.playing,
        speed: state.speed,
        duration: state.speed.duration(map),
        meaning,
        now: now.clone(),
        act: act.clone(),
    };
    let line = caption_line::Props { caption: caption.clone(), playing: state.playing, octets, act };
    html! { <div class="controls">{ player::view(&player) }{ caption_line::view(&line) }</div> }
}

/// The sentence under the player: what the picture means, or why it is not the picture that was asked for.
pub(super) fn caption(state: &State) -> Caption {
    let live = &state.live;
    let status = live.status.as_ref().map(|it| it.said()).unwrap_or_default();
    let text = match (state.is_told(), live.running, state.recording()) {
        (false, true, None) => {
            say!("{} The lanes run one after the other. Until then the picture is the simulation’s.", status)
        }
        (false, true, Some(_)) => {
            say!("{} The lanes run one after the other. Until then the picture is the last run’s.", status)
        }
        (false, false, _) if live.awaits() && state.at_rest() => {
            let ask =
                say("Nothing is recorded yet: press Run live. Until then the picture is the simulation’s.");
            state.obstacle().unwrap_or(ask).to_owned()
        }
        _ if state.at_rest() => return caption::summary(&state.trace),
        _ => return caption::moment(&state.trace, state.at),
    };
    Caption { text, emphasis: String::new(), waited: false }
}

/// The line under the headline.
pub(super) fn invitation(state: &State) -> &'static str {
    if state.import().is_some() {
        return say("What somebody recorded, on one clock. Press Play.");
    }
    match (state.live.running || state.recording().is_some(), state.shown().workload) {
        (true, _) => say("The same conversation, really sent, one lane after the other."),
        (false, Workload::Chat) => say("The same chat, on the same network, at the same time. Press Play."),
        (false, Workload::Echo) => say("The same echo, on the same network, at the same time. Press Play."),
        (false, _) => say("The same messages, on the same network, at the same time. Press Play."),
    }
}

/// Selects the event whose unit stands at a place among those that are taken apart beside the event `own`.
pub(super) fn unit(
    trace: &Rc<Trace>,
    exhibit: &Option<(Rc<Dissection>, usize)>,
    own: Option<&Rc<Event>>,
    act: &Callback<Action>,
) -> Callback<usize> {
    let (trace, exhibit, own) = (Rc::clone(trace), exhibit.clone(), own.cloned());
    act.reform(move |place: usize| {
        let unit =
            exhibit.as_ref().and_then(|(dissection, _)| dissection.exhibits.get(place)).map(|it| &it.unit);
        let key = own.as_ref().zip(unit).map(|(own, unit)| Key {
            sender: unit.sender,
            unit: unit.index,
            ..own.key
        });
        let event = |it: &Rc<Event>| it.raw.is_some() && Some(it.key) == key;
        Action::Select(trace.events().iter().position(event))
    })
}

/// What Ben says when the visitor makes him speak.
pub(super) const NEWS: &str = "News!";
