//! The octets that RFC 7692 section 7.2.3 prints, and what they leave open.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "support/octets.rs"]
mod octets;

use octets::hex;
use wire::{
    Rule, Sender,
    deflate::{Deflater, Inflater, Parameters},
};

/// Messages of one direction, in order: what is said, and the payload that carries it.
#[track_caller]
fn check(no_context_takeover: bool, messages: &[(&str, &str)]) {
    let mut deflater = Deflater::new(no_context_takeover, None).unwrap();
    let mut inflater = Inflater::new(no_context_takeover);
    for (content, payload) in messages {
        assert_eq!(deflater.deflate(content.as_bytes()), hex(payload), "{content}");
        assert_eq!(inflater.inflate(&hex(payload)).unwrap(), content.as_bytes());
    }
}

#[test]
fn whole_messages() {
    // Sections 7.2.3.1, 7.2.3.2 and 7.2.3.6.
    check(false, &[("Hello", "f248cdc9c90700"), ("Hello", "f200110000"), ("", "00"), ("Hello", "02130000")]);
    check(true, &[("Hello", "f248cdc9c90700"), ("Hello", "f248cdc9c90700"), ("", "00"), ("", "00")]);
    check(false, &[("", "00"), ("Hello", "f248cdc9c90700")]);
}

/// What other compressors may send, inflated whole and octet by octet.
#[track_caller]
fn inflates(messages: &[(&str, &str)]) {
    for size in [usize::MAX, 1] {
        let mut inflater = Inflater::new(false);
        for (content, payload) in messages {
            let payload = hex(payload);
            let mut got = Vec::new();
            let mut to = |piece: &[u8]| {
                got.extend_from_slice(piece);
                Ok(())
            };
            for piece in payload.chunks(size) {
                inflater.feed(piece, &mut to).unwrap();
            }
            inflater.end(&mut to).unwrap();
            assert_eq!(got, content.as_bytes(), "in pieces of {size}");
        }
    }
}

#[test]
fn blocks_that_our_deflater_does_not_write() {
    // Section 7.2.3.3: a block without compression.
    inflates(&[("Hello", "000500faff48656c6c6f00"), ("Hello", "f200110000")]);
    // Section 7.2.3.4: a block that says it is the last. What came before it can still be referred to.
    inflates(&[("Hello", "f348cdc9c9070000"), ("Hello", "f200110000"), ("Hello", "f248cdc9c90700")]);
    // Section 7.2.3.5: two blocks.
    inflates(&[("Hello", "f248050000 00ffff cac9c90700")]);
    // A message of nothing but an empty block that is compressed.
    inflates(&[("", "0200"), ("", "00"), ("Hello", "f248cdc9c90700")]);
}

#[test]
fn every_window_that_zlib_has() {
    assert!(Deflater::new(false, Some(8)).is_none());
    assert!(Deflater::new(false, Some(16)).is_none());
    let message: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(n) >> 11) as u8).collect();
    for bits in 9..=15 {
        for afresh in [false, true] {
            let mut deflater = Deflater::new(afresh, Some(bits)).unwrap();
            let mut inflater = Inflater::new(afresh);
            for message in [&message[..], b"", &message[..70_000], &message[..1]] {
                let payload = deflater.deflate(message);
                assert_eq!(inflater.inflate(&payload).unwrap(), message, "{bits} bits");
            }
        }
    }
}

/// Even further back than was agreed, for the inflater has all 32 KiB; but not to before the first octet.
#[test]
fn the_whole_window() {
    let parameters = Parameters { server_max_window_bits: Some(8), ..Parameters::default() };
    let random: Vec<u8> = (0..32_768_u32).map(|n| (n.wrapping_mul(n * 7919) >> 5) as u8).collect();
    for distance in [400, 32_768 - 262] {
        let message = [&random[..distance], &random[..200]].concat();
        let payload = Deflater::new(false, None).unwrap().deflate(&message);
        let (first, rest) = payload.split_at(payload.len() - 20);
        for pieces in [&[&payload[..]][..], &[first, rest]] {
            let mut inflater = parameters.inflater(Sender::Server);
            let mut content = Vec::new();
            let mut to = |piece: &[u8]| {
                content.extend_from_slice(piece);
                Ok(())
            };
            for piece in pieces {
                inflater.feed(piece, &mut to).unwrap();
            }
            inflater.end(&mut to).unwrap();
            assert!(content == message, "{distance} octets back");
        }
    }
}

#[test]
fn what_is_not_deflate() {
    #[track_caller]
    fn check(payload: &str) {
        assert_eq!(Inflater::new(false).inflate(&hex(payload)), Err(Rule::InflateFailed));
    }
    check("07");
    check("ffffff");
    // Reaches back to before the first octet.
    check("f200110000");
    // Stops inside a block, and without the empty block at its end.
    check("f248cdc9c9");
    check("000500faff4865");
    check("f348cdc9c90700");
    check("");
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let bomb = Deflater::new(false, None).unwrap().deflate(&vec![0; 10_000_000]);
    assert!(bomb.len() < 11_000);
    let mut inflater = Inflater::new(false).with_limit(5000);
    let mut got = 0;
    let result = inflater.feed(&bomb, &mut |piece| {
        got += piece.len();
        Ok(())
    });
    assert_eq!((result, got), (Err(Rule::TooLarge), 5000));
    // The limit is for each message.
    let mut inflater = Inflater::new(true).with_limit(5);
    assert!(inflater.inflate(&hex("f248cdc9c90700")).is_ok());
    assert!(inflater.inflate(&hex("f248cdc9c90700")).is_ok());
    assert_eq!(inflater.with_limit(4).inflate(&hex("f248cdc9c90700")), Err(Rule::TooLarge));
}
