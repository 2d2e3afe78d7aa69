//! One direction in HTTP.
//!
//! An input is two octets, which say who sends, what the reader allows and how the stream is cut, and the stream.

use wire::{Reader, Sender, parse_request, parse_response};

use super::{cuts::pieces, stream::Told, unit};

/// Any split gives what the whole gives; units are sound and account for the stream; a head by itself is read like
/// the first of a stream.
pub fn hold(input: &[u8]) {
    let Some((&[mode, seed], octets)) = input.split_first_chunk() else { return };
    let go_on = |reader: &mut Reader| if mode & SWITCHES == 0 { reader.stay() } else { reader.upgrade() };
    let told = |seed| Told::by(reader(mode), pieces(octets, seed), go_on);
    let whole = told(0);
    assert_eq!(told(1), whole, "octet by octet");
    assert_eq!(told(seed), whole, "in pieces by seed {seed}");
    whole.accounts_for(octets);
    whole.units.iter().for_each(unit::is_sound);
    whole.partial.iter().for_each(unit::tiles);
    first_head(&whole, mode, octets);
}

fn reader(mode: u8) -> Reader {
    let mut reader = Reader::new(sender(mode));
    if mode & TO_HEAD != 0 {
        reader.expect_response_to("HEAD");
    }
    if mode & KEEPS_LITTLE != 0 {
        reader = reader.with_limit(10);
    }
    if mode & REFUSES_MUCH != 0 {
        reader = reader.refusing_over(100);
    }
    reader
}

fn sender(mode: u8) -> Sender {
    if mode & FROM_SERVER == 0 { Sender::Client } else { Sender::Server }
}

fn first_head(told: &Told, mode: u8, octets: &[u8]) {
    let first = told.units.first().or(told.partial.as_ref());
    let alone = match sender(mode) {
        Sender::Client => parse_request(octets).map(|found| found.map(|(_, head)| head)),
        Sender::Server => parse_response(octets).map(|found| found.map(|(_, head)| head)),
    };
    match (alone, first) {
        (Ok(Some(head)), Some(unit)) => assert_eq!(head, unit.head),
        (Ok(None), None) => {}
        (Err(violation), None) => assert_eq!(Some(violation), told.violation),
        (alone, first) => panic!("by itself {alone:?}, in the stream {first:?}"),
    }
}

/// Bits of an input's first octet.
const FROM_SERVER: u8 = 1;
/// The first response answers HEAD.
const TO_HEAD: u8 = 2;
/// A unit keeps ten octets of its content.
const KEEPS_LITTLE: u8 = 4;
/// A content of more than a hundred octets is refused.
const REFUSES_MUCH: u8 = 8;
/// Whoever asks to switch may.
const SWITCHES: u8 = 16;
