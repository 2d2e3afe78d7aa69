//! The knobs: network and workload.

use tongue::{Sentence, say};
use trace::caption;
use trace::decimal::thousandths;
use trace::fragment;
use trace::heads::Preset;
use trace::scenario::{Network, Scenario, Tls, Workload};
use yew::prelude::*;

use super::typed::Typed;
use super::{Act, ui};
use crate::state::{Action, Knob, Refused};

/// What the knobs show.
pub struct Props<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What could not be used, as it was typed.
    pub refused: &'a [Refused],
    /// Whether there is anything to turn: a file is as it is.
    pub turns: bool,
    /// Controls to take it along.
    pub share: Html,
    /// Where actions go.
    pub act: Act,
}

/// What they say of the link, in short.
pub fn brief(network: Network) -> String {
    let loss = match network.loss {
        0 => say("no loss").to_owned(),
        some => say!("{} % loss", thousandths(u64::from(some) * 10)),
    };
    say!(
        "{} round trip · {} Mbit/s · {}, {}",
        caption::plain_seconds(network.round_trip),
        thousandths(u64::from(network.kilobits)),
        loss,
        network.tls.name()
    )
}

/// The knobs, for a panel behind a button of the bar.
pub fn view(props: &Props) -> Html {
    let scenario = props.scenario;
    let network = scenario.network;
    let workload = props.act.reform(|event: Event| {
        Action::Workload(Workload::from_id(&ui::value(&event)).unwrap_or(Workload::Chat))
    });
    let whole = |(least, most): (u64, u64)| (least.to_string(), most.to_string());
    let (ms, poll) = (whole(fragment::ROUND_TRIP), whole(fragment::POLL));
    let (messages, size) = (whole(fragment::MESSAGES), whole(fragment::SIZE));
    html! {
        <>
            if props.turns {
            <label>{say("Scenario")}
                <select onchange={workload}>
                    { for Workload::ALL.into_iter().map(|it| ui::choice(it.id(), it.name(), it == scenario.workload)) }
                </select>
            </label>
            { field(props, Knob::RoundTrip, say("Round trip"), "ms", (network.round_trip / 1_000).to_string(), ms, "1") }
            { field(props, Knob::Bandwidth, say("Bandwidth"), say("Mbit/s"), thousandths(u64::from(network.kilobits)),
                ("0.016".to_owned(), "10000".to_owned()), "any") }
            { field(props, Knob::Poll, say("Polling interval"), "ms", (scenario.poll / 1_000).to_string(), poll, "50") }
            { field(props, Knob::Messages, say("Messages"), "", scenario.messages.to_string(), messages, "1") }
            { field(props, Knob::Size, say("Message size"), say("octets"), scenario.size.map(|size| size.to_string()).unwrap_or_default(), size, "1") }
            { more(props) }
            { heads(props) }
            }
            { props.share.clone() }
        </>
    }
}

/// What a first look at the network does not need.
fn more(props: &Props) -> Html {
    let network = props.scenario.network;
    let whole = |(least, most): (u64, u64)| (least.to_string(), most.to_string());
    let wire = || ("0.016".to_owned(), "10000".to_owned());
    let tls = props.act.reform(|event: Event| Action::Knob(Knob::Tls, ui::value(&event)));
    let choice = |tls: Tls| ui::choice(tls.id(), tls.name(), tls == network.tls);
    let down = network.down_kilobits.map(|it| thousandths(u64::from(it))).unwrap_or_default();
    let idle = network.idle.map(|it| (it / 1_000_000).to_string()).unwrap_or_default();
    let loss = thousandths(u64::from(network.loss) * 10);
    html! {
        <>
            <label>{"TLS"}<select onchange={tls}>{ for Tls::ALL.into_iter().map(choice) }</select></label>
            { field(props, Knob::Loss, say("Loss"), "%", loss, ("0".to_owned(), "20".to_owned()), "any") }
            { field(props, Knob::Jitter, say("Jitter"), "ms", (network.jitter / 1_000).to_string(), whole(fragment::JITTER), "1") }
            { field(props, Knob::Think, say("Think time"), "ms", (network.think / 1_000).to_string(), whole(fragment::THINK), "1") }
            { field(props, Knob::Idle, say("Proxy cuts after"), "s", idle, ("1".to_owned(), "600".to_owned()), "1") }
            { field(props, Knob::Down, say("Bandwidth down"), say("Mbit/s"), down, wire(), "any") }
            { field(props, Knob::Mss, say("Segment size"), say("octets"), network.mss.to_string(), whole(fragment::LARGEST_SEGMENT), "1") }
            { field(props, Knob::Window, say("Initial window"), say("segments"), network.window.to_string(), whole(fragment::WINDOW), "1") }
        </>
    }
}

/// What the requests and messages look like.
fn heads(props: &Props) -> Html {
    let scenario = props.scenario;
    let whole = |(least, most): (u64, u64)| (least.to_string(), most.to_string());
    let set = |knob: Knob| props.act.reform(move |event: Event| Action::Knob(knob, ui::value(&event)));
    let binary = if scenario.binary { "0" } else { "1" };
    let flip = props.act.reform(move |_: Event| Action::Knob(Knob::Binary, binary.to_owned()));
    let choice = |it: Preset| ui::choice(it.id(), it.name(), it == scenario.preset);
    let rate = scenario.rate.map(|rate| rate.to_string()).unwrap_or_default();
    let lines: Vec<String> = scenario.extra.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let (lines, why) = kept(props, Knob::Extra, lines.join("\n"));
    html! {
        <>
            { field(props, Knob::Rate, say("Rate"), say("a second"), rate, whole(fragment::RATE), "1") }
            { field(props, Knob::Gap, say("Time between messages"), "ms", (scenario.gap / 1_000).to_string(), whole(fragment::GAP), "1") }
            { field(props, Knob::Hold, say("Long polling holds"), "ms", (scenario.hold / 1_000).to_string(), whole(fragment::HOLD), "1") }
            { field(props, Knob::Cookie, say("Cookie size"), say("octets"), scenario.cookie.to_string(), whole(fragment::COOKIE), "1") }
            <label>{say("Heads")}<select onchange={set(Knob::Heads)}>{ for Preset::ALL.into_iter().map(choice) }</select></label>
            { ui::check(say("Binary messages"), scenario.binary, flip) }
            <label class="lines">{say("Field lines added to each request")}
                <Typed placeholder="X-Class: 7b" value={lines} wrong={why.is_some()} done={knob(props, Knob::Extra)} />
                { refusal(why) }
            </label>
        </>
    }
}

fn field(
    props: &Props,
    knob: Knob,
    name: &'static str,
    unit: &'static str,
    value: String,
    (min, max): (String, String),
    step: &'static str,
) -> Html {
    let done = self::knob(props, knob);
    let (value, why) = kept(props, knob, value);
    let range = say!("{} to {}", min, max);
    // What an empty field means.
    let placeholder = match knob {
        Knob::Down => say("as up"),
        Knob::Idle => say("no proxy"),
        Knob::Rate => say("its own"),
        _ => say("as written"),
    };
    html! {
        <label>{ name }
            <span class="field"><Typed kind="number" {name} title={range} {value} {min} {max} {step} {placeholder}
                wrong={why.is_some()} {done} />
            <span class="unit">{ unit }</span></span>
            { refusal(why) }
        </label>
    }
}

fn knob(props: &Props, knob: Knob) -> Callback<String> {
    props.act.reform(move |text| Action::Knob(knob, text))
}

/// What a field shows: what was typed last, with why it cannot be used, or else the value that holds.
fn kept<'a>(props: &'a Props, knob: Knob, value: String) -> (String, Option<&'a Sentence>) {
    match props.refused.iter().find(|refused| refused.knob == knob) {
        Some(refused) => (refused.text.clone(), Some(&refused.why)),
        None => (value, None),
    }
}

fn refusal(why: Option<&Sentence>) -> Html {
    why.map_or_else(Html::default, |why| html! { <span class="refusal" role="alert">{ why.said() }</span> })
}
