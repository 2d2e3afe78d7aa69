//! Heads and frames that Chromium 156 sent, byte for byte.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "support/case.rs"]
mod case;
#[path = "support/octets.rs"]
mod octets;
#[path = "support/seed.rs"]
mod seed;

use octets::hex;
use wire::{CloseBody, CloseCode, Frame, FrameHeader, Reader, Sender, handshake, parse_request};

const CAPTURE: &str = include_str!("fixtures/chromium156-raw.txt");

/// Title and head of each section that holds one.
fn heads() -> Vec<(&'static str, Vec<u8>)> {
    CAPTURE
        .split("### ")
        .filter_map(|section| section.split_once('\n'))
        .filter(|(title, _)| title.contains("bytes head"))
        .map(|(title, body)| {
            (title, format!("{}\r\n\r\n", body.trim_end().replace('\n', "\r\n")).into_bytes())
        })
        .collect()
}

#[test]
fn every_head_parses_and_encodes_to_the_same_octets() {
    let heads = heads();
    assert_eq!(heads.len(), 7);
    for (title, octets) in heads {
        assert!(title.contains(&format!("({} bytes head", octets.len())), "{title}: {}", octets.len());
        let (request, consumed) = parse_request(&octets).expect(title).expect(title);
        assert_eq!(consumed, octets.len(), "{title}");
        assert_eq!(request.encode().expect(title), octets, "{title}");
        assert!(request.fields.len() >= 11, "{title}");
    }
}

#[test]
fn handshakes_are_offers() {
    let offers: Vec<_> = heads()
        .iter()
        .filter_map(|(_, octets)| parse_request(octets).ok()??.0.into())
        .filter_map(|request| handshake::check_request(&request).ok())
        .collect();
    assert_eq!(offers.len(), 2);
    assert_eq!(offers[0].key, "Z6ZUILDKroum1MydZXNHEw==");
    assert_eq!(offers[0].extensions, ["permessage-deflate; client_max_window_bits"]);
    assert_eq!(offers[1].subprotocols, ["chat.v1", "chat.v2"]);
}

/// Count and octets of each line of the section of frames.
fn frames() -> Vec<(usize, Vec<u8>)> {
    let section = CAPTURE.split("### ").find(|section| section.starts_with("frames client->server")).unwrap();
    let lines = section.lines().filter_map(|line| line.split_once(" bytes: "));
    lines.map(|(count, digits)| (count.parse().unwrap(), hex(digits))).collect()
}

#[test]
fn frames_say_hello_and_close_with_3000() {
    let frames = frames();
    assert_eq!(frames.iter().map(|(count, _)| *count).collect::<Vec<_>>(), [11, 131]);
    let (_, hello) = &frames[0];
    let mut reader = Reader::frames(Sender::Client);
    reader.feed(hello);
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!(unit.content, b"hello");
    assert_eq!(&unit.octets, hello);
    let key = unit.frame().unwrap().mask.unwrap();
    assert_eq!(&Frame::text("hello").masked(key).encode(), hello);

    // The capture kept the first 100 octets of the Close frame; its key and reason give all 131.
    let (count, start) = &frames[1];
    let (header, _) = FrameHeader::parse(start).unwrap().unwrap();
    let close = Frame::close(Some(CloseCode(3000)), &"a".repeat(123)).unwrap().masked(header.mask.unwrap());
    let octets = close.encode();
    assert_eq!(octets.len(), *count);
    assert_eq!(start.len(), 100);
    assert!(octets.starts_with(start));
    reader.feed(start);
    assert_eq!(reader.poll(), None);
    assert_eq!(reader.partial().unwrap().content, [&[0x0b, 0xb8][..], &[b'a'; 92]].concat());
    reader.feed(&octets[start.len()..]);
    let unit = reader.poll().unwrap().unwrap();
    let body = CloseBody::parse(&unit.content).unwrap();
    assert_eq!(body, CloseBody { code: Some(CloseCode(3000)), reason: "a".repeat(123) });
    assert_eq!(unit.octets, octets);
}

#[test]
fn every_head_and_frame_is_a_seed() {
    let name = |title: &str| format!("chromium {}", title.split(" (").next().unwrap_or(title));
    let client = |title, octets| case::Case {
        title,
        deflate: false,
        bursts: vec![case::Burst::Sends(Sender::Client, octets)],
        expect: Vec::new(),
    };
    let heads = heads().into_iter().map(|(title, octets)| client(name(title), octets));
    seed::check("heads", heads.flat_map(|case| seed::heads(&case)).collect());
    let frames =
        frames().into_iter().map(|(count, octets)| client(format!("chromium {count} octets"), octets));
    seed::check("frames", frames.flat_map(|case| seed::frames(&case)).collect());
}
