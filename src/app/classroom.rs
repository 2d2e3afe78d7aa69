//! The page in other shapes than the usual: within another page, or before a class as slides, speaker's notes and
//! handouts; and what the browser is asked for around them.

use std::rc::Rc;

use gloo::utils::{document, window};
use trace::exhibit::{Dissection, Exhibit};
use trace::lesson::plan;
use trace::lesson::telling::Telling;
use yew::prelude::*;

use super::podium::Podium;
use crate::state::{State, View};
use crate::views::{Act, handout, join, present, sheet, speaker, teach};

/// What the page before a class is made of.
pub(super) struct Props<'a> {
    pub(super) state: &'a State,
    pub(super) podium: &'a Podium,
    /// What is on the stage, if a lesson has set it: the lanes or the octets.
    pub(super) stage: &'a dyn Fn() -> Html,
    /// The name of the field that is explained on the stage.
    pub(super) field: Option<&'a str>,
    /// The octets of what is selected there, taken apart, and which of them are shown.
    pub(super) exhibit: Option<&'a (Rc<Dissection>, usize)>,
    /// The playhead's exact time.
    pub(super) now: Callback<(), u64>,
    pub(super) act: &'a Act,
}

/// The whole page, where it is one for a class; `None` where it is the usual one.
pub(super) fn view(props: Props) -> Option<Html> {
    let Props { state, podium, act, .. } = props;
    match (state.class.telling, state.place) {
        (Telling::Noted(_), _) => Some(speaker::view(&speaker::Props {
            stops: state.stops(),
            at: state.stop(),
            here: state.here(),
            plan: state.class.telling.plan(),
            elapsed: podium.elapsed,
            heard: podium.heard,
            blank: state.class.blank,
            asks: state.class.asks,
            drive: podium.drive.clone(),
            restart: podium.restart.clone(),
        })),
        (Telling::Presented(_), _) if state.class.blank => Some(present::blank(act)),
        (Telling::Presented(_), Some(place)) => {
            let stage = state.subject() == View::Lab;
            let shown = match props.exhibit {
                Some((dissection, shown)) if stage => dissection.exhibits.get(*shown).map(|it| &**it),
                _ if stage => None,
                _ => state.desk.exhibit(),
            };
            Some(present::slide(present::Slide {
                place,
                seen: state.seen(props.field),
                planned: state.class.telling.plan().is_some(),
                asks: state.step().map(|step| step.ask),
                tells: state.tells(),
                lit: shown.and_then(|exhibit| lit(exhibit, state.field?)).filter(|_| state.tells()),
                stage: (props.stage)(),
                lanes: if stage { state.trace.lanes().len() } else { 0 },
                clicker: clicker(state, stage.then_some(state.playing), props.now, act),
            }))
        }
        (Telling::Printed(plan), place) => {
            let base = reachable().into_iter().next();
            let print = Callback::from(|()| drop(window().print()));
            match plan.and_then(plan::named) {
                Some(plan) => Some(sheet::view(&sheet::Props { plan, address: base, print: &print })),
                None => {
                    let (lesson, _) = place?.told()?;
                    // As short as a link to a lesson can be: somebody may type it.
                    let address = base.map(|base| format!("{base}#lesson={}", lesson.id));
                    Some(handout::view(&handout::Props { lesson, address, print: &print, act }))
                }
            }
        }
        _ => None,
    }
}

/// A part of the page that is there for teachers only.
pub(super) fn part(view: View) -> Option<Html> {
    match view {
        View::Teach => Some(teach::view()),
        View::Join => {
            let served = crate::capture::companion_tag().is_some();
            Some(join::view(&join::Props { addresses: reachable(), served }))
        }
        _ => None,
    }
}

/// The buttons of a clicker. `playing`: whether the stage plays, where it has no player of its own.
pub(super) fn clicker(state: &State, playing: Option<bool>, now: Callback<(), u64>, act: &Act) -> Html {
    let telling = Telling::Noted(state.class.telling.plan().map(|plan| plan.id));
    let notes = teach::to(state.link(), telling);
    let open_notes = {
        let notes = notes.clone();
        Callback::from(move |()| {
            // Where the browser lets no window open, it says so, and the link can still be followed.
            let _ = window().open_with_url_and_target_and_features(&notes, "duplex-notes", NOTES_WINDOW);
        })
    };
    present::clicker(&present::Clicker {
        at: state.stop(),
        of: state.stops().len(),
        asks: state.class.asks,
        playing,
        now,
        notes,
        open_notes: &open_notes,
        full_screen: &Callback::from(|()| full_screen()),
        act,
    })
}

/// The name of a field, its value and what it means.
fn lit(exhibit: &Exhibit, field: usize) -> Option<[String; 3]> {
    let span = exhibit.fields.get(field)?;
    Some([span.title().to_owned(), exhibit.value(span), span.meaning.to_string()])
}

/// At which addresses others reach this page, the likeliest first: its own, unless that is this
/// computer's, and those that its companion knows.
fn reachable() -> Vec<String> {
    let mut found = Vec::new();
    let location = window().location();
    if let (Ok(host), Ok(origin), Ok(path)) = (location.hostname(), location.origin(), location.pathname())
        && !(host == "localhost" || host == "[::1]" || host.starts_with("127.") || host.is_empty())
    {
        found.push(origin + &path);
    }
    let tag = document().query_selector("meta[name=duplex-reachable]").ok().flatten();
    let known = tag.and_then(|tag| tag.get_attribute("content")).unwrap_or_default();
    for address in known.split_whitespace() {
        if !found.iter().any(|own| own == address) {
            found.push(address.to_owned());
        }
    }
    found
}

/// Fills the screen, or gives it back.
fn full_screen() {
    match document().fullscreen_element() {
        Some(_) => document().exit_fullscreen(),
        // Refused only where the page is embedded without that right; everything works all the same.
        None => drop(document().document_element().map(|root| root.request_fullscreen())),
    }
}

/// Large enough for the notes, small enough to lie beside something else.
const NOTES_WINDOW: &str = "popup,width=900,height=700";
