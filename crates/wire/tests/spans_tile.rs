//! Spans tile a unit: no octet without one, none in two.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use proptest::{collection::vec, prelude::*};
use wire::{Body, Dissector, FrameHeader, Opcode, Reader, Request, Response, Sender, Unit};

fn check(unit: &Unit) -> Result<(), TestCaseError> {
    let (mut octet, mut bit) = (0, 0);
    for span in unit.spans() {
        prop_assert_eq!(span.octets.start, octet, "{:?}", span);
        prop_assert!(span.octets.end > octet);
        prop_assert!(span.octets.end <= unit.octets.len());
        prop_assert!(!span.name.is_empty() && !span.meaning.is_empty() && !span.rfc.is_empty());
        match &span.bits {
            Some(bits) => {
                prop_assert_eq!(bits.start, bit);
                prop_assert!(bits.end > bit && span.octets.len() == 1);
                (octet, bit) = if bits.end == 8 { (octet + 1, 0) } else { (octet, bits.end) };
            }
            None => {
                prop_assert_eq!(bit, 0);
                octet = span.octets.end;
            }
        }
    }
    prop_assert_eq!((octet, bit), (unit.octets.len(), 0));
    Ok(())
}

proptest! {
    #[test]
    fn of_a_connection(bursts in given::connection(), limit in prop_oneof![Just(usize::MAX), 0_usize..30]) {
        let mut dissector = Dissector::new().with_limit(limit);
        for (sender, octets) in bursts {
            dissector.feed(sender, &octets);
            while let Some(result) = dissector.poll() {
                check(&result.expect("valid"))?;
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
                check(&unit)?;
            }
            if let Some(unit) = reader.partial() {
                check(unit)?;
            }
        }
    }

    #[test]
    fn of_event_streams(content in vec(prop::sample::select(b"data:id \x00\xef\xbb\xbf\r\n\n\nx".to_vec()), 0..40)) {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
        let mut reader = Reader::new(Sender::Server);
        reader.feed(head);
        reader.feed(&content);
        reader.end();
        check(&reader.poll().expect("whole").expect("valid"))?;
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
        check(&Unit { sender: Sender::Client, index: 0, offset: 0, octets, head, body, content, dropped: 0, message: None })?;
    }
}
