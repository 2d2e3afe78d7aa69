//! How much memory an input may cost, whatever lengths it claims.

use std::alloc::System;

use cap::Cap;

/// Runs a property, and panics if it has held more of the heap than so many octets of input may need.
pub fn bounded(hold: fn(&[u8]), input: &[u8]) {
    let limit = HEAP.allocated() + PER_OCTET * input.len() + ALWAYS;
    // The peak is the process's: one that was higher before says nothing about this input.
    let before = HEAP.max_allocated();
    hold(input);
    let peak = HEAP.max_allocated();
    assert!(peak == before || peak <= limit, "{peak} octets on the heap, {limit} allowed");
}

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// The least frame has two octets, and each way of reading it keeps a unit with all that it says.
const PER_OCTET: usize = 1024;
/// A compressor and two decompressors with their windows, and what a process needs anyway.
const ALWAYS: usize = 1024 * 1024;
