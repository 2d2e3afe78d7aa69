//! The two windows of whoever presents: one before the class, one with the speaker's notes. Each hears
//! the other over a channel that does not leave the browser.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use gloo::utils::window;
use js_sys::Date;
use trace::fragment::Link;
use trace::lesson::telling::Telling;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};
use yew::prelude::*;

use crate::state::{Action, ClassAction, State};

/// What the two windows know of each other.
pub(super) struct Podium {
    /// Seconds since the presentation began.
    pub(super) elapsed: u64,
    /// Whether a window that presents has been heard.
    pub(super) heard: bool,
    /// Drives the window that presents, from whichever window.
    pub(super) drive: Callback<ClassAction>,
    /// Sets the time to zero, in both windows.
    pub(super) restart: Callback<()>,
}

/// Which of the two this window is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Neither,
    Presents,
    Notes,
}

/// Joins this window to the other one, if it is either.
#[hook]
pub(super) fn use_podium(store: &UseReducerHandle<State>) -> Podium {
    let role = match store.class.telling {
        Telling::Presented(_) => Role::Presents,
        Telling::Noted(_) => Role::Notes,
        Telling::Read | Telling::Printed(_) => Role::Neither,
    };
    let heard = use_state_eq(|| false);
    let seconds = use_state_eq(|| 0_u64);
    // Milliseconds since 1970: when the presentation began.
    let began = use_mut_ref(now);
    let channel = use_mut_ref(|| None::<BroadcastChannel>);
    let place = use_mut_ref(String::new);
    *place.borrow_mut() = where_it_stands(store);
    {
        let (dispatcher, channel, began, place) =
            (store.dispatcher(), Rc::clone(&channel), Rc::clone(&began), Rc::clone(&place));
        let heard = heard.setter();
        use_effect_with(role, move |&role| {
            *began.borrow_mut() = now();
            let opened = (role != Role::Neither).then(|| BroadcastChannel::new(CHANNEL).ok()).flatten();
            let listeners = opened.as_ref().map(|opened| {
                let (own, began, place) = (opened.clone(), Rc::clone(&began), Rc::clone(&place));
                let listener = EventListener::new(opened, "message", move |event| {
                    let Some(word) = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string())
                    else {
                        return;
                    };
                    match (role, word.split_once(' ').unwrap_or((&word, ""))) {
                        (Role::Presents, ("hello", _)) => tell(&own, &began, &place),
                        (Role::Presents, ("zero", _)) => {
                            *began.borrow_mut() = now();
                            tell(&own, &began, &place);
                        }
                        (Role::Presents, (word, _)) => {
                            if let Some(action) = action(word) {
                                dispatcher.dispatch(Action::Class(action));
                            }
                        }
                        (Role::Notes, ("bye", _)) => {
                            heard.set(false);
                            // There is no screen any more that could be blank.
                            if place.borrow().starts_with(BLANK) {
                                dispatcher.dispatch(Action::Class(ClassAction::Blank));
                            }
                        }
                        (Role::Notes, ("at", rest)) => {
                            let Some((since, place)) = rest.split_once(' ') else { return };
                            *began.borrow_mut() = since.parse().unwrap_or_else(|_| now());
                            let (shows, link) = place.split_once(' ').unwrap_or(("", place));
                            dispatcher.dispatch(Action::Open(link.to_owned()));
                            let follows = match shows {
                                BLANK => Some(ClassAction::Blank),
                                ASKS => None,
                                _ => Some(ClassAction::Told),
                            };
                            if let Some(follows) = follows {
                                dispatcher.dispatch(Action::Class(follows));
                            }
                            heard.set(true);
                        }
                        _ => {}
                    }
                });
                let own = opened.clone();
                let leaving = EventListener::new(&window(), "pagehide", move |_| bye(&own, role));
                [listener, leaving]
            });
            if let Some(opened) = &opened {
                match role {
                    Role::Notes => post(opened, "hello"),
                    _ => tell(opened, &began, &place),
                }
            }
            channel.replace(opened);
            move || {
                drop(listeners);
                if let Some(opened) = channel.take() {
                    bye(&opened, role);
                    opened.close();
                }
            }
        });
    }
    {
        let (channel, began, place) = (Rc::clone(&channel), Rc::clone(&began), Rc::clone(&place));
        let stands = place.borrow().clone();
        use_effect_with(stands, move |_| {
            if let (Role::Presents, Some(channel)) = (role, &*channel.borrow()) {
                tell(channel, &began, &place);
            }
        });
    }
    {
        let (began, seconds) = (Rc::clone(&began), seconds.setter());
        use_effect_with(role, move |&role| {
            let ticks = (role == Role::Notes).then(|| {
                Interval::new(TICK, move || {
                    seconds.set(now().saturating_sub(*began.borrow()) / 1_000);
                })
            });
            move || drop(ticks)
        });
    }
    let drive = {
        let (dispatcher, channel, alone) = (store.dispatcher(), Rc::clone(&channel), !*heard);
        Callback::from(move |action| match (&*channel.borrow(), word(action)) {
            (Some(channel), Some(word)) if role == Role::Notes && !alone => post(channel, word),
            _ => dispatcher.dispatch(Action::Class(action)),
        })
    };
    let restart = {
        let (channel, began, seconds) = (Rc::clone(&channel), Rc::clone(&began), seconds.setter());
        Callback::from(move |()| {
            *began.borrow_mut() = now();
            seconds.set(0);
            if let Some(channel) = &*channel.borrow() {
                post(channel, "zero");
            }
        })
    };
    Podium { elapsed: *seconds, heard: *heard, drive, restart }
}

/// Whether it is blank or only asks, and its link as the window with the notes has it.
fn where_it_stands(state: &State) -> String {
    let telling = Telling::Noted(state.class.telling.plan().map(|plan| plan.id));
    let shows = match (state.class.blank, state.class.asks) {
        (true, _) => BLANK,
        (false, true) => ASKS,
        (false, false) => "shown",
    };
    format!("{shows} {}", Link { telling, ..state.link() }.write())
}

/// Tells the other window where this one stands, and since when.
fn tell(channel: &BroadcastChannel, began: &RefCell<u64>, place: &RefCell<String>) {
    post(channel, &format!("at {} {}", *began.borrow(), place.borrow()));
}

/// Milliseconds since 1970, whole ones: to write and to read fractions weighs 20 KB.
fn now() -> u64 {
    Date::now() as u64
}

fn bye(channel: &BroadcastChannel, role: Role) {
    if role == Role::Presents {
        post(channel, "bye");
    }
}

fn post(channel: &BroadcastChannel, word: &str) {
    // Fails only on a channel that is closed, where nobody listens either.
    let _ = channel.post_message(&JsValue::from_str(word));
}

fn word(action: ClassAction) -> Option<&'static str> {
    DRIVEN.iter().find(|(_, driven)| *driven == action).map(|(word, _)| *word)
}

fn action(word: &str) -> Option<ClassAction> {
    DRIVEN.iter().find(|(known, _)| *known == word).map(|(_, action)| *action)
}

/// What one window has the other do, and the word for it.
const DRIVEN: [(&str, ClassAction); 4] = [
    ("next", ClassAction::Next),
    ("back", ClassAction::Back),
    ("blank", ClassAction::Blank),
    ("play", ClassAction::Play),
];

const BLANK: &str = "blank";
const ASKS: &str = "asks";

/// The channel's name: one presentation in a browser.
const CHANNEL: &str = "duplex-podium";

/// How often the clock of the notes is looked at, in milliseconds.
const TICK: u32 = 250;
