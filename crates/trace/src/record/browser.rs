//! What the page's script saw, as events; and, where nobody tapped the wire, the octets rebuilt.
//!
//! A script sees no head of its own request and no frame. What it knows (payload, length, opcode)
//! the codec turns into a frame again; what it cannot know (the masking key, and so every masked
//! octet) is marked as unknown. Heads are not rebuilt at all: their length is the browser's secret.

use wire::{Frame, Opcode, Sender};

use super::{LaneLog, Plan, RequestLog, SocketLog};
use crate::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use crate::scenario::Speaker;
use crate::sim::{MSS, SEGMENT_HEADERS};

/// The events of one lane. `tapped`: what the wire carried of it; then no octets are rebuilt.
pub(super) fn events(plan: &Plan, log: &LaneLog, tapped: Option<&[Event]>) -> Vec<Event> {
    let (events, units, asked) = (Vec::new(), Vec::new(), Vec::new());
    let mut view = View { plan, log, tapped, events, units, frames: [[0; 2]; 2], asked };
    for request in &log.requests {
        view.request(request);
    }
    if let Some(socket) = &log.socket {
        view.socket(socket);
    }
    if plan.workload.is_open() && tapped.is_none() {
        let own = plan.script.iter().filter(|it| it.from == Speaker::Server && it.at <= log.ended()).zip(0..);
        for (utterance, n) in own {
            let message = plan.message(Speaker::Server, n, &utterance.text);
            view.application(Kind::Said, Sender::Server, utterance.at, Provenance::Reconstructed, message);
        }
    }
    if let Some(failure) = &log.failed {
        let kind = Kind::Failed(failure.why.clone());
        let times = view.moment(failure.at);
        view.push(0, Sender::Client, 0, Layer::Application, kind, times, Vec::new(), None);
    }
    view.events
}

struct View<'a> {
    plan: &'a Plan,
    log: &'a LaneLog,
    tapped: Option<&'a [Event]>,
    events: Vec<Event>,
    /// Units so far of each connection, up and down.
    units: Vec<[u32; 2]>,
    /// Frames so far, of a sort and a direction.
    frames: [[usize; 2]; 2],
    /// Requests on the wire that have been found to be the page's.
    asked: Vec<Key>,
}

/// Octets rebuilt by the codec, with what nobody can know of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    /// The octets; those that are unknown are there as well, as whatever they may be.
    pub octets: Vec<u8>,
    /// Which of them are unknown.
    pub unknown: Vec<std::ops::Range<usize>>,
}

impl View<'_> {
    fn request(&mut self, request: &RequestLog) {
        let (connection, asked) = self.place(request);
        let carries = self.plan.asked(Speaker::You, &request.target, &request.content);
        for message in &carries {
            let said = request.said.unwrap_or(request.called);
            self.application(
                Kind::Said,
                Sender::Client,
                self.since(said),
                Provenance::Measured,
                message.clone(),
            );
        }
        let kind = Kind::Request { method: request.method.clone(), target: request.target.clone() };
        let sent = self.stamp(request.request_start.unwrap_or(request.called));
        let times = Times { sent_first: sent, sent_last: sent, ..Times::default() };
        self.push(connection, Sender::Client, asked, Layer::Http, kind, times, carries, None);
        let Some(in_hand) = request.in_hand.filter(|_| request.status != 0) else { return };
        let carries = self.plan.answered(&request.target, &request.answer);
        let times = Times {
            received_first: request.response_start.and_then(|at| self.stamp(at)),
            received_last: self.stamp(request.response_end.unwrap_or(in_hand)),
            ..Times::default()
        };
        // On one connection answers come in the order of their questions.
        let counted = self.unit(connection, Sender::Server);
        let unit = if self.tapped.is_some() { asked } else { counted };
        let kind = Kind::Response { status: request.status };
        self.push(connection, Sender::Server, unit, Layer::Http, kind, times, carries.clone(), None);
        for message in carries {
            self.application(
                Kind::Delivered,
                Sender::Server,
                self.since(in_hand),
                Provenance::Measured,
                message,
            );
        }
        for ((event, n), place) in request.events.iter().zip(0..).zip(unit + 1..) {
            let message = self.plan.message(Speaker::Server, event.answers.unwrap_or(n), &event.text);
            let times = Times { received_last: self.stamp(event.at), ..Times::default() };
            let carries = vec![message.clone()];
            self.push(connection, Sender::Server, place, Layer::Http, Kind::Chunk, times, carries, None);
            let at = self.since(event.at);
            self.application(Kind::Delivered, Sender::Server, at, Provenance::Measured, message);
        }
    }

    /// Connection and unit of a request. A script knows the connection from the head of the answer, which it
    /// cannot read of a stream of events and does not have of a question that it gave up; and of several at
    /// once it does not know which went out first. Where the wire was tapped, the wire tells.
    fn place(&mut self, request: &RequestLog) -> (u16, u32) {
        let counted = request.connection.unwrap_or(0);
        let unit = self.unit(counted, Sender::Client);
        let Some(wire) = self.tapped else { return (counted, unit) };
        let alike = |event: &&Event| match &event.kind {
            Kind::Request { method, target } => {
                let here = request.connection.is_none_or(|connection| connection == event.key.connection);
                here && (method, target) == (&request.method, &request.target)
                    && !self.asked.contains(&event.key)
            }
            _ => false,
        };
        let found = wire.iter().filter(alike).min_by_key(|event| event.start()).map(|event| event.key);
        self.asked.extend(found);
        // What the tap did not see comes after everything that it saw.
        let units = wire.iter().filter(|event| event.raw.is_some()).count() as u32;
        found.map_or((counted, unit.max(units)), |key| (key.connection, key.unit))
    }

    fn socket(&mut self, socket: &SocketLog) {
        let called = self.stamp(socket.called);
        let asks = Kind::Request { method: "GET".to_owned(), target: socket.target.clone() };
        let times = Times { sent_first: called, sent_last: called, ..Times::default() };
        let unit = self.unit(0, Sender::Client);
        self.push(0, Sender::Client, unit, Layer::Http, asks, times, Vec::new(), None);
        let Some(opened) = socket.opened else { return };
        let times = Times { received_last: self.stamp(opened), ..Times::default() };
        let unit = self.unit(0, Sender::Server);
        self.push(
            0,
            Sender::Server,
            unit,
            Layer::Http,
            Kind::Response { status: 101 },
            times,
            Vec::new(),
            None,
        );
        for (sent, n) in socket.sent.iter().zip(0..) {
            let message = self.plan.message(Speaker::You, n, &sent.text);
            self.application(
                Kind::Said,
                Sender::Client,
                self.since(sent.said),
                Provenance::Measured,
                message.clone(),
            );
            let at = self.stamp(sent.at);
            let times = Times { sent_first: at, sent_last: at, ..Times::default() };
            self.frame(&data(socket, &sent.text), Sender::Client, times, vec![message]);
        }
        for (received, n) in socket.received.iter().zip(0..) {
            let message = self.plan.message(Speaker::Server, received.answers.unwrap_or(n), &received.text);
            let times = Times { received_last: self.stamp(received.at), ..Times::default() };
            self.frame(&data(socket, &received.text), Sender::Server, times, vec![message.clone()]);
            self.application(
                Kind::Delivered,
                Sender::Server,
                self.since(received.at),
                Provenance::Measured,
                message,
            );
        }
        self.goodbye(socket);
    }

    fn goodbye(&mut self, socket: &SocketLog) {
        if let Some(at) = socket.close_called
            && let Ok(close) = Frame::close(Some(wire::CloseCode::NORMAL), "")
        {
            let stamp = self.stamp(at);
            let times = Times { sent_first: stamp, sent_last: stamp, ..Times::default() };
            self.frame(&close, Sender::Client, times, Vec::new());
        }
        let Some((at, code, true)) = socket.closed else { return };
        if let Ok(close) = Frame::close(Some(wire::CloseCode(code)), "") {
            let times = Times { received_last: self.stamp(at), ..Times::default() };
            self.frame(&close, Sender::Server, times, Vec::new());
        }
    }

    fn frame(&mut self, frame: &Frame, sender: Sender, times: Times, carries: Vec<Message>) {
        let kind = Kind::frame(frame.header.opcode, &frame.payload);
        let rebuilt = self.tapped.is_none().then(|| rebuild(frame, sender));
        let unit = self.frame_unit(sender, frame.header.opcode);
        self.push(0, sender, unit, Layer::WebSocket, kind, times, carries, rebuilt);
    }

    fn application(&mut self, kind: Kind, sender: Sender, at: u64, from: Provenance, message: Message) {
        let unit = message.id;
        let times = Times::moment(at, from);
        self.push(0, sender, unit, Layer::Application, kind, times, vec![message], None);
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where an event is put together")]
    fn push(
        &mut self,
        connection: u16,
        sender: Sender,
        unit: u32,
        layer: Layer,
        kind: Kind,
        times: Times,
        carries: Vec<Message>,
        rebuilt: Option<Rebuilt>,
    ) {
        let travels = matches!(layer, Layer::Http | Layer::WebSocket);
        let known: u64 = if travels { carries.iter().map(|it| it.text.len() as u64).sum() } else { 0 };
        let size = rebuilt.as_ref().map_or(known, |rebuilt| rebuilt.octets.len() as u64);
        let tcp_ip =
            if travels && self.tapped.is_none() { SEGMENT_HEADERS * size.div_ceil(MSS).max(1) } else { 0 };
        let key = Key { run: self.plan.run, lane: self.log.lane, connection, sender, unit };
        let (raw, unknown) = rebuilt.map_or((None, Vec::new()), |it| (Some(it.octets.into()), it.unknown));
        self.events.push(Event {
            key,
            layer,
            source: Source::Browser,
            kind,
            times,
            octets: Octets { payload: known, framing: size.saturating_sub(known), tls: 0, tcp_ip },
            raw,
            unknown,
            carries,
        });
    }

    fn unit(&mut self, connection: u16, sender: Sender) -> u32 {
        let index = usize::from(connection);
        if self.units.len() <= index {
            self.units.resize(index + 1, [0, 0]);
        }
        let unit = &mut self.units[index][usize::from(sender == Sender::Server)];
        *unit += 1;
        *unit - 1
    }

    /// The place of the next frame among the connection's units. A script sees no Ping and no Pong:
    /// where the wire was tapped, the wire's count holds.
    fn frame_unit(&mut self, sender: Sender, opcode: Opcode) -> u32 {
        let counted = self.unit(0, sender);
        let closes = opcode == Opcode::Close;
        let before = &mut self.frames[usize::from(sender == Sender::Server)][usize::from(closes)];
        *before += 1;
        let Some(wire) = self.tapped else { return counted };
        let own = || wire.iter().filter(|event| event.key.connection == 0 && event.key.sender == sender);
        let alike = |event: &&Event| match event.kind {
            Kind::Frame { opcode, .. } if closes => opcode == Opcode::Close,
            // A script sees messages: of several frames the last one, which carries it.
            Kind::Frame { .. } => !event.carries.is_empty(),
            _ => false,
        };
        let witnessed = own().filter(alike).nth(*before - 1).map(|event| event.key.unit);
        // What the tap did not see comes after everything that it saw.
        let units = own().filter(|event| event.raw.is_some()).count() as u32;
        witnessed.unwrap_or_else(|| counted.max(units))
    }

    fn since(&self, at: u64) -> u64 {
        at.saturating_sub(self.log.zero)
    }

    fn stamp(&self, at: u64) -> Option<Stamp> {
        Some(Stamp { at: self.since(at), from: Provenance::Measured })
    }

    fn moment(&self, at: u64) -> Times {
        Times::moment(self.since(at), Provenance::Measured)
    }
}

/// A message in one frame.
fn data(socket: &SocketLog, text: &str) -> Frame {
    if socket.binary { Frame::binary(text.as_bytes()) } else { Frame::text(text) }
}

/// The frame as it must have crossed the wire; a client's masking key and masked payload are unknown. The key that
/// stands there is of zeros, so that what was said can still be read.
pub fn rebuild(frame: &Frame, sender: Sender) -> Rebuilt {
    if sender == Sender::Server {
        return Rebuilt { octets: frame.encode(), unknown: Vec::new() };
    }
    let octets = frame.clone().masked([0; 4]).encode();
    let secret = octets.len() - frame.payload.len() - 4;
    let all = octets.len();
    Rebuilt { octets, unknown: std::iter::once(secret..all).collect() }
}
