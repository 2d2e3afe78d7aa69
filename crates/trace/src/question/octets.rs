//! How many octets a message takes: the frame header's three lengths, and the masking key.

use wire::Sender;

use super::{Made, Proof, Told, Value, any, between};
use crate::lesson::pick::{Pick, What};
use crate::scenario::{Scenario, Transport, Workload};
use crate::sim::chance::Chance;
use crate::sim::simulate;

pub(super) fn make(chance: &mut Chance) -> Made {
    let size = size(chance);
    let sender = any(chance, &[Sender::Client, Sender::Server]).unwrap_or(Sender::Client);
    let scenario = Scenario {
        lanes: vec![Transport::WebSocket],
        workload: Workload::Echo,
        messages: 1,
        size: Some(size),
        ..Scenario::default()
    };
    let trace = simulate(&scenario);
    let frame = Pick::first(0, What::Data(sender));
    let payload = u64::from(size);
    let others = [0, 2, 4, 6, 8, 10, 14].map(|header| Value::Octets(payload + header)).to_vec();
    let text = match sender {
        Sender::Client => {
            tongue::word!(
                "You send a text of {} over an open WebSocket, in one frame. How many octets does it put on the connection, TCP and IP left out?"
            )
        }
        Sender::Server => {
            tongue::word!(
                "The server sends a text of {} over an open WebSocket, in one frame. How many octets does it put on the connection, TCP and IP left out?"
            )
        }
    };
    let because = match sender {
        Sender::Client => {
            tongue::word!(
                "The header has {}: the length needs its field, and a client’s frame has a masking key of four octets besides."
            )
        }
        Sender::Server => {
            tongue::word!(
                "The header has {}: the length needs its field, and a server’s frame has no masking key."
            )
        }
    };
    Made {
        ask: Told { text, gaps: vec![Value::Octets(payload)] },
        truth: Value::Octets(frame.size(&trace)),
        others,
        because: Told { text: because, gaps: vec![Value::Octets(frame.head(&trace))] },
        proof: Proof::Run { at: frame.arrives(&trace), selected: frame.place(&trace), scenario },
        sections: &["RFC 6455 section 5.2", "RFC 6455 section 5.1"],
    }
}

/// Any length of the three forms, and often one at their borders.
fn size(chance: &mut Chance) -> u32 {
    match chance.below(4) {
        0 => any(chance, &[1, 125, 126, 127, 65_535, 65_536]).unwrap_or(125),
        1 => between(chance, 1, 125),
        2 => between(chance, 126, 999),
        _ => between(chance, 1_000, 65_535),
    }
}
