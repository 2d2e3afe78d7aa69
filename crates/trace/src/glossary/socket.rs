//! Words of WebSocket.

use tongue::word;

use super::Term;

pub(super) const TERMS: &[Term] = &[
    Term {
        id: "accept-value",
        title: word!("Accept value"),
        also: &[word!("Sec-WebSocket-Accept")],
        about: word!(
            "What a server computes from the key of an opening handshake, to show that it understood the request. It proves nothing about the client."
        ),
        section: Some("RFC 6455 section 1.3"),
    },
    Term {
        id: "close-code",
        title: word!("Close code"),
        also: &[],
        about: word!(
            "The number in a Close frame that says why the connection ends: 1000 for “done”, 1001 for “going away”, 1002 for a broken rule."
        ),
        section: Some("RFC 6455 section 7.4.1"),
    },
    Term {
        id: "close-frame",
        title: word!("Close frame"),
        also: &[],
        about: word!(
            "The control frame with which either side ends a WebSocket; the other side answers with one of its own."
        ),
        section: Some("RFC 6455 section 5.5.1"),
    },
    Term {
        id: "closing-handshake",
        title: word!("Closing handshake"),
        also: &[],
        about: word!(
            "A Close frame each way, and then the end of the TCP connection. Without it a script is told 1006."
        ),
        section: Some("RFC 6455 section 7.1.2"),
    },
    Term {
        id: "context-takeover",
        title: word!("Context takeover"),
        also: &[],
        about: word!(
            "Compression that remembers the messages before: repeated words get shorter, and each connection costs memory."
        ),
        section: Some("RFC 7692 section 7.1.1"),
    },
    Term {
        id: "control-frame",
        title: word!("Control frame"),
        also: &[],
        about: word!(
            "A Close, Ping or Pong: at most 125 octets, never fragmented, and allowed between the fragments of a message."
        ),
        section: Some("RFC 6455 section 5.5"),
    },
    Term {
        id: "fragment",
        title: word!("Fragment"),
        also: &[word!("fragmentation")],
        about: word!("A frame that carries only a part of a message. The last one has its FIN bit set."),
        section: Some("RFC 6455 section 5.4"),
    },
    Term {
        id: "frame",
        title: word!("Frame"),
        also: &[],
        about: word!(
            "The unit in which WebSocket carries messages: a header of 2 to 14 octets, and a payload. A message is one frame or more."
        ),
        section: Some("RFC 6455 section 5.2"),
    },
    Term {
        id: "masking-key",
        title: word!("Masking key"),
        also: &[word!("mask")],
        about: word!(
            "Four octets, drawn for each frame, with which a client combines its payload by XOR. They travel beside it: this is no encryption."
        ),
        section: Some("RFC 6455 section 5.3"),
    },
    Term {
        id: "message",
        title: word!("Message"),
        also: &[],
        about: word!("What an application says at once. WebSocket keeps its borders, TCP does not."),
        section: Some("RFC 6455 section 5.4"),
    },
    Term {
        id: "opcode",
        title: word!("Opcode"),
        also: &[],
        about: word!("Four bits that say what a frame is: text, binary, continuation, Close, Ping or Pong."),
        section: Some("RFC 6455 section 5.2"),
    },
    Term {
        id: "opening-handshake",
        title: word!("Opening handshake"),
        also: &[word!("handshake")],
        about: word!(
            "The GET that asks for a WebSocket, and the 101 that agrees. Over TLS and TCP there are handshakes of their own before it."
        ),
        section: Some("RFC 6455 section 4.1"),
    },
    Term {
        id: "payload",
        title: word!("Payload"),
        also: &[word!("payload data")],
        about: word!("What a frame carries behind its header."),
        section: Some("RFC 6455 section 5.2"),
    },
    Term {
        id: "deflate",
        title: word!("permessage-deflate"),
        also: &[],
        about: word!(
            "The extension that compresses messages. Both sides must have agreed on it in the opening handshake."
        ),
        section: Some("RFC 7692 section 7"),
    },
    Term {
        id: "ping",
        title: word!("Ping"),
        also: &[],
        about: word!(
            "A control frame that asks whether anybody is there. No page’s script can send or see one."
        ),
        section: Some("RFC 6455 section 5.5.2"),
    },
    Term {
        id: "pong",
        title: word!("Pong"),
        also: &[],
        about: word!("The answer to a Ping, with the same payload."),
        section: Some("RFC 6455 section 5.5.3"),
    },
    Term {
        id: "subprotocol",
        title: word!("Subprotocol"),
        also: &[],
        about: word!("What the messages of a WebSocket mean, agreed on by name in the opening handshake."),
        section: Some("RFC 6455 section 1.9"),
    },
    Term {
        id: "websocket",
        title: word!("WebSocket"),
        also: &[],
        about: word!(
            "A protocol that begins as an HTTP request and then carries messages both ways on the same connection."
        ),
        section: Some("RFC 6455 section 1.2"),
    },
];
