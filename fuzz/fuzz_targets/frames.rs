#![no_main]

use fuzz::{frames, bound::bounded};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(frames::hold, input));
