//! Frames (RFC 6455 section 5).

mod header;
mod opcode;

pub use header::FrameHeader;
pub use opcode::Opcode;

use crate::{CloseCode, EncodeError, Sender, close::REASON_LIMIT, mask};

/// One frame with its payload. A message is one frame, or several of which only the last has FIN.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// The header. Its length is written as it stands: the constructors set it to the payload's.
    pub header: FrameHeader,
    /// Unmasked; [`Frame::encode`] masks.
    pub payload: Vec<u8>,
}

impl Frame {
    /// A final frame without mask; nothing is checked.
    pub fn new(opcode: Opcode, payload: impl Into<Vec<u8>>) -> Self {
        let payload = payload.into();
        let length = payload.len() as u64;
        Self { header: FrameHeader { fin: true, rsv: [false; 3], opcode, mask: None, length }, payload }
    }

    /// A whole text message.
    pub fn text(text: &str) -> Self {
        Self::new(Opcode::Text, text)
    }

    /// A whole binary message.
    pub fn binary(octets: &[u8]) -> Self {
        Self::new(Opcode::Binary, octets)
    }

    /// A Ping, which the other end answers with a Pong of the same payload.
    ///
    /// # Errors
    /// [`EncodeError::ControlTooLong`] for more than 125 octets.
    pub fn ping(payload: &[u8]) -> Result<Self, EncodeError> {
        Self::control(Opcode::Ping, payload)
    }

    /// A Pong.
    ///
    /// # Errors
    /// [`EncodeError::ControlTooLong`] for more than 125 octets.
    pub fn pong(payload: &[u8]) -> Result<Self, EncodeError> {
        Self::control(Opcode::Pong, payload)
    }

    /// A Close. The reason has at most [`REASON_LIMIT`] octets of UTF-8.
    ///
    /// # Errors
    /// [`EncodeError::CloseCode`] for a code that must not be sent, [`EncodeError::ReasonWithoutCode`], or
    /// [`EncodeError::ControlTooLong`]. To send one all the same, use [`Frame::new`].
    pub fn close(code: Option<CloseCode>, reason: &str) -> Result<Self, EncodeError> {
        let Some(code) = code else {
            let empty = Self::new(Opcode::Close, []);
            return if reason.is_empty() { Ok(empty) } else { Err(EncodeError::ReasonWithoutCode) };
        };
        if !code.may_send(Sender::Client) {
            return Err(EncodeError::CloseCode(code));
        }
        let payload = [&code.0.to_be_bytes(), reason.as_bytes()].concat();
        debug_assert_eq!(REASON_LIMIT + 2, CONTROL_LIMIT);
        Self::control(Opcode::Close, &payload)
    }

    /// The same frame with a masking key, as a client sends it.
    #[must_use]
    pub fn masked(mut self, key: [u8; 4]) -> Self {
        self.header.mask = Some(key);
        self
    }

    /// The octets on the wire: header, then the payload, masked if the header has a key.
    pub fn encode(&self) -> Vec<u8> {
        let mut octets = self.header.encode();
        let start = octets.len();
        octets.extend_from_slice(&self.payload);
        if let Some(key) = self.header.mask {
            mask::apply(key, 0, &mut octets[start..]);
        }
        octets
    }

    fn control(opcode: Opcode, payload: &[u8]) -> Result<Self, EncodeError> {
        if payload.len() > CONTROL_LIMIT {
            return Err(EncodeError::ControlTooLong(payload.len()));
        }
        Ok(Self::new(opcode, payload))
    }
}

/// The most octets of payload in a control frame (RFC 6455 section 5.5).
pub const CONTROL_LIMIT: usize = 125;
