//! One whole message of HTTP, or one frame, with its octets.

mod content;
mod fields;
mod frame;
mod head;
mod tiles;
mod words;

pub(crate) use tiles::Tiles;
pub(crate) use words::preview;

use crate::{FrameHeader, Message, Request, Response, Sender, Span};

/// One HTTP message or one frame, as it crossed the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Who sent it.
    pub sender: Sender,
    /// Which of the sender's units on this connection, from 0.
    pub index: u32,
    /// Where it begins in the sender's stream.
    pub offset: u64,
    /// Exactly as on the wire: head and content, or frame.
    pub octets: Vec<u8>,
    /// How many of them are the head, or the frame header with its masking key.
    pub head: usize,
    /// What the head says.
    pub body: Body,
    /// The content without chunk framing, or the payload unmasked.
    pub content: Vec<u8>,
    /// Octets that were on the wire and exceed the reader's limit: they are in neither `octets` nor `content`.
    pub dropped: u64,
    /// On the last frame of a message that was fragmented or compressed: the message.
    pub message: Option<Message>,
}

/// What kind of unit it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// An HTTP request.
    Request(Request),
    /// An HTTP response.
    Response(Response),
    /// A WebSocket frame.
    Frame(FrameHeader),
}

impl Unit {
    /// How many octets it has on the wire.
    pub fn wire_octets(&self) -> u64 {
        (self.octets.len() as u64).saturating_add(self.dropped)
    }

    /// What its octets mean, in order. The spans tile the unit: every octet is in one, none in two; the first two
    /// octets of a frame are told bit by bit, and so are their spans.
    pub fn spans(&self) -> Vec<Span> {
        match &self.body {
            Body::Request(_) | Body::Response(_) => head::spans(self),
            Body::Frame(header) => frame::spans(self, header),
        }
    }

    /// The request, if it is one.
    pub fn request(&self) -> Option<&Request> {
        match &self.body {
            Body::Request(request) => Some(request),
            _ => None,
        }
    }

    /// The response, if it is one.
    pub fn response(&self) -> Option<&Response> {
        match &self.body {
            Body::Response(response) => Some(response),
            _ => None,
        }
    }

    /// The frame's header, if it is one.
    pub fn frame(&self) -> Option<&FrameHeader> {
        match &self.body {
            Body::Frame(header) => Some(header),
            _ => None,
        }
    }
}
