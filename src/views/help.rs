//! Help: the keys, and what this model leaves out.

use yew::prelude::*;

use super::Act;
use crate::state::Action;

/// What help needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// Whether marks jump instead of travelling.
    pub reduced: bool,
    /// Where actions go.
    pub act: Act,
}

/// The panel behind "?".
#[component]
pub fn Help(props: &Props) -> Html {
    let on = !props.shortcuts;
    let switch = props.act.reform(move |_: Event| Action::Shortcuts(on));
    let reduced = !props.reduced;
    let calm = props.act.reform(move |_: Event| Action::Reduced(reduced));
    html! {
        <div id="help" popover="auto" class="help" role="dialog" aria-label="Help">
            <h2>{"Keys"}</h2>
            <dl class="keys">
                <dt><kbd>{"Space"}</kbd></dt><dd>{"play or pause"}</dd>
                <dt><kbd>{"←"}</kbd>{" "}<kbd>{"→"}</kbd></dt><dd>{"to the event before or after"}</dd>
                <dt><kbd>{"Home"}</kbd>{" "}<kbd>{"End"}</kbd></dt><dd>{"to the start, to the finished picture"}</dd>
            </dl>
            <label class="check"><input type="checkbox" checked={props.shortcuts} onchange={switch} />{" Single keys control the player"}</label>
            <label class="check"><input type="checkbox" checked={props.reduced} onchange={calm} />{" Less motion: marks jump from event to event"}</label>
            <h2>{"What this model leaves out"}</h2>
            <ul>
                <li>{"Loss, jitter, slow start, TLS, proxies, and the time that a server thinks. The link is a pipe of fixed rate and delay each way."}</li>
                <li>{"TCP options but the MSS, and any IP other than version 4: 40 octets before every 1,460, an acknowledgement for every second segment and each last one, which takes no time on the link."}</li>
                <li>{"Other browsers. The request heads are those that Chromium 156 sent when it was captured; another browser, host or call sends others."}</li>
            </ul>
            <h2>{"Fair is fair"}</h2>
            <p>{"HTTP/1.1 keeps its connection by default (RFC 9112 section 9.3). On a warm connection an echo takes one round trip over HTTP and over WebSocket alike. What differs is who may start, and what each message carries."}</p>
        </div>
    }
}
