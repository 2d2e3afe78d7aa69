//! zlib, as the other side of the companion's compression.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

/// What zlib makes of the server's messages.
pub struct Zlib {
    inflate: Decompress,
    afresh: bool,
}

impl Zlib {
    /// By what the server has agreed to.
    pub fn agreed(answer: &str) -> Self {
        let afresh = answer.contains("server_no_context_takeover");
        Self { inflate: Decompress::new(false), afresh }
    }

    pub fn inflate(&mut self, payload: &[u8]) -> Result<Vec<u8>, String> {
        if self.afresh {
            self.inflate.reset(false);
        }
        let octets = [payload, &[0, 0, 0xFF, 0xFF]].concat();
        let (mut message, mut read) = (Vec::new(), 0);
        loop {
            message.reserve(65_536);
            let before = (self.inflate.total_in(), message.len());
            let rest = octets.get(read..).unwrap_or_default();
            self.inflate
                .decompress_vec(rest, &mut message, FlushDecompress::Sync)
                .map_err(|error| error.to_string())?;
            read += (self.inflate.total_in() - before.0) as usize;
            if message.len() == before.1 {
                return if read == octets.len() { Ok(message) } else { Err("octets left over".to_owned()) };
            }
        }
    }
}

/// Compresses message after message in one window.
pub struct Voice(Compress);

impl Voice {
    pub fn new() -> Self {
        Self(Compress::new_with_window_bits(Compression::new(9), false, 15))
    }

    pub fn say(&mut self, message: &[u8]) -> Vec<u8> {
        let mut octets = Vec::with_capacity(message.len() + 1024);
        self.0.compress_vec(message, &mut octets, FlushCompress::Sync).unwrap();
        let end = octets.strip_suffix(&[0, 0, 0xFF, 0xFF]).expect("a flush").len();
        octets.truncate(end);
        octets
    }
}

/// One message by itself.
pub fn deflated(message: &[u8]) -> Vec<u8> {
    Voice::new().say(message)
}
