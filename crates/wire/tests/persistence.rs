//! How long a connection lasts, and who still answers on it (RFC 9112 sections 9.3 and 9.6).
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Dissector, Rule, Sender, Unit, Violation};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const LAST: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const BYE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

/// What an exchange gives, a request first and then turn about.
fn dissect(sent: &[&str]) -> (Dissector, Vec<Result<Unit, Violation>>) {
    let mut dissector = Dissector::new();
    let mut got = Vec::new();
    for (turn, octets) in sent.iter().enumerate() {
        let sender = if turn % 2 == 0 { Sender::Client } else { Sender::Server };
        dissector.feed(sender, octets.as_bytes());
        got.extend(std::iter::from_fn(|| dissector.poll()));
    }
    (dissector, got)
}

/// Whether the connection is over, and how many requests wait. All is valid.
#[track_caller]
fn check(sent: &[&str], over: bool, unanswered: usize) {
    let (dissector, got) = dissect(sent);
    assert!(got.iter().all(Result::is_ok), "{got:?}");
    assert_eq!((dissector.is_over(), dissector.unanswered()), (over, unanswered));
}

#[test]
fn which_answer_is_the_last() {
    check(&[GET], false, 1);
    check(&[GET, OK], false, 0);
    check(&[GET, OK, GET, OK], false, 0);
    check(&[GET, BYE], true, 0);
    check(&[LAST], false, 1);
    check(&[LAST, OK], true, 0);
    check(&["GET / HTTP/1.0\r\n\r\n", OK], true, 0);
    check(&["GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", OK], false, 0);
    check(&[GET, "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"], true, 0);
    check(&["HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"], false, 0);
    check(&[GET, "HTTP/1.1 304 Not Modified\r\n\r\n"], false, 0);
    check(&["CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"], false, 0);
}

#[test]
fn content_until_close_is_the_last() {
    let mut dissector = Dissector::new();
    dissector.feed(Sender::Client, GET.as_bytes());
    dissector.feed(Sender::Server, b"HTTP/1.1 200 OK\r\n\r\nall");
    dissector.end(Sender::Server);
    assert_eq!(std::iter::from_fn(|| dissector.poll()).filter(Result::is_ok).count(), 2);
    assert!(dissector.is_over());
}

#[test]
fn an_interim_response_ends_nothing() {
    let early = "HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n";
    check(&[GET, early], false, 1);
    check(&[GET, early, "", OK], false, 0);
    check(&[GET, early, "", BYE], true, 0);
}

#[test]
fn requests_on_their_way_get_no_answer() {
    let two = [GET, GET].concat();
    check(&[&two, BYE], true, 1);
    check(&[GET, BYE, GET], true, 1);
    check(&[GET, BYE, &two], true, 2);
}

#[test]
fn who_says_close_sends_nothing_more() {
    #[track_caller]
    fn check(sent: &[&str], sender: Sender, offset: usize) {
        let (_, got) = dissect(sent);
        let violation = got.last().unwrap().as_ref().unwrap_err();
        let expect = Violation { rule: Rule::AfterLastMessage, sender, offset: offset as u64 };
        assert_eq!(*violation, expect);
        assert_eq!(got.iter().filter(|it| it.is_err()).count(), 1);
    }
    check(&[&[LAST, GET].concat()], Sender::Client, LAST.len());
    check(&[LAST, OK, GET], Sender::Client, LAST.len());
    check(&[GET, BYE, "", OK], Sender::Server, BYE.len());
    check(&[&[GET, GET].concat(), &[OK, BYE, OK, OK].concat()], Sender::Server, OK.len() + BYE.len());
    assert_eq!(Rule::AfterLastMessage.status(), None);
    assert_eq!(Rule::AfterLastMessage.close_code(), None);
}
