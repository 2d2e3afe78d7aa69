//! What the page and its porter say to each other.
//!
//! The porter is a worker: it reads and writes files of all formats, so that the page never waits for a
//! large one and never loads what it does not need. The page starts it, waits for [`Answer::Ready`], makes
//! one request, and ends it when the last answer has come, or earlier. Runs cross as parcels
//! (`interchange::parcel`), one that was read in pieces, so that the page can take one at a time.

mod answer;
mod crossing;
mod request;

pub use answer::Answer;
pub use request::Request;
