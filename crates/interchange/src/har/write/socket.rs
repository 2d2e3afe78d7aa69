//! The frames of a WebSocket: as whole messages where HAR has room for them, the others as frames.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use trace::event::{Event, Kind, Layer};
use wire::{Dissector, Opcode, Reader, Sender};

use super::super::spec::{FrameLine, SocketMessage};
use super::exchange::{seconds, side};

/// The messages of a connection that switched, and the frames that are no whole message, each sorted by time.
pub(super) fn messages(
    request: &Event,
    response: Option<&Event>,
    events: &[&Event],
    epoch: u64,
) -> (Option<Vec<SocketMessage>>, Vec<FrameLine>) {
    let (mut messages, mut frames) = (Vec::new(), Vec::new());
    let mut reading = Reading::of(request, response);
    // Text or binary: of a fragmented message the first frame says it.
    let mut began = [Opcode::Text; 2];
    for event in events.iter().filter(|event| event.layer == Layer::WebSocket) {
        let Kind::Frame { opcode, .. } = event.kind else { continue };
        let read = reading.frame(event);
        let fin = event.raw.as_ref().and_then(|raw| raw.first()).is_none_or(|first| first & 0x80 != 0);
        let (first, last) = side(event.key.sender, &event.times);
        let (kind, at) = match event.key.sender {
            Sender::Client => ("send", first.or(last)),
            Sender::Server => ("receive", last.or(first)),
        };
        let time = seconds(epoch, at.unwrap_or_else(|| event.start()));
        let began = &mut began[usize::from(event.key.sender == Sender::Server)];
        if opcode.begins_message() {
            *began = opcode;
        }
        if opcode.is_control() || opcode == Opcode::Continuation || !fin {
            let data = read.as_ref().map(|read| STANDARD.encode(&read.payload));
            frames.push(FrameLine { kind: kind.to_owned(), time, opcode: opcode.into(), fin, data });
        }
        if opcode.is_control() || !fin {
            continue;
        }
        let said = || event.carries.iter().flat_map(|message| message.text.bytes()).collect();
        let content: Vec<u8> = read.and_then(|read| read.message).unwrap_or_else(said);
        let data = match *began {
            Opcode::Text => String::from_utf8_lossy(&content).into_owned(),
            _ => STANDARD.encode(&content),
        };
        let opcode = i64::from(u8::from(*began));
        messages.push(SocketMessage { kind: kind.to_owned(), time, opcode, data });
    }
    messages.sort_by(|a, b| a.time.total_cmp(&b.time));
    frames.sort_by(|a, b| a.time.total_cmp(&b.time));
    (Some(messages), frames)
}

/// The frames of each direction, read as long as all of them are known: of compressed messages each needs those
/// before it. What of a client's frame was rebuilt has a masking key of zeros, and says what was said.
struct Reading([Option<Reader>; 2]);

struct Read {
    payload: Vec<u8>,
    /// The message that it ends, if it does.
    message: Option<Vec<u8>>,
}

impl Reading {
    fn of(request: &Event, response: Option<&Event>) -> Self {
        let mut handshake = Dissector::new();
        for (sender, event) in [(Sender::Client, Some(request)), (Sender::Server, response)] {
            handshake.feed(sender, event.and_then(|event| event.raw.as_deref()).unwrap_or_default());
            while handshake.poll().is_some() {}
        }
        Self([Sender::Client, Sender::Server].map(|sender| {
            let mut reader = Reader::frames(sender).with_limit(usize::MAX);
            handshake.deflate().into_iter().for_each(|parameters| reader.inflate_with(parameters));
            Some(reader)
        }))
    }

    fn frame(&mut self, event: &Event) -> Option<Read> {
        let sender = event.key.sender;
        let read = |reader: &mut Reader| {
            reader.feed(event.raw.as_ref()?);
            reader.poll()?.ok()
        };
        if matches!(event.kind, Kind::Frame { opcode, .. } if opcode.is_control()) {
            // It is in no message, and never compressed.
            let unit = read(&mut Reader::frames(sender))?;
            return Some(Read { payload: unit.content, message: None });
        }
        let direction = &mut self.0[usize::from(sender == Sender::Server)];
        let Some(unit) = direction.as_mut().and_then(read) else {
            *direction = None;
            return None;
        };
        let header = unit.frame()?;
        let ends = header.fin;
        let message = unit.message.map(|message| message.content);
        Some(Read {
            message: ends.then(|| message.unwrap_or_else(|| unit.content.clone())),
            payload: unit.content,
        })
    }
}
