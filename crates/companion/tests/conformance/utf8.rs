//! Text is UTF-8, and what is not is refused as soon as it shows (RFC 6455 section 8.1).

use super::case::{Case, Expect, broken, fine};
use super::client::{BINARY, ENDS, GOES_ON, PING, TEXT, TEXT_BEGINS, frame, header, key, masked};

/// First and last of each length, neighbours of what is left out, and what is not a character but encoded.
const VALID: [&str; 16] = [
    "\u{0}",
    "\u{7f}",
    "\u{80}",
    "\u{7ff}",
    "\u{800}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{fdd0}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10000}",
    "\u{1ffff}",
    "\u{10ffff}",
    "κόσμε",
    "Hello-µ@ßöäüàá-UTF-8!! 🦀",
];

const INVALID: [(&str, &[u8]); 24] = [
    ("a continuation octet alone", b"\x80"),
    ("the last continuation octet alone", b"\xBF"),
    ("two continuation octets", b"\x80\xBF"),
    ("a continuation octet too many", b"\xC2\x80\x80"),
    ("C0", b"\xC0\x80"),
    ("C1", b"\xC1\xBF"),
    ("an overlong solidus of two", b"\xC0\xAF"),
    ("an overlong solidus of three", b"\xE0\x80\xAF"),
    ("an overlong solidus of four", b"\xF0\x80\x80\xAF"),
    ("the last overlong of three", b"\xE0\x9F\xBF"),
    ("the last overlong of four", b"\xF0\x8F\xBF\xBF"),
    ("the first surrogate", b"\xED\xA0\x80"),
    ("the last surrogate", b"\xED\xBF\xBF"),
    ("a pair of surrogates", b"\xED\xA0\x80\xED\xB0\x80"),
    ("after the last code point", b"\xF4\x90\x80\x80"),
    ("F5", b"\xF5\x80\x80\x80"),
    ("five octets", b"\xF8\x88\x80\x80\x80"),
    ("FE", b"\xFE"),
    ("FF", b"\xFF"),
    ("two that breaks off", b"\xC2"),
    ("three that breaks off", b"\xE2\x82"),
    ("four that breaks off", b"\xF0\x9F\xA6"),
    ("a letter for a continuation octet", b"\xE2\x28\xA1"),
    ("Latin-1", b"gr\xFC\xDFe"),
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for text in VALID {
        let expect = || vec![Expect::Text(text.as_bytes().to_vec())];
        let name = format!("{:?}", text.escape_unicode().to_string());
        cases.push(fine(name.clone(), frame(TEXT, text.as_bytes()), expect()));
        let octets = text.as_bytes();
        let letters = octets
            .iter()
            .enumerate()
            .map(|(place, &octet)| frame(if place == 0 { TEXT_BEGINS } else { GOES_ON }, &[octet]));
        let split: Vec<Vec<u8>> = letters.chain([frame(ENDS, b"")]).collect();
        cases.push(fine(format!("{name} in frames of one octet"), split.concat(), expect()));
    }
    for (what, octets) in INVALID {
        cases.push(broken(what, frame(TEXT, octets), Vec::new(), 1007));
        let (first, rest) = octets.split_at(1);
        let split = [frame(TEXT_BEGINS, b"fine "), frame(GOES_ON, first), frame(ENDS, rest)].concat();
        cases.push(broken(format!("{what} in fragments"), split, Vec::new(), 1007));
        cases.push(fine(
            format!("{what} in binary"),
            frame(BINARY, octets),
            vec![Expect::Binary(octets.to_vec())],
        ));
    }
    cases.extend(at_once());
    cases
}

/// The message has not ended yet, and is refused all the same.
fn at_once() -> Vec<Case> {
    let mut cases = Vec::new();
    for (what, octets) in INVALID.iter().filter(|(what, _)| !what.contains("breaks off")) {
        let begun = [frame(TEXT_BEGINS, "κόσμε".as_bytes()), frame(GOES_ON, octets)].concat();
        cases.push(broken(format!("{what}, and no end of the message"), begun, Vec::new(), 1007));
    }
    let half = [header(TEXT, 100), key().to_vec(), masked(b"fine \xED\xA0\x80")].concat();
    cases.push(broken("a surrogate, and no end of the frame", half, Vec::new(), 1007));
    let half = [frame(TEXT_BEGINS, b"\xF4"), header(ENDS, 9), key().to_vec(), masked(b"\x90")].concat();
    cases.push(broken("after the last code point, over a seam", half, Vec::new(), 1007));
    let octets = [frame(TEXT_BEGINS, b"\xE2\x82"), frame(PING, b"!"), frame(ENDS, b"\xAC")].concat();
    let expect = vec![Expect::Pong(b"!".to_vec()), Expect::Text("€".as_bytes().to_vec())];
    cases.push(fine("a ping inside a character", octets.clone(), expect));
    let octets = [frame(TEXT, b"one"), frame(TEXT, b"\xC3")].concat();
    cases.push(broken("a good message, then a bad one", octets, vec![Expect::Text(b"one".to_vec())], 1007));
    cases
}
