//! A frame, or a message in several, as the visitor builds it.

use tongue::say;
use wire::deflate::Parameters;
use wire::{Frame, Opcode, Sender};

use super::notation;
use crate::exhibit::{Dissection, Piece, Start};

/// Every part of a message that can be set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Who sends it.
    pub sender: Sender,
    /// 0 to 15.
    pub opcode: u8,
    /// On the last frame; those before it never have it.
    pub fin: bool,
    /// RSV1 to RSV3 of the first frame.
    pub rsv: [bool; 3],
    /// Whether its frames are masked.
    pub masked: bool,
    /// The masking key in hexadecimal.
    pub key: String,
    /// The payload: text, or hexadecimal.
    pub payload: String,
    /// Whether the payload is written in hexadecimal.
    pub hex: bool,
    /// The most octets of payload in a frame; 0: all in one.
    pub fragment: u32,
    /// Whether permessage-deflate compresses it.
    pub deflate: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            sender: Sender::Client,
            opcode: 1,
            fin: true,
            rsv: [false; 3],
            masked: true,
            key: "37 fa 21 3d".to_owned(),
            payload: "Hello".to_owned(),
            hex: false,
            fragment: 0,
            deflate: false,
        }
    }
}

/// Why there are no octets, and which field is to blame.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The masking key.
    #[error("{}", say!("The masking key is four octets in hexadecimal, such as 37 fa 21 3d."))]
    Key,
    /// The payload in hexadecimal.
    #[error("{0}")]
    Payload(#[from] notation::Nonsense),
    /// Too many octets.
    #[error("{}", say!("The payload takes up to {} octets here.", LONGEST))]
    TooLong,
    /// Too many frames.
    #[error("{}", say!("That makes more than {} frames. Choose larger fragments.", MOST_FRAMES))]
    TooMany,
}

impl Draft {
    /// The octets on the wire.
    ///
    /// # Errors
    /// A sentence on what cannot be written; whatever merely breaks a rule of the protocol can.
    pub fn build(&self) -> Result<Piece, Refusal> {
        let key = if self.masked { Some(self.mask()?) } else { None };
        let mut payload = match self.hex {
            true => notation::hex(&self.payload)?,
            false => self.payload.clone().into_bytes(),
        };
        if payload.len() > LONGEST {
            return Err(Refusal::TooLong);
        }
        if self.deflate
            && let Some(mut deflater) = Parameters::default().deflater(self.sender)
        {
            payload = deflater.deflate(&payload);
        }
        let parts: Vec<&[u8]> = match self.fragment as usize {
            0 => vec![&payload],
            _ if payload.is_empty() => vec![&payload],
            most => payload.chunks(most).collect(),
        };
        if parts.len() > MOST_FRAMES {
            return Err(Refusal::TooMany);
        }
        let last = parts.len() - 1;
        let mut octets = Vec::new();
        for (number, part) in parts.into_iter().enumerate() {
            let opcode = if number == 0 { Opcode::from(self.opcode) } else { Opcode::Continuation };
            let mut frame = Frame::new(opcode, part);
            frame.header.fin = number == last && self.fin;
            frame.header.mask = key;
            if number == 0 {
                frame.header.rsv = [self.rsv[0] || self.deflate, self.rsv[1], self.rsv[2]];
            }
            octets.extend(frame.encode());
        }
        Ok(Piece { sender: self.sender, octets })
    }

    /// The octets, taken apart as the other side would.
    ///
    /// # Errors
    /// See [`Draft::build`].
    pub fn dissect(&self) -> Result<Dissection, Refusal> {
        let start = if self.deflate { Start::Deflated } else { Start::Frames };
        Ok(Dissection::of(&[self.build()?], start))
    }

    fn mask(&self) -> Result<[u8; 4], Refusal> {
        notation::hex(&self.key).ok().and_then(|key| key.try_into().ok()).ok_or(Refusal::Key)
    }
}

/// The most octets of payload: enough to see every form of the length.
pub const LONGEST: usize = 70_000;

/// The most frames of one message.
pub const MOST_FRAMES: usize = 200;
