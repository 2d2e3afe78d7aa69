//! Octets to messages and back: HTTP/1.1, the opening handshake, WebSocket frames and their compression.
//!
//! Floor 0 of Duplex. Everything here is a function of octets: no sockets, no clock, no randomness, no floating
//! point, no allocation sized by what a peer merely claims. Nothing panics, whatever comes in: a broken rule is
//! data, a [`Violation`], with its RFC section, the close code or status that answers it, and how a browser reacts.
//!
//! Read [`Decoder`] first: one direction of one connection, fed in pieces of any size, polled for what they
//! mean. [`Reader`] assembles whole [`Unit`]s from it, each with the octets exactly as they crossed the wire and
//! the [`Span`]s that explain every one of them; the frame that ends a [`Message`] which was fragmented or
//! compressed brings it whole. [`Dissector`] reads both directions of a connection and follows the switch from HTTP
//! to frames, with the compression that both ends agreed on. [`sse`] reads the events that a response may carry.
//!
//! ```
//! use wire::{Frame, Reader, Sender};
//!
//! let octets = Frame::text("Hello").masked([0x37, 0xfa, 0x21, 0x3d]).encode();
//! let mut reader = Reader::frames(Sender::Client);
//! let mut units = Vec::new();
//! for octet in octets {
//!     reader.feed(&[octet]);
//!     while let Some(unit) = reader.poll() {
//!         units.push(unit?);
//!     }
//! }
//! assert_eq!(units[0].content, b"Hello");
//! assert_eq!(units[0].spans()[7].name, "Masking key");
//! # Ok::<(), wire::Violation>(())
//! ```
//!
//! What it deliberately lacks: HTTP/2, HTTP/0.9, folded field lines, transfer codings other than chunked, and
//! content codings: a compressed HTTP content is told as it came. Of WebSocket's extensions it knows
//! permessage-deflate alone.

mod sender;

pub mod violation;

pub mod http1;

pub mod close;
pub mod deflate;
pub mod frame;
pub mod mask;
pub mod utf8;

pub mod handshake;

pub mod decoder;
pub mod message;
pub mod reader;
pub mod span;
pub mod unit;

pub mod dissector;

pub mod sse;

mod encode_error;

pub use close::{CloseBody, CloseCode};
pub use decoder::{Decoded, Decoder};
pub use dissector::Dissector;
pub use encode_error::EncodeError;
pub use frame::{Frame, FrameHeader, Opcode};
pub use handshake::{Offer, Refusal};
pub use http1::{FieldLine, Fields, Framing, Request, Response, Version, parse_request, parse_response};
pub use message::Message;
pub use reader::Reader;
pub use sender::Sender;
pub use span::Span;
pub use unit::{Body, Unit};
pub use violation::{Rule, Violation};
