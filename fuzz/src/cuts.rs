//! Where a stream is cut into pieces.

/// The octets in pieces: whole for seed 0, single octets for 1, and for any other seed of sizes that it decides.
pub(crate) fn pieces(octets: &[u8], seed: u8) -> impl Iterator<Item = &[u8]> {
    let mut state = u32::from(seed);
    let mut rest = octets;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let size = match seed {
            0 => rest.len(),
            1 => 1,
            _ => {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Mostly small pieces, so that heads and headers are cut, too.
                1 + (state >> 24) as usize % if state & 0x80_0000 == 0 { 4 } else { 40 }
            }
        };
        let (piece, after) = rest.split_at(size.min(rest.len()));
        rest = after;
        Some(piece)
    })
}
