//! Trailers, and what the fields announce. Where contents end is told by `cases/content.txt`.

use wire::{Decoded, Decoder, Framing, Request, Response, Rule, Sender, Version};

#[test]
fn trailers_are_told() {
    let mut decoder = Decoder::new(Sender::Client);
    decoder.feed(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nSum: 1\r\n\r\n");
    let events: Vec<_> = std::iter::from_fn(|| decoder.poll()).collect();
    let trailers = events.iter().find_map(|event| match event {
        Decoded::Trailers { fields, octets } => Some((fields.get("sum"), octets.as_slice())),
        _ => None,
    });
    assert_eq!(trailers, Some((Some("1"), &b"Sum: 1\r\n\r\n"[..])));
    assert_eq!(events.last(), Some(&Decoded::End));
}

#[test]
fn framings() {
    let request = Request::new("POST", "/").with("Host", "a");
    assert_eq!(request.framing(), Ok(Framing::None));
    assert_eq!(request.clone().with("Content-Length", "7").framing(), Ok(Framing::Length(7)));
    assert_eq!(request.clone().with("content-length", "7").content_length(), Ok(Some(7)));
    assert_eq!(request.with("Transfer-Encoding", "chunked").framing(), Ok(Framing::Chunked));
    let response = Response::new(200, "OK");
    assert_eq!(response.framing("GET"), Ok(Framing::UntilClose));
    assert_eq!(response.framing("HEAD"), Ok(Framing::None));
    assert_eq!(response.framing("CONNECT"), Ok(Framing::None));
    assert_eq!(Response::new(404, "").framing("CONNECT"), Ok(Framing::UntilClose));
    let old = Response { version: Version::Http10, ..response.with("Transfer-Encoding", "chunked") };
    assert_eq!(old.framing("GET"), Err(Rule::TransferCodingInOldVersion));
    // Whatever the fields say (RFC 9112 section 6.3, first and second rule).
    let gzip = Response::new(200, "OK").with("Transfer-Encoding", "gzip").with("Content-Length", "x");
    assert_eq!(gzip.framing("CONNECT"), Ok(Framing::None));
    assert_eq!(gzip.framing("HEAD"), Ok(Framing::None));
    assert_eq!(Response { status: 204, ..gzip.clone() }.framing("GET"), Ok(Framing::None));
    assert_eq!(gzip.framing("GET"), Err(Rule::ContentLengthInvalid));
}
