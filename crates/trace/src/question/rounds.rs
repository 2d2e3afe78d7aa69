//! How many round trips pass until the first echo is here.

use wire::Sender;

use super::{Made, Proof, Told, Value, any, between};
use crate::lesson::pick::{Pick, What};
use crate::scenario::{Scenario, Tls, Transport, Workload};
use crate::sim::chance::Chance;
use crate::sim::simulate;

pub(super) fn make(chance: &mut Chance) -> Made {
    use Transport::{Close, Persistent, WebSocket};
    let transport = any(chance, &[Persistent, Close, WebSocket, WebSocket]).unwrap_or(WebSocket);
    let tls = any(chance, &Tls::ALL).unwrap_or_default();
    let mut scenario = Scenario {
        lanes: vec![transport],
        workload: Workload::Echo,
        messages: between(chance, 1, 3),
        ..Scenario::default()
    };
    scenario.network.round_trip = u64::from(between(chance, 8, 40)) * 20_000;
    scenario.network.tls = tls;
    // So that what the octets themselves take hardly counts.
    scenario.network.kilobits = 100_000;
    let trace = simulate(&scenario);
    let heard = Pick::first(0, What::Heard(Sender::Server));
    let trip = scenario.network.round_trip;
    let taken = (heard.leaves(&trace) + trip / 2) / trip;
    Made {
        ask: Told {
            text: tongue::word!(
                "Over {}, with {}, a round trip takes {}. A page connects, says something, and hears its echo: about how many round trips after the first SYN?"
            ),
            gaps: vec![Value::Over(transport), Value::Tls(tls), Value::Pace(trip)],
        },
        truth: Value::Number(taken),
        others: (1..=taken + 2).map(Value::Number).collect(),
        because: Told {
            text: if transport == WebSocket {
                tongue::word!(
                    "TCP takes one, TLS what its handshake needs, the opening handshake one, and the echo one: at {} it is here, and {} is a round trip."
                )
            } else {
                tongue::word!(
                    "TCP takes one, TLS what its handshake needs, and the echo one: at {} it is here, and {} is a round trip."
                )
            },
            gaps: vec![Value::Seconds(heard.leaves(&trace)), Value::Pace(trip)],
        },
        proof: Proof::Run { at: heard.leaves(&trace), selected: heard.place(&trace), scenario },
        sections: &["RFC 9293 section 3.5", "RFC 8446 section 2", "RFC 6455 section 1.3"],
    }
}
