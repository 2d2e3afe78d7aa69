use crate::{Fields, FrameHeader, Request, Response, Violation};

/// What the next octets mean. A unit is a head or a frame header, any number of payload pieces, and [`Decoded::End`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A request's head.
    Request {
        /// What it says.
        request: Request,
        /// Where it begins in the stream.
        offset: u64,
        /// The head as it came.
        octets: Vec<u8>,
    },
    /// A response's head.
    Response {
        /// What it says.
        response: Response,
        /// Where it begins in the stream.
        offset: u64,
        /// The head as it came.
        octets: Vec<u8>,
    },
    /// A frame's header.
    FrameHeader {
        /// What it says.
        header: FrameHeader,
        /// Where it begins in the stream.
        offset: u64,
        /// The header as it came, with the masking key.
        octets: Vec<u8>,
    },
    /// The next piece of content, or of a frame's payload, unmasked. Never empty.
    Payload {
        /// As many as have come.
        octets: Vec<u8>,
    },
    /// Octets that frame a chunked content: a chunk-size line, or the CRLF after a chunk's data.
    Chunk {
        /// As they came.
        octets: Vec<u8>,
    },
    /// What follows the last chunk: trailer fields, usually none, and the empty line.
    Trailers {
        /// The trailer fields.
        fields: Fields,
        /// As they came.
        octets: Vec<u8>,
    },
    /// The unit is complete.
    End,
    /// A rule was broken. Nothing follows.
    Violation(Violation),
}
