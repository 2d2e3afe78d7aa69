//! The visitor's way through the page: an entry of the browser's history for each place, so that Back leads
//! from place to place; the address of the frame that is shown; and on entering a place, its top.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::{document, window};
use trace::fragment::LONGEST_LINK;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, ScrollRestoration};
use yew::prelude::*;

use super::hooks::fragment;
use crate::state::{Action, State, View};

/// The entries of the history that are this page's.
#[derive(Default)]
struct Trail {
    /// The place that is shown.
    spot: String,
    /// Whether it is a list on which places are chosen.
    shelf: bool,
    /// The entry that is shown: its place in `marks`, and what the browser keeps of it.
    at: usize,
    /// What was left in each entry: the place, and how far down its page it was read, in pixels.
    marks: Vec<(String, f64)>,
    /// The address of the page as it was when something began to wait for a parcel.
    waited: Option<String>,
    /// Counts how often the browser went somewhere by itself.
    goings: u32,
    /// Whether it has just gone, and if so, whether back or on to where the visitor has been.
    gone: Option<bool>,
}

impl Trail {
    /// Where a page begins that is opened or drawn anew.
    fn begin(store: &State) -> Self {
        if let Ok(history) = window().history() {
            // The page is drawn after the browser has scrolled: it would scroll a page that goes.
            let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        }
        let at = entry().unwrap_or_default();
        let _ = mark(at);
        Self { spot: store.spot(), shelf: store.is_shelf(), at, ..Self::default() }
    }

    /// Remembers how far down the place is read that is about to be left.
    fn leave(&mut self) {
        if self.marks.len() <= self.at {
            self.marks.resize(self.at + 1, Default::default());
        }
        self.marks[self.at] = (self.spot.clone(), window().scroll_y().unwrap_or_default());
    }

    /// Goes on to an entry that has not been there.
    fn forth(&mut self) {
        self.at += 1;
        self.marks.truncate(self.at);
    }

    /// The browser has gone somewhere: back, on again, or to a link's address.
    fn follow(&mut self) {
        self.leave();
        let known = entry();
        match known {
            Some(at) => self.at = at,
            None => {
                self.forth();
                let _ = mark(self.at);
            }
        }
        (self.goings, self.gone) = (self.goings + 1, Some(known.is_some()));
    }

    /// How far down a place is shown that is entered; `back`: by going back to its entry, or on.
    fn depth(&self, store: &State, back: bool) -> f64 {
        let mark = match back {
            true => self.marks.get(self.at),
            // From what was chosen on a list, back to where it was chosen.
            false if store.is_shelf() && !self.shelf => {
                self.marks.iter().rev().find(|(spot, _)| *spot == store.spot())
            }
            false => None,
        };
        mark.map_or(0.0, |(_, depth)| *depth)
    }
}

/// Keeps the address on the frame that is shown, and follows it when the visitor changes it.
#[hook]
pub(super) fn use_trail(store: &UseReducerHandle<State>) {
    let trail = use_mut_ref(|| Trail::begin(store));
    let spot = store.spot();
    // While the old page is still there: a shorter one moves it.
    if trail.borrow().spot != spot && trail.borrow().gone.is_none() {
        trail.borrow_mut().leave();
    }
    let goings = trail.borrow().goings;
    let beat = store.place.map(|place| place.beat);
    // The address of a lesson says no time, so that it can be written while it plays.
    let held = store.playing && store.view == View::Lab;
    {
        let (trail, store) = (Rc::clone(&trail), store.clone());
        let fetching = store.awaited.action.is_some();
        use_effect_with(
            (spot, store.link().write(), beat, held, goings, fetching),
            move |(spot, written, ..)| {
                // The address is already where the page will be as soon as that has come.
                let mut trail = trail.borrow_mut();
                if fetching {
                    trail.waited = Some(written.clone());
                    return;
                }
                // Where nothing came of it, it stays: whoever reloads the page tries again.
                if trail.waited.as_ref() == Some(written) {
                    return;
                }
                trail.waited = None;
                let (entered, gone) = (trail.spot != *spot, trail.gone.take());
                let fits = written.len() <= LONGEST_LINK;
                if entered && gone.is_none() {
                    trail.forth();
                    push(trail.at, if fits { written } else { spot });
                } else if !held && fits && fragment().trim_start_matches('#') != written {
                    // What is too long for an address stays out of it: the last one that fits stands.
                    replace(trail.at, written);
                }
                if entered {
                    enter(trail.depth(&store, gone == Some(true)));
                    (trail.spot, trail.shelf) = (spot.clone(), store.is_shelf());
                } else {
                    keep_heading_in_sight();
                }
            },
        );
    }
    let dispatcher = store.dispatcher();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "hashchange", move |_| {
            trail.borrow_mut().follow();
            dispatcher.dispatch(Action::Open(fragment()));
        });
        move || drop(listener)
    });
}

/// The entry that the browser shows, if this page has marked it.
fn entry() -> Option<usize> {
    let state = window().history().and_then(|history| history.state()).ok()?;
    state.as_f64().map(|at| at as usize)
}

// What follows is refused only in a sandbox without an address of its own; the page works all the same.

/// Marks the entry that is shown.
fn mark(at: usize) -> Result<(), JsValue> {
    window().history()?.replace_state(&JsValue::from_f64(at as f64), "")
}

/// Gives the entry that is shown another link.
fn replace(at: usize, link: &str) {
    let _ = window().history().and_then(|history| {
        history.replace_state_with_url(&JsValue::from_f64(at as f64), "", Some(&format!("#{link}")))
    });
}

/// Adds an entry.
fn push(at: usize, link: &str) {
    let _ = window().history().and_then(|history| {
        history.push_state_with_url(&JsValue::from_f64(at as f64), "", Some(&format!("#{link}")))
    });
}

/// Shows a place from so far down its page, and hands its heading the focus.
fn enter(depth: f64) {
    if let Some(open) = found(":popover-open") {
        let _ = open.hide_popover();
    }
    if let Some(heading) = found("main h1") {
        focus(&heading);
    }
    window().scroll_to_with_x_and_y(0.0, depth);
}

/// Another step of a lesson begins with its heading, wherever the last one was read to.
fn keep_heading_in_sight() {
    if let Some(words) = found(".told-words") {
        words.set_scroll_top(0);
    }
    if found(".beat h1").is_some_and(|heading| heading.get_bounding_client_rect().top() < 0.0) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Shows the octets of what is selected.
pub(super) fn show_octets() {
    if let Some(octets) = found("section.octets h2") {
        octets.scroll_into_view();
        focus(&octets);
    }
}

/// Gives the focus to what is no control.
fn focus(element: &HtmlElement) {
    let _ = element.set_attribute("tabindex", "-1");
    let _ = element.focus();
}

fn found(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten().and_then(|it: Element| it.dyn_into().ok())
}
