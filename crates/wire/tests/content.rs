//! Where a message's content ends.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Decoded, Decoder, Framing, Reader, Request, Response, Rule, Sender, Version};

/// Reads responses to `method` to the end of the stream: the contents, and what ends it if that is a violation.
#[track_caller]
fn check(method: &str, octets: &str, contents: &[&str], end: Option<(Rule, u64)>) {
    for size in [octets.len(), 1] {
        let mut reader = Reader::new(Sender::Server);
        for _ in 0..9 {
            reader.expect_response_to(method);
        }
        let (mut got, mut violation) = (Vec::new(), None);
        let mut poll = |reader: &mut Reader| {
            while let Some(result) = reader.poll() {
                match result {
                    Ok(unit) => got.push(String::from_utf8(unit.content).unwrap()),
                    Err(broken) => violation = Some((broken.rule, broken.offset)),
                }
            }
        };
        for piece in octets.as_bytes().chunks(size) {
            reader.feed(piece);
            poll(&mut reader);
        }
        reader.end();
        poll(&mut reader);
        assert_eq!(got, contents, "in pieces of {size}");
        assert_eq!(violation, end, "in pieces of {size}");
    }
}

#[test]
fn by_content_length() {
    check("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", &["hello"], None);
    check("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", &[""], None);
    check(
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb",
        &["a", "b"],
        None,
    );
    check("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", &[], Some((Rule::Truncated, 42)));
}

#[test]
fn responses_that_never_have_content() {
    check("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", &[""], None);
    check("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", &[""], None);
    check("GET", "HTTP/1.1 204 No Content\r\n\r\n", &[""], None);
    check("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", &[""], None);
    check("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", &["", ""], None);
}

#[test]
fn interim_responses_leave_the_method_to_the_final_one() {
    check(
        "HEAD",
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        &["", "", ""],
        None,
    );
}

#[test]
fn until_the_connection_closes() {
    check("GET", "HTTP/1.1 200 OK\r\n\r\nall of it", &["all of it"], None);
    check("GET", "HTTP/1.1 200 OK\r\n\r\n", &[""], None);
}

#[test]
fn chunks() {
    let with = |rest: &str| format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{rest}");
    let check = |rest: &str, contents: &[&str], end: Option<(Rule, u64)>| {
        check("GET", &with(rest), contents, end.map(|(rule, at)| (rule, at + 47)));
    };
    check("0\r\n\r\n", &[""], None);
    check("5\r\nhello\r\n0\r\n\r\n", &["hello"], None);
    check("2;ext=\"a\"\r\nhe\r\n003 \r\nllo\r\n000\r\nX: trailer\r\n\r\n", &["hello"], None);
    check("A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", &["01234567890123456789"], None);
    check("\r\n", &[], Some((Rule::ChunkSize, 0)));
    check("g\r\n", &[], Some((Rule::ChunkSize, 0)));
    check("5x\r\n", &[], Some((Rule::ChunkSize, 1)));
    check("-5\r\n", &[], Some((Rule::ChunkSize, 0)));
    check("5\nhello", &[], Some((Rule::ChunkSize, 1)));
    check("5;a\nhello", &[], Some((Rule::ChunkSize, 3)));
    check("5\rhello", &[], Some((Rule::ChunkSize, 1)));
    check("fffffffffffffffff\r\n", &[], Some((Rule::ChunkSize, 16)));
    check("5\r\nhello!", &[], Some((Rule::ChunkEnd, 8)));
    check("5\r\nhello\r!", &[], Some((Rule::ChunkEnd, 9)));
    check("5\r\nhello\r\n0\r\nno colon\r\n\r\n", &[], Some((Rule::ColonMissing, 13)));
    check("5\r\nhel", &[], Some((Rule::Truncated, 6)));
    check("5\r\nhello\r\n0\r\n", &[], Some((Rule::Truncated, 13)));
    check(&format!("5;{}", "x".repeat(5000)), &[], Some((Rule::ChunkSize, 4096)));
}

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
fn a_half_head_is_truncated() {
    check("GET", "HTTP/1.1 200 OK\r\n", &[], Some((Rule::Truncated, 17)));
    check("GET", "H", &[], Some((Rule::Truncated, 1)));
}

#[test]
fn empty_lines_after_the_last_request_are_nothing() {
    let mut reader = Reader::new(Sender::Client);
    reader.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n");
    reader.end();
    assert!(matches!(reader.poll(), Some(Ok(_))));
    assert!(reader.poll().is_none());
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
    // Whatever the fields say (RFC 9112 section 6.3, first and second rule).
    let gzip = Response::new(200, "OK").with("Transfer-Encoding", "gzip").with("Content-Length", "x");
    assert_eq!(gzip.framing("CONNECT"), Ok(Framing::None));
    assert_eq!(gzip.framing("HEAD"), Ok(Framing::None));
    assert_eq!(Response { status: 204, ..gzip.clone() }.framing("GET"), Ok(Framing::None));
    assert_eq!(gzip.framing("GET"), Err(Rule::ContentLengthInvalid));
    assert_eq!(Response::new(404, "").framing("CONNECT"), Ok(Framing::UntilClose));
    let old = Response { version: Version::Http10, ..response.with("Transfer-Encoding", "chunked") };
    assert_eq!(old.framing("GET"), Err(Rule::TransferCodingInOldVersion));
}
