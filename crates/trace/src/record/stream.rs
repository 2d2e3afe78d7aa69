//! A response that goes on: its head, and each chunk with the events that it completes.

use wire::{Decoded, Decoder, Sender, Unit, sse};

use crate::answer;

/// A part of a stream of events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Its octets, as they crossed the connection.
    pub octets: Vec<u8>,
    /// The events that are complete with it.
    pub events: Vec<sse::Event>,
}

/// Whether a unit is a stream of events (HTML Standard section 9.2).
pub fn is(unit: &Unit) -> bool {
    let of = |response: &wire::Response| {
        let content = response.fields.get("Content-Type").unwrap_or_default();
        content.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case(answer::EVENT_STREAM))
    };
    unit.response().is_some_and(of)
}

/// The head, and then every chunk (RFC 9112 section 7.1) that is complete.
pub fn pieces(unit: &Unit) -> Vec<Piece> {
    let mut decoder = Decoder::new(Sender::Server);
    decoder.expect_response_to("GET");
    decoder.feed(&unit.octets);
    let mut events = sse::EventStream::new();
    let head = unit.octets.iter().take(unit.head).copied().collect();
    let mut pieces = vec![Piece { octets: head, events: Vec::new() }];
    let mut piece = Vec::new();
    while let Some(decoded) = decoder.poll() {
        match decoded {
            Decoded::Payload { octets } => {
                events.feed(&octets);
                piece.extend(octets);
            }
            // Of a chunk first comes the line with its size; the second time it is the end of its data.
            Decoded::Chunk { octets } if piece.is_empty() => piece = octets,
            Decoded::Chunk { octets } | Decoded::Trailers { octets, .. } => {
                piece.extend(octets);
                let events = std::iter::from_fn(|| events.poll()).collect();
                pieces.push(Piece { octets: std::mem::take(&mut piece), events });
            }
            _ => {}
        }
    }
    pieces
}
