//! Heads that are too long or not yet whole. Which others are read, and which rule the rest break, is told by
//! `cases/heads.txt`.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Rule, Version, http1::HEAD_LIMIT, parse_request};

#[test]
fn heads_have_a_limit() {
    #[track_caller]
    fn check(octets: impl AsRef<[u8]>, whole: bool) {
        match parse_request(octets.as_ref()) {
            Ok(Some((_, consumed))) => assert!(whole && consumed == octets.as_ref().len()),
            Ok(None) => panic!("not enough octets"),
            Err(violation) => {
                assert!(!whole);
                assert_eq!((violation.rule, violation.offset), (Rule::HeadTooLarge, HEAD_LIMIT as u64));
            }
        }
    }
    let head = |length: usize| {
        let rest = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".len();
        format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(length - rest))
    };
    check(head(HEAD_LIMIT), true);
    check(head(HEAD_LIMIT + 1), false);
    check(vec![b'x'; HEAD_LIMIT], false);
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
