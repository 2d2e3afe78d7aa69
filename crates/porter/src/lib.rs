//! What the page and its porter say to each other.
//!
//! The porter is a worker: it reads and writes files of all formats, so that the page never waits for a
//! large one and never loads what it does not need. The page starts it, waits for [`Answer::Ready`], makes
//! one request, and ends it when the last answer has come, or earlier. Runs cross as our own JSON, one that
//! is read in pieces of [`PIECE`] octets and more, so that the page can take one at a time.

mod answer;
mod crossing;
mod request;

pub use answer::Answer;
pub use request::Request;

/// How many octets of JSON the events of one [`Answer::Events`] have, or a little more.
pub const PIECE: usize = 50_000;
