//! The figures of "Webhooks are not WebSockets".

use trace::scenario::{Scenario, Speaker};

use super::figures::{number, octets, plural, seconds};
use super::form;

pub(crate) fn figures(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let called = s.added.len() as u64;
    match (place, learned) {
        (0, false) => vec![seconds(first(s).0), seconds(first(s).0 + form::connect(s))],
        (1, false) => {
            let (_, text) = first(s);
            let length = text.len() as u64;
            vec![format!("“{text}”"), octets(head(0, length) + length), number(head(0, length))]
        }
        (2, false) => vec![number(204)],
        // Each server opens a connection of its own.
        (2, true) => {
            assert!(s.added.iter().any(|it| it.from == Speaker::You));
            vec![plural(2, "connection"), plural(called, "request")]
        }
        (3, false) => vec![plural(called, "request"), plural(1, "connection")],
        (3, true) => {
            let silent = s.network.idle.expect("a proxy") + form::leaves(s, TAKEN + 40);
            vec![seconds(silent), plural(called, "connection"), plural(called, "request")]
        }
        (4, false) => vec![seconds(START), seconds(0)],
        (5, _) => {
            let n = u64::from(s.messages);
            let texts: Vec<u64> = (0..n).map(|it| "tick ".len() as u64 + form::digits(it + 1)).collect();
            let calls = (0..).zip(&texts).map(|(it, length)| head(it, *length) + length + TAKEN).sum();
            let frames: u64 = texts.iter().map(|length| form::header(*length) + length).sum();
            let socket = form::UPGRADE + form::SWITCHING + frames + 8 + 4;
            vec![plural(n, "message"), octets(calls), number(socket)]
        }
        (6, false) => vec![octets(TAKEN), format!("“{}”", first(s).1)],
        (6, true) => vec![],
        other => panic!("no row for {other:?}"),
    }
}

/// What is told first, and when.
fn first(s: &Scenario) -> (u64, &str) {
    s.added.iter().map(|it| (it.at, it.text.as_str())).min().expect("news")
}

/// The head of a call: a server that is no browser sends little more than it must.
pub(crate) fn head(n: u64, length: u64) -> u64 {
    let lines = "POST /hook?n= HTTP/1.1\r\nHost: 127.0.0.1:9080\r\n\
        Content-Type: text/plain; charset=utf-8\r\nContent-Length: \r\n\r\n";
    lines.len() as u64 + form::digits(n) + form::digits(length)
}

/// The whole answer.
pub(crate) const TAKEN: u64 =
    "HTTP/1.1 204 No Content\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n".len() as u64;

/// When the ticker's first message is due.
const START: u64 = 400_000;
