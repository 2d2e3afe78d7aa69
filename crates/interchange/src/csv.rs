//! The ledger as a table for spreadsheets (RFC 4180): a row for each lane, units and provenance in its head.
//!
//! It holds counts and no text of anybody's, so there is no secret in it to strip, and nothing that a spreadsheet
//! could take for a formula.

use tongue::say;
use trace::decimal::thousandths;
use trace::ledger::{Account, Spread};

use crate::run::Run;

/// What a lane's row has after its name: the head of a column, and its value.
type Column = (String, fn(&Account) -> String);

/// Writes the account of each lane at the end of the run.
pub fn write(run: &Run) -> Vec<u8> {
    let lanes = run.trace.lanes();
    let mut words: Vec<&str> = (0..lanes.len()).map(|lane| run.trace.octets_are(lane).word()).collect();
    words.dedup();
    let columns = columns(&words.join(" / "), run.trace.times_are().word());
    let mut table = csv::Writer::from_writer(Vec::new());
    let heads = columns.iter().map(|column| column.0.clone());
    let names = [say!("lane"), say!("transport"), say!("octets are")].map(str::to_owned);
    let mut rows = vec![names.into_iter().chain(heads).collect::<Vec<String>>()];
    for (lane, known) in lanes.iter().enumerate() {
        let account = Account::at(&run.trace, lane, run.trace.end());
        let own = [
            char::from(b'A' + (lane % 26) as u8).to_string(),
            known.transport.name().to_owned(),
            run.trace.octets_are(lane).word().to_owned(),
        ];
        rows.push(own.into_iter().chain(columns.iter().map(|column| column.1(&account))).collect());
    }
    for row in rows {
        // Nothing that is written to memory fails.
        let _ = table.write_record(row);
    }
    table.into_inner().unwrap_or_default()
}

fn columns(octets: &str, times: &str) -> Vec<Column> {
    vec![
        (say!("connections opened").to_owned(), |it| it.connections.to_string()),
        (say!("HTTP requests").to_owned(), |it| it.requests.to_string()),
        (say!("WebSocket frames with data").to_owned(), |it| it.frames.to_string()),
        (say!("messages delivered").to_owned(), |it| it.delivered.to_string()),
        (say!("heads that nobody saw").to_owned(), |it| it.unseen.to_string()),
        (say!("payload up (octets, {})", octets), |it| it.up.payload.to_string()),
        (say!("payload down (octets, {})", octets), |it| it.down.payload.to_string()),
        (say!("heads and frame headers up (octets, {})", octets), |it| it.up.framing.to_string()),
        (say!("heads and frame headers down (octets, {})", octets), |it| it.down.framing.to_string()),
        (say!("TLS up (octets, modelled)").to_owned(), |it| it.up.tls.to_string()),
        (say!("TLS down (octets, modelled)").to_owned(), |it| it.down.tls.to_string()),
        (say!("TCP and IP up (octets, modelled)").to_owned(), |it| it.up.tcp_ip.to_string()),
        (say!("TCP and IP down (octets, modelled)").to_owned(), |it| it.down.tcp_ip.to_string()),
        (say!("age of messages, median (ms, {})", times), |it| spread(it.freshness, |it| it.p50)),
        (say!("age of messages, 95th percentile (ms, {})", times), |it| spread(it.freshness, |it| it.p95)),
        (say!("age of messages, most (ms, {})", times), |it| spread(it.freshness, |it| it.max)),
        (say!("round trip of an echo, median (ms, {})", times), |it| spread(it.round_trips, |it| it.p50)),
        (say!("round trip of an echo, 95th percentile (ms, {})", times), |it| {
            spread(it.round_trips, |it| it.p95)
        }),
        (say!("round trip of an echo, most (ms, {})", times), |it| spread(it.round_trips, |it| it.max)),
    ]
}

/// In milliseconds; nothing of nothing.
fn spread(spread: Option<Spread>, of: fn(Spread) -> u64) -> String {
    spread.map(|spread| thousandths(of(spread))).unwrap_or_default()
}
