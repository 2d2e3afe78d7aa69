//! The bar on top: mark, views, theme, help.

use tongue::say;
use yew::prelude::*;

use super::Act;
use super::ui;
use crate::state::{Action, Language, Parcel, ParcelAction, Theme, View};

/// What the bar shows.
pub struct Props {
    /// What the stage shows, in short.
    pub brief: String,
    /// Light, dark or the system's.
    pub theme: Theme,
    /// What the page speaks.
    pub language: Language,
    /// The language whose words are being fetched.
    pub learning: Option<Language>,
    /// Whether something else is being fetched that was asked for.
    pub fetching: bool,
    /// Where the language goes that is to be spoken.
    pub learn: Callback<Language>,
    /// The part of the page that is shown.
    pub view: View,
    /// The panel of the knobs, where the lanes are on show.
    pub knobs: Option<Html>,
    /// Where actions go.
    pub act: Act,
}

/// The bar.
pub fn view(props: &Props) -> Html {
    let theme = props.theme.next();
    let switch = props.act.reform(move |_: MouseEvent| Action::Theme(theme));
    html! {
        <header class="bar">
            <a class="mark" href="#">
                <svg viewBox="0 0 30 22" width="30" height="22" aria-hidden="true">
                    <path class="http-line" d="M2 7h20l-5-5" />
                    <path class="ws-line" d="M28 15H8l5 5" />
                </svg>
                {"Duplex"}
            </a>
            <nav aria-label={say("Views")}>
                { to(props, View::Lab, "#", say("Lab")) }
                { to(props, View::Lessons, "#view=lessons", say("Lessons")) }
                { to(props, View::Workbench, "#view=workbench", say("Workbench")) }
                { to(props, View::Compare, "#view=compare", say("Compare")) }
            </nav>
            if let Some(knobs) = props.knobs.clone() {
                <button type="button" class="quiet brief" popovertarget="knobs" onclick={props.act.reform(|_: MouseEvent| Action::Parcel(ParcelAction::Wanted(Parcel::Octets)))} aria-label={say!("Scenario and network: {}", props.brief)}>{ &props.brief }{" ▾"}</button>
                { knobs }
            }
            <div class="bar-end">
                { languages(props) }
                <button type="button" class="quiet" onclick={switch}>
                    <span aria-hidden="true">{"◐ "}</span><span class="words">{say!("Theme: {}", props.theme.name())}</span>
                </button>
                <button type="button" class="quiet" popovertarget="glossary" onclick={props.act.reform(|_: MouseEvent| Action::Term(None))}>
                    <span aria-hidden="true">{"Aa "}</span><span class="words">{say("Glossary")}</span>
                </button>
                <button type="button" class="quiet" popovertarget="help" onclick={props.act.reform(|_: MouseEvent| Action::Parcel(ParcelAction::Wanted(Parcel::Teaching)))} aria-label={say("Help and what this model leaves out")}>{"?"}</button>
            </div>
        </header>
    }
}

/// A link to a part of the page; followed in place, so that nothing set elsewhere is lost.
fn to(props: &Props, view: View, href: &'static str, name: &'static str) -> Html {
    let act = props.act.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            act.emit(Action::View(view));
        }
    });
    html! { <a {href} aria-current={(props.view == view).then_some("page")} {onclick}>{ name }</a> }
}

/// Each language by its own name, for whoever cannot read the one that is spoken.
fn languages(props: &Props) -> Html {
    let learn = props.learn.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(language) = Language::tagged(&ui::value(&event)) {
            learn.emit(language);
        }
    });
    let chosen = props.learning.unwrap_or(props.language);
    let option = |language: Language| {
        let selected = language == chosen;
        html! { <option value={language.tag()} lang={language.tag()} {selected}>{ language.name() }</option> }
    };
    html! {
        <>
            <select class="quiet languages" aria-label={say("Language")} {onchange}>
                { for Language::ALL.into_iter().map(option) }
            </select>
            <span class="fetching" role="status">
                if let Some(language) = props.learning {
                    <span class="delayed">{ say!("Fetching the words of {}.", language.name()) }</span>
                } else if props.fetching {
                    <span class="delayed">{ say("Fetching this part of the page.") }</span>
                }
            </span>
        </>
    }
}
