//! What a peer merely claims costs no memory, and what it sends can be bounded.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Decoder, Frame, Reader, Rule, Sender};

const UPLOAD: &str = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789";

#[test]
fn a_claimed_length_is_only_a_number() {
    let mut reader = Reader::frames(Sender::Server);
    reader.feed(&[0x82, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);
    assert!(reader.poll().is_none());
    assert_eq!(reader.partial().unwrap().content, [1, 2, 3]);
    let mut reader = Reader::new(Sender::Client);
    reader.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\nabc");
    assert!(reader.poll().is_none());
    assert_eq!(reader.partial().unwrap().content, b"abc");
}

#[test]
fn what_a_unit_does_not_keep_is_counted() {
    let mut reader = Reader::new(Sender::Client).with_limit(4);
    reader.feed(UPLOAD.as_bytes());
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!((unit.content.as_slice(), unit.dropped), (&b"0123"[..], 6));
    assert_eq!(unit.wire_octets(), UPLOAD.len() as u64);
    assert!(UPLOAD.as_bytes().starts_with(&unit.octets));

    let frame = Frame::binary(&[7; 1000]).masked([1, 2, 3, 4]).encode();
    let mut reader = Reader::frames(Sender::Client).with_limit(10);
    for piece in frame.chunks(7) {
        reader.feed(piece);
    }
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!((unit.content.as_slice(), unit.dropped), (&[7; 10][..], 990));
    assert!(frame.starts_with(&unit.octets));
}

#[test]
fn a_decoder_refuses_more_than_its_limit() {
    #[track_caller]
    fn check(mut reader: Reader, octets: &[u8], expect: Option<u64>) {
        reader.feed(octets);
        let violation = std::iter::from_fn(|| reader.poll()).find_map(Result::err);
        assert_eq!(violation.map(|violation| violation.offset), expect);
        assert!(violation.is_none_or(|violation| violation.rule == Rule::TooLarge));
        assert_eq!((Rule::TooLarge.status(), Rule::TooLarge.close_code()), (Some(413), Some(1009)));
    }
    let head = UPLOAD.len() as u64 - 10;
    check(Reader::new(Sender::Client).refusing_over(10), UPLOAD.as_bytes(), None);
    check(Reader::new(Sender::Client).refusing_over(9), UPLOAD.as_bytes(), Some(head));
    check(Reader::frames(Sender::Server).refusing_over(5), b"\x81\x05hello", None);
    check(Reader::frames(Sender::Server).refusing_over(4), b"\x81\x05hello", Some(1));
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n";
    check(Reader::new(Sender::Server).refusing_over(6), chunked, None);
    check(Reader::new(Sender::Server).refusing_over(5), chunked, Some(55));
    check(Reader::new(Sender::Server).refusing_over(4), b"HTTP/1.1 200 OK\r\n\r\n01234", Some(23));
    // Frames may be small and their message large, but neither larger than said.
    let frames =
        |message, frame| Reader::frames(Sender::Server).refusing_over(message).refusing_units_over(frame);
    let fragments = b"\x01\x03hel\x80\x02lo";
    check(frames(5, 3), fragments, None);
    check(frames(5, 2), fragments, Some(1));
    check(frames(4, 3), fragments, Some(5));
}

#[test]
fn after_a_violation_nothing_is_stored() {
    let mut decoder = Decoder::frames(Sender::Server);
    decoder.feed(b"\xff\xff");
    assert!(decoder.poll().is_some());
    let waiting = decoder.waiting().len();
    decoder.feed(&[0; 1000]);
    assert_eq!(decoder.waiting().len(), waiting);
    decoder.end();
    assert_eq!(decoder.poll(), None);
}

/// Would take minutes if a piece of one octet cost what its unit has so far.
#[test]
fn pieces_of_one_octet_are_looked_at_once() {
    let head = format!(
        "POST / HTTP/1.1\r\nHost: a\r\nX: {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        "x".repeat(60_000)
    );
    let line = format!("100000;x={}\r\n", "x".repeat(4000));
    let octets = [head.as_bytes(), line.as_bytes(), &[b'y'; 0x10_0000], b"\r\n0\r\n\r\n"].concat();
    let mut decoder = Decoder::new(Sender::Client);
    let mut events = 0_u32;
    for piece in octets.chunks(1) {
        decoder.feed(piece);
        while decoder.poll().is_some() {
            events += 1;
        }
    }
    // Head, size line, each octet of data, its CRLF, last chunk, trailers, end.
    assert_eq!(events, 1 + 1 + 0x10_0000 + 1 + 1 + 1 + 1);
}
