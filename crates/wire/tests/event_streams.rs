//! Event streams: the examples of the HTML Standard section 9.2, and what they leave open.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Reader, Sender, sse};

/// The events of a stream as (type, data, id), in pieces of any size.
#[track_caller]
fn check(content: &str, expect: &[(&str, &str, &str)]) {
    check_octets(content.as_bytes(), expect);
}

#[track_caller]
fn check_octets(content: &[u8], expect: &[(&str, &str, &str)]) {
    for size in [usize::MAX, 1, 2, 3] {
        let mut stream = sse::EventStream::new();
        let mut got = Vec::new();
        for piece in content.chunks(size) {
            stream.feed(piece);
            got.extend(std::iter::from_fn(|| stream.poll()).map(|it| (it.event, it.data, it.id)));
        }
        let got: Vec<_> = got.iter().map(|(event, data, id)| (&event[..], &data[..], &id[..])).collect();
        assert_eq!(got, expect, "in pieces of {size}");
    }
    let mut end = 0;
    for span in sse::spans(content) {
        assert_eq!(span.octets.start, end, "{span:?}");
        assert!(span.octets.end > end && !span.meaning.is_empty());
        end = span.octets.end;
    }
    assert_eq!(end, content.len());
}

#[test]
fn examples_of_the_standard() {
    check(
        "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\n\
         data: This is the third message.\n\n",
        &[
            ("message", "This is the first message.", ""),
            ("message", "This is the second message, it\nhas two lines.", ""),
            ("message", "This is the third message.", ""),
        ],
    );
    check(
        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        &[("add", "73857293", ""), ("remove", "2153", ""), ("add", "113411", "")],
    );
    check("data: YHOO\ndata: +2\ndata: 10\n\n", &[("message", "YHOO\n+2\n10", "")]);
    // The third block is not followed by an empty line; an `id` without a value takes the ID back.
    check(
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
        &[("message", "first event", "1"), ("message", "second event", "")],
    );
    check("data:  third event\n\n", &[("message", " third event", "")]);
    check("data\n\ndata\ndata\n\ndata:", &[("message", "", ""), ("message", "\n", "")]);
    check("data:test\n\ndata: test\n\n", &[("message", "test", ""), ("message", "test", "")]);
}

#[test]
fn line_ends() {
    let expect = [("message", "a\nb", ""), ("message", "c", "")];
    check("data:a\ndata:b\n\ndata:c\n\n", &expect);
    check("data:a\rdata:b\r\rdata:c\r\r", &expect);
    check("data:a\r\ndata:b\r\n\r\ndata:c\r\n\r\n", &expect);
    check("data:a\r\ndata:b\n\rdata:c\r\n\r", &expect);
}

#[test]
fn what_is_passed_over() {
    check("", &[]);
    check("\u{feff}data:a\n\n", &[("message", "a", "")]);
    check("\u{feff}\u{feff}data:a\n\n", &[]);
    check("data:a\n\n\u{feff}data:b\n\n", &[("message", "a", "")]);
    check("event: add\nid: 7\n\ndata:a\n\n", &[("message", "a", "7")]);
    check("id: 7\nid: 8\u{0}\ndata:a\n\n", &[("message", "a", "7")]);
    check("Data: a\n data: b\ndata : c\n\n", &[]);
    check("event:\ndata:a:b\n\n", &[("message", "a:b", "")]);
    check_octets(b"data:\xff\n\xff:\n\n", &[("message", "\u{fffd}", "")]);
}

#[test]
fn the_reconnection_time() {
    let mut stream = sse::EventStream::new();
    stream.feed(b"retry: 2500\nretry: 10s\nretry:\nretry: -1\n");
    assert_eq!(stream.retry(), Some(2500));
    stream.feed(b"id: x\ndata: a\nretry: 99999999999999999999999\n\n");
    assert_eq!(stream.poll().unwrap().retry, Some(u64::MAX));
    assert_eq!(stream.last_event_id(), "x");
}

#[test]
fn spans_of_a_response() {
    let names = |head: &str, content: &str| {
        let mut reader = Reader::new(Sender::Server);
        reader.feed(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{content}").as_bytes());
        reader.end();
        let unit = reader.poll().unwrap().unwrap();
        let spans = unit.spans();
        assert_eq!(spans.last().unwrap().octets.end, unit.octets.len());
        let content = spans.iter().filter(|span| span.octets.start >= unit.head);
        content.map(|span| format!("{} {}", span.name, span.value)).collect::<Vec<_>>()
    };
    let events = "retry: 10\nx: 1\n: hi\ndata: a\n\n\nda";
    let lines = [
        "retry 10",
        "Unknown field x: 1",
        "Comment  hi",
        "data a",
        "Empty line ",
        "Empty line ",
        "Unfinished line da",
    ];
    assert_eq!(names("Content-Type: Text/Event-Stream; charset=utf-8", events), lines);
    assert_eq!(names("Content-Type: text/plain", "data: a\n\n"), ["Content data: a\n\n"]);
    let chunked = "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked";
    assert_eq!(names(chunked, "9\r\ndata: a\n\n\r\n0\r\n\r\n")[1], "Chunk data data: a\n\n");
}

/// What a server writes is what a page gets, line by line.
#[test]
fn an_event_that_is_written_is_read_again() {
    let rows = [
        ("", ""),
        ("one", "one"),
        ("one\ntwo", "one\ntwo"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        (" x: y", " x: y"),
    ];
    for (data, expect) in rows {
        let written = sse::event(7, data);
        // The HTML Standard dispatches data that is one empty line, and nothing if there is none.
        check(&written, &[("message", expect, "7")]);
    }
}
