//! A sentence that the visitor should read, until it is dismissed.

use tongue::{Sentence, say};
use yew::prelude::*;

use super::Act;
use crate::state::Action;

/// The sentence, if there is one.
pub fn view(notice: Option<&Sentence>, act: &Act) -> Option<Html> {
    let dismiss = act.reform(|_: MouseEvent| Action::Dismiss);
    let shown = |notice: &Sentence| {
        html! {
            <p class="notice" role="status">
                <span>{ notice.said() }</span>
                <button type="button" class="quiet" onclick={dismiss}>{ say("Dismiss") }</button>
            </p>
        }
    };
    notice.map(shown)
}
