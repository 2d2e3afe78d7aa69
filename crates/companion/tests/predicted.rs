//! What the simulator predicts is what the companion answers, octet for octet: the client's octets of a
//! simulated run are sent, and the server's come back. Names of field lines may differ in case, and dates in
//! all but their length.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::collections::BTreeMap;
use std::time::Duration;

use client::{Client, Run, companion, octets};
use trace::event::Event;
use trace::live::{Manner, Plan, Speaker};
use trace::scenario::{Network, Scenario, Transport, Utterance, Workload};
use trace::sim::simulate;
use wire::Sender;

/// Every transport in which a client takes part.
const TRANSPORTS: [Transport; 8] = [
    Transport::Persistent,
    Transport::Close,
    Transport::Six,
    Transport::Polling,
    Transport::Long,
    Transport::Sse,
    Transport::WebSocket,
    Transport::Deflate,
];

/// A link without delay, so that nobody waits for anything but what causes it.
const NETWORK: Network = Network {
    round_trip: 0,
    kilobits: 10_000_000,
    down_kilobits: None,
    jitter: 0,
    loss: 0,
    tls: trace::scenario::Tls::Off,
    mss: 1_460,
    window: 10,
    think: 0,
    idle: None,
};

fn plan(scenario: &Scenario) -> Plan {
    let Scenario { lanes, workload, binary, hold, .. } = scenario.clone();
    let manner = Manner { binary, hold, ..Manner::default() };
    Plan { lanes, network: scenario.network, workload, script: scenario.script(), manner }
}

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
    let predicted = simulate(scenario);
    // The clients stay connected; nobody has to wait for them.
    let running = companion(|config| config.limits.grace = Duration::ZERO).await;
    let run = Run::open(running.address(), &plan(scenario)).await;
    let mut units: Vec<&Event> =
        predicted.lane(0).map(|event| &**event).filter(|event| event.raw.is_some()).collect();
    let own = |event: &Event| event.key.sender == Sender::Client;
    let seen = |event: &Event| if own(event) { event.times.sent_first } else { event.times.received_last };
    units.sort_by_key(|event| seen(event).unwrap().at);
    let mut clients: BTreeMap<u16, (Client, Vec<u8>)> = BTreeMap::new();
    for event in units {
        let connection = event.key.connection;
        while clients.len() <= usize::from(connection) {
            let next = clients.len() as u16;
            clients.insert(next, (Client::connect(run.lanes[0]).await, Vec::new()));
        }
        let (client, expected) = clients.get_mut(&connection).unwrap();
        let raw = event.raw.as_deref().unwrap();
        if own(event) {
            client.send(raw).await;
        } else {
            expected.extend_from_slice(raw);
            client.receive(expected.len()).await;
        }
    }
    for (connection, (client, expected)) in &clients {
        assert_eq!(plain(&client.received), plain(expected), "{what} {connection}");
    }
    run.end().await;
    let tap = run.tap().await;
    for (connection, (client, _)) in clients {
        let connection = usize::from(connection);
        assert_eq!(octets(&tap, 0, connection, Speaker::You), client.sent, "{what} {connection}");
        let witnessed = octets(&tap, 0, connection, Speaker::Server);
        assert!(witnessed.starts_with(&client.received), "{what} {connection}");
    }
    running.stop().await;
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
