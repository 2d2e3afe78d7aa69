//! What the tour asks of the browser: to keep the answer, to show what it points at, and to hold the focus.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::{document, window};
use trace::decimal::tenth;
use trace::progress::Progress;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, KeyboardEvent, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

use super::hooks::{COMPACT, PROGRESS, is};
use crate::state::{Action, Parcel, Part, State, Tour, TourAction};
use crate::storage::{keep, kept};
use crate::views::tour::place::{GAP, Room, held, stand, together};

/// The state with the tour on offer, if the browser has kept neither an answer nor anything learnt.
pub(super) fn with_welcome(state: State) -> State {
    // Progress is read once there is something to have made it in.
    let learnt = if Parcel::Teaching.is_here() {
        state.progress != Progress::default()
    } else {
        kept(PROGRESS).is_some()
    };
    let first = kept(ANSWER).is_none() && !learnt;
    if first { state.welcoming() } else { state }
}

/// Takes the visitor round while the tour is under way.
#[hook]
pub(super) fn use_tour(store: &UseReducerHandle<State>) {
    let answered = store.tour.is_answered();
    use_effect_with(answered, |&answered| {
        if answered {
            keep(ANSWER, "answered");
        }
    });
    let part = store.tour_stop().map(|(_, stop)| stop.part);
    let calm = store.reduced;
    use_effect_with(part, move |&part| {
        let pointed: Rc<RefCell<Vec<Element>>> = Rc::default();
        let listener = part.map(|part| {
            *pointed.borrow_mut() = point(part, calm);
            let (pointed, wide) = (Rc::clone(&pointed), Cell::new(width()));
            EventListener::new(&window(), "resize", move |_| {
                // A phone's bars come and go while its visitor scrolls: that is no reason to scroll back.
                if wide.replace(width()) != width() {
                    unmark(&pointed.take());
                    *pointed.borrow_mut() = point(part, true);
                }
            })
        });
        move || {
            drop(listener);
            unmark(&pointed.take());
        }
    });
    let last = use_mut_ref(|| store.tour);
    use_effect_with(store.tour, move |&tour| hold_focus(last.replace(tour), tour));
    let dispatcher = store.dispatcher();
    use_effect_with(part.is_some(), move |&on| {
        let listener = on.then(|| {
            EventListener::new(&document(), "keydown", move |event| {
                let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
                // What lies over the page goes first.
                if escape && !event.default_prevented() && find(":popover-open").is_none() {
                    dispatcher.dispatch(Action::Tour(TourAction::End));
                }
            })
        });
        move || drop(listener)
    });
}

/// The focus goes along: into the panel, and from there to Play.
fn hold_focus(last: Tour, tour: Tour) {
    let goes = match (last.at(), tour.at()) {
        // The page was drawn anew, in another language.
        _ if last == tour => None,
        // Whoever has walked on to a button that is there no more, or is only just starting.
        (_, Some(_)) if find(".tour :focus").is_none() => find(".tour .onward"),
        // A view without Play has its own beginning.
        (Some(_), None) => find(".play"),
        // The invitation is gone, and what had the focus with it.
        (None, None) if last == Tour::Offered && tour == Tour::Over => find(".play"),
        _ => None,
    };
    if let Some(element) = goes.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Refused only by what cannot have the focus.
        let _ = element.focus();
    }
}

/// Marks what a stop points at, scrolls it into view and puts the panel beside it; answers what is marked.
fn point(part: Part, calm: bool) -> Vec<Element> {
    let Some(panel) = find(".tour").and_then(|panel| panel.dyn_into::<HtmlElement>().ok()) else {
        return Vec::new();
    };
    let (targets, frame) = (all(places(part)), document().document_element());
    let (Some(frame), false) = (frame, targets.is_empty()) else { return Vec::new() };
    let boxes: Vec<DomRect> = targets.iter().map(Element::get_bounding_client_rect).collect();
    let (own, width) = (panel.get_bounding_client_rect(), f64::from(frame.client_width()));
    let high = f64::from(frame.client_height());
    let scrolled = frame.scroll_top();
    let room = Room {
        window: high,
        player: find(".controls").map_or(0.0, |player| player.get_bounding_client_rect().height()),
        panel: own.height(),
        reach: [f64::from(scrolled), f64::from(frame.scroll_height() - scrolled) - high],
        sheet: is(COMPACT),
    };
    let spans: Vec<[f64; 2]> = boxes.iter().map(|it| [it.top(), it.bottom()]).collect();
    let (count, span) = together(&spans, &room);
    let stand = stand(span, &room, part == Part::Player);
    let shown = &boxes[..count];
    let left = shown.iter().map(|it| it.left()).fold(f64::INFINITY, f64::min);
    let right = shown.iter().map(|it| it.right()).fold(0.0, f64::max);
    let most = (width - own.width() - GAP).max(GAP);
    let beside = held((left + right - own.width()) / 2.0, GAP, most);
    let lowest = own.height() + GAP;
    let top = format!("min({}px, 100% - {}px)", tenth(stand.top), tenth(lowest));
    for (property, length) in [("top", top), ("left", format!("{}px", tenth(beside)))] {
        // Refused only if the style were read-only; then it stands in its corner.
        let _ = panel.style().set_property(property, &length);
    }
    let scroll = ScrollToOptions::new();
    // Not by a distance: the page may still be on its way to the stop before.
    scroll.set_top(f64::from(scrolled) + stand.scroll);
    scroll.set_behavior(if calm { ScrollBehavior::Instant } else { ScrollBehavior::Smooth });
    window().scroll_to_with_scroll_to_options(&scroll);
    let marked: Vec<Element> = targets.into_iter().take(count).collect();
    for element in &marked {
        let _ = element.set_attribute(MARK, "");
    }
    marked
}

/// How wide the window is, in CSS pixels.
fn width() -> i32 {
    document().document_element().map_or(0, |frame| frame.client_width())
}

fn unmark(elements: &[Element]) {
    for element in elements {
        let _ = element.remove_attribute(MARK);
    }
}

/// Where a part is on the page: what counts most first.
fn places(part: Part) -> &'static [&'static str] {
    match part {
        Part::Player => &[".player"],
        Part::Lanes => &[".lane .picture", ".ruler-cell"],
        Part::Ladder => &["section.lane:last-of-type .picture"],
        Part::Octets => &[".octets-head", ".inspector .split"],
        Part::Knobs => &[".brief", ".lane .transport"],
        Part::Live => &[".aside .live"],
        Part::Ways => &[".bar nav a[href$=lessons]", ".bar [popovertarget=help]"],
    }
}

fn all(selectors: &[&str]) -> Vec<Element> {
    let found = selectors.iter().filter_map(|selector| document().query_selector_all(selector).ok());
    let each = found.flat_map(|list| (0..list.length()).filter_map(move |place| list.item(place)));
    each.filter_map(|node| node.dyn_into().ok()).collect()
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Where the browser keeps that the visitor has answered.
const ANSWER: &str = "duplex-tour";

/// What the style sheet knows a marked element by.
const MARK: &str = "data-toured";
