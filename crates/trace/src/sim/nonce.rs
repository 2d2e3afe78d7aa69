//! Masking keys and handshake nonces from a seed: enough for a picture and reproducible everywhere.
//! A real client must use a strong source (RFC 6455 section 10.3).

use super::chance::Chance;

/// A reproducible stream of octets.
#[derive(Clone, Debug)]
pub(super) struct Nonces(Chance);

impl Nonces {
    /// Equal seeds give equal streams.
    pub(super) fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    /// The next masking key.
    pub(super) fn masking_key(&mut self) -> [u8; 4] {
        let [a, b, c, d, ..] = self.0.next().to_be_bytes();
        [a, b, c, d]
    }

    /// The sixteen octets behind a `Sec-WebSocket-Key`.
    pub(super) fn handshake(&mut self) -> [u8; 16] {
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.0.next().to_be_bytes());
        nonce[8..].copy_from_slice(&self.0.next().to_be_bytes());
        nonce
    }
}
