//! The stage on which end-to-end tests are played: a companion, a relay between it and the browser as
//! a witness of its own, and a browser that is used the way a visitor uses it.
//!
//! The tests themselves need the feature `browser`, which `cargo xtask test` switches on; it also
//! builds the page and the companion and says where they are.

pub mod elsewhere;
pub mod host;
pub mod process;
pub mod relay;
pub mod stage;
pub mod tally;
pub mod views;

#[cfg(feature = "browser")]
pub mod axe;
#[cfg(feature = "browser")]
mod bidi;
#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "browser")]
mod chromium;
#[cfg(feature = "browser")]
pub mod devtools;
#[cfg(feature = "browser")]
pub mod files;
#[cfg(feature = "browser")]
mod firefox;
#[cfg(feature = "browser")]
pub mod focus;
#[cfg(feature = "browser")]
pub mod lab;
#[cfg(feature = "browser")]
pub mod npm;
#[cfg(feature = "browser")]
pub mod page;
#[cfg(feature = "browser")]
pub mod session;
#[cfg(feature = "browser")]
pub mod show;
#[cfg(feature = "browser")]
pub mod site;
