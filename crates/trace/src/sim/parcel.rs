//! What an endpoint hands to the world: one unit, about to be sent.

use wire::{Request, Response};

use crate::event::{Kind, Layer, Message};

/// One unit about to be sent.
pub(super) struct Parcel {
    pub(super) kind: Kind,
    pub(super) layer: Layer,
    pub(super) octets: Vec<u8>,
    /// Octets of application messages among them.
    pub(super) payload: u64,
    pub(super) carries: Vec<Message>,
}

/// A request with its content.
pub(super) fn head(request: Request, content: &[u8], carries: Vec<Message>) -> Parcel {
    // The heads come from a capture, the targets from the client, and added lines are checked.
    let mut octets = request.encode().unwrap_or_default();
    octets.extend_from_slice(content);
    let kind = Kind::Request { method: request.method, target: request.target };
    Parcel { kind, layer: Layer::Http, octets, payload: content.len() as u64, carries }
}

/// A response with its content, in which line feeds stand between messages.
pub(super) fn answer(response: &Response, content: &str, carries: Vec<Message>) -> Parcel {
    // The names are ours and the origin has been read from a head: it always encodes.
    let mut octets = response.encode().unwrap_or_default();
    octets.extend_from_slice(content.as_bytes());
    let payload = carries.iter().map(|message| message.text.len() as u64).sum();
    Parcel { kind: Kind::Response { status: response.status }, layer: Layer::Http, octets, payload, carries }
}

/// One frame, ready to go; its payload counts as message octets only where it carries a message.
pub(super) fn frame(frame: &wire::Frame, carries: Vec<Message>) -> Parcel {
    let payload = if carries.is_empty() { 0 } else { frame.payload.len() as u64 };
    Parcel {
        kind: Kind::frame(frame.header.opcode, &frame.payload),
        layer: Layer::WebSocket,
        octets: frame.encode(),
        payload,
        carries,
    }
}
