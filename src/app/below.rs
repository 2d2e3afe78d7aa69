//! What stands below the Lab's stage while it is live, and the workbench, which stands in its place.

use trace::chat::Phase;
use trace::trial::Engine;
use yew::prelude::*;

use super::hands::Hands;
use super::learn;
use crate::capture;
use crate::files;
use crate::live_run;
use crate::state::{Action, DeskAction, Endpoint, Source, State};
use crate::views::{chat, faults, prediction, series, share, witness, workbench};

/// The chat, what a live run came to, and the fault lab.
pub(super) fn view(
    store: &UseReducerHandle<State>,
    hands: &Hands,
    compact: bool,
    act: &Callback<Action>,
    copy: &Callback<String>,
) -> Html {
    let (told, is_live) = (store.is_told(), store.live.source == Source::Live);
    html! {
        <>
            if !told && (is_live || store.chat.chat.phase != Phase::Over) {
                { chat::view(&chat::Props {
                    desk: &store.chat,
                    scenario: &store.scenario,
                    obstacle: store.chat_obstacle(),
                    wish: hands.chat(store),
                    act: act.clone(),
                }) }
            }
            if is_live {
                { series::view(&series::Props { live: &store.live }) }
                { prediction::view(&prediction::Props { live: &store.live, compact }) }
                if let Some(recording) = store.recording() {
                    { witness::view(recording) }
                }
            }
            if !told && matches!(store.live.endpoint, Endpoint::Companion(_)) {
                { trials(store, hands, act, copy) }
            }
        </>
    }
}

fn trials(
    store: &UseReducerHandle<State>,
    hands: &Hands,
    act: &Callback<Action>,
    copy: &Callback<String>,
) -> Html {
    let (run, stop) = hands.fault(store, live_run::start_fault);
    faults::view(&faults::Props {
        faults: &store.faults,
        engine: Engine::of(&capture::browser()),
        field: store.field,
        run,
        stop,
        act: act.clone(),
        copy: copy.clone(),
    })
}

/// The workbench, or a lesson's.
pub(super) fn bench(
    store: &State,
    act: &Callback<Action>,
    copy: &Callback<String>,
    copy_link: &Callback<()>,
) -> Html {
    let bench = store.desk.bench.clone();
    workbench::view(&workbench::Props {
        desk: &store.desk,
        field: store.field,
        fits: share::fits(store.link().write().len()),
        act: act.clone(),
        copy: copy.clone(),
        copy_link: copy_link.clone(),
        told: store.is_told(),
        open: learn::reader(act, |octets| Action::Desk(DeskAction::File(octets))),
        save: Callback::from(move |()| files::save_text("duplex-octets.txt", &bench.octets())),
    })
}
