//! Compression.
//!
//! An input is three octets, which say how messages are compressed, how the octets are cut and how much they may
//! inflate to, and then octets: taken for messages to be compressed, and for ones that are compressed already.

use wire::{
    Rule, Sender,
    deflate::{Deflater, Inflater, Parameters},
};

use super::cuts::pieces;

/// What is deflated inflates to the same, with any window, with and without takeover, in any pieces; junk gives the
/// same in any pieces, too, and never more than the limit; parameters are written as they are read.
pub fn hold(input: &[u8]) {
    let Some((&[mode, seed, limit], octets)) = input.split_first_chunk() else { return };
    round_trip(mode, seed, octets);
    junk(mode & AFRESH != 0, seed, u64::from(limit) * 8, octets);
    if let Ok(text) = std::str::from_utf8(octets) {
        parameters(text);
    }
}

fn round_trip(mode: u8, seed: u8, octets: &[u8]) {
    let afresh = mode & AFRESH != 0;
    let bits = 9 + (mode >> 1) % 7;
    let mut deflater = Deflater::new(afresh, Some(bits)).expect("9 to 15 bits");
    let (mut whole, mut cut) = (Inflater::new(afresh), Inflater::new(afresh));
    // Messages of very different sizes, the second like the first and one of them empty.
    for message in [&octets[..octets.len() / 2], octets, &[], octets] {
        let payload = deflater.deflate(message);
        assert_eq!(whole.inflate(&payload).as_deref(), Ok(message), "{bits} bits");
        let mut content = Vec::new();
        let mut to = |piece: &[u8]| {
            content.extend_from_slice(piece);
            Ok(())
        };
        for piece in pieces(&payload, seed) {
            assert_eq!(cut.feed(piece, &mut to), Ok(()));
        }
        assert_eq!(cut.end(&mut to), Ok(()));
        assert_eq!(content, message, "in pieces by seed {seed}");
    }
}

fn junk(afresh: bool, seed: u8, limit: u64, octets: &[u8]) {
    let read = |seed| {
        let mut inflater = Inflater::new(afresh).with_limit(limit);
        let mut content = Vec::new();
        let mut to = |piece: &[u8]| {
            content.extend_from_slice(piece);
            Ok(())
        };
        let fed = pieces(octets, seed).try_for_each(|piece| inflater.feed(piece, &mut to));
        let ended = fed.and_then(|()| inflater.end(&mut to));
        assert!(content.len() as u64 <= limit, "{} octets of {limit}", content.len());
        assert!(ended != Err(Rule::TooLarge) || content.len() as u64 == limit);
        (content, ended)
    };
    let whole = read(0);
    assert_eq!(read(1), whole, "octet by octet");
    assert_eq!(read(seed), whole, "in pieces by seed {seed}");
}

fn parameters(text: &str) {
    for sender in [Sender::Client, Sender::Server] {
        for element in [text, &format!("permessage-deflate;{text}")] {
            if let Ok(parameters) = Parameters::parse(element, sender) {
                assert_eq!(Parameters::parse(&parameters.to_string(), sender), Ok(parameters));
                assert_eq!(Parameters::parse(&parameters.offer(), Sender::Client), Ok(parameters));
            }
        }
    }
}

/// The bit of an input's first octet that says: no context takeover. The next three are the window's bits less 9.
const AFRESH: u8 = 1;
