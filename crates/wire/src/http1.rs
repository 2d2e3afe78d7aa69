//! HTTP/1.1 heads, and where the content after them ends (RFC 9112).

mod fields;
mod framing;
mod head;
mod lines;
mod request;
mod response;
mod token;
mod version;

pub use fields::{FieldLine, Fields};
pub use framing::Framing;
pub use lines::HEAD_LIMIT;
pub use request::{Request, parse_request};
pub use response::{Response, parse_response};
pub use version::Version;

pub(crate) use head::{FieldSection, Head};
pub(crate) use lines::Lines;
pub(crate) use request::RequestLine;
pub(crate) use response::StatusLine;
pub(crate) use token::latin1;
