//! The examples that the RFCs print.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "support/octets.rs"]
mod octets;

use octets::hex;
use wire::{CloseCode, Frame, FrameHeader, Opcode, Reader, Sender, handshake};

#[test]
fn accept_value_of_rfc_6455_section_1_3() {
    let nonce = *b"the sample nonce";
    assert_eq!(handshake::key_from(nonce), "dGhlIHNhbXBsZSBub25jZQ==");
    assert_eq!(handshake::accept_value("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    // The steps between, as the section prints them.
    let digest = handshake::sha1(format!("dGhlIHNhbXBsZSBub25jZQ=={}", handshake::GUID).as_bytes());
    assert_eq!(digest[..], hex("b37a4f2c c0624f16 90f64606 cf385945 b2bec4ea"));
    assert_eq!(handshake::base64(&digest), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

#[test]
fn key_of_section_4_1_is_misprinted_there() {
    let nonce = std::array::from_fn(|index| index as u8 + 1);
    assert_eq!(handshake::key_from(nonce), "AQIDBAUGBwgJCgsMDQ4PEA==");
}

/// The frame encodes to these octets, and they decode to the frame.
#[track_caller]
fn check(frame: Frame, expect: &str) {
    let octets = hex(expect);
    assert_eq!(frame.encode(), octets);
    let sender = if frame.header.mask.is_some() { Sender::Client } else { Sender::Server };
    let mut reader = Reader::frames(sender);
    reader.feed(&octets);
    let unit = reader.poll().expect("a whole frame").expect("a valid frame");
    assert_eq!(unit.frame(), Some(&frame.header));
    assert_eq!(unit.content, frame.payload);
    assert_eq!(unit.octets, octets);
}

#[test]
fn frames_of_rfc_6455_section_5_7() {
    check(Frame::text("Hello"), "81 05 48 65 6c 6c 6f");
    check(Frame::text("Hello").masked([0x37, 0xfa, 0x21, 0x3d]), "81 85 37 fa 21 3d 7f 9f 4d 51 58");
    check(Frame::text("Hello").masked([0xa1, 0xb2, 0xc3, 0xd4]), "81 85 a1 b2 c3 d4 e9 d7 af b8 ce");
    check(Frame::ping(b"Hello").unwrap(), "89 05 48 65 6c 6c 6f");
    check(
        Frame::pong(b"Hello").unwrap().masked([0x37, 0xfa, 0x21, 0x3d]),
        "8a 85 37 fa 21 3d 7f 9f 4d 51 58",
    );
    check(Frame::close(None, "").unwrap(), "88 00");
    check(Frame::close(Some(CloseCode::NORMAL), "bye").unwrap(), "88 05 03 e8 62 79 65");
}

#[test]
fn fragments_of_rfc_6455_section_5_7() {
    let mut first = Frame::text("Hel");
    first.header.fin = false;
    assert_eq!(first.encode(), hex("01 03 48 65 6c"));
    assert_eq!(Frame::new(Opcode::Continuation, "lo").encode(), hex("80 02 6c 6f"));
}

#[test]
fn lengths_at_their_boundaries() {
    for (length, unmasked, start) in [
        (0, 2, "82 00"),
        (125, 2, "82 7d"),
        (126, 4, "82 7e 00 7e"),
        (256, 4, "82 7e 01 00"),
        (65_535, 4, "82 7e ff ff"),
        (65_536, 10, "82 7f 00 00 00 00 00 01 00 00"),
        (i64::MAX as u64, 10, "82 7f 7f ff ff ff ff ff ff ff"),
    ] {
        let header = FrameHeader { fin: true, rsv: [false; 3], opcode: Opcode::Binary, mask: None, length };
        assert_eq!(header.octets(), unmasked, "{length}");
        assert_eq!(header.encode(), hex(start));
        assert_eq!(FrameHeader::parse(&hex(start)), Ok(Some((header, unmasked))));
        let masked = FrameHeader { mask: Some([1, 2, 3, 4]), ..header };
        assert_eq!(masked.octets(), unmasked + 4);
        assert_eq!(FrameHeader::parse(&masked.encode()), Ok(Some((masked, unmasked + 4))));
    }
}
