//! How much memory an input may cost, whatever lengths it claims.

use std::alloc::System;

use cap::Cap;

/// Runs a property with a limit on the heap; the process aborts beyond it.
pub fn bounded(hold: fn(&[u8]), input: &[u8]) {
    let limit = PER_OCTET.saturating_mul(input.len()).saturating_add(ALWAYS);
    HEAP.set_limit(HEAP.allocated().saturating_add(limit)).expect("a limit above what is in use");
    hold(input);
    HEAP.set_limit(usize::MAX).expect("no limit");
}

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// The least frame has two octets, and each way of reading it keeps a unit with all that it says.
const PER_OCTET: usize = 1024;
const ALWAYS: usize = 256 * 1024;
