use super::zlib::{Packs, packs};
use super::{PIECE, TAIL};

/// Compresses the messages of one direction (RFC 7692 section 7.2.1).
#[derive(Debug)]
pub struct Deflater {
    zlib: Box<dyn Packs>,
    no_context_takeover: bool,
}

impl Deflater {
    /// For a direction that starts each message afresh or not, with a window of 2^`window_bits` octets; 15 without it.
    ///
    /// `None` for what zlib cannot do: fewer than 9 bits (the RFC allows 8) or more than 15; and until zlib is there. The end that agreed to 8
    /// then sends its messages uncompressed, which RFC 7692 section 6 always allows.
    pub fn new(no_context_takeover: bool, window_bits: Option<u8>) -> Option<Self> {
        let bits = window_bits.unwrap_or(15);
        let zlib = (9..=15).contains(&bits).then(|| packs(bits)).flatten()?;
        Some(Self { zlib, no_context_takeover })
    }

    /// The payload of one whole message, without the `00 00 ff ff` at its end. Frames may cut it anywhere.
    pub fn deflate(&mut self, message: &[u8]) -> Vec<u8> {
        // zlib writes nothing when it has nothing to flush; RFC 7692 section 7.2.3.6 has this for an empty message.
        if message.is_empty() {
            return vec![0x00];
        }
        let mut octets = Vec::new();
        let mut piece = [0; PIECE];
        let mut rest = message;
        loop {
            let (read, written) = self.zlib.pack(rest, &mut piece);
            rest = &rest[read..];
            octets.extend_from_slice(&piece[..written]);
            // Room to spare: everything is out, the empty block at the end included.
            if written < PIECE {
                break;
            }
        }
        if octets.ends_with(&TAIL) {
            octets.truncate(octets.len() - TAIL.len());
        }
        if self.no_context_takeover {
            self.zlib.reset();
        }
        octets
    }
}
