//! How many events a second are simulated, and what one moment of playing costs at 100, 10,000 and
//! 100,000 events: the accounts of its lanes and its caption. `cargo xtask bench` prints the rows as a table.

#[path = "support/median.rs"]
mod support;

use trace::caption;
use trace::ledger::Account;
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;

use support::median;

fn main() {
    println!("simulating 1,000 messages\tevents\tms\tevents/s");
    for workload in [Workload::Echo, Workload::Ticker] {
        for transport in [Transport::Persistent, Transport::Close, Transport::WebSocket, Transport::Deflate] {
            let scenario = scenario(workload, vec![transport], 1_000);
            let events = simulate(&scenario).events().len();
            let each = median(RUNS, || simulate(&scenario));
            let name = format!("{}, {}", workload.name(), transport.name());
            println!("{name}\t{events}\t{:.1}\t{:.0}", each / 1e3, events as f64 / each * 1e6);
        }
    }
    println!("a moment of playing\tµs\t\tto 100 events");
    let mut first = None;
    for events in [100, 10_000, 100_000] {
        let lanes = || vec![Transport::Persistent, Transport::WebSocket];
        let each = simulate(&scenario(Workload::Echo, lanes(), 10)).events().len() as u32 / 10;
        let trace = simulate(&scenario(Workload::Echo, lanes(), events / each));
        let step = trace.end() / 1_000;
        let begin = || {
            (0..1_000).map(|n| n * step).map(|now| {
                let accounts = [0, 1].map(|lane| Account::at(&trace, lane, now).on_connections());
                accounts[0] + accounts[1] + caption::moment(&trace, now).text.len() as u64
            })
        };
        let each = median(RUNS, || begin().sum::<u64>()) / 1_000.0;
        let base = *first.get_or_insert(each);
        println!("{} events\t{each:.2}\t\t{:.2}", trace.events().len(), each / base);
    }
}

fn scenario(workload: Workload, lanes: Vec<Transport>, messages: u32) -> Scenario {
    Scenario { lanes, messages, ..Scenario::default().turned_to(workload) }
}

/// Calls of which the middle one counts.
const RUNS: usize = 7;
