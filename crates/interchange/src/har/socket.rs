//! The messages of a WebSocket, and the frames that must have carried them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tongue::say;
use trace::event::{Event, Kind, Layer, Source, Times};
use trace::record::rebuild;
use wire::{Frame, Opcode, Sender};

use super::course::{received, sent};
use super::moment;
use super::spec::{Entry, FrameLine, SocketMessage};
use crate::lanes::{self, message};

/// The messages of an entry that began at `started`, in microseconds since 1970; what cannot be read is told to
/// `tell`. How large a compressed message was on the wire, nobody says.
pub(super) fn events(
    entry: &Entry,
    started: u64,
    deflated: bool,
    tell: &mut dyn FnMut(String),
) -> Vec<Event> {
    let mut told: Vec<Event> = Vec::new();
    let mut damaged = 0_u64;
    for line in entry.messages.iter().flatten() {
        match one(line, started, deflated) {
            Some(event) => told.push(event),
            None => damaged += 1,
        }
    }
    if damaged > 0 {
        tell(say!("messages that cannot be read are left out: {}", damaged));
    }
    // Fragments are in the messages that they are of.
    let control = entry.frames.iter().filter(|frame| Opcode::from(frame.opcode).is_control());
    told.extend(control.filter_map(ours));
    told.sort_by_key(Event::start);
    told
}

fn one(line: &SocketMessage, started: u64, deflated: bool) -> Option<Event> {
    let at = moment::of_message(line.time, started);
    if line.kind == "error" {
        let kind = Kind::Failed(line.data.clone());
        return Some(lanes::event(
            Source::Browser,
            Sender::Client,
            Layer::Application,
            kind,
            sent(Some(at), Some(at)),
        ));
    }
    let opcode = Opcode::from(u8::try_from(line.opcode).ok().filter(|&opcode| opcode < 16)?);
    let payload = match opcode {
        Opcode::Text => line.data.clone().into_bytes(),
        _ => STANDARD.decode(line.data.trim()).ok()?,
    };
    frame(&line.kind, at, Frame::new(opcode, payload), deflated)
}

/// A control frame, of a file of our own.
fn ours(line: &FrameLine) -> Option<Event> {
    let payload = STANDARD.decode(line.data.as_deref()?).ok()?;
    frame(&line.kind, moment::micros(line.time * 1e6), Frame::new(Opcode::from(line.opcode), payload), false)
}

fn frame(kind: &str, at: u64, frame: Frame, deflated: bool) -> Option<Event> {
    let (sender, times): (Sender, Times) = match kind {
        "send" => (Sender::Client, sent(Some(at), Some(at))),
        "receive" => (Sender::Server, received(None, Some(at))),
        _ => return None,
    };
    let opcode = frame.header.opcode;
    let size = frame.payload.len() as u64;
    let event =
        lanes::event(Source::Browser, sender, Layer::WebSocket, Kind::frame(opcode, &frame.payload), times);
    let carries = if opcode.is_control() { Vec::new() } else { vec![message(&frame.payload)] };
    if deflated && !opcode.is_control() {
        return Some(Event { octets: lanes::octets(size, size), carries, ..event });
    }
    let rebuilt = rebuild(&frame, sender);
    let payload = if opcode.is_control() { 0 } else { size };
    Some(Event {
        octets: lanes::octets(payload, rebuilt.octets.len() as u64),
        raw: Some(rebuilt.octets.into()),
        unknown: rebuilt.unknown,
        carries,
        ..event
    })
}
