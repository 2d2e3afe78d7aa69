//! What outlives a change of language: the store. All that is drawn from it is drawn anew.

use tongue::Sentence;
use trace::scenario::Scenario;
use yew::prelude::*;

use super::Page;
use super::hands::Hands;
use super::hooks::{fragment, is_embedded, prefers_less_motion, stored_theme, with_progress};
use super::tour::with_welcome;
use crate::capture;
use crate::language;
use crate::state::{Endpoint, Language, State};

/// What a page starts with.
#[derive(Properties, PartialEq, Default)]
pub struct Props {
    /// What is played, instead of what the address says; it may be longer than an address can say.
    #[prop_or_default]
    pub scenario: Option<Scenario>,
    /// What the page speaks; it has to be learnt already.
    #[prop_or_default]
    pub language: Language,
    /// What the visitor should know of how it started.
    #[prop_or_default]
    pub notice: Option<Sentence>,
}

/// The whole page.
#[component]
pub fn App(props: &Props) -> Html {
    let store = use_reducer(|| {
        // The store keeps words as well.
        language::speak(props.language);
        let opened = match &props.scenario {
            Some(scenario) => State::playing(scenario.clone()),
            None => State::open(&fragment()),
        };
        let (theme, reduced, language) = (stored_theme(), prefers_less_motion(), props.language);
        let notice = opened.notice.clone().or_else(|| props.notice.clone());
        let mut state = State { theme, reduced, language, notice, embedded: is_embedded(), ..opened };
        state.live.endpoint = capture::companion_tag().map_or(Endpoint::Preset(0), Endpoint::Companion);
        with_welcome(with_progress(state))
    });
    let tag = store.language.tag();
    let hands = (*use_memo((), |()| Hands::default())).clone();
    html! { <Page key={tag} store={Store(store, hands)} /> }
}

/// The store, as a property, and what is under way.
#[derive(Clone)]
pub(super) struct Store(pub UseReducerHandle<State>, pub Hands);

impl PartialEq for Store {
    /// It is handed on only after something has happened to it.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}
