//! Which close code answers what came: frames with and without a mistake, as the codec judges them.

use wire::Sender;

use super::{Made, Proof, Told, Value, any, between};
use crate::sim::chance::Chance;
use crate::workbench::draft::Draft;
use crate::workbench::{Bench, Tool};

pub(super) fn make(chance: &mut Chance) -> Made {
    let draft = draft(chance);
    let octets = draft.build().map(|piece| piece.octets).unwrap_or_default();
    let rule = draft.dissect().ok().and_then(|it| it.trouble).map(|trouble| trouble.violation.rule);
    let code = rule.and_then(|rule| rule.close_code());
    let text = match draft.sender {
        Sender::Client => {
            tongue::word!(
                "A server reads this from a client, on a connection without extensions: {}. With which close code does it fail the connection?"
            )
        }
        Sender::Server => {
            tongue::word!(
                "A client reads this from a server, on a connection without extensions: {}. With which close code does it fail the connection?"
            )
        }
    };
    let because = match code {
        Some(1007) => {
            tongue::word!(
                "The frame is well formed, but its text is not UTF-8: that is code 1007, data that does not fit its type."
            )
        }
        Some(_) => {
            tongue::word!("It breaks a rule of the frames themselves: that is code 1002, protocol error.")
        }
        None => tongue::word!("No rule is broken, so nothing has to be failed."),
    };
    let others = [1000, 1002, 1006, 1007, 1009].map(Value::Code).into_iter().chain([Value::InOrder]);
    Made {
        ask: Told { text, gaps: vec![Value::Hex(octets)] },
        truth: code.map_or(Value::InOrder, Value::Code),
        others: others.collect(),
        because: Told { text: because, gaps: Vec::new() },
        proof: Proof::Octets(Bench { tool: Tool::Build, draft, ..Bench::default() }),
        sections: &["RFC 6455 section 5.1", "RFC 6455 section 5.2", "RFC 6455 section 7.4.1"],
    }
}

/// A short frame in order, and then perhaps one mistake.
fn draft(chance: &mut Chance) -> Draft {
    let sender = any(chance, &[Sender::Client, Sender::Server]).unwrap_or(Sender::Client);
    let letters = between(chance, 1, 6);
    let payload: Vec<String> = (0..letters).map(|_| format!("{:02x}", between(chance, 0x61, 0x7a))).collect();
    let own = Draft {
        sender,
        opcode: any(chance, &[1, 2, 9, 10]).unwrap_or(1) as u8,
        masked: sender == Sender::Client,
        payload: payload.join(" "),
        hex: true,
        ..Draft::default()
    };
    match chance.below(8) {
        0 => Draft { masked: !own.masked, ..own },
        1 => Draft {
            rsv: any(chance, &[[true, false, false], [false, true, false]]).unwrap_or_default(),
            ..own
        },
        2 => Draft { opcode: any(chance, &[3, 4, 5, 6, 7, 11, 12, 13, 14, 15]).unwrap_or(3) as u8, ..own },
        3 => Draft { opcode: any(chance, &[9, 10]).unwrap_or(9) as u8, fin: false, ..own },
        // A first octet of two, and then something else.
        4 | 5 => Draft { opcode: 1, payload: own.payload.clone() + " c3 28", ..own },
        _ => own,
    }
}
