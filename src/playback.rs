//! The moving playhead: the only `requestAnimationFrame` in the program.
//!
//! Each frame moves the overlays by their `transform` and the slider by its value; the store hears
//! of it only when an event has been passed, and where events are thick no oftener than words can be
//! read, so that 60 frames a second cost 60 attributes, not 60 renders.

mod follow;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::utils::window;
use trace::decimal::tenth;
use trace::layout::{MOST_TRAVELLERS, TimeMap, Travellers};
use trace::playhead::Speed;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};
use yew::UseReducerDispatcher;

use crate::state::{Action, State};

/// What one stretch of playing needs to know.
pub struct Score {
    /// The store's count of starts at this one.
    pub take: u32,
    /// Where the playhead starts, in microseconds.
    pub at: u64,
    /// How fast it goes.
    pub speed: Speed,
    /// Whether it jumps from event to event instead of travelling.
    pub reduced: bool,
    /// Time to height.
    pub map: TimeMap,
    /// Where the playhead stops: at the end of the run, or of a lesson's beat.
    pub until: u64,
    /// Times at which the store is told, ascending.
    pub steps: Vec<u64>,
    /// What travels on each lane.
    pub travellers: Vec<Rc<Travellers>>,
    /// Whether the window follows the playhead, because lanes stand below one another.
    pub follows: bool,
}

/// A running playhead; dropping it stops it.
pub struct Playback {
    running: Rc<Cell<bool>>,
}

type Frame = Closure<dyn FnMut(f64)>;

impl Playback {
    /// Starts playing. `now` always holds the playhead's exact time, for whoever needs it between events;
    /// `wanted` the take that is to move it. A frame may come after the page has been drawn anew and before
    /// this is dropped: it must move nothing.
    pub fn start(
        score: Score,
        now: Rc<Cell<u64>>,
        wanted: Rc<Cell<u32>>,
        store: UseReducerDispatcher<State>,
    ) -> Self {
        let running = Rc::new(Cell::new(true));
        let frame: Rc<RefCell<Option<Frame>>> = Rc::default();
        let (alive, again) = (Rc::clone(&running), Rc::clone(&frame));
        let mut last: Option<f64> = None;
        let mut told = f64::NEG_INFINITY;
        let mut untold = false;
        now.set(score.at);
        *frame.borrow_mut() = Some(Closure::new(move |timestamp: f64| {
            if !alive.get() || wanted.get() != score.take {
                again.borrow_mut().take();
                return;
            }
            // The browser stops frames of a hidden page: a long gap is a pause, not a leap.
            let elapsed = last.map_or(0.0, |last| (timestamp - last).clamp(0.0, LONGEST_FRAME));
            last = Some(timestamp);
            let before = now.get();
            let at = score.speed.advance(before, (elapsed * 1_000.0) as u64, &score.map).min(score.until);
            now.set(at);
            let ends = at >= score.until;
            let behind = |at| score.steps.partition_point(|&step| step <= at);
            let (was, is) = (behind(before), behind(at));
            let passed = is > was;
            // Past the end of the picture the store turns the page.
            let over = ends || at >= score.map.view().to;
            // Who jumps lands on what happened, not where the frame that noticed it happens to be.
            let landed = is.checked_sub(1).and_then(|last| score.steps.get(last)).copied();
            let at = landed.filter(|_| score.reduced && !over).unwrap_or(at);
            if passed || over || !score.reduced {
                show(at, &score.map);
            }
            if !score.reduced {
                send(at, &score);
            }
            untold |= passed;
            if over || untold && timestamp - told >= BETWEEN_WORDS {
                (told, untold) = (timestamp, false);
                if score.follows {
                    follow::follow();
                }
                store.dispatch(Action::Reached(at));
            }
            if ends {
                alive.set(false);
                again.borrow_mut().take();
                return;
            }
            request(&again);
        }));
        request(&frame);
        Self { running }
    }
}

impl Drop for Playback {
    fn drop(&mut self) {
        self.running.set(false);
    }
}

fn request(frame: &Rc<RefCell<Option<Frame>>>) {
    if let Some(closure) = frame.borrow().as_ref() {
        // Refused only where there is no window to paint, and then there is nothing to play.
        let _ = window().request_animation_frame(closure.as_ref().unchecked_ref());
    }
}

/// Moves what has to move in this frame.
fn show(at: u64, map: &TimeMap) {
    let document = gloo::utils::document();
    let transform = format!("translate(0 {})", tenth(map.curtain(at)));
    each(&document, "[data-playhead]", |element| {
        let _ = element.set_attribute("transform", &transform);
    });
    let clock = trace::caption::seconds(at);
    each(&document, "[data-clock]", |element| {
        let _ = element.set_attribute("data-clock", &clock);
    });
    each(&document, "input[data-time]", |element| {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.set_value(&at.to_string());
        }
    });
}

/// Moves the marks of what is under way. Each lane has a few, and the same in each frame.
fn send(at: u64, score: &Score) {
    let Ok(marks) = gloo::utils::document().query_selector_all("[data-traveller]") else { return };
    let mark = |index: usize| marks.get(index as u32).and_then(|node| node.dyn_into::<Element>().ok());
    let y = score.map.y(at);
    for (lane, travellers) in score.travellers.iter().enumerate() {
        let under_way = travellers.at(y);
        for place in 0..MOST_TRAVELLERS {
            let Some(element) = mark(lane * MOST_TRAVELLERS + place) else { return };
            let Some(traveller) = under_way.get(place) else {
                // Those that travel stand first: behind one that is empty all are.
                if element.get_attribute("d").is_none_or(|d| d.is_empty()) {
                    break;
                }
                let _ = element.set_attribute("d", "");
                continue;
            };
            let place = format!("translate({} {})", tenth(traveller.x), tenth(y));
            let values =
                [("class", traveller.tone.name()), ("d", traveller.outline()), ("transform", &place)];
            for (name, value) in values {
                let _ = element.set_attribute(name, value);
            }
        }
    }
}

fn each(document: &web_sys::Document, selector: &str, act: impl Fn(&Element)) {
    let Ok(found) = document.query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            act(&element);
        }
    }
}

/// Milliseconds between two changes of what is said, at least.
const BETWEEN_WORDS: f64 = 100.0;

/// Milliseconds; a longer gap between two frames counts as this.
const LONGEST_FRAME: f64 = 100.0;
