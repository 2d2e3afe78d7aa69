#![no_main]

use fuzz::{bound::bounded, frames};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(frames::hold, input));
