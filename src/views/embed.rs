//! The stage within another page: the lanes, the player, and the way to the whole.

use tongue::say;
use yew::prelude::*;

/// The page, of which `fragment` tells the frame that is shown.
pub fn view(lanes: Html, controls: Html, notice: Option<Html>, fragment: &str) -> Html {
    html! {
        <main class="embed">
            <h1 class="heard">{ say("HTTP answers. WebSocket talks.") }</h1>
            { for notice }
            <div class="stage">{ lanes }</div>
            { controls }
            <p class="embed-foot"><a href={format!("./#{fragment}")} target="_blank" rel="noopener">{ say("Open this run in Duplex") }</a></p>
        </main>
    }
}

/// What another page has to contain so that it shows the frame at `address`, as HTML.
pub fn code(address: &str) -> String {
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    let page = page.split_once('?').map_or(page, |(page, _)| page);
    let source = format!("{page}?embed#{fragment}").replace('&', "&amp;").replace('"', "&quot;");
    let title = say("HTTP and WebSocket on one clock").replace('"', "&quot;");
    format!(
        r#"<iframe src="{source}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy"></iframe>"#
    )
}

/// Two lanes side by side with the player, in CSS pixels.
const HEIGHT: u32 = 720;
