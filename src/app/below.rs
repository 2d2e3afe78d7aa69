//! What stands below the lanes once something is really sent: the chat, what live runs brought, the fault lab.

use trace::chat::Phase;
use trace::trial::Engine;
use yew::prelude::*;

use super::hands::Hands;
use crate::capture;
use crate::live_run;
use crate::state::{Endpoint, Source, State};
use crate::views::{Act, chat, faults, prediction, series, witness};

/// What it is made of.
pub(super) struct Props<'a> {
    pub(super) store: &'a UseReducerHandle<State>,
    pub(super) hands: &'a Hands,
    /// Whether there is little room.
    pub(super) compact: bool,
    pub(super) act: &'a Act,
    pub(super) copy: Callback<String>,
}

/// All of it that there is to show.
pub(super) fn view(props: &Props) -> Html {
    let Props { store, hands, compact, act, .. } = *props;
    let told = store.is_told();
    let is_live = store.live.source == Source::Live;
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
                { lab(props) }
            }
        </>
    }
}

fn lab(props: &Props) -> Html {
    let (run, stop) = props.hands.fault(props.store, live_run::start_fault);
    faults::view(&faults::Props {
        faults: &props.store.faults,
        engine: Engine::of(&capture::browser()),
        field: props.store.field,
        run,
        stop,
        act: props.act.clone(),
        copy: props.copy.clone(),
    })
}
