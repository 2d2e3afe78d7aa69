#![no_main]

#[path = "../src/importers.rs"]
mod importers;

use fuzz::bound::bounded;

libfuzzer_sys::fuzz_target!(|input: &[u8]| bounded(importers::hold, input));
