//! The event model of Duplex, and what is computed from it.
pub mod answer;
pub mod live;
pub mod scenario;
