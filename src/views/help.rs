//! Help: the keys, the marks, and what this model leaves out.

mod words;

use tongue::say;
use yew::prelude::*;

use super::{Act, glossary, svg, ui};
use crate::state::Action;
use words::{CLICKER, FAIR, KEYS, LEFT_OUT, MARKS, UNSEEN};

/// What help needs.
pub struct Props {
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// Whether marks jump instead of travelling.
    pub reduced: bool,
    /// Where actions go.
    pub act: Act,
}

/// What is in the panel behind "?".
pub fn view(props: &Props) -> Html {
    let (on, calm) = (!props.shortcuts, !props.reduced);
    let switch = props.act.reform(move |_: Event| Action::Shortcuts(on));
    let still = props.act.reform(move |_: Event| Action::Reduced(calm));
    let title = |text: &'static str| svg::words("h2", "", text);
    let part = |text: &'static str| html! { <p>{ glossary::told(say(text), &props.act) }</p> };
    html! {
        <>
                { title(say("Keys")) }
                <dl class="keys">{ for KEYS.iter().map(key) }</dl>
                { ui::check(say("Single keys control the player"), props.shortcuts, switch) }
                { ui::check(say("Less motion: marks jump from event to event"), props.reduced, still) }
                { title(say("Keys before a class")) }
                <dl class="keys">{ for CLICKER.iter().map(key) }</dl>
                { title(say("The marks")) }
                { part(MARKS) }
                { title(say("What this model leaves out")) }
                <ul>{ for LEFT_OUT.iter().map(|text| html! { <li>{ glossary::told(say(text), &props.act) }</li> }) }</ul>
                { title(say("What a live run cannot see")) }
                { part(UNSEEN) }
                { title(say("Fair is fair")) }
                { part(FAIR) }
        </>
    }
}

/// A few keys, and what they do.
fn key((keys, meaning): &(&'static [&'static str], &'static str)) -> Html {
    let keys = keys.iter().map(|key| html! { <>{ svg::words("kbd", "", say(key)) }{ " " }</> });
    html! { <><dt>{ for keys }</dt><dd>{ say(meaning) }</dd></> }
}
