//! The picture of a lane: the ladder, what lies over it, and the call-out of the mark that is pointed
//! at or has the focus.

use trace::layout::{Scene, TimeMap, Travellers};
use trace::trace::Trace;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::callout::Callout;
use super::ladder::{Ladder, Target};
use super::same::Same;
use super::{Act, overlay};

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
    /// Where actions go.
    pub act: Act,
}

/// The picture.
#[component]
pub fn Picture(props: &Props) -> Html {
    // Each with the count of Escapes at which it appeared: one more, and it is gone.
    let pointed = use_state_eq(|| None::<(Target, u32)>);
    let focused = use_state_eq(|| None::<(Target, u32)>);
    let frame = use_node_ref();
    let hushed = props.hushed;
    let point = {
        let pointed = pointed.setter();
        use_callback(hushed, move |target: Target, &hushed| pointed.set(Some((target, hushed))))
    };
    let focus = {
        let focused = focused.setter();
        use_callback(hushed, move |target: Option<Target>, &hushed| {
            focused.set(target.map(|target| (target, hushed)));
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
    let told = [*pointed, *focused].into_iter().flatten().find(|told| told.1 == hushed).map(|told| told.0);
    let overlay = overlay::view(&overlay::Props {
        map: &props.map,
        viewport: props.scene.viewport,
        at: props.at,
        playing: props.playing,
        travellers: props.travellers.as_deref(),
    });
    html! {
        <div class="picture" ref={frame} {onpointerout}>
            <Ladder trace={props.trace.clone()} scene={props.scene.clone()} ghost={props.ghost.clone()} name={props.name.clone()}
                id={props.id} selected={props.selected} notes={props.notes} {point} {focus} act={props.act.clone()} />
            { overlay }
            if let Some(target) = told {
                <Callout trace={props.trace.clone()} scene={props.scene.clone()} {target} />
            }
        </div>
    }
}
