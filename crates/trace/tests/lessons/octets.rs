//! The figures of what lies on the workbench: from the numbers and the examples of RFC 6455, and from
//! an implementation by others, with no code of the codec's.

use trace::workbench::Bench;
use tungstenite::handshake::derive_accept_key;

use super::figures::{number, octets, plural};
use super::form::header;
use super::page::Page;

/// The figures of a beat on the workbench, as they are written.
pub(crate) fn expected(lesson: &str, place: usize, learned: bool, bench: &Bench) -> Vec<String> {
    match lesson {
        "frame" => frame(place, learned, bench),
        "goodbye" => goodbye(place, learned),
        "key" => key(place, learned, bench),
        "mask" => mask(place, learned, bench),
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

/// Section 7.4.1, and what the WebSockets Standard lets a script choose.
fn goodbye(place: usize, learned: bool) -> Vec<String> {
    let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect();
    match (place, learned) {
        (1, false) => vec![octets(2), "1000".to_owned()],
        (1, true) => codes(&["1001"]),
        (2, false) => codes(&["1000", "3000", "4999", "4000"]),
        (2, true) => codes(&["1002", "1006"]),
        other => panic!("no row for {other:?}"),
    }
}

fn key(place: usize, learned: bool, bench: &Bench) -> Vec<String> {
    let own = &bench.machine;
    let accept = derive_accept_key(own.key.as_bytes());
    match (place, learned) {
        // Section 4.1: 16 octets; 24 characters, as base64 makes four of three and fills up.
        (0, false) => vec![octets(16), number(24)],
        // 24 characters and the GUID's 36.
        (1, false) => vec![number(60)],
        // Section 1.3's key with 358EAFA5-E914-47DA-95CA-C5AB0DC85B11, by Python's hashlib.
        (1, true) => vec!["BdqAbaipO2GcJJnuRB7nz3FY51g=".to_owned(), accept],
        // Section 1.3 gives the digest.
        (2, false) => vec![octets(20), DIGEST.to_owned(), accept],
        (2, true) | (3, false) => vec![accept],
        // Section 7.1.5: 1006 where no Close frame came.
        (3, true) => vec![accept.replacen('s', "S", 1), "1006".to_owned()],
        // Section 4.1 prints the first, which section 4.2.1 answers with 400; base64 of 01 to 10 is the second.
        (4, false) => vec!["AQIDBAUGBwgJCgsMDQ4PEC==".to_owned(), "400".to_owned()],
        (4, true) => vec!["AQIDBAUGBwgJCgsMDQ4PEA==".to_owned(), octets(16), accept],
        other => panic!("no row for {other:?}"),
    }
}

/// Section 5.7 has the first example, the rest is worked out with Python.
fn mask(place: usize, learned: bool, bench: &Bench) -> Vec<String> {
    let text = &bench.draft.payload;
    let size = text.len() as u64;
    let key = if bench.draft.masked { [0x37, 0xfa, 0x21, 0x3d] } else { [0; 4] };
    let wire: Vec<u8> = text.bytes().enumerate().map(|(at, octet)| octet ^ key[at % 4]).collect();
    match (place, learned) {
        (0, false) => vec![start(text), octets(header(size) + 4 + size), number(4), hex(&wire)],
        (0, true) => vec![octets(header(size) + size), hex(text.as_bytes())],
        (1, false) => vec!["48".to_owned(), "37".to_owned(), "7f".to_owned(), octets(4)],
        (1, true) => vec![hex(text.as_bytes())],
        (2, false) => vec![hex(&wire), start(text)],
        (2, true) => vec!["37 fa 21 3d".to_owned()],
        (3, false) => vec![start(text)],
        (3, true) => vec![hex(&wire)],
        // Section 7.4.1: a protocol error.
        (4, _) => vec!["1002".to_owned()],
        other => panic!("no row for {other:?}"),
    }
}

/// A long text is shown from its start, up to 256 characters.
fn start(text: &str) -> String {
    if text.len() > 256 { format!("{}…", &text[..256]) } else { text.to_owned() }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
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

/// Section 1.3: 0xb3 0x7a 0x4f and so on.
const DIGEST: &str = "b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea";

/// The examples that the lessons stand on, octet for octet.
#[test]
fn examples_of_the_rfc() {
    let check = |lesson: &str, place: usize, expect: &[&str]| {
        let beat = &trace::lesson::named(lesson).expect("a lesson").beats[place];
        let page = Page::entered(beat);
        let made: Vec<String> = page.desk.dissection.exhibits.iter().map(|it| hex(&it.unit.octets)).collect();
        assert_eq!(made, expect, "{lesson} {place}");
    };
    check("frame", 0, &["81 05 48 65 6c 6c 6f"]);
    check("frame", 3, &["01 03 48 65 6c", "80 02 6c 6f"]);
    check("frame", 4, &["89 05 48 65 6c 6c 6f"]);
    check("mask", 0, &["81 85 37 fa 21 3d 7f 9f 4d 51 58"]);
    assert_eq!(derive_accept_key(b"dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}
