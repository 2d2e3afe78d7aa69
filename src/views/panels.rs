//! What lies behind the page's last line: apart, because it changes with nothing that plays. What is in the panels
//! comes when one of them is opened for the first time.

use tongue::{Sentence, say};
use yew::prelude::*;

use super::{Act, footer, help, tour, ui};
use crate::state::{Action, Parcel, ParcelAction};

/// What the panels show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is in them; `None` until it is there.
    pub inside: Option<Inside>,
    /// Why they are not, if they could not be had.
    pub missed: Option<Sentence>,
    /// The term that was asked for, by its id.
    pub term: Option<&'static str>,
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// Whether marks jump instead of travelling.
    pub reduced: bool,
    /// Whether any panel has been opened yet.
    pub opened: bool,
    /// Where actions go.
    pub act: Act,
}

/// What is in the panels. There is one of it, so that it never changes.
#[derive(Clone, Copy)]
pub struct Inside {
    /// See [`super::glossary::view`].
    pub glossary: fn(Option<&'static str>, bool, &Act) -> Html,
    /// See [`help::view`].
    pub help: fn(&help::Props) -> Html,
}

impl PartialEq for Inside {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The last line, the glossary and help.
#[component]
pub fn Panels(props: &Props) -> Html {
    let Props { inside, missed, term, shortcuts, reduced, opened, act } = props;
    let help = help::Props { shortcuts: *shortcuts, reduced: *reduced, act: act.clone() };
    html! {
        <>
            { footer::view(act) }
            { glossary(*inside, missed.as_ref(), *term, *opened, act) }
            <div id="help" popover="auto" class="help" role="dialog" aria-label={say("Help")}>
                if *opened {
                    <div class="help-top">
                        { tour::again(act) }
                        { ui::shut("help") }
                    </div>
                    // A part of its own: what scrolls cannot have columns as well, it would grow sideways.
                    <div class="help-parts">{ inside.map_or_else(|| coming(missed.as_ref()), |it| (it.help)(&help)) }</div>
                }
            </div>
        </>
    }
}

/// The panel of the glossary.
pub fn glossary(
    inside: Option<Inside>,
    missed: Option<&Sentence>,
    term: Option<&'static str>,
    opened: bool,
    act: &Act,
) -> Html {
    html! {
        <div id="glossary" popover="auto" class={classes!("help", "glossary", term.map(|_| "one"))} role="dialog" aria-label={say("Glossary")}>
            { ui::shut("glossary") }
            { inside.map_or_else(|| coming(missed), |it| (it.glossary)(term, opened, act)) }
        </div>
    }
}

/// The panel of the knobs, with what is in it; `None` until that is there, or `missed`.
pub fn knobs(inside: Option<Html>, missed: Option<&Sentence>) -> Html {
    html! {
        <div id="knobs" popover="auto" class="knobs" role="dialog" aria-label={say("Scenario and network")}>
            { inside.unwrap_or_else(|| coming(missed)) }
        </div>
    }
}

/// Opens the panel for saving.
pub fn to_save(act: &Act) -> Html {
    let wanted = act.reform(|_: MouseEvent| Action::Parcel(ParcelAction::Wanted(Parcel::Octets)));
    html! { <button type="button" class="chip" popovertarget={SAVE} onclick={wanted}>{ say("Save as…") }</button> }
}

/// The panel for saving, with what is in it; `None` until that is there, or `missed`.
pub fn saving(inside: Option<Html>, missed: Option<&Sentence>) -> Html {
    html! {
        <div id={SAVE} popover="auto" class="help save-as" role="dialog" aria-label={say("Save as…")}>
            { ui::shut(SAVE) }
            { inside.unwrap_or_else(|| coming(missed)) }
        </div>
    }
}

const SAVE: &str = "save-as";

fn coming(missed: Option<&Sentence>) -> Html {
    match missed {
        Some(why) => ui::hint(&why.said()),
        None => ui::hint(say("Fetching this part of the page.")),
    }
}
