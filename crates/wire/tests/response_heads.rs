//! Which response heads are read, and which rule the others break.

use wire::{Rule, parse_response};

/// `Ok` with status and reason, or the rule and the offset of the octet that breaks it.
#[track_caller]
fn check(octets: impl AsRef<[u8]>, expect: Result<(u16, &str), (Rule, u64)>) {
    let octets = octets.as_ref();
    match parse_response(octets) {
        Ok(Some((response, consumed))) => {
            assert_eq!(consumed, octets.len());
            assert_eq!(Ok((response.status, response.reason.as_str())), expect);
        }
        Ok(None) => panic!("not enough octets"),
        Err(violation) => assert_eq!(Err((violation.rule, violation.offset)), expect),
    }
}

#[test]
fn whole_heads_are_read() {
    check("HTTP/1.1 200 OK\r\n\r\n", Ok((200, "OK")));
    check("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Ok((404, "Not Found")));
    check("HTTP/1.0 200 \r\n\r\n", Ok((200, "")));
    check("HTTP/1.1 200\r\n\r\n", Ok((200, "")));
    check("HTTP/1.1 299  two  spaces\r\n\r\n", Ok((299, " two  spaces")));
    check(b"HTTP/1.1 200 \xe4h\r\n\r\n", Ok((200, "\u{e4}h")));
    check("HTTP/1.1 200 OK\n\n", Ok((200, "OK")));
}

#[test]
fn status_lines_that_break_a_rule() {
    check("\r\nHTTP/1.1 200 OK\r\n\r\n", Err((Rule::VersionMalformed, 0)));
    check("HTTP/1.1\r\n", Err((Rule::StatusLine, 8)));
    check("HTTP/1.1 \r\n", Err((Rule::StatusLine, 9)));
    check("HTTP/1.1  200 OK\r\n", Err((Rule::StatusLine, 9)));
    check("HTTP/1.1 20 OK\r\n", Err((Rule::StatusLine, 9)));
    check("HTTP/1.1 2000 OK\r\n", Err((Rule::StatusLine, 9)));
    check("HTTP/1.1 2x0 OK\r\n", Err((Rule::StatusLine, 9)));
    check("HTTP/1.1 200 O\x01K\r\n", Err((Rule::StatusLine, 14)));
    check("HTTP/2 200\r\n", Err((Rule::VersionMalformed, 0)));
    check("HTTP/3.0 200 OK\r\n", Err((Rule::VersionUnsupported, 0)));
    check("ICY 200 OK\r\n", Err((Rule::VersionMalformed, 0)));
}

#[test]
fn fields_that_break_a_rule() {
    check("HTTP/1.1 200 OK\r\nX : y\r\n", Err((Rule::SpaceBeforeColon, 18)));
    check("HTTP/1.1 200 OK\r\nX: y\r\n z\r\n", Err((Rule::ObsFold, 23)));
    check("HTTP/1.1 200 OK\r\n X: y\r\n", Err((Rule::LeadingWhitespace, 17)));
    check("HTTP/1.1 200 OK\r\nContent-Length: 1,2\r\n\r\n", Err((Rule::ContentLengthsDiffer, 40)));
}
