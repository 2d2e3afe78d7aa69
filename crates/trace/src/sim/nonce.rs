//! Masking keys and handshake nonces from a seed: SplitMix64, which is enough for a picture and
//! reproducible everywhere. A real client must use a strong source (RFC 6455 section 10.3).

/// A reproducible stream of octets.
#[derive(Clone, Debug)]
pub(super) struct Nonces(u64);

impl Nonces {
    /// Equal seeds give equal streams.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next masking key.
    pub(super) fn masking_key(&mut self) -> [u8; 4] {
        let [a, b, c, d, ..] = self.next().to_be_bytes();
        [a, b, c, d]
    }

    /// The sixteen octets behind a `Sec-WebSocket-Key`.
    pub(super) fn handshake(&mut self) -> [u8; 16] {
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.next().to_be_bytes());
        nonce[8..].copy_from_slice(&self.next().to_be_bytes());
        nonce
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
