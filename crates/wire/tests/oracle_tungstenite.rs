//! `tungstenite` reads and writes the same frames, field by field, and fails the same streams, but for the
//! [`DIFFERENCES`] that are meant.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/difference.rs"]
mod difference;
#[path = "support/given.rs"]
mod given;

use std::io::{self, Cursor, Read, Write};

use difference::{Difference, survey};
use proptest::{collection::vec, prelude::*};
use tungstenite::{
    Message, WebSocket,
    handshake::derive_accept_key,
    protocol::{
        Role,
        frame::{self, FrameSocket},
    },
};
use wire::{CloseBody, FrameHeader, Opcode, Reader, Rule, Sender, handshake};

/// A stream that gives these octets and swallows what is written.
struct Given(Cursor<Vec<u8>>);

impl Read for Given {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}

impl Write for Given {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Told {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<(u16, String)>),
}

/// The messages up to the first error or Close, and whether tungstenite found an error in the octets.
fn theirs(sender: Sender, octets: &[u8]) -> (Vec<Told>, bool) {
    let role = if sender == Sender::Client { Role::Server } else { Role::Client };
    let mut socket = WebSocket::from_raw_socket(Given(Cursor::new(octets.to_vec())), role, None);
    let mut told = Vec::new();
    loop {
        match socket.read() {
            Ok(Message::Text(text)) => told.push(Told::Text(text.as_str().to_owned())),
            Ok(Message::Binary(octets)) => told.push(Told::Binary(octets.to_vec())),
            Ok(Message::Ping(octets)) => told.push(Told::Ping(octets.to_vec())),
            Ok(Message::Pong(octets)) => told.push(Told::Pong(octets.to_vec())),
            Ok(Message::Close(body)) => {
                told.push(Told::Close(body.map(|body| (body.code.into(), body.reason.as_str().to_owned()))));
                return (told, false);
            }
            Ok(Message::Frame(_)) => {}
            Err(tungstenite::Error::Protocol(
                tungstenite::error::ProtocolError::ResetWithoutClosingHandshake,
            )) => return (told, false),
            // Frames over 16 MiB; a Reader has no limit unless it is given one.
            Err(tungstenite::Error::Capacity(_)) => return (told, false),
            Err(_) => return (told, true),
        }
    }
}

/// The same from a [`Reader`], with the rule that was broken.
fn ours(sender: Sender, octets: &[u8]) -> (Vec<Told>, Option<Rule>) {
    let mut reader = Reader::frames(sender);
    reader.feed(octets);
    let (mut told, mut message, mut text) = (Vec::new(), Vec::new(), false);
    while let Some(result) = reader.poll() {
        let unit = match result {
            Ok(unit) => unit,
            Err(violation) => return (told, Some(violation.rule)),
        };
        let header = *unit.frame().expect("a frame");
        match header.opcode {
            Opcode::Ping => told.push(Told::Ping(unit.content)),
            Opcode::Pong => told.push(Told::Pong(unit.content)),
            Opcode::Close => {
                let body = CloseBody::parse(&unit.content).expect("valid");
                told.push(Told::Close(body.code.map(|code| (code.0, body.reason))));
                return (told, None);
            }
            opcode => {
                if opcode != Opcode::Continuation {
                    text = opcode == Opcode::Text;
                }
                message.extend(unit.content);
                if header.fin {
                    let whole = std::mem::take(&mut message);
                    told.push(match text {
                        true => Told::Text(String::from_utf8(whole).expect("checked")),
                        false => Told::Binary(whole),
                    });
                }
            }
        }
    }
    (told, None)
}

/// The difference that is met, if there is one.
fn compare(sender: Sender, octets: &[u8]) -> Result<Option<&'static str>, TestCaseError> {
    fields(sender, octets)?;
    let (ours, rule) = ours(sender, octets);
    let (theirs, failed) = theirs(sender, octets);
    match rule {
        Some(Rule::LengthNotMinimal) if !failed => {
            prop_assert!(theirs.starts_with(&ours));
            Ok(Some(NOT_MINIMAL))
        }
        Some(Rule::LengthTopBit) if !failed => {
            prop_assert_eq!(theirs, ours);
            Ok(Some(TOP_BIT))
        }
        // A frame after the long one may be at fault for both.
        Some(Rule::LengthNotMinimal) => {
            prop_assert!(theirs.starts_with(&ours));
            Ok(None)
        }
        // Unless the reason is not UTF-8 either, which they find first.
        Some(Rule::CloseCodeForbidden) if !failed => {
            let close = Told::Close(Some((1002, "Protocol violation".into())));
            let waits = theirs == ours;
            prop_assert!(waits || theirs == [ours, vec![close]].concat());
            Ok(Some(if waits { SOONER } else { CLOSE_CODE }))
        }
        Some(_) => {
            prop_assert_eq!(theirs, ours);
            Ok(if failed { None } else { Some(SOONER) })
        }
        None => {
            prop_assert_eq!((theirs, failed), (ours, false));
            Ok(None)
        }
    }
}

/// Every field of every frame that we accept, and its payload as it crossed the wire.
fn fields(sender: Sender, octets: &[u8]) -> Result<(), TestCaseError> {
    let mut socket = FrameSocket::new(Given(Cursor::new(octets.to_vec())));
    let mut reader = Reader::frames(sender);
    reader.feed(octets);
    while let Some(Ok(unit)) = reader.poll() {
        let Ok(Some(frame)) = socket.read(None) else {
            return Err(TestCaseError::fail(format!("only we read {unit:?}")));
        };
        let (ours, theirs) = (unit.frame().expect("a frame"), frame.header());
        prop_assert_eq!(ours.fin, theirs.is_final);
        prop_assert_eq!(ours.rsv, [theirs.rsv1, theirs.rsv2, theirs.rsv3]);
        prop_assert_eq!(u8::from(ours.opcode), u8::from(theirs.opcode));
        prop_assert_eq!(ours.mask, theirs.mask);
        prop_assert_eq!(ours.length, frame.payload().len() as u64);
        prop_assert_eq!(&unit.octets[unit.head..], frame.payload());
    }
    Ok(())
}

/// Streams that are good, changed a little, or end with what the two see differently.
fn streams(sender: Sender) -> impl Strategy<Value = Vec<u8>> {
    let good = given::frames(sender).prop_map(|frames| given::encode(&frames));
    let mask = if sender == Sender::Client { 0x80 } else { 0 };
    let end = move |lengths: &[u8], rest: &[u8]| {
        let key: &[u8] = if mask != 0 { &[0; 4] } else { &[] };
        [&[lengths[0], lengths[1] | mask], &lengths[2..], key, rest].concat()
    };
    let odd = vec![
        end(&[0x82, 126, 0, 1], &[7]),
        end(&[0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0], &[]),
        end(&[0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 1], &[7]),
        end(&[0x88, 2], &[0x03, 0xED]),
        end(&[0x88, 5], &[0x13, 0x88, b'b', b'y', b'e']),
        end(&[0x81, 9], b"\xff"),
    ];
    prop_oneof![
        3 => given::mutated(good),
        1 => (given::message(), any::<[u8; 4]>(), prop::sample::select(odd)).prop_map(move |(frames, key, odd)| {
            let masked = |frame: wire::Frame| if mask != 0 { frame.masked(key) } else { frame };
            let frames: Vec<_> = frames.into_iter().map(masked).collect();
            [given::encode(&frames), odd].concat()
        }),
    ]
}

#[test]
fn every_difference_is_listed_and_occurs() {
    for sender in [Sender::Client, Sender::Server] {
        survey(&DIFFERENCES, streams(sender), |octets| compare(sender, &octets));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn accept_values(nonce: [u8; 16], odd: String) {
        let key = handshake::key_from(nonce);
        prop_assert_eq!(handshake::accept_value(&key), derive_accept_key(key.as_bytes()));
        prop_assert_eq!(handshake::accept_value(&odd), derive_accept_key(odd.as_bytes()));
    }

    #[test]
    fn headers_written(fin: bool, rsv: [bool; 3], opcode in prop::sample::select(vec![0_u8, 1, 2, 8, 9, 10]), mask: Option<[u8; 4]>, length in prop_oneof![0_u64..300, 65_000_u64..66_000, any::<u64>()]) {
        let header = FrameHeader { fin, rsv, opcode: Opcode::from(opcode), mask, length };
        let [rsv1, rsv2, rsv3] = rsv;
        let theirs = frame::FrameHeader { is_final: fin, rsv1, rsv2, rsv3, opcode: opcode.into(), mask };
        let mut octets = Vec::new();
        theirs.format(length, &mut octets).expect("a vector takes all");
        prop_assert_eq!(header.encode(), octets);
        prop_assert_eq!(header.octets(), theirs.len(length));
    }

    #[test]
    fn headers_read(octets in prop_oneof![
        vec(any::<u8>(), 0..16),
        (any::<u8>(), prop::sample::select(vec![0_u8, 5, 125, 126, 127, 128, 253, 254, 255]), vec(any::<u8>(), 0..14))
            .prop_map(|(first, second, rest)| [vec![first, second], rest].concat()),
    ]) {
        let mut cursor = Cursor::new(&octets);
        let theirs = frame::FrameHeader::parse(&mut cursor);
        match (FrameHeader::parse(&octets), theirs) {
            (Ok(Some((header, consumed))), Ok(Some((theirs, length)))) => {
                prop_assert_eq!(consumed as u64, cursor.position());
                prop_assert_eq!(header.length, length);
                prop_assert_eq!(header.fin, theirs.is_final);
                prop_assert_eq!(header.rsv, [theirs.rsv1, theirs.rsv2, theirs.rsv3]);
                prop_assert_eq!(u8::from(header.opcode), u8::from(theirs.opcode));
                prop_assert_eq!(header.mask, theirs.mask);
            }
            (Ok(None), Ok(None)) => {}
            // Checked by their protocol layer, by our decoder.
            (Ok(Some((header, _))), Err(_)) => prop_assert!(matches!(header.opcode, Opcode::Reserved(_))),
            (Err(violation), theirs) => match violation.rule {
                Rule::ControlFragmented | Rule::ControlTooLong => {}
                Rule::LengthNotMinimal | Rule::LengthTopBit => prop_assert!(theirs.is_err() || octets[1] & 0x7F > 125),
                rule => prop_assert!(false, "{:?}", rule),
            },
            (ours, theirs) => prop_assert!(false, "wire: {:?}\ntungstenite: {:?}", ours, theirs),
        }
    }

    #[test]
    fn random_streams(client in streams(Sender::Client), server in streams(Sender::Server)) {
        compare(Sender::Client, &client)?;
        compare(Sender::Server, &server)?;
    }
}

const NOT_MINIMAL: &str = "a length in a longer form than needed";
const TOP_BIT: &str = "a 64-bit length with its top bit set";
const CLOSE_CODE: &str = "a close code that must not be sent";
const SOONER: &str = "a frame at fault that is not complete";

const DIFFERENCES: [Difference; 4] = [
    Difference {
        name: NOT_MINIMAL,
        rfc: "RFC 6455 section 5.2",
        theirs: "a length like any other",
        ours: "refused",
    },
    Difference {
        name: TOP_BIT,
        rfc: "RFC 6455 section 5.2",
        theirs: "a length beyond its limit",
        ours: "refused",
    },
    Difference {
        name: CLOSE_CODE,
        rfc: "RFC 6455 section 7.4",
        theirs: "told as its own Close, 1002",
        ours: "refused, and the owner answers 1002",
    },
    Difference {
        name: SOONER,
        rfc: "RFC 6455 section 8.1",
        theirs: "waits for the end of the frame",
        ours: "refused at the octet",
    },
];
