//! Duplex, the page: a Yew app that shows HTTP and WebSocket on one clock.
//!
//! [`state`] is the one store and knows no browser. [`views`] are pure components over it.
//! [`playback`] holds the only animation frame loop, [`capture`] everything that touches the network.
//! [`app`] joins them. Read [`state::State`] and [`app::App`] first.

pub mod state;

/// Live runs: everything that touches the network.
pub mod capture;

pub mod clipboard;

pub mod files;

pub mod language;

pub mod playback;

pub mod porter;

pub mod still;

pub mod storage;

pub mod views;

pub mod live_run;

pub mod chat_run;

pub mod app;
