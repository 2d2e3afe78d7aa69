//! Messages, frames and whole connections as proptest makes them up.
#![allow(dead_code, reason = "each test takes what it needs")]

use proptest::{collection::vec, prelude::*, sample::Index};
use wire::{Fields, Frame, Opcode, Request, Response, Sender, Version, deflate::Deflater, handshake};

pub(crate) fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}"
}

/// A field value or reason phrase: HTAB, SP, visible ASCII and Latin-1, without white space around it.
pub(crate) fn text() -> impl Strategy<Value = String> {
    vec(prop_oneof![8 => 0x20_u8..0x7F, 1 => Just(b'\t'), 1 => 0x80_u8..], 0..24)
        .prop_map(|octets| octets.into_iter().map(char::from).collect::<String>())
        .prop_map(|text| text.trim_matches([' ', '\t']).to_owned())
}

/// Names begin with `X-`, so that none of them has a say in the framing.
pub(crate) fn fields() -> impl Strategy<Value = Fields> {
    vec((token(), text()), 0..6).prop_map(|lines| {
        lines.into_iter().fold(Fields::new(), |fields, (name, value)| fields.with(format!("X-{name}"), value))
    })
}

pub(crate) fn version() -> impl Strategy<Value = Version> {
    prop_oneof![3 => Just(Version::Http11), 1 => Just(Version::Http10)]
}

pub(crate) fn request() -> impl Strategy<Value = Request> {
    let method = prop_oneof![Just("GET".to_owned()), Just("POST".to_owned()), token()]
        .prop_filter("CONNECT holds", |method| method != "CONNECT");
    (method, "[!-~]{1,30}", version(), fields()).prop_map(|(method, target, version, rest)| {
        let fields = std::iter::once(wire::FieldLine { name: "Host".into(), value: "localhost:9080".into() })
            .chain(rest)
            .collect();
        Request { method, target, version, fields }
    })
}

/// Any status but 101, which holds.
pub(crate) fn response() -> impl Strategy<Value = Response> {
    (version(), 100_u16..600, text(), fields())
        .prop_filter("101 holds", |(_, status, ..)| *status != 101)
        .prop_map(|(version, status, reason, fields)| Response { version, status, reason, fields })
}

/// What follows a head, and the field that announces it.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    None,
    Length(Vec<u8>),
    Chunks(Vec<Vec<u8>>),
}

pub(crate) fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        Just(Content::None),
        vec(any::<u8>(), 0..60).prop_map(Content::Length),
        vec(vec(any::<u8>(), 1..20), 0..4).prop_map(Content::Chunks),
    ]
}

impl Content {
    /// Adds the field, and gives the octets after the head.
    pub(crate) fn announce(&self, fields: &mut Fields, version: &mut Version) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Length(octets) => {
                fields.push("Content-Length", octets.len().to_string());
                octets.clone()
            }
            Self::Chunks(chunks) => {
                *version = Version::Http11;
                fields.push("Transfer-Encoding", "chunked");
                let mut octets = Vec::new();
                for chunk in chunks {
                    octets.extend_from_slice(format!("{:x};x=\"y\"\r\n", chunk.len()).as_bytes());
                    octets.extend_from_slice(chunk);
                    octets.extend_from_slice(b"\r\n");
                }
                octets.extend_from_slice(b"0\r\nX-Sum: 1\r\n\r\n");
                octets
            }
        }
    }

    pub(crate) fn octets(&self) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Length(octets) => octets.clone(),
            Self::Chunks(chunks) => chunks.concat(),
        }
    }
}

pub(crate) fn request_octets() -> impl Strategy<Value = Vec<u8>> {
    (request(), content()).prop_map(|(mut request, content)| {
        let rest = content.announce(&mut request.fields, &mut request.version);
        [request.encode().expect("valid"), rest].concat()
    })
}

/// A response whose end does not depend on the end of the stream.
pub(crate) fn response_octets() -> impl Strategy<Value = Vec<u8>> {
    (response(), content()).prop_map(|(mut response, content)| {
        let content = match content {
            Content::None => Content::Length(Vec::new()),
            content => content,
        };
        if matches!(response.status, 100..=199 | 204 | 304) {
            return response.encode().expect("valid");
        }
        let rest = content.announce(&mut response.fields, &mut response.version);
        [response.encode().expect("valid"), rest].concat()
    })
}

/// The frames of one message, fragmented anywhere, perhaps with a Ping or Pong between.
pub(crate) fn message() -> impl Strategy<Value = Vec<Frame>> {
    let payload = prop_oneof![
        4 => any::<String>().prop_map(|text| (Opcode::Text, text.into_bytes())),
        2 => vec(any::<u8>(), 0..300).prop_map(|octets| (Opcode::Binary, octets)),
    ];
    let control = prop_oneof![3 => Just(None), 1 => vec(any::<u8>(), 0..=125).prop_map(Some)];
    (payload, vec((any::<Index>(), control), 0..3)).prop_map(|((opcode, payload), cuts)| {
        let mut frames = Vec::new();
        let mut rest = payload.as_slice();
        let mut opcode = opcode;
        for (cut, control) in &cuts {
            let (piece, after) = rest.split_at(cut.index(rest.len() + 1));
            let mut frame = Frame::new(opcode, piece);
            frame.header.fin = false;
            frames.push(frame);
            if let Some(control) = control {
                let ping = control.len() % 2 == 0;
                frames.push(Frame::new(if ping { Opcode::Ping } else { Opcode::Pong }, control.as_slice()));
            }
            (opcode, rest) = (Opcode::Continuation, after);
        }
        frames.push(Frame::new(opcode, rest));
        frames
    })
}

/// Compressed messages of a server, one context for all, each in one frame or two.
pub(crate) fn compressed() -> impl Strategy<Value = Vec<u8>> {
    let payload = prop_oneof![
        "[a-d\\n]{0,200}".prop_map(|text| (Opcode::Text, text.into_bytes())),
        any::<String>().prop_map(|text| (Opcode::Text, text.into_bytes())),
        vec(any::<u8>(), 0..50).prop_map(|octets| (Opcode::Text, octets)),
        vec(any::<u8>(), 0..300).prop_map(|octets| (Opcode::Binary, octets)),
    ];
    vec((payload, any::<Index>(), any::<bool>()), 1..5).prop_map(|messages| {
        let mut deflater = Deflater::new(false, None).expect("15 bits");
        let mut octets = Vec::new();
        for ((opcode, payload), cut, whole) in messages {
            let payload = deflater.deflate(&payload);
            let (one, two) = payload.split_at(if whole { payload.len() } else { cut.index(payload.len()) });
            let mut first = Frame::new(opcode, one);
            (first.header.fin, first.header.rsv[0]) = (whole, true);
            octets.extend(first.encode());
            if !whole {
                octets.extend(Frame::new(Opcode::Continuation, two).encode());
            }
        }
        octets
    })
}

/// What one end may send after the handshake, masked if it is the client.
pub(crate) fn frames(sender: Sender) -> impl Strategy<Value = Vec<Frame>> {
    let close = prop_oneof![
        Just(None),
        Just(Some(Frame::close(None, "").expect("valid"))),
        ("\\PC{0,20}", 3000_u16..5000)
            .prop_map(|(reason, code)| Frame::close(Some(code.into()), &reason).ok()),
    ];
    (vec(message(), 0..5), close, any::<[u8; 4]>()).prop_map(move |(messages, close, key)| {
        let frames = messages.into_iter().flatten().chain(close);
        match sender {
            Sender::Client => frames.map(|frame| frame.masked(key)).collect(),
            Sender::Server => frames.collect(),
        }
    })
}

pub(crate) fn encode(frames: &[Frame]) -> Vec<u8> {
    frames.iter().flat_map(Frame::encode).collect()
}

/// Bursts of one connection in their order: requests and answers, the handshake, frames both ways.
pub(crate) fn connection() -> impl Strategy<Value = Vec<(Sender, Vec<u8>)>> {
    let last =
        response_octets().prop_filter("an interim response is not the answer", |octets| octets[9] != b'1');
    let exchange = (request_octets(), last);
    (vec(exchange, 0..3), any::<[u8; 16]>(), frames(Sender::Client), frames(Sender::Server)).prop_map(
        |(exchanges, nonce, client, server)| {
            let mut bursts = Vec::new();
            for (request, response) in exchanges {
                bursts.extend([(Sender::Client, request), (Sender::Server, response)]);
            }
            let request = handshake::open("localhost", "/ws", &handshake::key_from(nonce));
            let offer = handshake::check_request(&request).expect("valid");
            bursts.push((Sender::Client, request.encode().expect("valid")));
            bursts.push((Sender::Server, handshake::accept(&offer).encode().expect("valid")));
            bursts.extend([(Sender::Client, encode(&client)), (Sender::Server, encode(&server))]);
            bursts
        },
    )
}

/// Octets with a few of them changed, dropped or put in, a stretch of them doubled, or the end cut off.
pub(crate) fn mutated(octets: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let odd = prop_oneof![any::<u8>(), prop::sample::select(b"\r\n :,;\t\0\x7f\x80".to_vec())];
    let kind =
        prop_oneof![3 => Just(0), 2 => Just(1), 3 => Just(2), 3 => Just(3), 1 => Just(4), 1 => Just(5)];
    (octets, vec((any::<Index>(), kind, odd), 0..4)).prop_map(|(mut octets, changes)| {
        for (at, kind, octet) in changes {
            if octets.is_empty() {
                break;
            }
            let at = at.index(octets.len());
            match kind {
                0 => octets[at] = octet,
                1 => octets[at] ^= 1 << (octet % 8),
                2 => drop(octets.remove(at)),
                3 => octets.insert(at, octet),
                4 => {
                    let end = octets.len().min(at + usize::from(octet));
                    octets.extend_from_within(at..end);
                }
                _ => octets.truncate(at),
            }
        }
        octets
    })
}

/// Sizes of pieces, used over and over.
pub(crate) fn sizes() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![Just(vec![1]), vec(1_usize..9, 1..6), vec(1_usize..200, 1..6)]
}

/// The octets in pieces of these sizes.
pub(crate) fn pieces<'a>(octets: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = octets;
    let mut pieces = Vec::new();
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at((*size).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
