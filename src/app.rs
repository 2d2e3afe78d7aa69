//! The shell: joins the store, the playhead and the browser's edges to the views.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use trace::caption;
use trace::layout::{self, Scene, TimeMap, Viewport};
use trace::scenario::{Speaker, Workload};
use trace::trace::Trace;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::capture::{self, Stop};
use crate::clipboard;
use crate::live_run;
use crate::playback::{Playback, Score};
use crate::state::{Action, Endpoint, Source, State, Theme};
use crate::views::act::ActPanel;
use crate::views::lane::LaneView;
use crate::views::same::Same;
use crate::views::svg;
use crate::views::{
    bar, caption as caption_line, help, knobs, ledger, live, notes, octets, player, ruler, series, source,
};

/// The whole page.
#[component]
pub fn App() -> Html {
    let store = use_reducer(|| {
        let mut state =
            State { theme: stored_theme(), reduced: prefers_less_motion(), ..State::open(&fragment()) };
        state.live.endpoint = capture::companion_tag().map_or(Endpoint::Preset(0), Endpoint::Companion);
        state
    });
    let now = use_mut_ref(|| Rc::new(Cell::new(0_u64)));
    let now = Rc::clone(&now.borrow());
    if !store.playing {
        now.set(store.at);
    }
    let compact = use_compact();
    let viewport = if compact { Viewport::PHONE } else { Viewport::WIDE };
    let map = use_memo((Rc::clone(&store.trace), compact), |(trace, _)| TimeMap::of(trace, viewport.height));
    let scenes = use_memo((Rc::clone(&store.trace), compact), |(trace, _)| {
        (0..trace.lanes().len())
            .map(|lane| Rc::new(layout::scene(trace, lane, &map, viewport)))
            .collect::<Vec<Rc<Scene>>>()
    });
    let predicted = store.recording().and_then(|recording| recording.predicted.clone());
    let ghosts = use_memo((predicted, Rc::clone(&map)), |(predicted, map)| {
        let of = |trace: &Trace, lane| Rc::new(layout::scene(trace, lane, map, viewport));
        predicted
            .as_ref()
            .map(|trace| (0..trace.lanes().len()).map(|lane| of(trace, lane)).collect::<Vec<_>>())
    });
    let scenario = use_memo(store.shown().clone(), Clone::clone);

    use_playback(&store, &map, &now);
    use_fragment(&store);
    use_theme(store.theme);
    use_keys(&store, &now);
    use_ready();

    // One and the same from render to render, so that a ladder is drawn again only if it changes.
    let act: Callback<Action> = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action, ()| dispatcher.dispatch(action))
    };
    let copy = use_callback((), |text: String, ()| clipboard::copy(&text));
    let say = |from: Speaker| {
        let (act, now) = (act.clone(), Rc::clone(&now));
        Callback::from(move |text: String| act.emit(Action::Say(from, text, now.get())))
    };
    let rest = store.at_rest();
    let caption = if rest { caption::summary(&store.trace) } else { caption::moment(&store.trace, store.at) };
    let meaning = format!("{}: {} {}", caption::precise(store.at), caption.text, caption.emphasis);
    let now_asked = {
        let now = Rc::clone(&now);
        Callback::from(move |()| now.get())
    };
    let selected = store.selected.and_then(|selected| store.trace.events().get(selected)).cloned();
    let lane = |lane: usize| {
        let ghost = ghosts.as_ref().as_ref().and_then(|ghosts| ghosts.get(lane)).map(Same::of);
        html! {
            <LaneView key={lane} scenario={Same::of(&scenario)} trace={Same::of(&store.trace)} {lane}
                scene={Same::of(&scenes[lane])} ghost={ghost} map={(*map).clone()} at={store.at} selected={store.selected}
                notes={rest} code={store.code.contains(&lane)} labelled={compact || scenes.len() > 2} copy={copy.clone()} act={act.clone()} />
        }
    };
    let own = capture::companion_tag();
    let stop = use_mut_ref(Stop::new);
    let run = {
        let (store, stop) = (store.clone(), Rc::clone(&stop));
        Callback::from(move |()| {
            *stop.borrow_mut() = Stop::new();
            live_run::start(&store, store.dispatcher(), stop.borrow().clone());
        })
    };
    let stop_run = Callback::from(move |()| stop.borrow().stop());
    let brief = match store.recording() {
        Some(recording) if recording.predicted.is_none() => format!("{}, as it is", recording.server),
        _ => knobs::brief(scenario.network),
    };
    let hero = match (store.recording(), scenario.workload) {
        (Some(_), _) => "The same conversation, really sent, one lane after the other.",
        (None, Workload::Chat) => "The same chat, on the same network, at the same time. Press Play.",
        (None, Workload::Echo) => "The same echo, on the same network, at the same time. Press Play.",
    };
    let dismiss = act.reform(|_: MouseEvent| Action::Dismiss);
    html! {
        <>
            { bar::view(&bar::Props { scenario: &store.scenario, brief, theme: store.theme, act: act.clone() }) }
            <main>
                <div class="hero">
                    { svg::words("h1", "", "HTTP answers. WebSocket talks.") }
                    { svg::words("p", "", hero) }
                    { source::view(&source::Props { source: store.live.source, act: act.clone() }) }
                </div>
                if let Some(notice) = &store.notice {
                    <p class="notice" role="status">{ notice }<button type="button" class="quiet" onclick={dismiss}>{"Dismiss"}</button></p>
                }
                <div class="stage">
                    { lane(0) }
                    if !compact && scenes.len() < 3 {
                        <div class="ruler-cell">{ ruler::view(&ruler::Props { map: &map, height: viewport.height }) }</div>
                    }
                    for index in 1..scenes.len() {
                        { lane(index) }
                    }
                    <div class="aside">
                        <ActPanel workload={scenario.workload} added={store.scenario.added.len()} invite={rest}
                            send={say(Speaker::You)} server_speaks={say(Speaker::Server).reform(|()| NEWS.to_owned())}
                            forget={act.reform(|()| Action::Forget)} />
                        { live::view(&live::Props { live: &store.live, own, run, stop: stop_run, act: act.clone() }) }
                        if rest {
                            { notes::view(&notes::Props { notes: caption::notes(&store.trace) }) }
                        }
                    </div>
                </div>
                <div class="controls">
                    { player::view(&player::Props {
                        at: store.at,
                        end: store.trace.end(),
                        playing: store.playing,
                        speed: store.speed,
                        duration: store.speed.duration(&map),
                        meaning,
                        now: now_asked,
                        act: act.clone(),
                    }) }
                    { caption_line::view(&caption_line::Props { caption, playing: store.playing }) }
                </div>
                { ledger::view(&ledger::Props { trace: &store.trace, at: store.at }) }
                if store.live.source == Source::Live {
                    { series::view(&series::Props { live: &store.live }) }
                }
                { octets::view(&octets::Props { event: selected, close: act.reform(|()| Action::Select(None)), copy }) }
            </main>
            { help::view(&help::Props { shortcuts: store.shortcuts, reduced: store.reduced, act: act.clone() }) }
        </>
    }
}

/// Runs the playhead while the store says so: a new take from its start, anything else that
/// changes from where the playhead is.
#[hook]
fn use_playback(store: &UseReducerHandle<State>, map: &Rc<TimeMap>, now: &Rc<Cell<u64>>) {
    let (state, map, now, dispatcher) = (store.clone(), Rc::clone(map), Rc::clone(now), store.dispatcher());
    let begun = use_mut_ref(|| 0);
    use_effect_with(
        (store.playing, store.take, store.speed, store.reduced, Rc::clone(&store.trace), Rc::clone(&map)),
        move |_| {
            let playing = state.playing.then(|| {
                let same = begun.replace(state.take) == state.take;
                let score = Score {
                    at: if same { now.get().min(map.end()) } else { state.at },
                    speed: state.speed,
                    reduced: state.reduced,
                    map: (*map).clone(),
                    steps: state.trace.steps(),
                };
                Playback::start(score, now, dispatcher)
            });
            drop(state);
            move || drop(playing)
        },
    );
}

/// Keeps the address on the frame that is shown, and follows it when the visitor changes it.
#[hook]
fn use_fragment(store: &UseReducerHandle<State>) {
    let written = store.link().write();
    let playing = store.playing;
    use_effect_with((written, playing), |(written, playing)| {
        if !playing && fragment().trim_start_matches('#') != written {
            let address = if written.is_empty() { "#".to_owned() } else { format!("#{written}") };
            // Refused only in a sandbox without an address of its own; the page works all the same.
            let _ = window().history().and_then(|history| {
                history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
            });
        }
    });
    let dispatcher = store.dispatcher();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "hashchange", move |_| {
            dispatcher.dispatch(Action::Open(fragment()));
        });
        move || drop(listener)
    });
}

#[hook]
fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.name());
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(THEME, theme.name());
        }
    });
}

/// Single keys for the player, except where the visitor types or a control has its own use for them.
#[hook]
fn use_keys(store: &UseReducerHandle<State>, now: &Rc<Cell<u64>>) {
    let (dispatcher, now) = (store.dispatcher(), Rc::clone(now));
    use_effect_with((store.shortcuts, store.playing), move |&(shortcuts, playing)| {
        let listener = shortcuts.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
                if event.default_prevented() || modified || has_own_keys(event) {
                    return;
                }
                let at = now.get();
                let action = match event.key().as_str() {
                    " " if playing => Action::Pause(at),
                    " " => Action::Play,
                    "ArrowLeft" => Action::StepBack(at),
                    "ArrowRight" => Action::StepForward(at),
                    "Home" => Action::Seek(0),
                    "End" => Action::Seek(u64::MAX),
                    _ => return,
                };
                event.prevent_default();
                dispatcher.dispatch(action);
            })
        });
        move || drop(listener)
    });
}

/// Whether the element that has the focus uses the player's keys itself.
fn has_own_keys(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target else { return false };
    let own = target.closest("input, select, textarea, summary, [role=listbox], [role=dialog], .scroll");
    let pressed = event.key() == " " && matches!(target.closest("button, a"), Ok(Some(_)));
    matches!(own, Ok(Some(_))) || pressed
}

/// Whether the window is too narrow for lanes side by side.
#[hook]
fn use_compact() -> bool {
    let compact = use_state(is_compact);
    let setter = compact.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "resize", move |_| setter.set(is_compact()));
        move || drop(listener)
    });
    *compact
}

/// Tells whoever waits for the page that it is there.
#[hook]
fn use_ready() {
    use_effect_with((), |()| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-ready", "true");
        }
    });
}

fn is_compact() -> bool {
    matches!(window().match_media(COMPACT), Ok(Some(query)) if query.matches())
}

fn prefers_less_motion() -> bool {
    matches!(window().match_media("(prefers-reduced-motion: reduce)"), Ok(Some(query)) if query.matches())
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

fn stored_theme() -> Theme {
    let stored =
        window().local_storage().ok().flatten().and_then(|storage| storage.get_item(THEME).ok().flatten());
    Theme::named(&stored.unwrap_or_default())
}

/// What Ben says when the visitor makes him speak.
const NEWS: &str = "News!";

/// Where the browser keeps the chosen colours.
const THEME: &str = "duplex-theme";

/// Narrower than two lanes.
const COMPACT: &str = "(max-width: 860px)";
