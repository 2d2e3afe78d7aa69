//! One direction after the handshake.
//!
//! An input is two octets, which say who sends, what the reader allows and how the stream is cut, and the stream.

use wire::{Opcode, Reader, Rule, Sender, deflate::Parameters};

use super::{cuts::pieces, stream::Told, unit};

/// Any split gives what the whole gives; units are sound and account for the stream; text is UTF-8.
pub fn hold(input: &[u8]) {
    let Some((&[mode, seed], octets)) = input.split_first_chunk() else { return };
    let told = |seed| Told::by(reader(mode), pieces(octets, seed), |_| {});
    let whole = told(0);
    assert_eq!(told(1), whole, "octet by octet");
    assert_eq!(told(seed), whole, "in pieces by seed {seed}");
    whole.accounts_for(octets);
    whole.units.iter().for_each(unit::is_sound);
    whole.partial.iter().for_each(unit::tiles);
    if mode & KEEPS_LITTLE == 0 {
        messages(&whole);
    }
    if let Some(violation) = whole.violation {
        // No Close frame follows the end of the stream, and none a Close frame.
        let silent = matches!(violation.rule, Rule::FrameTruncated | Rule::DataAfterClose);
        assert_eq!(violation.rule.close_code().is_none(), silent, "{violation}");
    }
}

fn reader(mode: u8) -> Reader {
    let sender = if mode & FROM_SERVER == 0 { Sender::Client } else { Sender::Server };
    let mut reader = Reader::frames(sender);
    if mode & DEFLATE != 0 {
        reader.inflate_with(&Parameters::default());
    }
    if mode & KEEPS_LITTLE != 0 {
        reader = reader.with_limit(10);
    }
    if mode & REFUSES_MUCH != 0 {
        reader = reader.refusing_over(100);
    }
    reader
}

/// The frames of a message belong together, and its text is what the standard library calls UTF-8.
fn messages(told: &Told) {
    let mut message: Option<(bool, Vec<u8>)> = None;
    for unit in &told.units {
        let header = unit.frame().expect("a frame");
        match header.opcode {
            Opcode::Text | Opcode::Binary => {
                assert_eq!(message, None);
                message = Some((header.opcode == Opcode::Text && !header.rsv[0], unit.content.clone()));
            }
            Opcode::Continuation => message.as_mut().expect("a message to continue").1.extend(&unit.content),
            _ => continue,
        }
        if header.fin {
            let (text, octets) = message.take().expect("a message");
            assert!(!text || std::str::from_utf8(&octets).is_ok(), "{octets:?}");
        }
    }
    let Some((true, mut octets)) = message else { return };
    if let Some(unit) =
        told.partial.as_ref().filter(|unit| !unit.frame().is_some_and(|it| it.opcode.is_control()))
    {
        octets.extend(&unit.content);
    }
    // What has come of a message under way is the start of a text.
    let valid = std::str::from_utf8(&octets).map_or_else(|error| error.error_len().is_none(), |_| true);
    assert!(valid, "{octets:?}");
}

/// Bits of an input's first octet.
const FROM_SERVER: u8 = 1;
/// RSV1 is allowed.
const DEFLATE: u8 = 2;
/// A unit keeps ten octets of its payload.
const KEEPS_LITTLE: u8 = 4;
/// A payload of more than a hundred octets is refused.
const REFUSES_MUCH: u8 = 8;
