//! The opening handshake (RFC 6455 section 4), both sides.

mod accept;
mod client;
mod server;
mod sha1;

pub use accept::{GUID, accept_value, base64, key_from};
pub(crate) use client::extension_name;
pub use client::{check_response, open};
pub use server::{Offer, Refusal, accept, check_request};
pub use sha1::sha1;
