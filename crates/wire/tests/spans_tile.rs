//! Spans tile a unit: no octet without one, none in two.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;
#[allow(dead_code, unreachable_pub, reason = "the fuzz targets use the rest")]
#[path = "../../../fuzz/src/unit.rs"]
mod unit;

use proptest::{collection::vec, prelude::*};
use unit::tiles;
use wire::{Body, Dissector, FrameHeader, Opcode, Reader, Request, Response, Sender, Unit};

proptest! {
    #[test]
    fn of_a_connection(bursts in given::connection(), limit in prop_oneof![Just(usize::MAX), 0_usize..30]) {
        let mut dissector = Dissector::new().with_limit(limit);
        for (sender, octets) in bursts {
            dissector.feed(sender, &octets);
            while let Some(result) = dissector.poll() {
                tiles(&result.expect("valid"));
            }
        }
    }

    #[test]
    fn of_mutated_messages(requests in given::mutated(given::request_octets()), responses in given::mutated(given::response_octets())) {
        for (sender, octets) in [(Sender::Client, requests), (Sender::Server, responses)] {
            let mut reader = Reader::new(sender);
            reader.feed(&octets);
            reader.end();
            while let Some(Ok(unit)) = reader.poll() {
                tiles(&unit);
            }
            if let Some(unit) = reader.partial() {
                tiles(unit);
            }
        }
    }

    /// Even if the unit was made up and contradicts itself.
    #[test]
    fn of_nonsense(octets in vec(any::<u8>(), 0..40), head in 0_usize..50, content in vec(any::<u8>(), 0..5), kind in 0..4, opcode in 0_u8..16, mask: Option<[u8; 4]>) {
        let body = match kind {
            0 => Body::Request(Request::new("GET", "/").with("Transfer-Encoding", "chunked")),
            1 => Body::Response(Response::new(200, "OK").with("Transfer-Encoding", "chunked")),
            2 => Body::Response(Response::new(200, "OK")),
            _ => Body::Frame(FrameHeader { fin: true, rsv: [false; 3], opcode: Opcode::from(opcode), mask, length: 9 }),
        };
        tiles(&Unit { sender: Sender::Client, index: 0, offset: 0, octets, head, body, content, dropped: 0, message: None });
    }
}
