//! The octets of one tapped connection, cut into what passed: heads with their contents, frames, and the
//! chunks of a stream that goes on. Each says which messages it carries.

use wire::{Body, Dissector, Opcode, Response, Sender, Unit};

use super::{Plan, stream};
use crate::event::{Kind, Layer, Message};
use crate::live::ConnectionTap;
use crate::scenario::Speaker;

/// One unit, as it passed.
pub(super) struct Passage {
    pub(super) sender: Sender,
    /// Where it begins in its sender's stream.
    pub(super) offset: u64,
    pub(super) octets: Vec<u8>,
    /// How many octets it has; more than are known, if the reader dropped some.
    pub(super) size: u64,
    pub(super) layer: Layer,
    pub(super) kind: Kind,
    /// Octets of messages among them.
    pub(super) payload: u64,
    pub(super) carries: Vec<Message>,
}

/// How many messages each side has put into frames.
#[derive(Default)]
pub(super) struct Told {
    frames: [u32; 2],
}

/// Everything that passed on a connection, in the order in which it was complete; and when a rule was
/// broken, with the rule.
pub(super) fn passages(
    plan: &Plan,
    connection: &ConnectionTap,
    told: &mut Told,
) -> (Vec<Passage>, Option<(u64, String)>) {
    let mut cutter = Cutter { plan, connection, targets: Vec::new(), answers: 0, told, passages: Vec::new() };
    let mut dissector = Dissector::new();
    let mut broken = None;
    for chunk in &connection.chunks {
        dissector.feed(cutter.turned(chunk.from.sender()), &chunk.octets);
        while let Some(next) = dissector.poll() {
            match next {
                Ok(unit) => cutter.unit(&unit),
                Err(violation) => broken = Some((chunk.at, violation.to_string())),
            }
        }
    }
    // A stream of events has no end of its own: it is the page that hangs up.
    if let Some(unit) = dissector.direction(Sender::Server).partial().filter(|unit| stream::is(unit)) {
        cutter.unit(unit);
    }
    (cutter.passages, broken)
}

struct Cutter<'a> {
    plan: &'a Plan,
    connection: &'a ConnectionTap,
    targets: Vec<String>,
    answers: usize,
    told: &'a mut Told,
    passages: Vec<Passage>,
}

impl Cutter<'_> {
    /// Who asks is the client of the connection, whichever side of the lane it is on; and back again.
    fn turned(&self, sender: Sender) -> Sender {
        match self.connection.opened_by {
            Speaker::You => sender,
            Speaker::Server => sender.other(),
        }
    }

    fn unit(&mut self, unit: &Unit) {
        let sender = self.turned(unit.sender);
        let (layer, kind, payload, carries) = match &unit.body {
            Body::Request(request) => {
                self.targets.push(request.target.clone());
                let kind = Kind::Request { method: request.method.clone(), target: request.target.clone() };
                let speaker = if sender == Sender::Client { Speaker::You } else { Speaker::Server };
                (Layer::Http, kind, None, self.plan.asked(speaker, &request.target, &unit.content))
            }
            Body::Response(response) => {
                let target = self.targets.get(self.answers).cloned().unwrap_or_default();
                self.answers += 1;
                if stream::is(unit) {
                    return self.stream(unit, response);
                }
                let kind = Kind::Response { status: response.status };
                (Layer::Http, kind, None, self.plan.answered(&target, &unit.content))
            }
            Body::Frame(header) => {
                let (payload, carries) = match header.opcode.is_control() {
                    true => (0, Vec::new()),
                    false => (unit.content.len() as u64, self.framed(unit, header.fin)),
                };
                (Layer::WebSocket, Kind::frame(header.opcode, &unit.content), Some(payload), carries)
            }
        };
        let size = unit.wire_octets();
        let said: u64 = carries.iter().map(|message| message.text.len() as u64).sum();
        self.passages.push(Passage {
            sender,
            offset: unit.offset,
            octets: unit.octets.clone(),
            size,
            layer,
            kind,
            payload: payload.unwrap_or(said).min(size),
            carries,
        });
    }

    /// What a data frame brings: of a message in several frames only the last brings it.
    fn framed(&mut self, unit: &Unit, whole: bool) -> Vec<Message> {
        if !whole {
            return Vec::new();
        }
        let n = &mut self.told.frames[usize::from(unit.sender == Sender::Server)];
        *n += 1;
        let speaker = if unit.sender == Sender::Client { Speaker::You } else { Speaker::Server };
        let content = unit.message.as_ref().map_or(&unit.content, |message| &message.content);
        vec![self.plan.message(speaker, *n - 1, &String::from_utf8_lossy(content))]
    }

    /// The head of a stream of events, and every chunk that is complete.
    fn stream(&mut self, unit: &Unit, response: &Response) {
        let mut offset = unit.offset;
        for (place, piece) in stream::pieces(unit).into_iter().enumerate() {
            let kind = if place == 0 { Kind::Response { status: response.status } } else { Kind::Chunk };
            let carries = piece.events.iter().map(|event| self.plan.event(event)).collect();
            offset = self.piece(offset, piece.octets, kind, carries);
        }
    }

    /// Adds a piece of the stream; answers where the next one begins.
    fn piece(&mut self, offset: u64, octets: Vec<u8>, kind: Kind, carries: Vec<Message>) -> u64 {
        let size = octets.len() as u64;
        let said: u64 = carries.iter().map(|message| message.text.len() as u64).sum();
        let (sender, payload) = (self.turned(Sender::Server), said.min(size));
        self.passages.push(Passage {
            sender,
            offset,
            octets,
            size,
            layer: Layer::Http,
            kind,
            payload,
            carries,
        });
        offset + size
    }
}

/// Whether `next` leaves when `passage` arrives, and so acknowledges it on its back.
pub(super) fn is_answered(plan: &Plan, passage: &Passage, next: &Passage) -> bool {
    let asks = match passage.kind {
        Kind::Request { .. } | Kind::Frame { opcode: Opcode::Close, .. } => true,
        _ => plan.workload.loops() == crate::scenario::Loop::Echo,
    };
    asks && next.sender != passage.sender
}
