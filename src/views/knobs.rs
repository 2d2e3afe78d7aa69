//! The knobs: network and workload.

use trace::caption;
use trace::decimal::thousandths;
use trace::fragment;
use trace::scenario::{Network, Scenario, Workload};
use yew::prelude::*;

use super::{Act, ui};
use crate::state::{Action, Knob};

/// What the knobs show.
pub struct Props<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Where actions go.
    pub act: Act,
}

/// What they say of the link, in short.
pub fn brief(network: Network) -> String {
    format!(
        "{} round trip · {} Mbit/s · no loss, no TLS",
        caption::plain_seconds(network.round_trip),
        thousandths(u64::from(network.kilobits))
    )
}

/// The knobs, behind a button of the bar.
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
        <div id="knobs" popover="auto" class="knobs" role="dialog" aria-label="Scenario and network">
            <label>{"Scenario"}
                <select onchange={workload}>
                    { for Workload::ALL.into_iter().map(|it| ui::choice(it.id(), it.name(), it == scenario.workload)) }
                </select>
            </label>
            { field(props, Knob::RoundTrip, "Round trip", "ms", (network.round_trip / 1_000).to_string(), ms, "1") }
            { field(props, Knob::Bandwidth, "Bandwidth", "Mbit/s", thousandths(u64::from(network.kilobits)),
                ("0.016".to_owned(), "10000".to_owned()), "any") }
            { field(props, Knob::Poll, "Polling interval", "ms", (scenario.poll / 1_000).to_string(), poll, "50") }
            { field(props, Knob::Messages, "Messages", "", scenario.messages.to_string(), messages, "1") }
            { field(props, Knob::Size, "Message size", "octets", scenario.size.map(|size| size.to_string()).unwrap_or_default(), size, "1") }
        </div>
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
    let onchange = props.act.reform(move |event: Event| Action::Knob(knob, ui::value(&event)));
    html! {
        <label>{ name }
            <span class="field"><input type="number" aria-label={name} {value} {min} {max} {step} placeholder="as written" {onchange} />
            <span class="unit">{ unit }</span></span>
        </label>
    }
}
