#![no_main]

use fuzz::{heads, bound::bounded};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(heads::hold, input));
