//! The event model of Duplex, and what is computed from it.
pub mod live;
pub mod scenario;
