#![no_main]

use fuzz::{bound::bounded, heads};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(heads::hold, input));
