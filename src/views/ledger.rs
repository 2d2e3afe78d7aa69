//! What each lane has cost and brought so far.

use std::rc::Rc;

use trace::caption;
use trace::decimal::tenth;
use trace::ledger::{Account, percentile};
use trace::trace::Trace;
use yew::prelude::*;

use super::lane::letter;

/// What the ledger shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Rc<Trace>,
    /// The playhead, in microseconds.
    pub at: u64,
}

/// The ledger.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let lanes = props.trace.lanes();
    let end = props.trace.end();
    let total = |account: &Account| account.on_connections() + account.tcp_ip();
    let most =
        (0..lanes.len()).map(|lane| total(&Account::at(&props.trace, lane, end))).max().unwrap_or(1).max(1);
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label="Ledger, scrollable">
        <table class="ledger" aria-label="Ledger">
            <thead><tr>
                <th scope="col">{"Lane"}</th>
                <th scope="col" class="wide-column">{"Octets so far"}</th>
                <th scope="col"><span class="key payload" aria-hidden="true"></span>{"Messages"}</th>
                <th scope="col"><span class="key framing" aria-hidden="true"></span>{"Heads and frames"}</th>
                <th scope="col"><span class="key tcp-ip" aria-hidden="true"></span>{"TCP and IP, modelled"}</th>
                <th scope="col">{"Requests"}</th>
                <th scope="col">{"Delivered"}</th>
                <th scope="col">{"Said to heard, p50 / p95 / max"}</th>
            </tr></thead>
            <tbody>
                for (lane, known) in lanes.iter().enumerate() {
                    { row(&format!("{}: {}", letter(lane), known.transport.name()), known.transport.is_http(),
                        &Account::at(&props.trace, lane, props.at), most) }
                }
            </tbody>
        </table>
        </div>
    }
}

fn row(name: &str, http: bool, account: &Account, most: u64) -> Html {
    let parts =
        [("payload", account.payload()), ("framing", account.framing()), ("tcp-ip", account.tcp_ip())];
    let mut x = 0.0;
    let bars = parts.into_iter().map(|(class, octets)| {
        let width = octets as f64 * BAR / most as f64;
        let bar = html! { <rect {class} x={tenth(x)} width={tenth(width)} height="14" /> };
        x += width;
        bar
    });
    let bars: Html = bars.collect();
    let age =
        |percent| percentile(&account.freshness, percent).map_or_else(|| "–".to_owned(), caption::seconds);
    html! {
        <tr class={if http { "http" } else { "ws" }}>
            <th scope="row">{ name }</th>
            <td class="wide-column"><svg class="bars" viewBox="0 0 400 14" preserveAspectRatio="none" aria-hidden="true">{ bars }</svg></td>
            <td>{ caption::count(account.payload()) }</td>
            <td>{ caption::count(account.framing()) }</td>
            <td>{ caption::count(account.tcp_ip()) }</td>
            <td>{ caption::count(u64::from(account.requests)) }</td>
            <td>{ caption::count(u64::from(account.delivered)) }</td>
            <td>{ format!("{} / {} / {}", age(50), age(95), age(100)) }</td>
        </tr>
    }
}

/// Width of the longest bar in its view box.
const BAR: f64 = 400.0;
