//! Compression (RFC 7692): offers and answers, windows, and what may go wrong. zlib is the other side.

use super::LARGEST;
use super::case::{Case, Expect, Row, broken, fine};
use super::client::{BINARY, CLOSE, ENDS, GOES_ON, PING, RSV1, TEXT, TEXT_BEGINS, frame};
use super::zlib::{Voice, deflated};

const PLAIN: &str = "permessage-deflate";

pub fn cases() -> Vec<Case> {
    let mut cases = negotiations();
    cases.extend(windows());
    cases.extend(messages());
    cases.extend(faults());
    cases
}

/// Two messages, the second of which finds the first in the window unless either side starts afresh.
fn talk(name: String, offers: &[&str], agreed: Option<&str>) -> Case {
    let text = b"Hello, hello, hello".to_vec();
    let expect = vec![Expect::Text(text.clone()), Expect::Text(text.clone())];
    let mut voice = Voice::new();
    let mut say = |text: &[u8]| match agreed {
        None => frame(TEXT, text),
        Some(agreed) if agreed.contains("client_no_context_takeover") => frame(TEXT | RSV1, &deflated(text)),
        Some(_) => frame(TEXT | RSV1, &voice.say(text)),
    };
    let octets = [say(&text), say(&text)].concat();
    fine(name, octets, expect).offering(offers, agreed)
}

fn negotiations() -> Vec<Case> {
    let both = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    let all = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10";
    let rows: Vec<(&str, Option<&str>)> = vec![
        (PLAIN, Some(PLAIN)),
        ("permessage-deflate; client_max_window_bits", Some(PLAIN)),
        ("permessage-deflate;client_max_window_bits", Some(PLAIN)),
        ("permessage-deflate ; client_max_window_bits = 12", Some(PLAIN)),
        (
            "permessage-deflate; server_no_context_takeover",
            Some("permessage-deflate; server_no_context_takeover"),
        ),
        (
            "permessage-deflate; client_no_context_takeover",
            Some("permessage-deflate; client_no_context_takeover"),
        ),
        ("permessage-deflate; client_no_context_takeover; server_no_context_takeover", Some(both)),
        (
            "permessage-deflate; server_max_window_bits=10; client_max_window_bits=10; \
             client_no_context_takeover; server_no_context_takeover",
            Some(all),
        ),
        (
            "permessage-deflate; server_max_window_bits=\"10\"",
            Some("permessage-deflate; server_max_window_bits=10"),
        ),
        ("permessage-bzip2, permessage-deflate", Some(PLAIN)),
        ("permessage-deflate; no_such_parameter, permessage-deflate", Some(PLAIN)),
        (
            "permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits=9",
            Some("permessage-deflate; server_max_window_bits=9"),
        ),
        (
            "permessage-deflate; server_max_window_bits=11, permessage-deflate",
            Some("permessage-deflate; server_max_window_bits=11"),
        ),
        ("permessage-deflate; no_such_parameter", None),
        ("permessage-deflate; no_such_parameter=1", None),
        ("permessage-deflate; server_no_context_takeover; server_no_context_takeover", None),
        ("permessage-deflate; server_no_context_takeover=true", None),
        ("permessage-deflate; client_no_context_takeover=1", None),
        ("permessage-deflate; server_max_window_bits", None),
        ("permessage-deflate; server_max_window_bits=0", None),
        ("permessage-deflate; server_max_window_bits=7", None),
        ("permessage-deflate; server_max_window_bits=8", None),
        ("permessage-deflate; server_max_window_bits=16", None),
        ("permessage-deflate; server_max_window_bits=010", None),
        ("permessage-deflate; server_max_window_bits=ten", None),
        ("permessage-deflate; server_max_window_bits=9; server_max_window_bits=10", None),
        ("permessage-deflate; client_max_window_bits=7", None),
        ("permessage-deflate; client_max_window_bits=16", None),
        ("permessage-deflate; client_max_window_bits=", None),
        ("permessage-bzip2", None),
        ("x-webkit-deflate-frame", None),
    ];
    let mut cases: Vec<Case> =
        rows.into_iter().map(|(offer, agreed)| talk(offer.to_owned(), &[offer], agreed)).collect();
    let lines = ["permessage-bzip2", "permessage-deflate; server_max_window_bits=12"];
    let agreed = Some("permessage-deflate; server_max_window_bits=12");
    cases.push(talk("offers in two field lines".to_owned(), &lines, agreed));
    cases
}

/// Every window of either side: what goes beyond it must not be referred to.
fn windows() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut seed = 1_u32;
    let mut noise = |length: usize| -> Vec<u8> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        (0..length).map(|_| next()).collect()
    };
    for bits in 9..=15_u8 {
        // The same noise again, just inside and just outside of the window: noise is as long as ever unless
        // it can be referred to.
        let (near, far) = (noise((1 << bits) - 300), noise((1 << bits) + 300));
        let octets = [&near[..], &near, &far, &far].concat();
        let offer = format!("permessage-deflate; server_max_window_bits={bits}");
        let message = frame(BINARY | RSV1, &deflated(&octets));
        let least = near.len() + far.len() + far.len() * 3 / 4;
        let expect = vec![Expect::Deflated { least, message: octets }];
        let name = format!("a server's window of {bits} bits");
        cases.push(fine(name, message, expect).offering(&[&offer], Some(&offer)));
    }
    for bits in 8..=15_u8 {
        let offer = format!("permessage-deflate; client_max_window_bits={bits}");
        cases.push(talk(format!("a client's window of {bits} bits"), &[&offer], Some(PLAIN)));
    }
    cases
}

fn messages() -> Vec<Case> {
    let mut cases = Vec::new();
    for size in [0, 1, 125, 126, 65_535, 65_536, 1_048_576] {
        let text: Vec<u8> = (0..size).map(|n| b'a' + (n % 26) as u8).collect();
        let octets = if size == 0 { vec![0] } else { deflated(&text) };
        cases.push(agreeing(
            format!("text of {size}"),
            frame(TEXT | RSV1, &octets),
            vec![Expect::Text(text)],
        ));
    }
    let largest = vec![b'x'; LARGEST];
    let octets = frame(BINARY | RSV1, &deflated(&largest));
    cases.push(agreeing("the largest".to_owned(), octets, vec![Expect::Binary(largest)]));
    let hello = || vec![Expect::Text(b"Hello".to_vec())];
    let whole = deflated(b"Hello");
    let (a, rest) = whole.split_at(1);
    let (b, c) = rest.split_at(2);
    // The examples of RFC 7692 section 7.2.3.
    let rows: [Row; 10] = [
        (
            "RFC 7692: one block",
            vec![frame(TEXT | RSV1, &[0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])],
            hello(),
        ),
        (
            "RFC 7692: two fragments",
            vec![frame(TEXT_BEGINS | RSV1, &[0xF2, 0x48, 0xCD]), frame(ENDS, &[0xC9, 0xC9, 0x07, 0x00])],
            hello(),
        ),
        (
            "RFC 7692: a shared window",
            vec![
                frame(TEXT | RSV1, &[0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]),
                frame(TEXT | RSV1, &[0xF2, 0x00, 0x11, 0x00, 0x00]),
            ],
            hello().into_iter().chain(hello()).collect(),
        ),
        (
            "RFC 7692: a block without compression",
            vec![frame(TEXT | RSV1, &[0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00])],
            hello(),
        ),
        (
            "RFC 7692: a block with BFINAL",
            vec![frame(TEXT | RSV1, &[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])],
            hello(),
        ),
        (
            "RFC 7692: two blocks",
            vec![frame(
                TEXT | RSV1,
                &[0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
            )],
            hello(),
        ),
        ("not compressed", vec![frame(TEXT, b"Hello")], hello()),
        (
            "compressed and not, in turn",
            vec![
                frame(TEXT | RSV1, &whole),
                frame(TEXT, b"plain"),
                frame(TEXT | RSV1, &[0xF2, 0x00, 0x11, 0x00, 0x00]),
            ],
            hello().into_iter().chain([Expect::Text(b"plain".to_vec())]).chain(hello()).collect(),
        ),
        (
            "three fragments with pings between them",
            vec![
                frame(TEXT_BEGINS | RSV1, a),
                frame(PING, b"1"),
                frame(GOES_ON, b),
                frame(PING, b"2"),
                frame(ENDS, c),
            ],
            [Expect::Pong(b"1".to_vec()), Expect::Pong(b"2".to_vec())].into_iter().chain(hello()).collect(),
        ),
        (
            "empty fragments around it",
            vec![frame(TEXT_BEGINS | RSV1, b""), frame(GOES_ON, &whole), frame(ENDS, b"")],
            hello(),
        ),
    ];
    cases.extend(
        rows.into_iter().map(|(name, frames, expect)| agreeing(name.to_owned(), frames.concat(), expect)),
    );
    let chopped = agreeing("a message".to_owned(), frame(TEXT | RSV1, &whole), hello()).chopped();
    cases.push(chopped);
    cases
}

fn agreeing(name: String, octets: Vec<u8>, expect: Vec<Expect>) -> Case {
    fine(name, octets, expect).offering(&[PLAIN], Some(PLAIN))
}

fn faults() -> Vec<Case> {
    let whole = deflated(b"Hello");
    let (begins, ends) = whole.split_at(3);
    let bomb = deflated(&vec![0; LARGEST + 1]);
    let rows: [(&str, Vec<Vec<u8>>, u16); 14] = [
        ("RSV1 on a continuation", vec![frame(TEXT_BEGINS | RSV1, begins), frame(ENDS | RSV1, ends)], 1002),
        ("RSV1 on a continuation only", vec![frame(TEXT_BEGINS, b"He"), frame(ENDS | RSV1, ends)], 1002),
        ("RSV1 on a ping", vec![frame(PING | RSV1, b"")], 1002),
        ("RSV1 on a Close", vec![frame(CLOSE | RSV1, b"")], 1002),
        ("RSV2", vec![frame(TEXT | 0x20, b"x")], 1002),
        ("RSV3", vec![frame(TEXT | 0x10, b"x")], 1002),
        ("RSV1 and RSV2", vec![frame(TEXT | RSV1 | 0x20, &whole)], 1002),
        ("a reserved kind of block", vec![frame(TEXT | RSV1, &[0x07, 0x00])], 1007),
        ("no DEFLATE at all", vec![frame(BINARY | RSV1, &[0xFF; 30])], 1007),
        ("lengths that disagree", vec![frame(TEXT | RSV1, &[0x00, 0x05, 0x00, 0x00, 0x00, b'H'])], 1007),
        (
            "a reference to before the beginning",
            vec![frame(TEXT | RSV1, &[0xF2, 0x00, 0x11, 0x00, 0x00])],
            1007,
        ),
        ("no UTF-8", vec![frame(TEXT | RSV1, &deflated(b"\xFF"))], 1007),
        (
            "no UTF-8, and no end of the message",
            vec![frame(TEXT_BEGINS | RSV1, &deflated(b"\xED\xA0\x80 and more"))],
            1007,
        ),
        ("more than the largest", vec![frame(BINARY | RSV1, &bomb)], 1009),
    ];
    let case = |(name, frames, code): (&str, Vec<Vec<u8>>, u16)| {
        broken(name, frames.concat(), Vec::new(), code).offering(&[PLAIN], Some(PLAIN))
    };
    let mut cases: Vec<Case> = rows.into_iter().map(case).collect();
    let octets = frame(TEXT | RSV1, &whole);
    cases.push(
        broken("a declined offer, and RSV1 all the same", octets, Vec::new(), 1002)
            .offering(&["permessage-bzip2"], None),
    );
    cases
}
