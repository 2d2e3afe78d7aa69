//! No octets make anything panic, whoever sends them.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use given::pieces;
use proptest::{collection::vec, prelude::*};
use wire::{
    CloseBody, Dissector, FrameHeader, Reader, Sender,
    deflate::{Inflater, Parameters},
    handshake, parse_request, parse_response,
};

fn drive(mut reader: Reader, octets: &[u8], sizes: &[usize], upgrade: bool) {
    for piece in pieces(octets, sizes) {
        reader.feed(piece);
        while let Some(result) = reader.poll() {
            match result {
                Ok(unit) => drop(unit.spans()),
                Err(violation) => {
                    assert!(!violation.to_string().is_empty() && !violation.rule.rfc().is_empty());
                    assert_eq!(reader.poll(), None);
                }
            }
        }
        if reader.is_held() && upgrade {
            reader.upgrade();
        } else if reader.is_held() {
            reader.stay();
        }
    }
    reader.end();
    assert!(reader.poll().is_none_or(|last| last.is_ok() || reader.poll().is_none()));
}

fn octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        "[A-Z/ :0-9.a-z\r\n]{0,200}".prop_map(String::into_bytes),
        given::mutated(given::request_octets()),
        given::mutated(given::response_octets()),
        given::mutated(given::compressed()),
        given::mutated(given::frames(Sender::Client).prop_map(|frames| given::encode(&frames))),
        given::mutated(
            given::connection().prop_map(|bursts| bursts.into_iter().flat_map(|(_, o)| o).collect())
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn readers(octets in octets(), sizes in given::sizes(), upgrade: bool) {
        for sender in [Sender::Client, Sender::Server] {
            drive(Reader::new(sender), &octets, &sizes, upgrade);
            drive(Reader::frames(sender).with_limit(10), &octets, &sizes, upgrade);
            drive(Reader::new(sender).refusing_over(10), &octets, &sizes, upgrade);
            let mut inflating = Reader::frames(sender);
            inflating.inflate_with(&Parameters::default());
            drive(inflating, &octets, &sizes, upgrade);
        }
    }

    #[test]
    fn dissectors(bursts in vec((any::<bool>(), octets()), 0..5)) {
        let mut dissector = Dissector::new();
        for (client, octets) in bursts {
            dissector.feed(if client { Sender::Client } else { Sender::Server }, &octets);
            while dissector.poll().is_some() {}
        }
        dissector.end(Sender::Client);
        dissector.end(Sender::Server);
        while dissector.poll().is_some() {}
    }

    #[test]
    fn parsers(octets in octets(), key: String) {
        let _ = (FrameHeader::parse(&octets), CloseBody::parse(&octets));
        let _ = (Parameters::parse(&key, Sender::Client), Inflater::new(false).inflate(&octets));
        handshake::accept_value(&key);
        if let Ok(Some((request, _))) = parse_request(&octets) {
            let _ = handshake::check_request(&request).map(|offer| handshake::accept(&offer));
            prop_assert!(request.encode().is_ok());
        }
        if let Ok(Some((response, _))) = parse_response(&octets) {
            let _ = handshake::check_response(&response, &key, &["a"], &["b"]);
        }
    }
}
