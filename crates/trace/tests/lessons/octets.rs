//! The figures of what lies on the workbench: from the numbers and the examples of RFC 6455, with no code
//! of the codec's.

use trace::workbench::Bench;

use super::figures::{number, octets, plural};
use super::form::header;

/// The figures of a beat on the workbench, as they are written.
pub(crate) fn expected(lesson: &str, place: usize, learned: bool, bench: &Bench) -> Vec<String> {
    match lesson {
        "frame" => frame(place, learned, bench),
        other => panic!("no figures for {other}"),
    }
}

fn frame(place: usize, learned: bool, bench: &Bench) -> Vec<String> {
    let text = &bench.draft.payload;
    let size = text.len() as u64;
    let head = header(size);
    match (place, learned) {
        (0, false) => {
            vec![text.clone(), octets(head + size), number(head), number(size), opcode(1)]
        }
        (0, true) => vec![opcode(2), octets(head + size)],
        // Section 5.2: "if 0-125, that is the payload length".
        (1, false) => vec![if size <= 125 { size.to_string() } else { mark(size) }, number(125)],
        (1, true) => vec![octets(size), mark(size), octets(if size < 65_536 { 2 } else { 8 }), octets(head)],
        // 65,536 is 2 to the 16.
        (2, false) => {
            vec![octets(65_536), mark(size), octets(8), "00 00 00 00 00 01 00 00".to_owned(), octets(10)]
        }
        (3, false) => vec![number(size.div_ceil(3)), bit(0), opcode(0), bit(1)],
        (3, true) => vec![plural(size, "frame"), octets(size * (2 + 1)), octets(size)],
        (4, false) => vec![opcode(9), octets(size)],
        (4, true) => vec![octets(2 + 4 + size), number(size), octets(4)],
        (5, false) => vec![octets(125), octets(126), "1002".to_owned()],
        (5, true) => vec![octets(size), octets(2)],
        (6, false) => vec![opcode(8), octets(2), "1000".to_owned()],
        (6, true) => vec!["Bye".to_owned(), octets(3)],
        other => panic!("no row for {other:?}"),
    }
}

/// What the second octet says where the length does not fit it (section 5.2).
fn mark(size: u64) -> String {
    if size < 65_536 { "126" } else { "127" }.to_owned()
}

fn bit(set: u8) -> String {
    set.to_string()
}

/// Section 11.8: the opcodes and their names.
fn opcode(opcode: u8) -> String {
    let names = ["Continuation", "Text", "Binary", "", "", "", "", "", "Close", "Ping", "Pong"];
    format!("{opcode} ({})", names[usize::from(opcode)])
}
