//! Masking (RFC 6455 section 5.3).

/// Masks or unmasks `octets` in place: each is XORed with the octet of the masking `key` that its position in
/// the payload selects. `offset` is the position of `octets[0]` in the payload, so that a payload may come in pieces.
/// Doing it twice undoes it.
pub fn apply(key: [u8; 4], offset: u64, octets: &mut [u8]) {
    let mut key = key;
    key.rotate_left((offset % 4) as usize);
    for piece in octets.chunks_mut(4) {
        for (octet, key) in piece.iter_mut().zip(key) {
            *octet ^= key;
        }
    }
}
