//! Messages of several frames, and compressed ones, put together again.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "support/octets.rs"]
mod octets;

use octets::hex;
use wire::{
    Dissector, Frame, Message, Opcode, Reader, Rule, Sender, Unit, Violation,
    deflate::{Deflater, Parameters},
    handshake,
};

/// The units and the violation that frames of a server give, whole or octet by octet.
#[track_caller]
fn read(new: impl Fn() -> Reader, octets: &[u8]) -> (Vec<Unit>, Option<Violation>) {
    let [whole, split] = [usize::MAX, 1].map(|size| {
        let mut reader = new();
        let (mut units, mut broken) = (Vec::new(), None);
        for piece in octets.chunks(size) {
            reader.feed(piece);
            while let Some(result) = reader.poll() {
                assert!(broken.is_none(), "something follows a violation");
                match result {
                    Ok(unit) => units.push(unit),
                    Err(violation) => broken = Some(violation),
                }
            }
        }
        (units, broken)
    });
    assert_eq!(whole, split);
    whole
}

fn plain() -> Reader {
    Reader::frames(Sender::Server)
}

fn inflating() -> Reader {
    let mut reader = plain();
    reader.inflate_with(&Parameters::default());
    reader
}

/// The message that the last of these frames brings; the others bring none.
#[track_caller]
fn message(new: fn() -> Reader, frames: &str) -> Message {
    let (mut units, broken) = read(new, &hex(frames));
    assert_eq!(broken, None);
    let last = units.pop().unwrap();
    assert!(units.iter().all(|unit| unit.message.is_none()));
    last.message.unwrap()
}

#[test]
fn fragments_are_joined_past_control_frames() {
    let got = message(plain, "01 03 48656c 89 00 00 00 8a 01 78 80 02 6c6f");
    assert_eq!((got.opcode, got.content.as_slice()), (Opcode::Text, &b"Hello"[..]));
    assert_eq!((got.frames, got.deflated, got.dropped), (vec![0, 2, 4], None, 0));
    let got = message(plain, "02 01 ff 80 00");
    assert_eq!((got.opcode, got.content), (Opcode::Binary, vec![0xff]));
}

#[test]
fn what_came_whole_has_no_message() {
    for new in [plain, inflating] {
        let (units, broken) = read(new, &hex("81 05 48656c6c6f 89 00 82 00 88 00"));
        assert_eq!((units.len(), broken), (4, None));
        assert!(units.iter().all(|unit| unit.message.is_none()));
    }
}

#[test]
fn compressed_messages_of_rfc_7692_section_7_2_3() {
    #[track_caller]
    fn check(frames: &str, count: usize) {
        let got = message(inflating, frames);
        assert_eq!(got.content, b"Hello");
        assert_eq!(got.frames.len(), count);
        assert!(got.deflated.is_some_and(|deflated| deflated.len() >= 7));
    }
    check("c1 07 f248cdc9c90700", 1);
    check("41 03 f248cd 80 04 c9c90700", 2);
    check("41 03 f248cd 89 01 ff 00 00 80 04 c9c90700", 3);
    check("c1 0b 000500faff48656c6c6f00", 1);
    check("c1 08 f348cdc9c9070000", 1);
    check("c1 0d f248050000 00ffff cac9c90700", 1);
    assert_eq!(message(inflating, "c2 01 00").content, b"");
    // An empty message is not even an empty block.
    let (_, broken) = read(inflating, &hex("81 00 c2 00"));
    assert_eq!(broken.map(|it| (it.rule, it.offset)), Some((Rule::InflateFailed, 2)));
}

#[test]
fn a_compressed_payload_is_explained() {
    let value = |frames: &str| {
        let (units, _) = read(inflating, &hex(frames));
        let last = units.last().unwrap().spans().pop().unwrap();
        format!("{} ({})", last.value, last.meaning)
    };
    assert_eq!(value("c1 07 f248cdc9c90700"), "Hello (The message, compressed.)");
    assert_eq!(value("41 03 f248cd"), "3 octets (The message, compressed.)");
    assert_eq!(value("41 03 f248cd 80 04 c9c90700"), "4 octets (The end of a compressed message.)");
    assert_eq!(value("01 03 48656c 80 02 6c6f"), "lo (The next part of the message.)");
}

#[test]
fn the_context_is_taken_over_unless_agreed_otherwise() {
    let frames = hex("c1 07 f248cdc9c90700 81 01 78 c1 05 f200110000");
    let (units, broken) = read(inflating, &frames);
    assert_eq!(broken, None);
    assert_eq!(units[2].message.as_ref().unwrap().content, b"Hello");
    let afresh = || {
        let mut reader = plain();
        reader.inflate_with(&Parameters { server_no_context_takeover: true, ..Parameters::default() });
        reader
    };
    let (units, broken) = read(afresh, &frames);
    assert_eq!(units.len(), 2);
    assert_eq!(broken.map(|it| (it.rule, it.offset)), Some((Rule::InflateFailed, 12)));
    // Whether the other end starts afresh is none of this reader's business.
    let other = || {
        let mut reader = plain();
        reader.inflate_with(&Parameters { client_no_context_takeover: true, ..Parameters::default() });
        reader
    };
    assert_eq!(read(other, &frames).1, None);
}

/// A text message of these octets, compressed and cut after `cut` octets of payload.
fn deflated(content: &[u8], cut: usize) -> Vec<u8> {
    let payload = Deflater::new(false, None).unwrap().deflate(content);
    let (one, two) = payload.split_at(cut.min(payload.len()));
    let mut first = Frame::new(Opcode::Text, one);
    first.header.fin = false;
    first.header.rsv[0] = true;
    [first.encode(), Frame::new(Opcode::Continuation, two).encode()].concat()
}

#[test]
fn violations_point_at_the_frame() {
    #[track_caller]
    fn check(new: impl Fn() -> Reader, octets: &[u8], rule: Rule, offset: u64) {
        let (_, broken) = read(new, octets);
        assert_eq!(broken.map(|it| (it.rule, it.offset)), Some((rule, offset)));
    }
    check(inflating, &deflated(b"\xff and more", 100), Rule::TextNotUtf8, 0);
    check(inflating, &deflated(b"fine \xff", 1), Rule::TextNotUtf8, 3);
    // A character begun and not ended is found when the message ends.
    check(inflating, &deflated(b"fine \xc3", 3), Rule::TextNotUtf8, 5);
    check(inflating, &hex("41 02 f248 80 01 ff"), Rule::InflateFailed, 4);
    check(inflating, &hex("c1 05 f248cdc9c9"), Rule::InflateFailed, 0);
    check(inflating, &hex("41 01 f2 c0 00"), Rule::RsvSet, 3);
    let small = || inflating().refusing_over(20);
    check(small, &deflated(&[b'a'; 1000], 3), Rule::TooLarge, 5);
    check(|| plain().refusing_over(4), &hex("01 03 48656c 80 02 6c6f"), Rule::TooLarge, 5);
}

/// The first frame alone gives a bad text away: the block is stored, and its first octet cannot begin a character.
#[test]
fn compressed_text_fails_as_it_arrives() {
    let mut reader = inflating();
    reader.feed(&hex("41 06 000500faff c0"));
    let violation = reader.poll().unwrap().unwrap_err();
    assert_eq!((violation.rule, violation.offset), (Rule::TextNotUtf8, 0));
    assert_eq!(reader.poll(), None);
}

#[test]
fn a_bomb_costs_no_memory() {
    let bomb = deflated(&vec![b'a'; 5_000_000], 1000);
    let mut reader = inflating().with_limit(100);
    reader.feed(&bomb);
    let units: Vec<Unit> = std::iter::from_fn(|| reader.poll()).map(Result::unwrap).collect();
    let message = units[1].message.as_ref().unwrap();
    assert_eq!((message.content.len(), message.dropped), (100, 4_999_900));
    assert_eq!(message.deflated.as_ref().unwrap().len(), 100);
    assert_eq!(units[0].dropped, 900);
}

#[test]
fn a_dissector_knows_what_was_agreed() {
    let key = handshake::key_from([7; 16]);
    let request = handshake::open("a", "/", &key)
        .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    let offer = handshake::check_request(&request).unwrap();
    let wish = Parameters { client_no_context_takeover: true, ..Parameters::default() };
    let agreed = offer.deflate(&wish).unwrap();
    let response = handshake::accept(&offer).with("Sec-WebSocket-Extensions", agreed.to_string());
    let hello = |key: Option<[u8; 4]>, payload: &str| {
        let mut frame = Frame::new(Opcode::Text, hex(payload));
        frame.header.rsv[0] = true;
        frame.header.mask = key;
        frame.encode()
    };
    let mut dissector = Dissector::new();
    assert_eq!(dissector.deflate(), None);
    dissector.feed(Sender::Client, &request.encode().unwrap());
    assert!(dissector.poll().unwrap().is_ok());
    dissector.feed(Sender::Server, &response.encode().unwrap());
    assert!(dissector.poll().unwrap().is_ok());
    assert_eq!(dissector.deflate(), Some(&wish));
    for payload in ["f248cdc9c90700", "f200110000"] {
        dissector.feed(Sender::Server, &hello(None, payload));
        assert_eq!(dissector.poll().unwrap().unwrap().message.unwrap().content, b"Hello");
    }
    dissector.feed(Sender::Client, &hello(Some([1, 2, 3, 4]), "f248cdc9c90700"));
    assert_eq!(dissector.poll().unwrap().unwrap().message.unwrap().content, b"Hello");
    dissector.feed(Sender::Client, &hello(Some([1, 2, 3, 4]), "f200110000"));
    assert_eq!(dissector.poll().unwrap().unwrap_err().rule, Rule::InflateFailed);
}
