use tongue::word;
use wire::handshake::{self, accept_value};
use wire::{Request, Response, Sender};

use super::Case;
use crate::exhibit::{Piece, Start};

pub(super) const CASES: &[Case] = &[
    case(
        "wrong-accept",
        word!("A wrong Sec-WebSocket-Accept"),
        word!(
            "The answer to another key: a cache could have given it. The client must see that nobody understood this request."
        ),
        || answered(&good().with("Sec-WebSocket-Accept", accept_value(OTHER))),
    ),
    case(
        "no-accept",
        word!("No Sec-WebSocket-Accept"),
        word!("The server says 101 and proves nothing."),
        || answered(&good()),
    ),
    case(
        "no-upgrade",
        word!("101 without Upgrade"),
        word!("101 must say to what the connection switches."),
        || {
            answered(
                &Response::new(101, SWITCHING)
                    .with("Connection", "Upgrade")
                    .with("Sec-WebSocket-Accept", accept_value(KEY)),
            )
        },
    ),
    case(
        "unasked-101",
        word!("101 that nobody asked for"),
        word!(
            "The client asked for a page, and the server switches to another protocol. Only who sent Upgrade may be answered with 101."
        ),
        || {
            let [mut request, answer] =
                [client(&Request::new("GET", "/").with("Host", "a"), b""), answered(&accepted())];
            request.extend(answer.into_iter().skip(1));
            request
        },
    ),
    case(
        "subprotocol",
        word!("A subprotocol that nobody offered"),
        word!(
            "The client offered “chat”, the server picks “graphql-ws”. What comes now, the client could not understand."
        ),
        || answered(&accepted().with("Sec-WebSocket-Protocol", "graphql-ws")),
    ),
    case(
        "extension",
        word!("An extension that nobody offered"),
        word!("The client offered permessage-deflate, the server chooses something else."),
        || answered(&accepted().with("Sec-WebSocket-Extensions", "x-shout")),
    ),
    case(
        "extension-parameter",
        word!("An extension’s parameter out of range"),
        word!("A window has 8 to 15 bits; 16 cannot be."),
        || {
            answered(
                &accepted().with("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=16"),
            )
        },
    ),
    case(
        "both-lengths",
        word!("Content-Length together with chunked"),
        word!(
            "Two ways to find the end of one message. If a proxy believes the one and the server the other, a second request can be smuggled in between."
        ),
        || client(&post().with("Content-Length", "5").with("Transfer-Encoding", "chunked"), b"0\r\n\r\n"),
    ),
    case(
        "two-lengths",
        word!("Two lengths that differ"),
        word!("Which of them is right? A receiver that guesses can be fooled."),
        || client(&post().with("Content-Length", "5").with("Content-Length", "6"), b"Hello"),
    ),
    case(
        "chunk-size",
        word!("A chunk whose size is no number"),
        word!("A chunk begins with its size in hexadecimal digits."),
        || client(&post().with("Transfer-Encoding", "chunked"), b"five\r\nHello\r\n0\r\n\r\n"),
    ),
    case(
        "bare-cr",
        word!("A carriage return alone"),
        word!(
            "A line ends with CR and LF. Some readers take the CR alone for a line end, others do not: again two readings of one message."
        ),
        || client_text(&post(), "Host: a", "Host: a\rX-Evil: 1"),
    ),
    case(
        "folded",
        word!("A field folded over two lines"),
        word!("Once allowed, now forbidden: a line that begins with white space continues the one before."),
        || client_text(&post(), "Host: a", "Host: a\r\n b"),
    ),
    case(
        "space-before-colon",
        word!("A blank before the colon"),
        word!("“Content-Length : 5” is a field to one reader and none to the next."),
        || client_text(&post(), "Host: a", "Host : a"),
    ),
    case(
        "no-host",
        word!("No Host"),
        word!("One address serves many sites. Every HTTP/1.1 request says which one it means."),
        || client(&Request::new("GET", "/"), b""),
    ),
    case("two-hosts", word!("Two Hosts"), word!("Whose page is it to be?"), || {
        client(&post().with("Host", "b"), b"")
    }),
];

const fn case(id: &'static str, name: &'static str, story: &'static str, pieces: fn() -> Vec<Piece>) -> Case {
    Case { id, name, story, start: Start::Http, pieces }
}

/// A handshake with this answer.
fn answered(response: &Response) -> Vec<Piece> {
    let request = handshake::open("127.0.0.1:9080", "/ws", KEY)
        .with("Sec-WebSocket-Protocol", "chat")
        .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    let octets = request.encode().unwrap_or_default();
    let answer = response.encode().unwrap_or_default();
    vec![Piece { sender: Sender::Client, octets }, Piece { sender: Sender::Server, octets: answer }]
}

/// All that a 101 needs but the Accept value.
fn good() -> Response {
    Response::new(101, SWITCHING).with("Upgrade", "websocket").with("Connection", "Upgrade")
}

fn accepted() -> Response {
    good().with("Sec-WebSocket-Accept", accept_value(KEY))
}

fn post() -> Request {
    Request::new("POST", "/echo").with("Host", "a")
}

fn client(request: &Request, content: &[u8]) -> Vec<Piece> {
    let head = request.encode().unwrap_or_default();
    vec![Piece { sender: Sender::Client, octets: [&head, content].concat() }]
}

/// A head that no encoder here would write.
fn client_text(request: &Request, from: &str, to: &str) -> Vec<Piece> {
    let head = String::from_utf8(request.encode().unwrap_or_default()).unwrap_or_default();
    vec![Piece { sender: Sender::Client, octets: head.replace(from, to).into_bytes() }]
}

const SWITCHING: &str = "Switching Protocols";

/// The key of RFC 6455 section 1.3, and that of the WHATWG WebSockets standard's example.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const OTHER: &str = "AQIDBAUGBwgJCgsMDQ4PEA==";
