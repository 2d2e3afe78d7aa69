//! Which event of a run a lesson means: found by what it is, so that it is found in any run.

use std::rc::Rc;

use wire::{Opcode, Sender};

use crate::event::{Event, Kind};
use crate::trace::Trace;

/// What an event is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// TCP asks for a connection.
    Syn,
    /// The third segment of TCP's handshake.
    Established,
    /// An end's direction ends.
    Fin(Sender),
    /// A segment that vanishes on its way.
    Lost,
    /// A segment that is sent once more.
    Again,
    /// Somebody on the way cuts the connection.
    Cut,
    /// A side is told that its connection is gone.
    Failed,
    /// An HTTP request.
    Request,
    /// An HTTP response.
    Response,
    /// An event of a stream.
    Chunk,
    /// A frame that carries a message.
    Data(Sender),
    /// A Close frame.
    Close(Sender),
    /// This side's application says something.
    Said(Sender),
    /// What this side said has been heard.
    Heard(Sender),
}

impl What {
    /// Whether an event is that.
    pub fn is(self, event: &Event) -> bool {
        let sender = event.key.sender;
        match (&event.kind, self) {
            (Kind::Syn, Self::Syn)
            | (Kind::Established, Self::Established)
            | (Kind::Lost { .. }, Self::Lost)
            | (Kind::Retransmission, Self::Again)
            | (Kind::Chunk, Self::Chunk)
            | (Kind::Reset, Self::Cut)
            | (Kind::Failed(_), Self::Failed)
            | (Kind::Request { .. }, Self::Request)
            | (Kind::Response { .. }, Self::Response) => true,
            (Kind::Frame { opcode: Opcode::Close, .. }, Self::Close(from)) => from == sender,
            (Kind::Frame { .. }, Self::Data(from)) => from == sender && !event.carries.is_empty(),
            (Kind::Fin, Self::Fin(from))
            | (Kind::Said, Self::Said(from))
            | (Kind::Delivered, Self::Heard(from)) => from == sender,
            _ => false,
        }
    }
}

/// One event of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pick {
    /// The lane.
    pub lane: usize,
    /// What it is.
    pub what: What,
    /// Which of those, counted from 0.
    pub nth: usize,
}

impl Pick {
    /// The first of its kind on a lane.
    pub const fn first(lane: usize, what: What) -> Self {
        Self { lane, what, nth: 0 }
    }

    /// The second of its kind on a lane.
    pub const fn second(lane: usize, what: What) -> Self {
        Self { lane, what, nth: 1 }
    }

    /// Its place in the trace.
    pub fn place(self, trace: &Trace) -> Option<usize> {
        let own = |event: &Event| usize::from(event.key.lane) == self.lane && self.what.is(event);
        let events = trace.events().iter().enumerate();
        events.filter(|(_, event)| own(event)).map(|(place, _)| place).nth(self.nth)
    }

    /// The event.
    pub fn event(self, trace: &Trace) -> Option<&Rc<Event>> {
        trace.events().get(self.place(trace)?)
    }

    /// When its first octet leaves, in microseconds.
    pub fn leaves(self, trace: &Trace) -> u64 {
        self.event(trace).map_or(0, |event| event.start())
    }

    /// When its last octet has arrived, in microseconds.
    pub fn arrives(self, trace: &Trace) -> u64 {
        self.event(trace).map_or(0, |event| event.end())
    }

    /// Octets of message in it.
    pub fn payload(self, trace: &Trace) -> u64 {
        self.event(trace).map_or(0, |event| event.octets.payload)
    }

    /// Octets of its head or frame header.
    pub fn head(self, trace: &Trace) -> u64 {
        self.event(trace).map_or(0, |event| event.octets.framing)
    }

    /// All its octets, without TCP and IP.
    pub fn size(self, trace: &Trace) -> u64 {
        self.payload(trace) + self.head(trace)
    }

    /// Its status code or close code.
    pub fn code(self, trace: &Trace) -> u64 {
        match self.event(trace).map(|event| &event.kind) {
            Some(Kind::Response { status }) => u64::from(*status),
            Some(Kind::Frame { code: Some(code), .. }) => u64::from(*code),
            _ => 0,
        }
    }
}
