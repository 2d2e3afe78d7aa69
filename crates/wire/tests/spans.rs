//! What the spans of known units say.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "support/octets.rs"]
mod octets;

use octets::hex;
use wire::{Reader, Sender, Unit};

fn line(unit: &Unit) -> Vec<String> {
    unit.spans()
        .iter()
        .map(|span| {
            let bits =
                span.bits.as_ref().map(|bits| format!(".{}-{}", bits.start, bits.end)).unwrap_or_default();
            format!("{}..{}{bits} {}={}", span.octets.start, span.octets.end, span.name, span.value)
        })
        .collect()
}

#[track_caller]
fn check(mut reader: Reader, octets: &[u8], expect: &[&str]) {
    reader.feed(octets);
    reader.end();
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!(line(&unit), expect);
}

#[test]
fn a_masked_frame() {
    check(
        Reader::frames(Sender::Client),
        &hex("81 85 37fa213d 7f9f4d5158"),
        &[
            "0..1.0-1 FIN=1",
            "0..1.1-2 RSV1=0",
            "0..1.2-3 RSV2=0",
            "0..1.3-4 RSV3=0",
            "0..1.4-8 Opcode=1 (Text)",
            "1..2.0-1 MASK=1",
            "1..2.1-8 Payload length=5",
            "2..6 Masking key=37 fa 21 3d",
            "6..11 Payload data=Hello",
        ],
    );
}

#[test]
fn a_long_frame_and_a_close() {
    let long = [hex("82 7e 0100"), vec![0; 256]].concat();
    let mut reader = Reader::frames(Sender::Server);
    reader.feed(&long);
    let unit = reader.poll().unwrap().unwrap();
    let spans = line(&unit);
    assert_eq!(
        spans[6..],
        ["1..2.1-8 Payload length=126", "2..4 Extended payload length=256", "4..260 Payload data=256 octets"]
    );
    let close = hex("88 05 03e8 627965");
    let mut reader = Reader::frames(Sender::Server);
    reader.feed(&close);
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!(line(&unit)[7..], ["2..4 Close code=1000", "4..7 Close reason=bye"]);
    assert!(unit.spans()[7].meaning.starts_with("Normal closure"));
}

#[test]
fn a_request_with_content() {
    check(
        Reader::new(Sender::Client),
        b"\r\nPOST /echo HTTP/1.1\r\nHost:  a \r\nContent-Length: 2\r\n\r\nhi",
        &[
            "0..2 Empty line=",
            "2..7 Method=POST",
            "7..13 Request target=/echo",
            "13..23 HTTP version=HTTP/1.1",
            "23..34 Host=a",
            "34..53 Content-Length=2",
            "53..55 Empty line=",
            "55..57 Content=hi",
        ],
    );
}

#[test]
fn responses() {
    check(
        Reader::new(Sender::Server),
        b"HTTP/1.1 200 OK\r\n\r\n\xff",
        &[
            "0..9 HTTP version=HTTP/1.1",
            "9..13 Status code=200",
            "13..17 Reason phrase=OK",
            "17..19 Empty line=",
            "19..20 Content=1 octet",
        ],
    );
    check(
        Reader::new(Sender::Server),
        b"HTTP/1.1 204\r\n\r\n",
        &[
            "0..9 HTTP version=HTTP/1.1",
            "9..12 Status code=204",
            "12..14 Reason phrase=",
            "14..16 Empty line=",
        ],
    );
}

#[test]
fn chunks() {
    check(
        Reader::new(Sender::Server),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\nSum: 1\r\n\r\n",
        &[
            "0..9 HTTP version=HTTP/1.1",
            "9..13 Status code=200",
            "13..17 Reason phrase=OK",
            "17..45 Transfer-Encoding=chunked",
            "45..47 Empty line=",
            "47..50 Chunk size=10",
            "50..60 Chunk data=0123456789",
            "60..62 Chunk end=",
            "62..65 Last chunk=0",
            "65..73 Sum=1",
            "73..75 Empty line=",
        ],
    );
}

#[test]
fn long_text_is_cut_between_characters() {
    let text = "\u{20ac}".repeat(100);
    let octets = wire::Frame::text(&text).encode();
    let mut reader = Reader::frames(Sender::Server);
    reader.feed(&octets);
    let spans = reader.poll().unwrap().unwrap().spans();
    assert_eq!(spans.last().unwrap().value, format!("{}…", "\u{20ac}".repeat(85)));
}

#[test]
fn every_span_has_a_sentence_and_a_source() {
    let mut reader = Reader::new(Sender::Client);
    reader
        .feed(b"GET / HTTP/1.1\r\nHost: a\r\nX-Unheard-Of: b\r\nCookie: c\r\nConnection: keep-alive\r\n\r\n");
    for span in reader.poll().unwrap().unwrap().spans() {
        assert!(span.meaning.ends_with('.'), "{span:?}");
        assert!(span.rfc.contains("section"), "{span:?}");
    }
}
