//! What a series of live runs says: how many, how long, and how far from what was predicted.

use std::cmp::Ordering;
use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::ledger::{Account, ages, percentile};
use trace::order;
use trace::predict::chart::milliseconds;
use trace::trace::Trace;
use yew::prelude::*;

use super::lane::{letter, seen};
use super::{own_tools, ui};
use crate::state::{Live, Recording};

/// What the table needs.
pub struct Props<'a> {
    /// The live side of the store.
    pub live: &'a Live,
}

/// The table, and the sentence that says what its numbers are.
pub fn view(props: &Props) -> Html {
    let Some(last) = props.live.recordings.last() else {
        return html! {
            <section class="series" aria-label={say("Live runs")}>
                { ui::hint(say("What a live run brings will stand here: its octets and times beside what was predicted of them, and what the script saw beside what the wire carried. Until then the lanes show the simulation.")) }
            </section>
        };
    };
    let octets = if last.tapped { say("Octets, witnessed") } else { say("Octets, reconstructed") };
    let age = if last.trace.is_echo() { say("Round trip, p50") } else { say("Said to heard, p50") };
    let columns = [
        say("Lane"),
        say("Messages, n"),
        age,
        "p95",
        say("p50 predicted"),
        octets,
        say("Octets, predicted"),
        say("Difference"),
    ];
    let rows = last.trace.lanes().iter().enumerate().map(|(lane, known)| {
        row(props.live, last, lane, &format!("{}: {}", letter(lane), known.transport.name()))
    });
    let table = html! { <table aria-label={say("Live runs")}>{ ui::head(&columns) }<tbody>{ for rows }</tbody></table> };
    html! {
        <section class="series" aria-label={say("Live runs")}>
            { ui::hint(&words(props.live, last)) }
            { ui::scroll(say("Live runs, scrollable"), table) }
            { own_tools::view(&last.trace) }
        </section>
    }
}

fn row(live: &Live, last: &Recording, lane: usize, name: &str) -> Html {
    let whole = |trace: &Rc<Trace>| Account::at(trace, lane, u64::MAX);
    let heard: Vec<u64> = live.recordings.iter().flat_map(|recording| ages(&recording.trace, lane)).collect();
    let heard = order::ascending(&heard);
    let age = |percent| percentile(&heard, percent).map_or_else(|| "–".to_owned(), milliseconds);
    let account = whole(&last.trace);
    let foretold = last.predicted.as_ref().map(|prediction| &prediction.trace);
    let predicted = foretold.map(whole);
    // Only what is whole can be compared: every run to its end, every octet witnessed.
    let expected = foretold.map(|trace| ages(trace, lane)).unwrap_or_default();
    let complete = account.unseen == 0 && heard.len() == expected.len() * live.recordings.len();
    let comparable = predicted.as_ref().filter(|_| complete);
    let predicted_age = comparable.and_then(|_| percentile(&expected, 50));
    let predicted_octets = predicted.as_ref().map(Account::on_connections);
    let difference =
        comparable.map(|predicted| difference(account.on_connections(), predicted.on_connections()));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let texts = [
        heard.len().to_string(),
        age(50),
        age(95),
        or_dash(predicted_age.map(milliseconds)),
        seen(&account, account.on_connections()),
        or_dash(predicted_octets.map(caption::count)),
        or_dash(difference),
    ];
    html! { <tr>{ ui::cells(Some(name), &texts) }</tr> }
}

fn words(live: &Live, last: &Recording) -> String {
    let runs = caption::plural(live.recordings.len() as u64, "run");
    let (browser, step) = live.instrument.clone().unwrap_or_default();
    let clocks = match last.alignment {
        Some(alignment) => {
            say!(" The companion's clock is aligned within ±{}.", milliseconds(alignment.error))
        }
        None => say(
            " Nobody witnessed the wire: what the browser's API does not reveal is reconstructed or unknown.",
        )
        .to_owned(),
    };
    let dotted = if last.predicted.is_some() { say(" Dotted lines are what was predicted.") } else { "" };
    let hidden = if last.hidden {
        say(
            " This tab was in the background for a while. There a browser lets timers fire only once a second: what was to be said at a time of its own may have been late.",
        )
    } else {
        ""
    };
    let worker = if last.worker {
        say(
            " A service worker of this page stood between it and the server, so the times of HTTP are not the network's. Reload the page where it can reach its own host, and run again.",
        )
    } else {
        ""
    };
    say!(
        "{} against {}, measured in {} with a clock step of {}.{} Lanes ran in turn, in alternating order, each from its own zero; p50 and p95 are over all messages, octets are the last run's.{}{}",
        runs,
        last.server,
        browser,
        milliseconds(step),
        clocks,
        dotted,
        [hidden, worker].concat()
    )
}

/// `0`, `+12`, `−2,536`
fn difference(octets: u64, predicted: u64) -> String {
    let sign = match octets.cmp(&predicted) {
        Ordering::Less => "−",
        Ordering::Equal => "",
        Ordering::Greater => "+",
    };
    format!("{sign}{}", caption::count(octets.abs_diff(predicted)))
}
