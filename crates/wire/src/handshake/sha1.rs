//! SHA-1 (RFC 3174), small and readable, because the Accept value is shown being made. It is broken as
//! a signature and fine for this: nothing here is a secret (RFC 6455 section 10.8).

/// The SHA-1 digest of a `message` (RFC 3174), 20 octets: of the key and [`GUID`](super::GUID), the step between
/// `Sec-WebSocket-Key` and [`base64`](super::base64) in an Accept value (RFC 6455 section 4.2.2).
pub fn sha1(message: &[u8]) -> [u8; 20] {
    let mut state = START;
    for block in padded(message).chunks_exact(64) {
        absorb(&mut state, block);
    }
    let mut digest = [0; 20];
    for (octets, word) in digest.chunks_exact_mut(4).zip(state) {
        octets.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// The message, a one bit, zeros, and the message's length in bits, in whole blocks of 64 octets
/// (section 4).
fn padded(message: &[u8]) -> Vec<u8> {
    let mut blocks = message.to_vec();
    blocks.push(0x80);
    while blocks.len() % 64 != 56 {
        blocks.push(0);
    }
    blocks.extend_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    blocks
}

/// One block (section 6.1): 80 steps over five words.
fn absorb(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 80];
    for (word, octets) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = octets.iter().fold(0, |word, &octet| word << 8 | u32::from(octet));
    }
    for t in 16..80 {
        words[t] = (words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16]).rotate_left(1);
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (t, word) in words.into_iter().enumerate() {
        let (mix, constant) = match t {
            0..20 => ((b & c) | (!b & d), 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next = [mix, e, word, constant].into_iter().fold(a.rotate_left(5), u32::wrapping_add);
        (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
    }
    for (kept, word) in state.iter_mut().zip([a, b, c, d, e]) {
        *kept = kept.wrapping_add(word);
    }
}

/// The words before the first block (section 6.1).
const START: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use sha1::{Digest, Sha1};

    #[test]
    fn every_length_agrees_with_the_sha1_crate() {
        let message: Vec<u8> = (0..300_u16).map(|it| (it * 7) as u8).collect();
        for length in 0..message.len() {
            let expect: [u8; 20] = Sha1::digest(&message[..length]).into();
            assert_eq!(super::sha1(&message[..length]), expect, "{length} octets");
        }
    }
}
