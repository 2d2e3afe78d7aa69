//! Duplex, the page.
fn main() {}
