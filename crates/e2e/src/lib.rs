//! The stage on which end-to-end tests are played: a companion, a relay between it and the browser as
//! a witness of its own, and a browser that is used the way a visitor uses it.
//!
//! The tests themselves run when `cargo xtask test` asks for them: it builds the page and the companion and says
//! where they are.

pub mod axe;
mod bidi;
pub mod browser;
mod chromium;
pub mod devtools;
pub mod elsewhere;
pub mod files;
mod firefox;
pub mod focus;
pub mod folder;
pub mod host;
pub mod lab;
pub mod npm;
pub mod page;
pub mod process;
pub mod relay;
pub mod session;
pub mod show;
pub mod site;
pub mod stage;
pub mod tally;
pub mod views;
