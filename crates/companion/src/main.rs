//! companion.
fn main() {}
