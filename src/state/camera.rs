//! What of the picture is looked at, and how it follows the playhead.

use std::rc::Rc;

use trace::layout::{Group, Sight, TimeMap, View, Viewport};

use super::State;

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Camera {
    /// Layers, silence, and the part of the time that is in the picture.
    pub sight: Sight,
    /// The part that the visitor chose. Following the playhead turns its pages, so that what is
    /// shown depends on this and on the time alone.
    chosen: Option<View>,
    /// Counts how often the visitor wanted call-outs gone.
    pub hushed: u32,
}

/// What can happen to it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CameraAction {
    /// Folds a group of layers away, or unfolds it.
    Fold(Group),
    /// Collapses silence, or draws it to scale.
    Collapse(bool),
    /// Shows so many times as much of the run; what is drawn at this time stays where it is.
    ZoomAt(u64, f64),
    /// Shows half as much, around what matters most.
    ZoomIn,
    /// Shows twice as much.
    ZoomOut,
    /// Shows everything.
    Whole,
    /// Shows what lies so many pages later.
    Pan(f64),
    /// Shows from one time to another.
    Show(u64, u64),
    /// Takes call-outs away.
    Hush,
}

impl Camera {
    /// Looks at all of a run, whatever was looked at of another.
    pub(super) fn whole(&mut self) {
        (self.chosen, self.sight.view) = (None, None);
    }

    /// As a link to a run of this length describes it.
    pub(super) fn of(sight: Sight, end: u64) -> Self {
        let view = sight.view.and_then(|view| view.within(end.max(1)));
        Self { sight: Sight { view, ..sight }, chosen: view, hushed: 0 }
    }
}

impl State {
    /// Time to height of the whole run, as far as the store needs to know it.
    fn map(&self) -> TimeMap {
        TimeMap::drawn(&self.trace, Viewport::WIDE.height, self.camera.sight.collapse)
    }

    pub(super) fn camera(&mut self, action: CameraAction) {
        match action {
            CameraAction::Fold(group) => {
                self.camera.sight.layers = self.camera.sight.layers.toggled(group);
            }
            CameraAction::Collapse(collapse) => self.camera.sight.collapse = Some(collapse),
            CameraAction::Hush => self.camera.hushed += 1,
            CameraAction::Whole => self.choose(None),
            CameraAction::ZoomAt(..)
            | CameraAction::ZoomIn
            | CameraAction::ZoomOut
            | CameraAction::Pan(_)
            | CameraAction::Show(..) => {
                let map = self.map();
                let view = self.camera.sight.view.unwrap_or(View::whole(&map));
                let chosen = match action {
                    CameraAction::ZoomAt(at, factor) => view.zoom_at(&map, at, factor),
                    CameraAction::ZoomIn => view.zoom_at(&map, self.focus(view, &map), 0.5),
                    CameraAction::ZoomOut => view.zoom_at(&map, self.focus(view, &map), 2.0),
                    CameraAction::Pan(pages) => view.pan(&map, pages),
                    CameraAction::Show(from, to) => View { from, to },
                    _ => view,
                };
                self.choose(chosen.within(map.end()));
            }
        }
    }

    fn choose(&mut self, view: Option<View>) {
        (self.camera.chosen, self.camera.sight.view) = (view, view);
    }

    /// What zooming is about: the selected event, else the playhead, else the middle of the picture.
    fn focus(&self, view: View, map: &TimeMap) -> u64 {
        let selected = self.selected.and_then(|selected| self.trace.events().get(selected));
        let selected = selected.map(|event| event.start());
        let playhead = (!self.at_rest()).then_some(self.at);
        let middle = map.time((map.y(view.from) + map.y(view.to)) / 2.0);
        selected.into_iter().chain(playhead).find(|&at| view.holds(at)).unwrap_or(middle)
    }

    /// What has just been selected, in a table for instance, is brought into the picture.
    fn look_at_selected(&mut self, before: &Self) {
        let (Some(view), true) = (self.camera.sight.view, Rc::ptr_eq(&self.trace, &before.trace)) else {
            return;
        };
        let selected = self.selected.filter(|_| self.selected != before.selected);
        let Some(event) = selected.and_then(|selected| self.trace.events().get(selected)) else { return };
        let (start, end) = (event.start(), event.end());
        if start > view.to || end < view.from {
            let map = self.map();
            self.choose(view.page(&map, start).within(map.end()));
        }
    }

    /// After every action: another run has its own length, and where the playhead has been moved
    /// or moves, the page that it stands on is shown. It was `sought` if it was sent somewhere, even to
    /// where it stood.
    pub(super) fn look_on(&mut self, before: &Self, sought: bool) {
        if !Rc::ptr_eq(&self.trace, &before.trace) {
            let end = self.trace.end().max(1);
            self.camera.chosen = self.camera.chosen.and_then(|chosen| chosen.within(end));
            self.camera.sight.view = self.camera.sight.view.and_then(|view| view.within(end));
        }
        self.look_at_selected(before);
        let moved = sought || self.at != before.at || (self.playing && !before.playing);
        let (Some(chosen), Some(view)) = (self.camera.chosen, self.camera.sight.view) else { return };
        // Pages at the ends of the run overlap their neighbours: there it takes a closer look.
        let sure = view == chosen || (view.from > 0 && view.to < self.trace.end());
        let stays = sure && view.from < self.at && self.at < view.to;
        if moved && !stays {
            let map = self.map();
            self.camera.sight.view = chosen.page(&map, self.at).within(map.end());
        }
    }
}
