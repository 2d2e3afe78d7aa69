//! What the first octets of a frame say, as the codec reads them.

use wire::{Opcode, Sender, Unit};

use super::{Made, Proof, Told, Value, any, between};
use crate::sim::chance::Chance;
use crate::workbench::draft::Draft;
use crate::workbench::{Bench, Tool};

pub(super) fn make(chance: &mut Chance) -> Made {
    let draft = draft(chance);
    let octets = draft.build().map(|piece| piece.octets).unwrap_or_default();
    let unit = Unit::lenient_frame(draft.sender, &octets);
    let header = unit.as_ref().and_then(Unit::frame);
    let (length, masked) = header.map_or((0, false), |header| (header.length, header.mask.is_some()));
    let opcode = header.map_or(Opcode::Text, |header| header.opcode);
    let gaps = vec![Value::Hex(octets.clone())];
    let because = |text| Told { text, gaps: Vec::new() };
    let (ask, truth, others, because) = match chance.below(3) {
        0 => (
            Told {
                text: tongue::word!("A frame begins: {}. How many octets of payload does it announce?"),
                gaps,
            },
            Value::Octets(length),
            lengths(&octets),
            because(tongue::word!(
                "The second octet’s lower seven bits are the length; 126 says that two octets with the length follow, 127 that eight do, the most significant first."
            )),
        ),
        1 => (
            Told { text: tongue::word!("A frame begins: {}. Who sends it, if all rules are kept?"), gaps },
            who(masked),
            vec![who(true), who(false), Value::Name(EITHER)],
            because(tongue::word!(
                "The highest bit of the second octet says whether the payload is masked: a client’s frames are, a server’s never."
            )),
        ),
        _ => (
            Told { text: tongue::word!("A frame begins: {}. What kind of frame is it?"), gaps },
            Value::Name(kind(opcode)),
            OPCODES.map(|opcode| Value::Name(kind(opcode))).to_vec(),
            because(tongue::word!("The lower four bits of the first octet are the opcode.")),
        ),
    };
    let bench = Bench { tool: Tool::Build, draft, ..Bench::default() };
    Made { ask, truth, others, because, proof: Proof::Octets(bench), sections: &["RFC 6455 section 5.2"] }
}

fn draft(chance: &mut Chance) -> Draft {
    let sender = any(chance, &[Sender::Client, Sender::Server]).unwrap_or(Sender::Client);
    let opcode = any(chance, &OPCODES).unwrap_or(Opcode::Text);
    let longest = if opcode.is_control() { 1 } else { 3 };
    let length = match chance.below(longest) {
        0 => between(chance, 2, 125),
        1 => between(chance, 126, 2_000),
        _ => between(chance, 2_001, 60_000),
    };
    let payload = match opcode {
        // A code, and a reason of letters.
        Opcode::Close => "03 e8".to_owned() + &" 6f".repeat(length as usize - 2),
        _ => vec!["6f"; length as usize].join(" "),
    };
    let key = chance.next().to_be_bytes();
    let key: Vec<String> = key.iter().take(4).map(|octet| format!("{octet:02x}")).collect();
    let masked = sender == Sender::Client;
    Draft {
        sender,
        opcode: opcode.into(),
        masked,
        key: key.join(" "),
        payload,
        hex: true,
        ..Draft::default()
    }
}

/// How else the length may be read: each octet by itself, with the mask's bit, the wrong way round.
fn lengths(octets: &[u8]) -> Vec<Value> {
    let octet = |place: usize| octets.get(place).copied().map_or(0, u64::from);
    let [low, high] = [octet(2), octet(3)];
    let candidates = [
        octet(1) & 0x7f,
        octet(1),
        low << 8 | high,
        high << 8 | low,
        (octet(1) & 0x7f) + 1,
        octet(1) / 2,
        octet(0),
    ];
    candidates.map(Value::Octets).to_vec()
}

fn who(masked: bool) -> Value {
    Value::Name(if masked { CLIENT } else { SERVER })
}

fn kind(opcode: Opcode) -> &'static str {
    crate::caption::opcode_name(opcode)
}

const CLIENT: &str = tongue::word!("The client");
const SERVER: &str = tongue::word!("The server");
const EITHER: &str = tongue::word!("It does not say");

const OPCODES: [Opcode; 5] = [Opcode::Text, Opcode::Binary, Opcode::Close, Opcode::Ping, Opcode::Pong];
