//! Ordinary words at even times: what is said where neither the words nor luck are to decide.

/// Words one after another, other ones each time, cut to `size` octets: prose compresses, but not to
/// nothing.
pub(super) fn prose(n: u64, size: u32) -> String {
    let size = size as usize;
    let mut text = String::with_capacity(size + 8);
    let mut state = (n as u32).wrapping_mul(2_654_435_761).wrapping_add(12_345);
    while text.len() < size {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(WORDS[(state >> 24) as usize % WORDS.len()]);
    }
    text.truncate(size);
    text
}

/// When message `n` is said, one every `gap` microseconds on average. The times are spread evenly over
/// the interval of the polls, so that no transport is lucky.
pub(crate) fn evenly(n: u64, gap: u64, poll: u64) -> u64 {
    super::script::START + n * gap + n * GOLDEN % MILLION * gap.min(poll) / MILLION
}

/// Millionths of the golden section: its multiples leave no gaps.
const GOLDEN: u64 = 618_034;
const MILLION: u64 = 1_000_000;

const WORDS: [&str; 16] = [
    "lunch ", "at ", "noon ", "the ", "train ", "is ", "late ", "again ", "see ", "you ", "there ", "price ",
    "up ", "down ", "ok ", "and ",
];
