//! Octets that break a rule are explained all the same, and completely.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use wire::{Frame, Sender, Unit};

fn tiles(unit: &Unit) {
    let mut next = (0, 0);
    for span in unit.spans() {
        match span.bits {
            Some(bits) => {
                assert_eq!((span.octets.start, bits.start), next, "{unit:?}");
                next = if bits.end == 8 { (span.octets.end, 0) } else { (span.octets.start, bits.end) };
            }
            None => {
                assert_eq!((span.octets.start, 0), next, "{unit:?}");
                next = (span.octets.end, 0);
            }
        }
    }
    assert_eq!(next, (unit.octets.len(), 0), "{unit:?}");
}

#[test]
fn rows() {
    let check = |octets: &[u8], expect: &[(&str, &str)]| {
        let unit = Unit::lenient_frame(Sender::Client, octets).expect("two octets");
        let spans = unit.spans();
        for (name, value) in expect {
            assert!(
                spans.iter().any(|span| span.name == *name && span.value == *value),
                "no {name} {value} in {spans:?}"
            );
        }
    };
    check(&Frame::text("Hello").encode(), &[("MASK", "0"), ("Payload data", "Hello")]);
    check(&Frame::text("Hello").masked([1, 2, 3, 4]).encode(), &[("MASK", "1"), ("Payload data", "Hello")]);
    // Five octets with their length in two octets, and in eight.
    check(&[0x82, 126, 0, 1, 7], &[("Extended payload length", "1"), ("Payload data", "1 octet")]);
    check(&[0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 1, 7], &[("MASK", "0")]);
    check(&[0x81, 0x85, 7, 8], &[("MASK", "1"), ("Masking key", "07 08")]);
    check(&[0x83, 0], &[("Opcode", "3 (Reserved (3))")]);
}

proptest! {
    #[test]
    fn any_octets_are_explained(octets in prop::collection::vec(any::<u8>(), 0..64), client: bool) {
        let sender = if client { Sender::Client } else { Sender::Server };
        match Unit::lenient_frame(sender, &octets) {
            Some(unit) => tiles(&unit),
            None => prop_assert!(octets.len() < 2),
        }
        tiles(&Unit::lenient_head(sender, &octets));
    }

    #[test]
    fn a_good_frame_reads_the_same(payload in prop::collection::vec(any::<u8>(), 0..300), key: Option<[u8; 4]>) {
        let mut frame = Frame::binary(&payload);
        frame.header.mask = key;
        let sender = if key.is_some() { Sender::Client } else { Sender::Server };
        let mut reader = wire::Reader::frames(sender);
        reader.feed(&frame.encode());
        let strict = reader.poll().and_then(Result::ok);
        prop_assert_eq!(Unit::lenient_frame(sender, &frame.encode()), strict);
    }
}
