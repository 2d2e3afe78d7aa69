//! Joins capture to the store: carries out what the visitor wants of the chat.

use trace::chat::Wish;
use yew::UseReducerDispatcher;

use crate::capture::{Chat, Meeting};
use crate::live_run::nonce;
use crate::state::{Action, Endpoint, State};

/// Does what `wish` says to the chat that is `held`.
pub fn fulfil(wish: Wish, state: &State, store: UseReducerDispatcher<State>, held: &mut Option<Chat>) {
    let Some(chat) = held.as_ref().filter(|_| wish != Wish::Begin) else {
        let (Wish::Begin, Endpoint::Companion(base)) = (wish, &state.live.endpoint) else { return };
        let meeting = Meeting {
            base: base.clone(),
            lanes: state.chat.lanes.to_vec(),
            network: state.scenario.network,
            poll: state.scenario.poll,
            manner: state.manner(),
            seed: u64::from_str_radix(&nonce(), 16).unwrap_or_default(),
        };
        *held = Some(Chat::begin(meeting, move |turn| store.dispatch(Action::Chat(turn))));
        return;
    };
    match wish {
        Wish::Say(from, text) => chat.say(from, &text),
        Wish::Cut(lane) => chat.cut(lane),
        Wish::Leave(lane) => chat.leave(lane),
        Wish::Again(lane) => chat.again(lane),
        Wish::End | Wish::Begin => chat.end(),
    }
}
