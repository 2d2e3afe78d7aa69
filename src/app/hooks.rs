//! What joins the store to the browser: the playhead, the theme, the keys, the window's width.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use tongue::{Sentence, say};
use trace::layout::{TimeMap, Travellers};
use trace::progress::Progress;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::clipboard;
use crate::language;
use crate::playback::{Playback, Score};
use crate::state::{Action, Language, Parcel, State, StudyAction, Theme};
use crate::storage::{keep, kept};

/// Runs the playhead while the store says so: a new take from its start, anything else that
/// changes from where the playhead is. `below`: lanes stand below one another.
#[hook]
pub(super) fn use_playback(
    store: &UseReducerHandle<State>,
    map: &Rc<TimeMap>,
    travellers: &Rc<Vec<Rc<Travellers>>>,
    now: &Rc<Cell<u64>>,
    below: bool,
) {
    let (state, map, now, dispatcher) = (store.clone(), Rc::clone(map), Rc::clone(now), store.dispatcher());
    let travellers = Rc::clone(travellers);
    let begun = use_mut_ref(|| 0);
    let wanted = use_mut_ref(|| Rc::new(Cell::new(0)));
    let wanted = Rc::clone(&wanted.borrow());
    // Starts are counted from 1.
    wanted.set(if store.playing { store.take } else { 0 });
    let run = (Rc::clone(&store.trace), Rc::clone(&map), store.camera.sight.layers);
    use_effect_with((store.playing, store.take, store.speed, store.reduced, below, run), move |_| {
        let playing = state.playing.then(|| {
            let same = begun.replace(state.take) == state.take;
            let score = Score {
                take: state.take,
                at: if same { now.get().min(map.end()) } else { state.at },
                speed: state.speed,
                reduced: state.reduced,
                map: (*map).clone(),
                until: state.until.unwrap_or(u64::MAX).min(map.end()),
                steps: state.trace.changes(),
                travellers: (*travellers).clone(),
                follows: below,
            };
            Playback::start(score, now, wanted, dispatcher)
        });
        drop(state);
        move || drop(playing)
    });
}

#[hook]
pub(super) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.id());
        }
        keep(THEME, theme.id());
    });
}

/// Keeps the learner's progress in the browser.
#[hook]
pub(super) fn use_progress(progress: &Progress) {
    let opened = use_mut_ref(|| false);
    let known = Parcel::Teaching.is_here();
    use_effect_with((progress.clone(), known), move |(progress, known)| {
        // What is there on opening was read from there, or is not this page's to overwrite.
        if *known && opened.replace(true) {
            keep(PROGRESS, &progress.write());
        }
    });
}

/// Whether the window is as a media query says.
#[hook]
pub(super) fn use_media(query: &'static str) -> bool {
    let fits = use_state(|| is(query));
    let setter = fits.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "resize", move |_| setter.set(is(query)));
        move || drop(listener)
    });
    *fits
}

/// Whether any panel over the page has been opened. What stands in them is two fifths of the page, so it is not
/// there before.
#[hook]
pub(super) fn use_opened() -> bool {
    let opened = use_state(|| false);
    let setter = opened.setter();
    use_effect_with((), move |()| {
        // In time for the panel to open full, unlike `toggle`. It does not bubble, but is told on its way down.
        let phase = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
        let listener =
            EventListener::new_with_options(&document(), "beforetoggle", phase, move |_| setter.set(true));
        move || drop(listener)
    });
    *opened
}

/// Tells whoever waits for the page that it is there; a link to a field lands on its octets.
#[hook]
pub(super) fn use_ready(to_octets: bool) {
    use_effect_with((), move |()| {
        if let (true, Ok(Some(octets))) = (to_octets, document().query_selector("section.octets")) {
            octets.scroll_into_view();
            // On a phone the field stands below its octets.
            if let (true, Ok(Some(field))) = (is(COMPACT), octets.query_selector("[aria-pressed=true]")) {
                field.scroll_into_view_with_bool(false);
            }
        }
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-ready", "true");
        }
    });
}

/// Brings what stands in the way of a live run clear of the player, as soon as it is told.
#[hook]
pub(super) fn use_problem(problem: &Option<Sentence>) {
    use_effect_with(problem.clone(), |problem| {
        let told = || document().query_selector(".live .problem").ok().flatten();
        if let Some(told) = problem.as_ref().and_then(|_| told()) {
            let bottom = told.get_bounding_client_rect().bottom();
            let height = window().inner_height().ok().and_then(|height| height.as_f64());
            if height.is_some_and(|height| bottom > height - PLAYER) {
                told.scroll_into_view_with_bool(false);
            }
        }
    });
}

/// Copies, and says so for a while; or why not, until that is dismissed.
#[hook]
pub(super) fn use_copy(act: &Callback<Action>) -> (&'static str, Callback<String>) {
    let told = use_state(|| false);
    let setter = told.setter();
    let waits = use_mut_ref(|| None);
    let copy = use_callback(act.clone(), move |text: String, act| {
        let (setter, waits, act) = (setter.clone(), Rc::clone(&waits), act.clone());
        spawn_local(async move {
            match clipboard::copy(&text).await {
                Ok(()) => {
                    setter.set(true);
                    // What was copied before must not end this one's time.
                    waits.replace(Some(Timeout::new(TOLD, move || setter.set(false))));
                }
                Err(why) => act.emit(Action::Notice(why)),
            }
        });
    });
    (if *told { say("Copied") } else { "" }, copy)
}

/// Fetches the words of a language, and then speaks it.
#[hook]
pub(super) fn use_learn(store: &UseReducerHandle<State>) -> Callback<Language> {
    let (dispatcher, chosen) = (store.dispatcher(), use_mut_ref(|| None));
    Callback::from(move |language| {
        let (dispatcher, chosen) = (dispatcher.clone(), Rc::clone(&chosen));
        *chosen.borrow_mut() = Some(language);
        dispatcher.dispatch(Action::Learn(language));
        spawn_local(async move {
            let learnt = language::learn(language).await;
            // Meanwhile another may have been chosen.
            if *chosen.borrow() != Some(language) {
                return;
            }
            dispatcher.dispatch(match learnt {
                Ok(()) => {
                    language::speak(language);
                    language::choose(language);
                    Action::Language(language)
                }
                Err(sentence) => Action::Unlearnt(sentence),
            });
            if language != Language::tagged(tongue::spoken()).unwrap_or_default() {
                go_back();
            }
        });
    })
}

/// A choice that came to nothing goes back. What a visitor has chosen in a select no markup changes any more
/// (HTML Standard section 4.10.10): only its value does.
fn go_back() {
    let select = document().query_selector("select.languages").ok().flatten();
    if let Some(select) = select.and_then(|it| it.dyn_into::<web_sys::HtmlSelectElement>().ok()) {
        select.set_value(tongue::spoken());
    }
}

pub(super) fn is(query: &str) -> bool {
    matches!(window().match_media(query), Ok(Some(query)) if query.matches())
}

pub(super) fn prefers_less_motion() -> bool {
    is("(prefers-reduced-motion: reduce)")
}

/// The address after its `#`, which stands in front of it.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Whether the address asks for the stage alone: `?embed`, before the fragment.
pub(super) fn is_embedded() -> bool {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').split('&').any(|asked| asked == "embed")
}

pub(super) fn stored_theme() -> Theme {
    Theme::from_id(&kept(THEME).unwrap_or_default())
}

/// The state with the progress that the browser has kept, if it has any.
pub(super) fn with_progress(state: State) -> State {
    match kept(PROGRESS).filter(|_| Parcel::Teaching.is_here()) {
        Some(text) => (*Rc::new(state).reduce(Action::Study(StudyAction::Kept(text)))).clone(),
        None => state,
    }
}

/// As high as the player is at most, in pixels; the style sheet keeps as much clear for what has the focus.
const PLAYER: f64 = 170.0;

/// How long it is said that something was copied, in milliseconds.
const TOLD: u32 = 2_000;

/// Where the browser keeps the chosen colours.
const THEME: &str = "duplex-theme";

/// Where it keeps the learner's progress.
pub(super) const PROGRESS: &str = "duplex-progress";

/// Narrower than two lanes.
pub(super) const COMPACT: &str = "(max-width: 860px)";

/// As narrow as an old projector's picture: words stand above the lanes, not beside them.
pub(super) const NARROW: &str = "(max-aspect-ratio: 3/2)";
