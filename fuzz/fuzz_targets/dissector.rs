#![no_main]

use fuzz::{dissector, bound::bounded};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(dissector::hold, input));
