//! What the simulator predicts is what the companion answers, octet for octet: the client's octets of a
//! simulated run are sent, and the server's come back. Names of field lines may differ in case, and dates in
//! all but their length.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

#[path = "support/replay.rs"]
mod replay;

use client::octets;
use replay::{NETWORK, Replayed, TRANSPORTS, replay};
use trace::live::Speaker;
use trace::scenario::{Scenario, Utterance, Workload};

/// Octets with the names of all field lines in lower case and dates made equal. What is no head is kept.
fn plain(octets: &[u8]) -> String {
    let text: String = octets.iter().copied().map(char::from).collect();
    let line = |line: &str| match line.split_once(": ") {
        Some((name, _)) if name.eq_ignore_ascii_case("date") => "date: *\r\n".to_owned(),
        Some((name, value)) if line.ends_with("\r\n") => format!("{}: {value}", name.to_lowercase()),
        _ => line.to_owned(),
    };
    text.split_inclusive("\r\n").map(line).collect()
}

async fn check(scenario: &Scenario) {
    let what = format!("{:?} {:?} binary {}", scenario.lanes, scenario.workload, scenario.binary);
    let Replayed { clients, tap } = replay(scenario).await;
    for (connection, (client, expected)) in &clients {
        assert_eq!(plain(&client.received), plain(expected), "{what} {connection}");
    }
    for (connection, (client, _)) in clients {
        let connection = usize::from(connection);
        assert_eq!(octets(&tap, 0, connection, Speaker::You), client.sent, "{what} {connection}");
        let witnessed = octets(&tap, 0, connection, Speaker::Server);
        assert!(witnessed.starts_with(&client.received), "{what} {connection}");
    }
}

#[tokio::test]
async fn what_the_server_is_asked_for() {
    for transport in TRANSPORTS {
        for (workload, messages) in
            [(Workload::Echo, 4), (Workload::Reads, 3), (Workload::Page, 8), (Workload::Download, 2)]
        {
            for binary in [false, true] {
                let lanes = vec![transport];
                let (rate, poll) = (Some(50), 50_000);
                let scenario = Scenario {
                    lanes,
                    workload,
                    messages,
                    network: NETWORK,
                    binary,
                    rate,
                    poll,
                    ..Scenario::default()
                };
                check(&scenario).await;
            }
        }
    }
}

#[tokio::test]
async fn what_the_server_says_of_its_own_accord() {
    for transport in TRANSPORTS {
        for binary in [false, true] {
            let said = |text: &str| Utterance { at: 0, from: Speaker::Server, text: text.to_owned() };
            let added = ["Hello!", "Lunch?", ""].map(said).to_vec();
            let (lanes, poll, hold) = (vec![transport], 50_000, 100_000);
            let scenario = Scenario {
                lanes,
                messages: 0,
                added,
                network: NETWORK,
                binary,
                poll,
                hold,
                ..Scenario::default()
            };
            check(&scenario).await;
        }
    }
}
