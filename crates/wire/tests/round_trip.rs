//! What is encoded is decoded to the same.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use proptest::{collection::vec, prelude::*};
use wire::{
    Body, Frame, FrameHeader, Opcode, Reader, Sender, handshake, mask, parse_request, parse_response,
    utf8::Utf8,
};

proptest! {
    #[test]
    fn of_requests(request in given::request()) {
        let octets = request.encode().expect("valid");
        prop_assert_eq!(parse_request(&octets), Ok(Some((request, octets.len()))));
    }

    #[test]
    fn of_responses(response in given::response()) {
        let octets = response.encode().expect("valid");
        prop_assert_eq!(parse_response(&octets), Ok(Some((response, octets.len()))));
    }

    #[test]
    fn of_contents(mut request in given::request(), content in given::content()) {
        let rest = content.announce(&mut request.fields, &mut request.version);
        let mut reader = Reader::new(Sender::Client);
        reader.feed(&[request.encode().expect("valid"), rest].concat());
        let unit = reader.poll().expect("whole").expect("valid");
        prop_assert_eq!(unit.content, content.octets());
        prop_assert_eq!(unit.body, Body::Request(request));
    }

    #[test]
    fn of_headers(fin: bool, rsv: [bool; 3], opcode in 0_u8..16, mask: Option<[u8; 4]>, length in prop_oneof![0_u64..300, 0_u64..70_000, 0..=i64::MAX as u64]) {
        let opcode = Opcode::from(opcode);
        let control = opcode.is_control();
        let header = FrameHeader { fin: fin || control, rsv, opcode, mask, length: if control { length % 126 } else { length } };
        let octets = header.encode();
        prop_assert_eq!(octets.len(), header.octets());
        prop_assert_eq!(FrameHeader::parse(&octets), Ok(Some((header, octets.len()))));
        for short in 0..octets.len() {
            prop_assert_eq!(FrameHeader::parse(&octets[..short]), Ok(None));
        }
    }

    #[test]
    fn of_frames(client in given::frames(Sender::Client), server in given::frames(Sender::Server)) {
        for (sender, frames) in [(Sender::Client, client), (Sender::Server, server)] {
            let mut reader = Reader::frames(sender);
            reader.feed(&given::encode(&frames));
            let mut read = Vec::new();
            while let Some(result) = reader.poll() {
                let unit = result.expect("valid");
                prop_assert_eq!(unit.head + unit.content.len(), unit.octets.len());
                read.push(Frame { header: *unit.frame().expect("a frame"), payload: unit.content });
            }
            prop_assert_eq!(read, frames);
        }
    }

    #[test]
    fn of_masks(key: [u8; 4], octets in vec(any::<u8>(), 0..64), cut in any::<prop::sample::Index>()) {
        let mut masked = octets.clone();
        mask::apply(key, 0, &mut masked);
        for (index, (octet, plain)) in masked.iter().zip(&octets).enumerate() {
            prop_assert_eq!(octet ^ key[index % 4], *plain);
        }
        let cut = cut.index(octets.len() + 1);
        let (first, second) = masked.split_at_mut(cut);
        mask::apply(key, 0, first);
        mask::apply(key, cut as u64, second);
        prop_assert_eq!(masked, octets);
    }

    #[test]
    fn of_handshakes(nonce: [u8; 16], subprotocols in vec(given::token(), 0..3)) {
        let key = handshake::key_from(nonce);
        prop_assert_eq!(key.len(), 24);
        let mut request = handshake::open("a", "/", &key);
        if !subprotocols.is_empty() {
            request.fields.push("Sec-WebSocket-Protocol", subprotocols.join(", "));
        }
        let offer = handshake::check_request(&request).expect("valid");
        prop_assert_eq!(&offer.subprotocols, &subprotocols);
        let mut response = handshake::accept(&offer);
        if let Some(first) = subprotocols.first() {
            response.fields.push("Sec-WebSocket-Protocol", first.as_str());
        }
        prop_assert_eq!(handshake::check_response(&response, &key, &subprotocols, &offer.extensions).map(|_| ()), Ok(()));
    }

    /// The standard library's judgement, and an octet of which no continuation is valid.
    #[test]
    fn of_utf8(octets in prop_oneof![
        vec(any::<u8>(), 0..12),
        vec(prop::sample::select(b"a\x80\x9f\xa0\xbf\xc2\xe0\xe1\xed\xee\xf0\xf1\xf4\xf5".to_vec()), 0..12),
        given::mutated(any::<String>().prop_map(String::into_bytes)),
    ]) {
        let mut check = Utf8::default();
        match (check.feed(&octets), std::str::from_utf8(&octets)) {
            (Ok(()), Ok(_)) => prop_assert!(check.is_complete()),
            (Ok(()), Err(error)) => {
                prop_assert!(!check.is_complete());
                prop_assert_eq!(error.error_len(), None);
            }
            (Err(at), Ok(_)) => prop_assert!(false, "valid, yet refused at {}", at),
            (Err(at), Err(error)) => {
                let bad = error.error_len().expect("refused, yet only incomplete");
                let start = error.valid_up_to();
                prop_assert!(at == start + bad || (bad == 1 && at == start), "{} {:?}", at, error);
                // The octets before it are the start of something valid.
                prop_assert!(std::str::from_utf8(&octets[..at]).map_or_else(|e| e.error_len().is_none(), |_| true));
            }
        }
    }
}
