//! Messages that are more than one frame's payload.

use crate::{Opcode, Rule, deflate::Inflater, utf8::Utf8};

/// A message that came in several frames, compressed, or both. One that came whole and as it is has none: its frame's
/// payload is all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Text or binary, as its first frame says.
    pub opcode: Opcode,
    /// The [`Unit::index`](crate::Unit::index) of each of its frames, in their order; the first [`FRAMES`] of them.
    pub frames: Vec<u32>,
    /// If it is compressed: the payloads of its frames, joined (RFC 7692 section 7.2.2). Cut at the reader's limit.
    pub deflated: Option<Vec<u8>>,
    /// What was said: joined and decompressed.
    pub content: Vec<u8>,
    /// Octets of content that exceed the reader's limit and are not in `content`.
    pub dropped: u64,
}

/// A message on its way in.
#[derive(Debug)]
pub(crate) struct Assembly {
    message: Message,
    /// For compressed text: the decoder checks what it can read.
    check: Option<Utf8>,
    length: u64,
    keep: usize,
    limit: u64,
}

impl Assembly {
    /// Keeps at most `keep` octets of content and allows at most `limit`.
    pub(crate) fn new(opcode: Opcode, compressed: bool, keep: usize, limit: u64) -> Self {
        let deflated = compressed.then(Vec::new);
        let check = (compressed && opcode == Opcode::Text).then(Utf8::default);
        let message = Message { opcode, frames: Vec::new(), deflated, content: Vec::new(), dropped: 0 };
        Self { message, check, length: 0, keep, limit }
    }

    /// Another frame of it begins.
    pub(crate) fn frame(&mut self, index: u32) {
        if self.message.frames.len() < FRAMES {
            self.message.frames.push(index);
        }
    }

    /// The next octets of the frame's payload.
    pub(crate) fn feed(&mut self, octets: &[u8], inflater: Option<&mut Inflater>) -> Result<(), Rule> {
        let room = self.keep;
        match (&mut self.message.deflated, inflater) {
            (Some(deflated), Some(inflater)) => {
                let room = room.saturating_sub(deflated.len()).min(octets.len());
                deflated.extend_from_slice(&octets[..room]);
                inflater.feed(octets, &mut |piece| self.take(piece))
            }
            _ => self.take(octets),
        }
    }

    /// Its last frame has ended.
    pub(crate) fn end(mut self, inflater: Option<&mut Inflater>) -> Result<Message, Rule> {
        if let (Some(_), Some(inflater)) = (&self.message.deflated, inflater) {
            inflater.end(&mut |piece| self.take(piece))?;
        }
        match self.check {
            Some(check) if !check.is_complete() => Err(Rule::TextNotUtf8),
            _ => Ok(self.message),
        }
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Rule> {
        let allowed = usize::try_from(self.limit - self.length).unwrap_or(usize::MAX).min(piece.len());
        let (piece, over) = piece.split_at(allowed);
        if let Some(check) = &mut self.check {
            check.feed(piece).map_err(|_| Rule::TextNotUtf8)?;
        }
        let kept = self.keep.saturating_sub(self.message.content.len()).min(allowed);
        self.message.content.extend_from_slice(&piece[..kept]);
        self.message.dropped += (allowed - kept) as u64;
        self.length += allowed as u64;
        if over.is_empty() { Ok(()) } else { Err(Rule::TooLarge) }
    }
}

/// The most frames of one message that are listed; a message of more is read all the same.
pub const FRAMES: usize = 0x1_0000;
