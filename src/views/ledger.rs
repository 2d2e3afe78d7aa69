//! What each lane has cost and brought so far; each part of the octets can be switched off.

use tongue::say;
use trace::caption;
use trace::compare::ledger::{Bar, Part, Parts, stack};
use trace::trace::{Lane, Trace};
use yew::prelude::*;

use super::lane::{letter, seen};
use super::same::Same;
use super::{svg, ui};

/// What the ledger shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Same<Trace>,
    /// The playhead, in microseconds.
    pub at: u64,
}

/// The ledger.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let parts = use_state(|| Parts::ALL);
    let stack = stack(&props.trace, props.at, *parts, WIDTH);
    let encrypted = stack.bars.iter().any(|bar| bar.account.tls() > 0);
    let known: Vec<Part> = Part::ALL.into_iter().filter(|part| *part != Part::Tls || encrypted).collect();
    let echo = props.trace.is_echo();
    let head = |part: &Part| {
        let (part, setter, now) = (*part, parts.setter(), *parts);
        let onclick = Callback::from(move |_: MouseEvent| setter.set(now.toggled(part)));
        let pressed = now.contains(part).to_string();
        html! {
            <th scope="col">
                <button type="button" class="part" aria-pressed={pressed} title={say("Show or hide in the bars")} {onclick}>
                    <span class={format!("key {}", class(part))} aria-hidden="true"></span>{ part.name() }
                </button>
            </th>
        }
    };
    let age = if echo { say("Round trip, p50 / p95 / max") } else { say("Said to heard, p50 / p95 / max") };
    let table = html! {
        <table class="ledger" aria-label={say("Ledger")}>
            <thead><tr>
                <th scope="col">{say("Lane")}</th>
                <th scope="col" class="wide-column">{say("Octets so far")}</th>
                { for known.iter().map(head) }
                { for [say("Connections"), say("Requests"), say("Delivered"), age].map(|name| html! { <th scope="col">{ name }</th> }) }
            </tr></thead>
            <tbody>{ for stack.bars.iter().enumerate().map(|(lane, bar)| row(props, lane, bar, &known, echo)) }</tbody>
        </table>
    };
    ui::scroll(say("Ledger, scrollable"), table)
}

fn row(props: &Props, lane: usize, bar: &Bar, known: &[Part], echo: bool) -> Html {
    let account = &bar.account;
    let name = props.trace.lanes().get(lane).map(Lane::name).unwrap_or_default();
    let bars = bar.segments.iter().map(|it| svg::rect(class(it.part), it.x, 0.0, it.width, 14.0));
    let ages = account.spread(echo).map_or_else(
        || "– / – / –".to_owned(),
        |it| [it.p50, it.p95, it.max].map(caption::seconds).join(" / "),
    );
    let mut texts: Vec<String> = known
        .iter()
        .map(|part| match part {
            Part::Payload => caption::count(account.payload()),
            other => seen(account, other.of_both(account)),
        })
        .collect();
    // A file tells neither what was heard, nor always which connection something was on.
    let unknown = |number: u32| number == 0 && props.trace.is_imported();
    let counts = [account.connections, account.requests, account.delivered];
    texts.extend(counts.map(|number| match unknown(number) {
        true => "–".to_owned(),
        false => caption::count(u64::from(number)),
    }));
    texts.push(ages);
    html! {
        <tr class={if bar.transport.is_http() {"http"} else {"ws"}}>
            <th scope="row">{ format!("{}: {}", letter(lane), name) }</th>
            <td class="wide-column"><svg class="bars" viewBox="0 0 400 14" preserveAspectRatio="none" aria-hidden="true">{ for bars }</svg></td>
            { ui::cells(None, &texts) }
        </tr>
    }
}

fn class(part: Part) -> &'static str {
    match part {
        Part::Payload => "payload",
        Part::Framing => "framing",
        Part::Tls => "tls-part",
        Part::TcpIp => "tcp-ip",
    }
}

/// Width of the longest bar in its view box.
const WIDTH: f64 = 400.0;
