use tongue::word;
use wire::{Frame, Opcode, Sender};

use super::Case;
use crate::exhibit::{Piece, Start};

pub(super) const CASES: &[Case] = &[
    case(
        "unmasked-client",
        word!("A client frame without mask"),
        word!(
            "Every frame from a client is masked, so that no script can choose the octets that a careless proxy will see. A server that gets a bare one fails the connection."
        ),
        || client(&[Frame::text("Hello")]),
    ),
    case(
        "masked-server",
        word!("A server frame with a mask"),
        word!(
            "A server never masks: there is nobody behind it whom it would have to protect from its own words."
        ),
        || server(&[Frame::text("Hello").masked(KEY)]),
    ),
    case(
        "rsv1",
        word!("RSV1 without an extension"),
        word!(
            "The three reserved bits mean nothing until an extension gives them a meaning. Without permessage-deflate, RSV1 must be 0."
        ),
        || server(&[with(Frame::text("Hello"), |frame| frame.header.rsv[0] = true)]),
    ),
    case(
        "rsv3",
        word!("RSV3, which nobody has defined"),
        word!("No extension in use gives RSV3 a meaning."),
        || server(&[with(Frame::text("Hello"), |frame| frame.header.rsv[2] = true)]),
    ),
    case(
        "reserved-opcode",
        word!("An opcode without a meaning"),
        word!(
            "Opcodes 3 to 7 are kept for data frames to come. Nobody can know what such a frame would mean."
        ),
        || server(&[Frame::new(Opcode::Reserved(3), "Hello")]),
    ),
    case(
        "reserved-control",
        word!("A control opcode without a meaning"),
        word!("Opcodes 11 to 15 are kept for control frames to come."),
        || server(&[Frame::new(Opcode::Reserved(11), [])]),
    ),
    case(
        "long-ping",
        word!("A Ping of 126 octets"),
        word!("A control frame carries at most 125 octets, so that its length always fits the second octet."),
        || server(&[Frame::new(Opcode::Ping, [b'!'; 126])]),
    ),
    case(
        "fragmented-ping",
        word!("A Ping in fragments"),
        word!(
            "Control frames may stand between the fragments of a message; were they fragmented themselves, nobody could tell the pieces apart."
        ),
        || server(&[with(Frame::new(Opcode::Ping, "Hello"), |frame| frame.header.fin = false)]),
    ),
    case(
        "orphan",
        word!("A continuation of nothing"),
        word!("A continuation frame goes on with a message. Here none has begun."),
        || server(&[Frame::new(Opcode::Continuation, "Hello")]),
    ),
    case(
        "interrupted",
        word!("A message inside a message"),
        word!(
            "Until the last fragment has come, only control frames may stand between. A second message must wait."
        ),
        || server(&[first("Hel"), Frame::text("lo")]),
    ),
    case(
        "utf8-split",
        word!("Broken UTF-8 across two fragments"),
        word!(
            "A character may be cut in two by a fragment's end, but its second half must fit. Here “é” begins and something else follows."
        ),
        || {
            server(&[
                with(Frame::new(Opcode::Text, [b'c', b'a', b'f', 0xc3]), |frame| frame.header.fin = false),
                Frame::new(Opcode::Continuation, "e"),
            ])
        },
    ),
    case(
        "utf8-unfinished",
        word!("A text that ends in mid-character"),
        word!("The text ends after the first of a character’s two octets."),
        || server(&[Frame::new(Opcode::Text, [b'c', b'a', b'f', 0xc3])]),
    ),
    case(
        "close-1005",
        word!("Close code 1005 on the wire"),
        word!("1005 is what a program is told when a Close frame had no code. It is never sent."),
        || server(&[close(&1005_u16.to_be_bytes())]),
    ),
    case(
        "close-1006",
        word!("Close code 1006 on the wire"),
        word!(
            "1006 is what a program is told when the connection broke without a Close frame. A frame that says so contradicts itself."
        ),
        || server(&[close(&1006_u16.to_be_bytes())]),
    ),
    case(
        "close-short",
        word!("A Close frame of one octet"),
        word!("A Close frame’s body is empty, or begins with a code of two octets."),
        || server(&[close(&[3])]),
    ),
    case(
        "close-reason",
        word!("A close reason that is not UTF-8"),
        word!("The reason is for people to read, so it must be text."),
        || server(&[close(&[&1000_u16.to_be_bytes()[..], &[0xff]].concat())]),
    ),
    case(
        "long-length",
        word!("A length longer than need be"),
        word!(
            "Five octets of payload, but their number in two octets more. Only the shortest form is allowed, so that there is one way to write each frame."
        ),
        || piece(Sender::Server, lengthened(&Frame::text("Hello"), &5_u16.to_be_bytes())),
    ),
    case(
        "longer-length",
        word!("Eight octets for a small length"),
        word!("The same in the longest form."),
        || piece(Sender::Server, lengthened(&Frame::text("Hello"), &5_u64.to_be_bytes())),
    ),
    case(
        "top-bit",
        word!("A length with its top bit set"),
        word!(
            "A length of eight octets must leave its first bit 0: some languages could take it for a negative number."
        ),
        || piece(Sender::Server, lengthened(&Frame::text("Hello"), &(1_u64 << 63 | 5).to_be_bytes())),
    ),
    case(
        "after-close",
        word!("Data after the Close frame"),
        word!("The Close frame is the last word of its side."),
        || server(&[close(&1000_u16.to_be_bytes()), Frame::text("One more thing")]),
    ),
    Case {
        start: Start::Deflated,
        ..case(
            "bad-deflate",
            word!("Compressed data that is none"),
            word!(
                "RSV1 says that permessage-deflate compressed the message, but what follows cannot be inflated."
            ),
            || server(&[with(Frame::text("Hello"), |frame| frame.header.rsv[0] = true)]),
        )
    },
    Case {
        start: Start::Deflated,
        ..case(
            "rsv1-ping",
            word!("A compressed Ping"),
            word!(
                "permessage-deflate compresses messages. Control frames are never compressed, so RSV1 stays 0 on them."
            ),
            || server(&[with(Frame::new(Opcode::Ping, []), |frame| frame.header.rsv[0] = true)]),
        )
    },
];

const fn case(id: &'static str, name: &'static str, story: &'static str, pieces: fn() -> Vec<Piece>) -> Case {
    Case { id, name, story, start: Start::Frames, pieces }
}

fn client(frames: &[Frame]) -> Vec<Piece> {
    piece(Sender::Client, frames.iter().flat_map(Frame::encode).collect())
}

fn server(frames: &[Frame]) -> Vec<Piece> {
    piece(Sender::Server, frames.iter().flat_map(Frame::encode).collect())
}

fn piece(sender: Sender, octets: Vec<u8>) -> Vec<Piece> {
    vec![Piece { sender, octets }]
}

fn with(mut frame: Frame, change: fn(&mut Frame)) -> Frame {
    change(&mut frame);
    frame
}

fn first(text: &str) -> Frame {
    with(Frame::text(text), |frame| frame.header.fin = false)
}

fn close(body: &[u8]) -> Frame {
    Frame::new(Opcode::Close, body)
}

/// A frame whose length stands in more octets than it needs: what no encoder here would write.
fn lengthened(frame: &Frame, length: &[u8]) -> Vec<u8> {
    let octets = frame.encode();
    let form = if length.len() == 2 { 126 } else { 127 };
    [&octets[..1], &[form], length, &frame.payload].concat()
}

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
