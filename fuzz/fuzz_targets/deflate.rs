#![no_main]

use fuzz::{bound::bounded, deflate};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(deflate::hold, input));
