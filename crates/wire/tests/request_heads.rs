//! Which request heads are read, and which rule the others break.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Rule, Version, parse_request};

/// `Ok` with the number of field lines, or the rule and the offset of the octet that breaks it.
#[track_caller]
fn check(octets: impl AsRef<[u8]>, expect: Result<usize, (Rule, u64)>) {
    let octets = octets.as_ref();
    let got = match parse_request(octets) {
        Ok(Some((request, consumed))) => {
            assert_eq!(consumed, octets.len());
            Ok(request.fields.len())
        }
        Ok(None) => panic!("not enough octets"),
        Err(violation) => Err((violation.rule, violation.offset)),
    };
    assert_eq!(got, expect);
}

#[test]
fn whole_heads_are_read() {
    check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Ok(1));
    check("GET / HTTP/1.1\r\nHost:a\r\n\r\n", Ok(1));
    check("GET / HTTP/1.1\r\nHost:  a \t \r\n\r\n", Ok(1));
    check("GET / HTTP/1.1\r\nHost:\r\n\r\n", Ok(1));
    check("GET / HTTP/1.0\r\n\r\n", Ok(0));
    check("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Ok(1));
    check("GET / HTTP/1.1\nHost: a\n\n", Ok(1));
    check("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", Ok(1));
    check("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", Ok(1));
    check("GET http://a/b?c HTTP/1.1\r\nHost: a\r\nX!#$%&'*+-.^_`|~: \"quoted\"\r\n\r\n", Ok(2));
    check(b"GET / HTTP/1.1\r\nHost: a\r\nX: \xe9\xff\r\n\r\n", Ok(2));
    check("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\nContent-Length: 5\r\n\r\n", Ok(3));
    check("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", Ok(2));
}

#[test]
fn request_lines_that_break_a_rule() {
    check("G(T / HTTP/1.1\r\n", Err((Rule::Method, 1)));
    check(" GET / HTTP/1.1\r\n", Err((Rule::Method, 0)));
    check("GET\r\n", Err((Rule::RequestLine, 3)));
    check("GET /\r\n", Err((Rule::RequestLine, 5)));
    check("GET  / HTTP/1.1\r\n", Err((Rule::Target, 4)));
    check("GET /\x01 HTTP/1.1\r\n", Err((Rule::Target, 5)));
    check("GET /\u{e9} HTTP/1.1\r\n", Err((Rule::Target, 5)));
    check("GET / HTTP/1.1 \r\n", Err((Rule::VersionMalformed, 6)));
    check("GET / http/1.1\r\n", Err((Rule::VersionMalformed, 6)));
    check("GET / a HTTP/1.1\r\n", Err((Rule::VersionMalformed, 6)));
    check("GET / HTTP/2.0\r\n", Err((Rule::VersionUnsupported, 6)));
    check("GET / HTTP/1.2\r\n", Err((Rule::VersionUnsupported, 6)));
    check("GET / HTTP/1.1\rHost", Err((Rule::BareCr, 14)));
    // The first octets of a TLS ClientHello, up to what happens to be a line feed.
    check(b"\x16\x03\x01\x02\x00\x01\n", Err((Rule::Method, 0)));
}

#[test]
fn field_lines_that_break_a_rule() {
    let with = |line: &str| format!("GET / HTTP/1.1\r\nHost: a\r\n{line}\r\n\r\n");
    check(with("no colon"), Err((Rule::ColonMissing, 25)));
    check(with("X : y"), Err((Rule::SpaceBeforeColon, 26)));
    check(with("X\t: y"), Err((Rule::SpaceBeforeColon, 26)));
    check(with(": y"), Err((Rule::FieldName, 25)));
    check(with("X Y: z"), Err((Rule::FieldName, 26)));
    check(with("X\u{e9}: z"), Err((Rule::FieldName, 26)));
    check(with("X: a\0b"), Err((Rule::FieldValue, 29)));
    check(with("X: a\x7f"), Err((Rule::FieldValue, 29)));
    check(with("X: a\rb"), Err((Rule::BareCr, 29)));
    check(with("X: a\r\r\n"), Err((Rule::BareCr, 29)));
    check(with(" folded"), Err((Rule::ObsFold, 25)));
    check(with("\tfolded"), Err((Rule::ObsFold, 25)));
    check("GET / HTTP/1.1\r\n Host: a\r\n", Err((Rule::LeadingWhitespace, 16)));
}

#[test]
fn fields_that_contradict() {
    let with = |lines: &str| format!("POST / HTTP/1.1\r\n{lines}\r\n");
    check(with("X: y\r\n"), Err((Rule::HostMissing, 25)));
    check(with("Host: a\r\nhost: a\r\n"), Err((Rule::HostRepeated, 37)));
    let with = |lines: &str| format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\n");
    let check = |lines: &str, rule| {
        let octets = with(lines);
        check(&octets, Err((rule, octets.len() as u64)));
    };
    check("Content-Length: 5\r\nContent-Length: 6", Rule::ContentLengthsDiffer);
    check("Content-Length: 5, 6", Rule::ContentLengthsDiffer);
    check("Content-Length: +5", Rule::ContentLengthInvalid);
    check("Content-Length: -1", Rule::ContentLengthInvalid);
    check("Content-Length:", Rule::ContentLengthInvalid);
    check("Content-Length: 5,", Rule::ContentLengthInvalid);
    check("Content-Length: 0x5", Rule::ContentLengthInvalid);
    check("Content-Length: 18446744073709551616", Rule::ContentLengthInvalid);
    check("Content-Length: 5\r\nTransfer-Encoding: chunked", Rule::ContentLengthWithTransferEncoding);
    check("Transfer-Encoding: gzip, chunked", Rule::TransferCodingUnsupported);
    check("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", Rule::TransferCodingUnsupported);
    check("Transfer-Encoding: xchunked", Rule::TransferCodingUnsupported);
    check("Transfer-Encoding:", Rule::TransferCodingUnsupported);
}

#[test]
fn transfer_encoding_is_younger_than_http_1_0() {
    check(
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        Err((Rule::TransferCodingInOldVersion, 47)),
    );
}

#[test]
fn heads_have_a_limit() {
    let limit = wire::http1::HEAD_LIMIT;
    let head = |length: usize| {
        let rest = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".len();
        format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(length - rest))
    };
    check(head(limit), Ok(2));
    check(head(limit + 1), Err((Rule::HeadTooLarge, limit as u64)));
    check(vec![b'x'; limit], Err((Rule::HeadTooLarge, limit as u64)));
}

#[test]
fn not_enough_octets_consume_nothing() {
    let head = "GET /a?b HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n";
    for length in 0..head.len() {
        assert_eq!(parse_request(&head.as_bytes()[..length]), Ok(None));
    }
    let (request, _) = parse_request(head.as_bytes()).unwrap().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a?b"));
    assert_eq!(request.version, Version::Http11);
    assert_eq!(request.fields.get("x"), Some("y"));
}
