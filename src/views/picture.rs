//! The picture of a lane: the ladder, what lies over it, and the call-out of the mark that is pointed
//! at or has the focus. A mark is pointed at and pressed by itself or by its label, which lies over it.

use trace::layout::{Scene, TimeMap, Travellers};
use trace::trace::Trace;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::callout::Callout;
use super::ladder::{Ladder, Target, closer};
use super::same::Same;
use super::{Act, overlay};
use crate::state::Action;

/// What the picture shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Same<Trace>,
    /// Its shapes on this lane.
    pub scene: Same<Scene>,
    /// What was predicted, to lie under what happened.
    pub ghost: Option<Same<Scene>>,
    /// Time to height.
    pub map: Same<TimeMap>,
    /// The playhead, in microseconds.
    pub at: u64,
    /// Whether marks travel.
    pub playing: bool,
    /// What is under way, where it is shown standing still.
    pub travellers: Option<Same<Travellers>>,
    /// Name of the lane, for those who hear it.
    pub name: String,
    /// Tells this lane's marks from the others'.
    pub id: char,
    /// The selected event.
    pub selected: Option<usize>,
    /// How often call-outs were sent away.
    pub hushed: u32,
    /// Whether the numbered notes are shown.
    pub notes: bool,
    /// Whether it is shown to a class, for whom no call-out may lie on it because a pointer rests there.
    pub plain: bool,
    /// Where actions go.
    pub act: Act,
}

/// The picture.
#[component]
pub fn Picture(props: &Props) -> Html {
    // Each with the run and the count of Escapes at which it appeared: another, and it is gone.
    let now = (props.trace.clone(), props.hushed);
    let pointed = use_state_eq(|| None::<(Target, (Same<Trace>, u32))>);
    let focused = use_state_eq(|| None::<(Target, (Same<Trace>, u32))>);
    let frame = use_node_ref();
    let focus = {
        let focused = focused.setter();
        use_callback(now.clone(), move |target: Option<Target>, now| {
            focused.set(target.map(|target| (target, now.clone())));
        })
    };
    // A picture that changes under a pointer at rest is not pointed at: only moving points.
    let onpointermove = {
        let (pointed, now) = (pointed.setter(), now.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some((target, _)) = Target::under(&event) {
                pointed.set(Some((target, now.clone())));
            }
        })
    };
    let onclick = {
        let (act, scene, selected) = (props.act.clone(), props.scene.clone(), props.selected);
        Callback::from(move |event: MouseEvent| match Target::under(&event) {
            Some((Target::Event(event), true)) => act.emit(Action::Select(Some(event))),
            Some((Target::Event(event), false)) => {
                act.emit(Action::Select(Some(scene.pressed(event, selected))));
            }
            Some((bar, _)) => closer(&scene, bar).into_iter().for_each(|closer| act.emit(closer)),
            None => {}
        })
    };
    // The pointer may cross over to the call-out: only leaving the picture takes it away.
    let onpointerout = {
        let (pointed, frame) = (pointed.setter(), frame.clone());
        Callback::from(move |event: PointerEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            if !frame.get().is_some_and(|frame| frame.contains(to.as_ref())) {
                pointed.set(None);
            }
        })
    };
    let is_there = |target: &Target| !props.plain && target.since(&props.trace, &props.scene) <= props.at;
    let current = |told: &Option<(Target, (Same<Trace>, u32))>| {
        told.as_ref().filter(|told| told.1 == now).map(|told| told.0)
    };
    let told = current(&pointed).filter(is_there).or_else(|| current(&focused));
    let overlay = overlay::view(&overlay::Props {
        map: &props.map,
        trace: &props.trace,
        scene: &props.scene,
        id: Some(props.id),
        selected: props.selected,
        at: props.at,
        playing: props.playing,
        travellers: props.travellers.as_deref(),
    });
    html! {
        <div class="picture" ref={frame} {onclick} {onpointermove} {onpointerout}>
            <Ladder trace={props.trace.clone()} scene={props.scene.clone()} ghost={props.ghost.clone()} name={props.name.clone()}
                id={props.id} selected={props.selected} notes={props.notes} {focus} act={props.act.clone()} />
            { overlay }
            if let Some(target) = told {
                <Callout trace={props.trace.clone()} scene={props.scene.clone()} {target} />
            }
        </div>
    }
}
