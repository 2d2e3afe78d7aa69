//! The figures of "Compression with a memory": lengths from RFC 7692 section 7.2.3 and from zlib itself.

use trace::scenario::Scenario;

use super::figures::{number, octets, plural};

pub(crate) fn figures(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let texts: Vec<&str> = s.added.iter().map(|it| it.text.as_str()).collect();
    let plain: u64 = texts.iter().map(|text| text.len() as u64).sum();
    let quoted = |text: &str| format!("“{text}”");
    let small = deflated(&texts);
    match (place, learned) {
        // The field line and its line end.
        (0, false) => vec![octets("Sec-WebSocket-Extensions: permessage-deflate\r\n".len() as u64)],
        (1, false) => vec![quoted(texts[0])],
        (1, true) => vec![],
        (2, false) => vec![quoted(texts[0]), octets(texts[0].len() as u64), number(small[0])],
        (3, false) => vec![quoted(texts[1]), octets(small[1]), number(small[0])],
        (4, false) => vec![plural(texts.len() as u64, "message"), octets(plain)],
        (4, true) => vec![octets(small.iter().sum()), number(small[0]), number(small[5])],
        // Two to the power of fifteen bits, the most that DEFLATE can point back (RFC 1951 section 2).
        (5, false) => vec![octets(32 * 1_024)],
        (6, false) => vec![octets(2 + small[0]), number(2 + small[1])],
        other => panic!("no row for {other:?}"),
    }
}

/// Octets of each message, compressed. Python's zlib module says so (level 6, raw, each message flushed, less
/// the four octets of RFC 7692 section 7.2.1); the first row is the RFC's own (section 7.2.3.1 and 7.2.3.2).
fn deflated(texts: &[&str]) -> Vec<u64> {
    let row: &[u64] = match (texts[0], texts.len()) {
        ("Hello", 2) => &[7, 5],
        ("Bread and cheese", 2) => &[18, 7],
        ("Bread and cheese", 6) => &[18, 34, 7, 7, 7, 7],
        (_, 6) => &[34, 8, 7, 7, 7, 7],
        other => panic!("no row for {other:?}"),
    };
    row.to_vec()
}
