//! Runs in the formats of others, and what others recorded as runs.
//!
//! Sans-IO: octets in, values out; no browser, no clock, no randomness. Every format is a module of its
//! own, and what is read or written is always a [`Run`].

mod conversation;
pub mod csv;
mod format;
pub mod har;
pub mod json;
mod lanes;
pub mod markdown;
pub mod mermaid;
pub mod parcel;
pub mod pcap;
mod problem;
mod run;
mod secrets;

pub use format::{Format, read, sniff, write};
pub use problem::{LIMIT, Place, Problem, Refusal};
pub use run::{Imported, Origin, Run, Written};
pub use secrets::Secrets;
