//! Runs in the formats of others, and what others recorded as runs.
//!
//! Sans-IO: octets in, values out; no browser, no clock, no randomness. Every format is a module of its
//! own, and what is read or written is always a [`Run`].

pub mod json;
mod run;

pub use run::{Origin, Run};
