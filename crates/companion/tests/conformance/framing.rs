//! Sizes, lengths, masks.

use tungstenite::protocol::Message;

use super::LARGEST;
use super::case::{Case, Expect, Way, broken, fine};
use super::client::{BINARY, BINARY_BEGINS, CLOSE, ENDS, GOES_ON, PING, TEXT, frame, header, key, masked};

const SIZES: [usize; 14] =
    [0, 1, 2, 124, 125, 126, 127, 128, 1_000, 65_534, 65_535, 65_536, 65_537, 1_048_576];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for size in SIZES {
        let (text, octets) = (vec![b'*'; size], octets(size));
        cases.push(fine(format!("text of {size}"), frame(TEXT, &text), vec![Expect::Text(text.clone())]));
        cases.push(fine(
            format!("binary of {size}"),
            frame(BINARY, &octets),
            vec![Expect::Binary(octets.clone())],
        ));
        let messages =
            vec![Message::text(String::from_utf8(text).unwrap_or_default()), Message::binary(octets)];
        cases.push(tungstenite(format!("both of {size}"), messages));
    }
    for size in [0, 1, 125, 126, 130] {
        let text = vec![b'*'; size];
        let octets = frame(TEXT, &text);
        cases.push(fine(format!("text of {size}"), octets, vec![Expect::Text(text)]).chopped());
    }
    cases.extend(large());
    cases.extend(lengths());
    cases.extend(masks());
    cases
}

fn tungstenite(name: String, messages: Vec<Message>) -> Case {
    Case { name: format!("{name} by tungstenite"), way: Way::Tungstenite(messages) }
}

/// Octets of many values.
fn octets(size: usize) -> Vec<u8> {
    let row: Vec<u8> = (0..251).collect();
    let mut octets = row.repeat(size / row.len() + 1);
    octets.truncate(size);
    octets
}

fn large() -> Vec<Case> {
    let mut cases = Vec::new();
    for size in [4 * 1024 * 1024, LARGEST - 1, LARGEST] {
        let octets = octets(size);
        let expect = vec![Expect::Binary(octets.clone())];
        cases.push(fine(format!("binary of {size}"), frame(BINARY, &octets), expect));
    }
    let octets = octets(LARGEST);
    let pieces: Vec<&[u8]> = octets.chunks(65_536).collect();
    let frames = pieces.iter().enumerate().map(|(place, piece)| {
        let begins = if place == 0 { BINARY_BEGINS } else { GOES_ON };
        frame(if place + 1 == pieces.len() { ENDS | begins } else { begins }, piece)
    });
    let expect = vec![Expect::Binary(octets.clone())];
    cases.push(fine("the largest in fragments of 65,536", frames.collect::<Vec<_>>().concat(), expect));
    cases.push(tungstenite("the largest".to_owned(), vec![Message::binary(octets.clone())]));

    let announced = [header(BINARY, LARGEST as u64 + 1), key().to_vec()].concat();
    cases.push(broken("one more is announced", announced, Vec::new(), 1009));
    let whole = frame(BINARY_BEGINS, &octets);
    let more = [whole, frame(ENDS, b"x")].concat();
    cases.push(broken("one more in a second fragment", more, Vec::new(), 1009));
    cases
}

/// Lengths that are written as they must not be (RFC 6455 section 5.2).
fn lengths() -> Vec<Case> {
    let mut cases = Vec::new();
    let long = |first: u8, form: u8, length: u64| -> Vec<u8> {
        let octets = length.to_be_bytes();
        let written = if form == 126 { &octets[6..] } else { &octets[..] };
        [&[first, 0x80 | form], written, &key()].concat()
    };
    for length in [0, 1, 125] {
        cases.push(broken(format!("{length} in two octets"), long(TEXT, 126, length), Vec::new(), 1002));
    }
    for length in [0, 125, 126, 65_535] {
        cases.push(broken(format!("{length} in eight octets"), long(TEXT, 127, length), Vec::new(), 1002));
    }
    for (what, length, code) in
        [("2^62", 1 << 62, 1009), ("2^63", 1 << 63, 1002), ("2^64 - 1", u64::MAX, 1002)]
    {
        cases.push(broken(format!("a length of {what}"), long(BINARY, 127, length), Vec::new(), code));
    }
    for first in [PING, CLOSE] {
        cases.push(broken(format!("{first:#04x} of 5 in two octets"), long(first, 126, 5), Vec::new(), 1002));
    }
    cases
}

/// A client masks every frame, with any key (RFC 6455 section 5.3).
fn masks() -> Vec<Case> {
    let mut cases = Vec::new();
    for key in [[0; 4], [0xFF; 4], [0, 0, 0, 1]] {
        let text = b"Hello";
        let masked: Vec<u8> = text.iter().zip(key.iter().cycle()).map(|(octet, key)| octet ^ key).collect();
        let octets = [&[TEXT, 0x85], &key[..], &masked].concat();
        cases.push(fine(format!("a key of {key:?}"), octets, vec![Expect::Text(text.to_vec())]));
    }
    for (what, first, payload) in [
        ("text", TEXT, &b"Hello"[..]),
        ("empty text", TEXT, b""),
        ("ping", PING, b"Hello"),
        ("close", CLOSE, b""),
    ] {
        let octets = [&[first, payload.len() as u8], payload].concat();
        cases.push(broken(format!("{what} without a mask"), octets, Vec::new(), 1002));
    }
    let second = [frame(TEXT, b"one"), vec![TEXT, 3], masked(b"two")].concat();
    cases.push(broken("only the first has a mask", second, vec![Expect::Text(b"one".to_vec())], 1002));
    cases
}
