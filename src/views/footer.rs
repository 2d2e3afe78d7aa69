//! The last line of the page: what leaves it, and where words are explained.

use tongue::say;
use yew::prelude::*;

use super::{Act, svg};
use crate::state::{Action, Parcel, ParcelAction};

/// The line.
pub fn view(act: &Act) -> Html {
    let all_words = act.reform(|_: MouseEvent| Action::Term(None));
    let wanted = act.reform(|_: MouseEvent| Action::Parcel(ParcelAction::Wanted(Parcel::Teaching)));
    html! {
        <footer>
            { svg::words("p", "hint", say("Duplex runs in your browser. Nothing leaves this page but what you run live: no cookies, no counting, no other server.")) }
            <button type="button" class="link" popovertarget="glossary" onclick={all_words}>{ say("Glossary") }</button>
            <button type="button" class="link" popovertarget="help" onclick={wanted}>{ say("Keys, marks and what is left out") }</button>
        </footer>
    }
}
