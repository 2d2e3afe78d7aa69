//! Chance from a seed: SplitMix64, integers only, so that it falls the same natively and in wasm.

/// A reproducible stream of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Equal seeds give equal streams.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next of all numbers of 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number below `bound`; 0 if there is none. Multiplying the upper 32 bits keeps it even
    /// to one in 2^32 / `bound` for any bound that a scenario can ask for.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }
}
