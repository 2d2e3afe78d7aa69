//! Duplex, the page.
