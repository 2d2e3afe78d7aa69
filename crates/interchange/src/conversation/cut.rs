//! The octets of a connection, cut into requests, responses and frames, each with its times.

use tongue::say;
use trace::event::{Event, Kind, Layer, Message, Source};
use trace::record::stream;
use trace::scenario::Transport;
use wire::{Body, Dissector, Sender, Unit};

use super::{Connection, times};
use crate::lanes::{self, message};

/// How the connection carried what was said, its units, and why the rest could not be read, if it could not.
pub(super) fn units(connection: &Connection) -> (Transport, Vec<Event>, Option<String>) {
    if let Some(why) = foreign(connection) {
        return (Transport::Persistent, Vec::new(), Some(why));
    }
    let mut cutter = Cutter::new(connection);
    let mut dissector = Dissector::new();
    let mut why = None;
    for piece in &connection.pieces {
        dissector.feed(piece.from, &piece.octets);
        while let Some(next) = dissector.poll() {
            match next {
                Ok(unit) => cutter.unit(&unit),
                Err(violation) => why = Some(say!("the octets break a rule: {}", violation)),
            }
        }
    }
    if let Some(unit) = dissector.direction(Sender::Server).partial().filter(|unit| stream::is(unit)) {
        cutter.unit(unit);
    }
    let deflate = dissector.deflate().is_some();
    let transport = match cutter.transport {
        Transport::WebSocket if deflate => Transport::Deflate,
        other => other,
    };
    (transport, cutter.events, why)
}

/// Why a connection cannot be read at all: its first octets are no HTTP.
fn foreign(connection: &Connection) -> Option<String> {
    let first = connection.pieces.iter().find(|piece| piece.from == Sender::Client)?;
    match first.octets.as_slice() {
        // A TLS record of a handshake (RFC 8446 section 5.1).
        [22, 3, ..] => {
            Some(say!("{}: encrypted, so nothing of it can be read: capture it without TLS", connection.to))
        }
        b"PRI" => Some(http2(&connection.to)),
        octets if octets.starts_with(b"PRI * HTTP/2") => Some(http2(&connection.to)),
        _ => None,
    }
}

fn http2(to: &str) -> String {
    say!("{}: HTTP/2, which is not read here", to)
}

struct Cutter<'a> {
    connection: &'a Connection,
    /// For each direction where each piece ends in its stream, and when it was seen.
    passed: [Vec<(u64, u64)>; 2],
    count: [u32; 2],
    transport: Transport,
    events: Vec<Event>,
}

impl<'a> Cutter<'a> {
    fn new(connection: &'a Connection) -> Self {
        let mut passed = [Vec::new(), Vec::new()];
        for piece in &connection.pieces {
            let passed: &mut Vec<(u64, u64)> = &mut passed[usize::from(piece.from == Sender::Server)];
            let end = passed.last().map_or(0, |last| last.0) + piece.octets.len() as u64;
            passed.push((end, piece.at));
        }
        Self { connection, passed, count: [0; 2], transport: Transport::Persistent, events: Vec::new() }
    }

    fn unit(&mut self, unit: &Unit) {
        match &unit.body {
            Body::Request(request) => {
                let kind = Kind::Request { method: request.method.clone(), target: request.target.clone() };
                self.whole(unit, Layer::Http, kind, said(unit));
            }
            Body::Response(response) if stream::is(unit) => {
                self.transport = Transport::Sse;
                let mut offset = unit.offset;
                for (place, piece) in stream::pieces(unit).into_iter().enumerate() {
                    let kind =
                        if place == 0 { Kind::Response { status: response.status } } else { Kind::Chunk };
                    let carries =
                        piece.events.into_iter().map(|event| message(event.data.as_bytes())).collect();
                    self.add(unit.sender, offset, &piece.octets, 0, (Layer::Http, kind, carries));
                    offset += piece.octets.len() as u64;
                }
            }
            Body::Response(response) => {
                if response.fields.has_token("Connection", "close") && self.transport == Transport::Persistent
                {
                    self.transport = Transport::Close;
                }
                let kind = Kind::Response { status: response.status };
                self.whole(unit, Layer::Http, kind, said(unit));
            }
            Body::Frame(header) => {
                self.transport = Transport::WebSocket;
                let kind = Kind::frame(header.opcode, &unit.content);
                let whole = header.fin && !header.opcode.is_control();
                let content = unit.message.as_ref().map_or(&unit.content, |message| &message.content);
                let carries = if whole { vec![message(content)] } else { Vec::new() };
                self.whole(unit, Layer::WebSocket, kind, carries);
                if !header.opcode.is_control()
                    && let Some(event) = self.events.last_mut()
                {
                    event.octets.payload = unit.content.len() as u64;
                    event.octets.framing = unit.wire_octets().saturating_sub(event.octets.payload);
                }
            }
        }
    }

    fn whole(&mut self, unit: &Unit, layer: Layer, kind: Kind, carries: Vec<Message>) {
        self.add(unit.sender, unit.offset, &unit.octets, unit.dropped, (layer, kind, carries));
    }

    fn add(
        &mut self,
        sender: Sender,
        offset: u64,
        octets: &[u8],
        dropped: u64,
        (layer, kind, carries): (Layer, Kind, Vec<Message>),
    ) {
        let size = octets.len() as u64 + dropped;
        let direction = usize::from(sender == Sender::Server);
        let seen = |octet: u64| {
            let passed = &self.passed[direction];
            let place = passed.partition_point(|&(end, _)| end <= octet);
            passed.get(place).or(passed.last()).map_or(0, |passed| passed.1)
        };
        let times = times(self.connection.point, sender, seen(offset), seen(offset + size.max(1) - 1));
        let payload = carries.iter().map(|message| message.text.len() as u64).sum();
        let unit = self.count[direction];
        self.count[direction] += 1;
        let mut event = lanes::event(Source::Wire, sender, layer, kind, times);
        event.key.unit = unit;
        self.events.push(Event {
            octets: lanes::octets(payload, size),
            raw: Some(octets.into()),
            carries,
            ..event
        });
    }
}

/// What an HTTP message brings: its content, if it has any.
fn said(unit: &Unit) -> Vec<Message> {
    if unit.content.is_empty() { Vec::new() } else { vec![message(&unit.content)] }
}
