//! What each lane has cost and brought so far.

use trace::caption;
use trace::ledger::{Account, percentile};
use trace::trace::Trace;
use yew::prelude::*;

use super::lane::{letter, seen};
use super::{svg, ui};

/// What the ledger shows.
pub struct Props<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// The playhead, in microseconds.
    pub at: u64,
}

/// The ledger.
pub fn view(props: &Props) -> Html {
    let lanes = props.trace.lanes();
    let end = props.trace.end();
    // No bar can be drawn of what was not seen.
    let total =
        |account: &Account| if account.unseen > 0 { 0 } else { account.on_connections() + account.tcp_ip() };
    let most =
        (0..lanes.len()).map(|lane| total(&Account::at(props.trace, lane, end))).max().unwrap_or(1).max(1);
    let echo = props.trace.is_echo();
    let rows = lanes.iter().enumerate().map(|(lane, known)| {
        let name = format!("{}: {}", letter(lane), known.transport.name());
        row(&name, known.transport.is_http(), &Account::at(props.trace, lane, props.at), most, echo)
    });
    let table = html! {
        <table class="ledger" aria-label="Ledger">
            <thead><tr>
                for (class, name) in COLUMNS {
                    <th scope="col" class={(class == "bar").then_some("wide-column")}>
                        if class.starts_with("key") {
                            <span {class} aria-hidden="true"></span>
                        }
                        { if echo && class == "age" { "Round trip, p50 / p95 / max" } else { name } }
                    </th>
                }
            </tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    ui::scroll("Ledger, scrollable", table)
}

fn row(name: &str, http: bool, account: &Account, most: u64, echo: bool) -> Html {
    let parts =
        [("payload", account.payload()), ("framing", account.framing()), ("tcp-ip", account.tcp_ip())];
    let mut x = 0.0;
    let bars = parts.into_iter().map(|(class, octets)| {
        let width = if account.unseen > 0 { 0.0 } else { octets as f64 * BAR / most as f64 };
        let bar = svg::rect(class, x, 0.0, width, 14.0);
        x += width;
        bar
    });
    let bars: Html = bars.collect();
    let age =
        |percent| percentile(account.ages(echo), percent).map_or_else(|| "–".to_owned(), caption::seconds);
    let mut texts = vec![caption::count(account.payload())];
    texts.extend([account.framing(), account.tcp_ip()].map(|octets| seen(account, octets)));
    texts.extend([account.requests, account.delivered].map(|number| caption::count(u64::from(number))));
    texts.push(format!("{} / {} / {}", age(50), age(95), age(100)));
    html! {
        <tr class={if http { "http" } else { "ws" }}>
            <th scope="row">{ name }</th>
            <td class="wide-column"><svg class="bars" viewBox="0 0 400 14" preserveAspectRatio="none" aria-hidden="true">{ bars }</svg></td>
            { ui::cells(None, &texts) }
        </tr>
    }
}

/// The columns, each with the class of its key or place.
const COLUMNS: [(&str, &str); 8] = [
    ("", "Lane"),
    ("bar", "Octets so far"),
    ("key payload", "Octets of messages"),
    ("key framing", "of heads and frames"),
    ("key tcp-ip", "of TCP and IP, modelled"),
    ("", "Requests"),
    ("", "Delivered"),
    ("age", "Said to heard, both ways: p50 / p95 / max"),
];

/// Width of the longest bar in its view box.
const BAR: f64 = 400.0;
