//! A run without a browser: the client's octets of a simulated run are sent to the companion's lane, each as
//! soon as what it answers has come.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::time::Duration;

use trace::event::Event;
use trace::live::{Manner, Plan, Tap};
use trace::scenario::{Network, Scenario, Transport};
use trace::sim::simulate;
use wire::Sender;

use crate::client::{Client, Run, ask, companion, status};

/// Every transport in which a client takes part.
pub const TRANSPORTS: [Transport; 8] = [
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
pub const NETWORK: Network = Network {
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

/// What the companion is asked for.
pub fn asked(scenario: &Scenario) -> Plan {
    let Scenario { lanes, workload, binary, hold, .. } = scenario.clone();
    let script = scenario.script();
    let leaves_at = script.last().map_or(0, |last| last.at);
    let manner = Manner { binary, hold, leaves_at, ..Manner::default() };
    Plan { lanes, network: scenario.network, workload, script, manner }
}

/// What came of a run.
pub struct Replayed {
    /// Each connection's client, and the octets that it was to hear.
    pub clients: BTreeMap<u16, (Client, Vec<u8>)>,
    pub tap: Tap,
}

/// Runs the scenario's first lane.
pub async fn replay(scenario: &Scenario) -> Replayed {
    let predicted = simulate(scenario);
    // The clients stay connected; nobody has to wait for them.
    let running = companion(|config| config.limits.grace = Duration::ZERO).await;
    let run = Run::open(running.address(), &asked(scenario)).await;
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
    run.end().await;
    let tap = run.tap().await;
    running.stop().await;
    Replayed { clients, tap }
}

/// Has two servers call each other, who need no client.
pub async fn play(scenario: &Scenario) -> Tap {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &asked(scenario)).await;
    let played = ask(running.address(), "POST", &format!("/runs/{}/play/0", run.number), b"").await;
    assert_eq!(status(&played), 204);
    run.end().await;
    let tap = run.tap().await;
    running.stop().await;
    tap
}
