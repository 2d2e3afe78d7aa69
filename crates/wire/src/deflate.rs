//! Compression of messages: permessage-deflate (RFC 7692).
//!
//! [`Parameters`] are what both ends agree on in the opening handshake. A [`Deflater`] compresses what one end
//! sends and an [`Inflater`] undoes it, message by message; cutting the octets into frames is left to the caller,
//! and so is RSV1 on the first of them. zlib does the work.
//!
//! ```
//! use wire::deflate::{Deflater, Inflater};
//!
//! let mut deflater = Deflater::new(false, None).ok_or("zlib has no such window")?;
//! let octets = deflater.deflate(b"Hello");
//! assert_eq!(octets, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]);
//! assert_eq!(Inflater::new(false).inflate(&octets)?, b"Hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod deflater;
mod inflater;
mod negotiate;
mod parameters;
mod zlib;

pub use deflater::Deflater;
pub use inflater::Inflater;
pub use parameters::{ParameterError, Parameters};
pub use zlib::come;

/// The extension's name in `Sec-WebSocket-Extensions`.
pub const NAME: &str = "permessage-deflate";

/// What every compressed message ends with, and what is left off on the wire (RFC 7692 section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// How many octets are written or handed on at a time, about.
const PIECE: usize = 4096;
