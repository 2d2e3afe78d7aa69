#![no_main]

use fuzz::{bound::bounded, dissector};

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(dissector::hold, input));
