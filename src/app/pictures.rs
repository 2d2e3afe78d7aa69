//! What the stage shows, computed anew only when something of it changes.

use std::rc::Rc;

use trace::layout::{Scene, TimeMap, Travellers, Viewport};
use trace::trace::Trace;
use yew::prelude::*;

use super::stage;
use crate::state::State;

/// The pictures of all lanes.
pub(super) struct Pictures {
    /// Times and places of the whole run.
    pub(super) map: Rc<TimeMap>,
    /// Whether there are silences to collapse.
    pub(super) silent: bool,
    /// What stands still, lane by lane.
    pub(super) scenes: Rc<Vec<Rc<Scene>>>,
    /// What moves while the run plays, lane by lane.
    pub(super) travellers: Rc<Vec<Rc<Travellers>>>,
    /// What was predicted of a live run.
    pub(super) ghosts: Rc<Option<Vec<Rc<Scene>>>>,
}

/// The pictures of the run that the store shows, in this size.
#[hook]
pub(super) fn use_pictures(store: &UseReducerHandle<State>, viewport: Viewport) -> Pictures {
    let (sight, trace) = (store.camera.sight, Rc::clone(&store.trace));
    let layers = sight.layers;
    let whole = use_memo((Rc::clone(&trace), viewport, sight.collapse), |(trace, ..)| {
        TimeMap::drawn(trace, viewport.height, sight.collapse)
    });
    let map = use_memo((whole, sight.view), |(whole, view)| whole.seen(*view));
    let silent = *use_memo(Rc::clone(&trace), |trace| TimeMap::is_silent(trace));
    let scenes = use_memo((Rc::clone(&trace), Rc::clone(&map), layers), |(trace, map, _)| {
        stage::scenes(trace, map, viewport, layers)
    });
    let travellers = use_memo((trace, Rc::clone(&map), layers), |_: &(Rc<Trace>, Rc<TimeMap>, _)| {
        scenes.iter().map(|scene| Rc::new(Travellers::of(scene))).collect::<Vec<_>>()
    });
    let predicted = store.recording().and_then(|recording| recording.predicted.clone());
    let ghosts = use_memo((predicted, Rc::clone(&map), layers), |(predicted, map, _)| {
        predicted.as_ref().map(|prediction| stage::scenes(&prediction.trace, map, viewport, layers))
    });
    Pictures { map, silent, scenes, travellers, ghosts }
}
