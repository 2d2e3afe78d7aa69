//! Server-Sent Events: one response that goes on, in chunks of one event each.
//!
//! In chunks rather than until close: that is how servers of HTTP/1.1 send what has no length yet
//! (RFC 9112 section 7.1). The last chunk never comes: it is the page that hangs up, and to HTTP the
//! response stays incomplete (RFC 9112 section 8).

use wire::{Decoded, Decoder, Sender, sse};

use super::parcel::Parcel;
use crate::answer;
use crate::event::{Kind, Layer, Message};

/// The page's side of the stream.
pub(super) struct Stream {
    decoder: Decoder,
    events: sse::EventStream,
}

impl Default for Stream {
    fn default() -> Self {
        Self { decoder: Decoder::new(Sender::Server), events: sse::EventStream::new() }
    }
}

impl Stream {
    /// Takes the next octets of the response; the events that they complete.
    pub(super) fn feed(&mut self, octets: &[u8]) -> Vec<sse::Event> {
        self.decoder.feed(octets);
        while let Some(decoded) = self.decoder.poll() {
            if let Decoded::Payload { octets } = decoded {
                self.events.feed(&octets);
            }
        }
        std::iter::from_fn(|| self.events.poll()).collect()
    }
}

/// One message as one event in one chunk.
pub(super) fn chunk(id: usize, message: Message, binary: bool) -> Parcel {
    let event = answer::event(id, &message.text, binary);
    let octets = format!("{:X}\r\n{event}\r\n", event.len()).into_bytes();
    let payload = message.text.len() as u64;
    Parcel { kind: Kind::Chunk, layer: Layer::Http, octets, payload, carries: vec![message] }
}

/// What an event says: its data, or the octets of which that is the Base64.
pub(super) fn data(text: &str, binary: bool) -> String {
    if !binary {
        return text.to_owned();
    }
    let mut octets = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for sextet in text.bytes().filter_map(sextet) {
        bits = (bits << 6 | u32::from(sextet)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            octets.push((bits >> count) as u8);
        }
    }
    String::from_utf8_lossy(&octets).into_owned()
}

/// What a letter of Base64 stands for (RFC 4648 section 4).
fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
