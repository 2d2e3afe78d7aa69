//! Which codes a page's script may pass to `close()`.

use wire::{CloseCode, Opcode};

use super::{Made, Proof, Told, Value, any, between};
use crate::sim::chance::Chance;
use crate::workbench::draft::Draft;
use crate::workbench::{Bench, Tool};

pub(super) fn make(chance: &mut Chance) -> Made {
    let drawn: Vec<u16> = (0..12).map(|_| code(chance)).collect();
    // 1000 is always among those that may be said, so there is one.
    let may = drawn.iter().copied().find(|&code| CloseCode(code).script_may_send()).unwrap_or(1000);
    let others =
        drawn.into_iter().chain([1001, 1002, 1006]).filter(|&code| !CloseCode(code).script_may_send());
    let [high, low] = may.to_be_bytes();
    let draft = Draft {
        opcode: u8::from(Opcode::Close),
        payload: format!("{high:02x} {low:02x}"),
        hex: true,
        ..Draft::default()
    };
    Made {
        ask: Told {
            text: tongue::word!("Which of these codes may a page’s script pass to `close()`?"),
            gaps: Vec::new(),
        },
        truth: Value::Code(may),
        others: others.map(Value::Code).collect(),
        because: Told {
            text: tongue::word!(
                "A script may say 1000, or a code from 3000 to 4999. The others are the browser’s own to send, or are never sent at all: `close()` throws."
            ),
            gaps: Vec::new(),
        },
        proof: Proof::Octets(Bench { tool: Tool::Build, draft, ..Bench::default() }),
        sections: &["RFC 6455 section 7.4.1", "RFC 6455 section 7.4.2"],
    }
}

fn code(chance: &mut Chance) -> u16 {
    let code = match chance.below(4) {
        0 => any(chance, &[1000, 1001, 1002, 1005, 1006, 1009, 1011, 1015]).unwrap_or(1001),
        1 => between(chance, 1_000, 2_999),
        2 => between(chance, 3_000, 4_999),
        _ => between(chance, 5_000, 65_535),
    };
    code as u16
}
