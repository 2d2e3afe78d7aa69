//! What an endpoint hands to the world: one unit, about to be sent.

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
