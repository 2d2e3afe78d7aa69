//! The last line of the page: what leaves it, and where words are explained.

use tongue::say;
use yew::prelude::*;

use super::svg;

/// The line.
pub fn view() -> Html {
    let opens = |target: &'static str, name: &'static str| {
        html! { <button type="button" class="link" popovertarget={target}>{ name }</button> }
    };
    html! {
        <footer>
            { svg::words("p", "hint", say("Duplex runs in your browser. Nothing leaves this page but what you run live: no cookies, no counting, no other server.")) }
            { opens("glossary", say("Glossary")) }
            { opens("help", say("Keys, marks and what is left out")) }
        </footer>
    }
}
