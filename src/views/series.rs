//! What a series of live runs says: how many, how long, and how far from what was predicted.

use std::rc::Rc;

use trace::caption;
use trace::ledger::{Account, percentile};
use trace::trace::Trace;
use yew::prelude::*;

use super::lane::letter;
use crate::state::{Live, Recording};

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The live side of the store.
    pub live: Live,
}

/// The table, and the sentence that says what its numbers are.
#[component]
pub fn Series(props: &Props) -> Html {
    let Some(last) = props.live.recordings.last() else { return html! {} };
    html! {
        <section class="series" aria-label="Live runs">
            <p class="hint">{ words(&props.live, last) }</p>
            <div class="scroll" tabindex="0" role="group" aria-label="Live runs, scrollable">
            <table aria-label="Live runs">
                <thead><tr>
                    <th scope="col">{"Lane"}</th><th scope="col">{"Messages, n"}</th>
                    <th scope="col">{"Said to heard, p50"}</th><th scope="col">{"p95"}</th><th scope="col">{"p50 predicted"}</th>
                    <th scope="col">{ if last.tapped { "Octets, witnessed" } else { "Octets, reconstructed" } }</th>
                    <th scope="col">{"Octets, predicted"}</th><th scope="col">{"Difference"}</th>
                </tr></thead>
                <tbody>
                    for (lane, known) in last.trace.lanes().iter().enumerate() {
                        { row(&props.live, last, lane, format!("{}: {}", letter(lane), known.transport.name())) }
                    }
                </tbody>
            </table>
            </div>
        </section>
    }
}

fn row(live: &Live, last: &Recording, lane: usize, name: String) -> Html {
    let whole = |trace: &Rc<Trace>| Account::at(trace, lane, u64::MAX);
    let mut ages: Vec<u64> =
        live.recordings.iter().flat_map(|recording| whole(&recording.trace).freshness).collect();
    ages.sort_unstable();
    let age = |percent| percentile(&ages, percent).map_or_else(|| "–".to_owned(), milliseconds);
    let octets = whole(&last.trace).on_connections();
    let predicted = last.predicted.as_ref().map(|trace| whole(trace));
    let predicted_age = predicted.as_ref().and_then(|account| percentile(&account.freshness, 50));
    let predicted_octets = predicted.as_ref().map(Account::on_connections);
    let difference = predicted_octets.map(|predicted| format!("{:+}", octets as i64 - predicted as i64));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    html! {
        <tr>
            <th scope="row">{ name }</th>
            <td>{ ages.len() }</td>
            <td>{ age(50) }</td>
            <td>{ age(95) }</td>
            <td>{ or_dash(predicted_age.map(milliseconds)) }</td>
            <td>{ caption::count(octets) }</td>
            <td>{ or_dash(predicted_octets.map(caption::count)) }</td>
            <td>{ or_dash(difference) }</td>
        </tr>
    }
}

fn words(live: &Live, last: &Recording) -> String {
    let runs = caption::plural(live.recordings.len() as u64, "run");
    let (browser, step) = live.instrument.clone().unwrap_or_default();
    let clocks = match last.alignment {
        Some(alignment) => {
            format!(" The companion's clock is aligned within ±{}.", milliseconds(alignment.error))
        }
        None => {
            " Nobody witnessed the wire: what the browser's API does not reveal is reconstructed or unknown."
                .to_owned()
        }
    };
    format!(
        "{runs} against {}, measured in {browser} with a clock step of {}.{clocks} Lanes ran one after another, in alternating order, each from its own zero. p50 and p95 are over all messages of the series; octets are the last run's.",
        last.server,
        milliseconds(step),
    )
}

/// `50.3 ms`
fn milliseconds(micros: u64) -> String {
    format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100)
}
