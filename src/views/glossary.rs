//! The words of the trade: marked where they appear, and explained in a panel.

use tongue::say;
use trace::glossary::{Term, all, found};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::Action;

/// A text with code between back quotes, in which each word of the trade opens its meaning.
pub fn told(text: &str, act: &Act) -> Html {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (range, term) in found(text) {
        let onclick = act.reform(move |_: MouseEvent| Action::Term(Some(term.id)));
        parts.push(ui::coded(text.get(from..range.start).unwrap_or_default()));
        let word = text.get(range.clone()).unwrap_or_default();
        parts.push(html! {
            <button type="button" class="term" popovertarget="glossary" {onclick}>{ word }</button>
        });
        from = range.end;
    }
    parts.push(ui::coded(text.get(from..).unwrap_or_default()));
    parts.into_iter().collect()
}

/// What is in the panel: the word that was asked for, or else all of them; nothing until some panel has been `opened`.
pub fn view(asked: Option<&'static str>, opened: bool, act: &Act) -> Html {
    let asked = asked.and_then(Term::named);
    let all_words = act.reform(|_: MouseEvent| Action::Term(None));
    let terms = || {
        let mut terms: Vec<&Term> = all().collect();
        terms.sort_by_key(|term| say(term.title).to_lowercase());
        terms
    };
    html! {
        <>
            <div role="status">
                if let Some(term) = asked {
                    <div class="asked">
                        { svg::words("h2", "", say(term.title)) }
                        { meaning(term) }
                    </div>
                }
            </div>
            if asked.is_some() {
                { ui::button("link", say("All words"), all_words) }
            } else if opened {
                { svg::words("h2", "", say("Glossary")) }
                <dl>
                    for term in terms() {
                        <div><dt>{ say(term.title) }</dt><dd>{ meaning(term) }</dd></div>
                    }
                </dl>
            }
        </>
    }
}

fn meaning(term: &Term) -> Html {
    html! { <p>{ ui::coded(say(term.about)) }{ " " }{ for term.section.map(ui::reference) }</p> }
}
