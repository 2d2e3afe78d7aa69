//! Where a live run is asked for and tells how it goes.

use tongue::say;
use trace::live::not_sent;
use trace::scenario::Scenario;
use yew::prelude::*;

use super::typed::Typed;
use super::{Act, ui};
use crate::state::{Action, Endpoint, Live, LiveAction, MOST_REPEATS, PRESETS, Source};

/// What the panel needs.
pub struct Props<'a> {
    /// The live side of the store.
    pub live: &'a Live,
    /// What is to be run.
    pub scenario: &'a Scenario,
    /// What of the network is simulated only, and so in the way of a run.
    pub obstacle: Option<&'static str>,
    /// The origin of the page's own companion, if one serves the page.
    pub own: Option<String>,
    /// Runs.
    pub run: Callback<()>,
    /// Stops a run.
    pub stop: Callback<()>,
    /// Where actions go.
    pub act: Act,
}

/// The panel.
pub fn view(props: &Props) -> Html {
    let live = props.live;
    let (run, stop) = (props.run.reform(|_: MouseEvent| ()), props.stop.reform(|_: MouseEvent| ()));
    let repeats = props.act.reform(|text| Action::Live(LiveAction::Repeats(text)));
    // Whoever has chosen Live need not press first to be told.
    let known = props.obstacle.filter(|_| live.source == Source::Live && !live.running);
    let problem = live.problem.as_ref().map(|it| it.said()).or_else(|| known.map(str::to_owned));
    let status = live.status.as_ref().map(|it| it.said()).unwrap_or_default();
    html! {
        <div class="live">
            if live.running {
                { ui::button("wide", say("Stop the live run"), stop) }
            } else {
                { ui::button("wide", say("Run live"), run) }
            }
            if let Some(problem) = problem {
                <p class="problem" role="alert">{ problem }</p>
                if props.obstacle.is_some() {
                    { ui::button("", say("Turn off what is simulated only"), props.act.reform(|_: MouseEvent| Action::Live(LiveAction::Plain))) }
                }
            }
            <div class="row">
                <label class="grow">{say("Server")}{ servers(props) }</label>
                <label>{say("Runs")}<Typed kind="number" min="1" max={MOST_REPEATS.to_string()} value={live.repeats.to_string()} done={repeats} /></label>
            </div>
            { addresses(props) }
            { manner(props) }
            if let Some(why) = not_sent(props.scenario) {
                { ui::hint(&why) }
            }
            <p class="status" role="status">{ status }</p>
        </div>
    }
}

fn servers(props: &Props) -> Html {
    let own = props.own.clone();
    let chosen = match &props.live.endpoint {
        Endpoint::Companion(origin) if Some(origin) == own.as_ref() => "own".to_owned(),
        Endpoint::Companion(_) => "companion".to_owned(),
        Endpoint::Preset(index) => index.to_string(),
        Endpoint::Custom(..) => "custom".to_owned(),
        Endpoint::Nobody => String::new(),
    };
    let onchange = {
        let own = own.clone();
        props.act.reform(move |event: Event| {
            let endpoint = match ui::value(&event).as_str() {
                "own" => Endpoint::Companion(own.clone().unwrap_or_default()),
                "companion" => Endpoint::Companion(USUAL_COMPANION.to_owned()),
                "custom" => Endpoint::Custom("https://".to_owned(), "wss://".to_owned()),
                index => index.parse().map_or(Endpoint::Nobody, Endpoint::Preset),
            };
            Action::Live(LiveAction::Endpoint(endpoint))
        })
    };
    let option = |value: &str, name: &str| ui::choice(value, name, value == chosen);
    html! {
        <select aria-label={say("Server")} {onchange} disabled={props.live.running}>
            if own.is_some() {
                { option("own", say("This page's companion")) }
            }
            for (index, preset) in PRESETS.iter().enumerate() {
                { option(&index.to_string(), preset.name()) }
            }
            { option("companion", say("A companion elsewhere")) }
            { option("custom", say("Two URLs of your own")) }
        </select>
    }
}

/// How a companion speaks on a WebSocket, beyond what the simulator does.
fn manner(props: &Props) -> Html {
    let (live, binary) = (props.live, props.scenario.binary);
    let sockets = props.scenario.lanes.iter().any(|lane| !lane.is_http());
    if !sockets || !matches!(live.endpoint, Endpoint::Companion(_)) {
        return html! {};
    }
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let field = |name: &str, none: &'static str, value: Option<u64>, make: fn(String) -> LiveAction| {
        let done = props.act.reform(move |text| Action::Live(make(text)));
        html! { <label>{ name }<Typed kind="number" min="1" placeholder={none} value={number(value)} {done} /></label> }
    };
    let blob = !live.blob;
    let as_blob = props.act.reform(move |_: Event| Action::Live(LiveAction::Blob(blob)));
    html! {
        <>
        { ui::hint(say("Only live, not simulated:")) }
        <div class="row" role="group" aria-label={say("Only live, not simulated:")}>
            { field(say("Octets in a frame"), say("all"), live.fragment.map(u64::from), LiveAction::Fragment) }
            { field(say("Ping every, ms"), say("never"), live.ping.map(|it| it / 1_000), LiveAction::Ping) }
        </div>
        if binary {
            { ui::check(say("As Blob"), live.blob, as_blob) }
        }
        </>
    }
}

/// The fields for what cannot be chosen from a list, and what is known of what can.
fn addresses(props: &Props) -> Html {
    let field = |name: &'static str, value: &str, make: Callback<String, Endpoint>| {
        let done = props.act.reform(move |text: String| {
            Action::Live(LiveAction::Endpoint(make.emit(text.trim().to_owned())))
        });
        html! { <label>{ name }<Typed kind="url" {name} value={value.to_owned()} {done} /></label> }
    };
    match &props.live.endpoint {
        Endpoint::Companion(origin) if Some(origin) != props.own.as_ref() => field(
            say("Address of the companion"),
            origin,
            Callback::from(|origin: String| Endpoint::Companion(origin.trim_end_matches('/').to_owned())),
        ),
        Endpoint::Custom(http, socket) => {
            let (http, socket) = (http.clone(), socket.clone());
            let (kept_http, kept_socket) = (http.clone(), socket.clone());
            html! {
                <>
                    { field(say("HTTP URL"), &http, Callback::from(move |http| Endpoint::Custom(http, kept_socket.clone()))) }
                    { field(say("WebSocket URL"), &socket, Callback::from(move |socket| Endpoint::Custom(kept_http.clone(), socket))) }
                </>
            }
        }
        Endpoint::Preset(index) => {
            let word = PRESETS.get(*index).map_or("", |preset| preset.word());
            ui::hint(&say!("{} It can only echo; nothing is sent before you press Run live.", word))
        }
        _ => html! {},
    }
}

/// Where `cargo xtask serve` starts a companion.
const USUAL_COMPANION: &str = "http://127.0.0.1:9080";
