//! From HTTP to frames on one connection, or not.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Body, Dissector, Frame, Opcode, Reader, Request, Response, Rule, Sender, handshake};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

fn upgrade() -> Request {
    handshake::open("localhost", "/ws", KEY)
}

fn switched() -> Response {
    handshake::accept(&handshake::check_request(&upgrade()).unwrap())
}

#[test]
fn a_reader_of_requests_holds_until_it_is_told() {
    let frame = Frame::text("hi").masked([1, 2, 3, 4]).encode();
    let mut reader = Reader::new(Sender::Client);
    reader.feed(&[upgrade().encode().unwrap(), frame].concat());
    assert!(matches!(reader.poll(), Some(Ok(unit)) if unit.request().is_some()));
    assert!(reader.is_held());
    assert_eq!(reader.poll(), None);
    reader.upgrade();
    assert!(reader.is_upgraded());
    let unit = reader.poll().unwrap().unwrap();
    assert_eq!((unit.content.as_slice(), unit.index), (&b"hi"[..], 1));
}

#[test]
fn or_goes_on_as_http() {
    let head = upgrade().encode().unwrap();
    let mut reader = Reader::new(Sender::Client);
    reader.feed(&[head.clone(), head].concat());
    assert!(matches!(reader.poll(), Some(Ok(_))));
    assert_eq!(reader.poll(), None);
    reader.stay();
    assert!(matches!(reader.poll(), Some(Ok(unit)) if unit.request().is_some()));
    assert!(reader.is_held());
}

#[test]
fn a_request_with_content_holds_after_it() {
    let request = upgrade().with("Content-Length", "2");
    let frame = Frame::text("hi").masked([1, 2, 3, 4]).encode();
    let octets = [request.encode().unwrap(), b"ab".to_vec(), frame].concat();
    let content = octets.len() - 10;
    // Whoever answers early says so early.
    for told_after in [content, content + 1, content + 2, octets.len()] {
        let mut reader = Reader::new(Sender::Client);
        reader.feed(&octets[..told_after]);
        let first = reader.poll();
        reader.upgrade();
        reader.feed(&octets[told_after..]);
        let first = first.or_else(|| reader.poll()).unwrap().unwrap();
        assert_eq!(first.content, b"ab");
        assert_eq!(reader.poll().unwrap().unwrap().content, b"hi");
    }
}

#[test]
fn a_plain_request_does_not_hold() {
    for request in [
        Request::new("GET", "/").with("Host", "a"),
        Request::new("GET", "/").with("Host", "a").with("Upgrade", "websocket"),
        Request::new("GET", "/").with("Host", "a").with("Connection", "Upgrade"),
    ] {
        let mut reader = Reader::new(Sender::Client);
        reader.feed(&request.encode().unwrap());
        assert!(matches!(reader.poll(), Some(Ok(_))));
        assert!(!reader.is_held());
    }
}

#[test]
fn a_reader_of_responses_holds_after_101() {
    let mut reader = Reader::new(Sender::Server);
    reader.feed(&[switched().encode().unwrap(), Frame::text("hi").encode()].concat());
    let unit = reader.poll().unwrap().unwrap();
    let none: [&str; 0] = [];
    assert_eq!(handshake::check_response(unit.response().unwrap(), KEY, &none, &none), Ok(None));
    assert_eq!(reader.poll(), None);
    reader.upgrade();
    assert_eq!(reader.poll().unwrap().unwrap().content, b"hi");
}

/// What one end sends, in order.
fn client(octets: impl Into<Vec<u8>>) -> (Sender, Vec<u8>) {
    (Sender::Client, octets.into())
}

fn server(octets: impl Into<Vec<u8>>) -> (Sender, Vec<u8>) {
    (Sender::Server, octets.into())
}

/// A line for each unit or violation, whole or in pieces of one octet.
#[track_caller]
fn check(sent: &[(Sender, Vec<u8>)], expect: &[&str]) {
    for size in [usize::MAX, 1] {
        let mut dissector = Dissector::new();
        let mut got = Vec::new();
        for (sender, octets) in sent {
            for piece in octets.chunks(size.min(octets.len().max(1))) {
                dissector.feed(*sender, piece);
                while let Some(result) = dissector.poll() {
                    got.push(match result {
                        Err(violation) => format!("{} {:?}", violation.sender, violation.rule),
                        Ok(unit) => match unit.body {
                            Body::Request(request) => format!("{} {}", unit.sender, request.method),
                            Body::Response(response) => format!("{} {}", unit.sender, response.status),
                            Body::Frame(header) => format!("{} {}", unit.sender, header.opcode),
                        },
                    });
                }
            }
        }
        assert_eq!(got, expect, "in pieces of {size}");
    }
}

fn text() -> (Sender, Vec<u8>) {
    client(Frame::text("hi").masked([9, 8, 7, 6]).encode())
}

#[test]
fn a_dissector_follows_both_directions() {
    let get = client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let head = client("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    let ok = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    let no_content = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    let open = client(upgrade().encode().unwrap());
    let switched = server(switched().encode().unwrap());
    let echo = server(Frame::text("hi").encode());
    check(
        &[get.clone(), ok.clone(), head, no_content, open, switched, text(), echo],
        &[
            "client GET",
            "server 200",
            "client HEAD",
            "server 200",
            "client GET",
            "server 101",
            "client Text",
            "server Text",
        ],
    );
    check(&[get.clone(), get, ok.clone(), ok], &["client GET", "client GET", "server 200", "server 200"]);
}

#[test]
fn a_refused_upgrade_stays_http() {
    let open = client(upgrade().encode().unwrap());
    let refused = server("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let early = server("HTTP/1.1 103 Early Hints\r\n\r\n");
    let get = client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    check(&[open, early, refused, get], &["client GET", "server 103", "server 403", "client GET"]);
}

#[test]
fn a_101_that_is_wrong_ends_both_directions() {
    let open = || client(upgrade().encode().unwrap());
    let with = |change: fn(&mut Response)| {
        let mut response = switched();
        change(&mut response);
        server(response.encode().unwrap())
    };
    let wrong = with(|r| r.fields.set("Sec-WebSocket-Accept", "x"));
    check(&[open(), wrong, text()], &["client GET", "server 101", "server AcceptWrong"]);
    let unoffered = with(|r| r.fields.push("Sec-WebSocket-Extensions", "permessage-deflate"));
    check(&[open(), unoffered, text()], &["client GET", "server 101", "server ExtensionNotOffered"]);
    let get = client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    check(&[get, with(|_| {}), text()], &["client GET", "server 101", "server SwitchUnasked"]);
    check(&[with(|_| {}), text()], &["server 101", "server SwitchUnasked"]);
}

#[test]
fn rsv1_is_allowed_once_deflate_is_chosen() {
    let offer = upgrade().with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    let chosen = switched().with("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=15");
    let mut frame = Frame::new(Opcode::Text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]);
    frame.header.rsv[0] = true;
    let frame = server(frame.encode());
    check(
        &[client(offer.encode().unwrap()), server(chosen.encode().unwrap()), frame.clone()],
        &["client GET", "server 101", "server Text"],
    );
    check(
        &[client(offer.encode().unwrap()), server(switched().encode().unwrap()), frame],
        &["client GET", "server 101", "server RsvSet"],
    );
}

#[test]
fn an_answer_may_come_before_the_request_has_ended() {
    let begun = client("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
    let refused = server("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
    let rest = client("cdHEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    let head = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    let get = client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let ok = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    check(
        &[begun, refused, rest, head, get, ok],
        &["server 413", "client POST", "client HEAD", "server 200", "client GET", "server 200"],
    );

    let begun = client([upgrade().with("Content-Length", "2").encode().unwrap(), b"a".to_vec()].concat());
    let rest = client([b"b".to_vec(), text().1].concat());
    check(&[begun, server(switched().encode().unwrap()), rest], &["server 101", "client GET", "client Text"]);
}

#[test]
fn a_tunnel_is_not_read() {
    let connect = client("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
    let open = server("HTTP/1.1 200 OK\r\n\r\n");
    let tls = [client(b"\x16\x03\x01".to_vec()), server(b"\x16\x03\x03".to_vec())];
    check(&[connect.clone(), open, tls[0].clone(), tls[1].clone()], &["client CONNECT", "server 200"]);
    let refused = server("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
    check(&[connect.clone(), refused, connect], &["client CONNECT", "server 407", "client CONNECT"]);
}

#[test]
fn a_violation_ends_one_direction_only() {
    let bad = client("GET / HTTP/1.1\r\n\r\n");
    let answer = server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    check(&[bad.clone(), bad, answer], &["client HostMissing", "server 400"]);
}

#[test]
fn the_end_of_a_direction_is_the_end_of_an_answer() {
    let mut dissector = Dissector::new();
    dissector.feed(Sender::Client, b"GET / HTTP/1.0\r\n\r\n");
    dissector.feed(Sender::Server, b"HTTP/1.0 200 OK\r\n\r\nall");
    assert!(matches!(dissector.poll(), Some(Ok(_))));
    assert_eq!(dissector.poll(), None);
    dissector.end(Sender::Server);
    assert_eq!(dissector.poll().unwrap().unwrap().content, b"all");
    dissector.end(Sender::Client);
    assert_eq!(dissector.poll(), None);
}

#[test]
fn truncated_frames() {
    let mut reader = Reader::frames(Sender::Server);
    reader.feed(b"\x81\x05hel");
    reader.end();
    let violation = reader.poll().unwrap().unwrap_err();
    assert_eq!((violation.rule, violation.offset), (Rule::FrameTruncated, 5));
    assert_eq!(violation.to_string(), "the stream ended in the middle of a frame (octet 5 from the server)");
    assert_eq!(reader.poll(), None);
}
