//! Any split of the octets gives the same result.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use given::pieces;
use proptest::{collection::vec, prelude::*};
use wire::{Decoded, Decoder, Dissector, Reader, Sender, Unit, Violation, deflate::Parameters, sse};

/// Everything a decoder tells, with neighbouring payload pieces joined. Where it holds it stays with HTTP.
fn decode(mut decoder: Decoder, pieces: &[&[u8]]) -> Vec<Decoded> {
    let mut events = Vec::new();
    let mut poll = |decoder: &mut Decoder| {
        loop {
            while let Some(event) = decoder.poll() {
                match (events.last_mut(), event) {
                    (Some(Decoded::Payload { octets }), Decoded::Payload { octets: more }) => {
                        octets.extend(more)
                    }
                    (_, event) => events.push(event),
                }
            }
            if !decoder.is_held() {
                break;
            }
            decoder.stay();
        }
    };
    for piece in pieces {
        decoder.feed(piece);
        poll(&mut decoder);
    }
    decoder.end();
    poll(&mut decoder);
    events
}

fn read(mut reader: Reader, pieces: &[&[u8]]) -> Vec<Result<Unit, Violation>> {
    let mut units = Vec::new();
    for piece in pieces {
        reader.feed(piece);
        units.extend(std::iter::from_fn(|| reader.poll()));
    }
    units
}

fn dissect(bursts: &[(Sender, Vec<u8>)], sizes: &[usize]) -> Vec<Result<Unit, Violation>> {
    let mut dissector = Dissector::new();
    let mut units = Vec::new();
    for (sender, octets) in bursts {
        for piece in pieces(octets, sizes) {
            dissector.feed(*sender, piece);
            units.extend(std::iter::from_fn(|| dissector.poll()));
        }
    }
    units
}

proptest! {
    #[test]
    fn of_requests(octets in given::mutated(vec(given::request_octets(), 1..4).prop_map(|all| all.concat())), sizes in given::sizes()) {
        let whole = decode(Decoder::new(Sender::Client), &[&octets]);
        prop_assert_eq!(decode(Decoder::new(Sender::Client), &pieces(&octets, &sizes)), whole);
    }

    #[test]
    fn of_responses(octets in given::mutated(vec(given::response_octets(), 1..4).prop_map(|all| all.concat())), sizes in given::sizes()) {
        let whole = decode(Decoder::new(Sender::Server), &[&octets]);
        prop_assert_eq!(decode(Decoder::new(Sender::Server), &pieces(&octets, &sizes)), whole);
    }

    #[test]
    fn of_frames(
        client in given::mutated(given::frames(Sender::Client).prop_map(|frames| given::encode(&frames))),
        server in given::mutated(given::frames(Sender::Server).prop_map(|frames| given::encode(&frames))),
        sizes in given::sizes(),
    ) {
        for (sender, octets) in [(Sender::Client, client), (Sender::Server, server)] {
            let whole = decode(Decoder::frames(sender), &[&octets]);
            prop_assert_eq!(decode(Decoder::frames(sender), &pieces(&octets, &sizes)), whole);
            let whole = read(Reader::frames(sender).with_limit(20), &[&octets]);
            prop_assert_eq!(read(Reader::frames(sender).with_limit(20), &pieces(&octets, &sizes)), whole);
        }
    }

    #[test]
    fn of_compressed_frames(octets in given::mutated(given::compressed()), sizes in given::sizes(), limit in 0_u64..400) {
        let new = || {
            let mut reader = Reader::frames(Sender::Server).with_limit(50).refusing_over(limit);
            reader.inflate_with(&Parameters::default());
            reader
        };
        prop_assert_eq!(read(new(), &pieces(&octets, &sizes)), read(new(), &[&octets]));
    }

    #[test]
    fn of_event_streams(octets in vec(prop::sample::select(b"data:id \x00\xef\xbb\xbf\r\r\n\n\nevnt1".to_vec()), 0..60), sizes in given::sizes()) {
        let read = |pieces: &[&[u8]]| {
            let mut stream = sse::EventStream::new();
            pieces.iter().for_each(|piece| stream.feed(piece));
            (std::iter::from_fn(|| stream.poll()).collect::<Vec<_>>(), stream.retry(), stream.last_event_id().to_owned())
        };
        prop_assert_eq!(read(&pieces(&octets, &sizes)), read(&[&octets]));
    }

    #[test]
    fn of_a_connection(bursts in given::connection(), sizes in given::sizes()) {
        let whole = dissect(&bursts, &[usize::MAX]);
        let split = dissect(&bursts, &sizes);
        // Nothing is lost or invented: the units are the octets that were fed, in order.
        for sender in [Sender::Client, Sender::Server] {
            let fed: Vec<u8> = bursts.iter().filter(|(from, _)| *from == sender).flat_map(|(_, o)| o.clone()).collect();
            let units: Vec<&Unit> = split.iter().flatten().filter(|unit| unit.sender == sender).collect();
            let told: Vec<u8> = units.iter().flat_map(|unit| unit.octets.clone()).collect();
            prop_assert_eq!(fed, told);
            let mut offset = 0;
            for (index, unit) in units.iter().enumerate() {
                prop_assert_eq!((unit.index as usize, unit.offset), (index, offset));
                offset += unit.wire_octets();
            }
        }
        prop_assert_eq!(split, whole);
    }

    /// Each direction by itself: which one goes first may depend on the split.
    #[test]
    fn of_a_broken_connection(
        mut bursts in given::connection(),
        at in any::<prop::sample::Index>(),
        bad in given::mutated(given::response_octets()),
        sizes in given::sizes(),
    ) {
        let at = at.index(bursts.len());
        bursts[at].1.extend(bad);
        let (whole, split) = (dissect(&bursts, &[usize::MAX]), dissect(&bursts, &sizes));
        for sender in [Sender::Client, Sender::Server] {
            let of = |results: &[Result<Unit, Violation>]| -> Vec<_> {
                let sent = |result: &&Result<Unit, Violation>| {
                    result.as_ref().map_or_else(|violation| violation.sender, |unit| unit.sender) == sender
                };
                results.iter().filter(sent).cloned().collect()
            };
            prop_assert_eq!(of(&split), of(&whole));
        }
    }

    #[test]
    fn of_what_is_over_a_limit(
        requests in given::mutated(given::request_octets()),
        responses in given::mutated(given::response_octets()),
        frames in given::frames(Sender::Server).prop_map(|frames| given::encode(&frames)),
        limit in 0_u64..40,
        sizes in given::sizes(),
    ) {
        for (new, octets) in [
            (Decoder::new(Sender::Client), requests),
            (Decoder::new(Sender::Server), responses),
            (Decoder::frames(Sender::Server), frames),
        ] {
            let again = if new.is_upgraded() { Decoder::frames(new.sender()) } else { Decoder::new(new.sender()) };
            let whole = decode(new.with_limit(limit), &[&octets]);
            prop_assert_eq!(decode(again.with_limit(limit), &pieces(&octets, &sizes)), whole);
        }
    }
}
