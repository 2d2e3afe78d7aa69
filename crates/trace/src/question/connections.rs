//! How many connections a transport opens for some messages.

use super::{Made, Proof, Told, Value, any, between};
use crate::lesson::pick::{Pick, What};
use crate::scenario::{Scenario, Transport, Workload};
use crate::sim::chance::Chance;
use crate::sim::simulate;

pub(super) fn make(chance: &mut Chance) -> Made {
    use Transport::{Close, Persistent, Six, WebSocket};
    let transport = any(chance, &[Persistent, Close, Six, WebSocket]).unwrap_or(Persistent);
    let messages = between(chance, 2, 12);
    let workload = if transport == Six { Workload::Page } else { Workload::Echo };
    let mut scenario = Scenario { lanes: vec![transport], workload, messages, ..Scenario::default() };
    scenario.network.round_trip = u64::from(between(chance, 2, 15)) * 20_000;
    let trace = simulate(&scenario);
    let opened = trace.lane(0).filter(|event| What::Syn.is(event)).count() as u64;
    let number = u64::from(messages);
    let text = match transport {
        Six => tongue::word!(
            "A web page asks for {} parts at once, over {}. How many TCP connections are opened?"
        ),
        _ => {
            tongue::word!(
                "{} messages go out, each after the echo of the one before, over {}. How many TCP connections are opened?"
            )
        }
    };
    let because = match transport {
        Persistent => {
            tongue::word!(
                "In HTTP/1.1 a connection persists unless one side says otherwise: all exchanges take {}, one after another."
            )
        }
        Close => tongue::word!(
            "Each answer says `connection: close`, so each request needs another connection: {}."
        ),
        Six => {
            tongue::word!(
                "A connection carries one exchange at a time, so a browser opens several, but not more than six to one host: {}."
            )
        }
        _ => tongue::word!(
            "The opening handshake turns one connection into a WebSocket, and all messages use it: {}."
        ),
    };
    let last = Pick { lane: 0, what: What::Syn, nth: opened.saturating_sub(1) as usize };
    Made {
        ask: Told { text, gaps: vec![Value::Number(number), Value::Over(transport)] },
        truth: Value::Number(opened),
        others: [1, 2, number, number + 1, 2 * number, 6].map(Value::Number).to_vec(),
        because: Told { text: because, gaps: vec![Value::Number(opened)] },
        proof: Proof::Run { at: trace.end(), selected: last.place(&trace), scenario },
        sections: &[
            "RFC 9112 section 9.3",
            "RFC 9112 section 9.4",
            "RFC 9112 section 9.6",
            "RFC 6455 section 1.3",
        ],
    }
}
