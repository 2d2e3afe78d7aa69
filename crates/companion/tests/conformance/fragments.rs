//! Messages in several frames (RFC 6455 section 5.4).

use super::case::{Case, Expect, Row, broken, fine};
use super::client::{BINARY, BINARY_BEGINS, ENDS, GOES_ON, PING, TEXT, TEXT_BEGINS, frame};

fn text(text: &str) -> Vec<Expect> {
    vec![Expect::Text(text.as_bytes().to_vec())]
}

pub fn cases() -> Vec<Case> {
    let mut cases = valid();
    let rows: [Row; 11] = [
        ("a continuation of nothing", vec![frame(ENDS, b"x")], vec![]),
        ("an empty continuation of nothing", vec![frame(ENDS, b"")], vec![]),
        ("a continuation of nothing that goes on", vec![frame(GOES_ON, b"x"), frame(TEXT, b"y")], vec![]),
        ("a continuation after a message", vec![frame(TEXT, b"one"), frame(ENDS, b"x")], text("one")),
        (
            "a continuation after fragments",
            vec![frame(TEXT_BEGINS, b"o"), frame(ENDS, b"ne"), frame(ENDS, b"x")],
            text("one"),
        ),
        ("a text inside a text", vec![frame(TEXT_BEGINS, b"o"), frame(TEXT, b"x")], vec![]),
        ("a binary inside a text", vec![frame(TEXT_BEGINS, b"o"), frame(BINARY, b"x")], vec![]),
        ("a text inside a binary", vec![frame(BINARY_BEGINS, b"o"), frame(TEXT, b"x")], vec![]),
        ("a text begins inside a text", vec![frame(TEXT_BEGINS, b"o"), frame(TEXT_BEGINS, b"x")], vec![]),
        (
            "a text begins inside, after a ping",
            vec![frame(TEXT_BEGINS, b"o"), frame(PING, b"!"), frame(TEXT_BEGINS, b"x")],
            vec![Expect::Pong(b"!".to_vec())],
        ),
        (
            "a text inside after a continuation",
            vec![frame(TEXT_BEGINS, b"o"), frame(GOES_ON, b"n"), frame(TEXT, b"e")],
            vec![],
        ),
    ];
    for (name, frames, before) in rows {
        cases.push(broken(name, frames.concat(), before, 1002));
    }
    cases
}

fn valid() -> Vec<Case> {
    let rows: [Row; 9] = [
        ("two", vec![frame(TEXT_BEGINS, b"one "), frame(ENDS, b"two")], text("one two")),
        (
            "three",
            vec![frame(TEXT_BEGINS, b"one "), frame(GOES_ON, b"two "), frame(ENDS, b"three")],
            text("one two three"),
        ),
        ("the first empty", vec![frame(TEXT_BEGINS, b""), frame(ENDS, b"one")], text("one")),
        ("the last empty", vec![frame(TEXT_BEGINS, b"one"), frame(ENDS, b"")], text("one")),
        ("all empty", vec![frame(TEXT_BEGINS, b""), frame(GOES_ON, b""), frame(ENDS, b"")], text("")),
        (
            "a ping at every seam",
            vec![
                frame(TEXT_BEGINS, b"one "),
                frame(PING, b"1"),
                frame(GOES_ON, b"two "),
                frame(PING, b"2"),
                frame(ENDS, b"three"),
            ],
            vec![
                Expect::Pong(b"1".to_vec()),
                Expect::Pong(b"2".to_vec()),
                Expect::Text(b"one two three".to_vec()),
            ],
        ),
        (
            "two messages of two",
            vec![
                frame(TEXT_BEGINS, b"one "),
                frame(ENDS, b"two"),
                frame(BINARY_BEGINS, b"three "),
                frame(ENDS, b"four"),
            ],
            vec![Expect::Text(b"one two".to_vec()), Expect::Binary(b"three four".to_vec())],
        ),
        (
            "a thousand of one octet",
            std::iter::once(frame(BINARY_BEGINS, b"x"))
                .chain((0..998).map(|_| frame(GOES_ON, b"x")))
                .chain([frame(ENDS, b"x")])
                .collect(),
            vec![Expect::Binary(vec![b'x'; 1000])],
        ),
        (
            "sizes on either side of each length",
            vec![
                frame(BINARY_BEGINS, &[1; 125]),
                frame(GOES_ON, &[1; 126]),
                frame(GOES_ON, &vec![1; 65_535]),
                frame(ENDS, &vec![1; 65_536]),
            ],
            vec![Expect::Binary(vec![1; 125 + 126 + 65_535 + 65_536])],
        ),
    ];
    rows.into_iter().map(|(name, frames, expect)| fine(name, frames.concat(), expect)).collect()
}
