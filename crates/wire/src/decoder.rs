//! One direction of one connection, as it streams in.

mod buffer;
mod content;
mod decoded;
mod frames;
mod size_line;

use std::collections::VecDeque;

use crate::{
    Framing, Request, Response, Rule, Sender, Violation,
    http1::{Head, RequestLine, StatusLine},
    violation::Fault,
};
pub use decoded::Decoded;

pub(crate) use size_line::SizeLine;

use buffer::Buffer;
use content::Content;
use frames::Frames;

/// Reads one direction of one connection. [`feed`](Self::feed) it octets in pieces of any size, then
/// [`poll`](Self::poll) until it has nothing more to say.
///
/// # Switching protocols
/// A decoder cannot know alone whether what follows is still HTTP. It therefore **holds** after a request that asks
/// to switch (`Upgrade` with `Connection: Upgrade`, or CONNECT) and after the response that agrees (101, or 2xx to
/// CONNECT): `poll` gives the head and its [`Decoded::End`], then `None`, while octets wait. The owner then says
/// [`upgrade`](Self::upgrade), [`stay`](Self::stay) or [`stop`](Self::stop), and polls on. An endpoint's reader of
/// requests upgrades once it has sent its 101; an endpoint's reader of responses once it has checked the 101.
#[derive(Debug)]
pub struct Decoder {
    sender: Sender,
    buffer: Buffer,
    state: State,
    frames: Frames,
    limit: u64,
    /// The methods that coming responses answer, in their order.
    methods: VecDeque<String>,
    /// The message under way is one to hold after.
    hold: bool,
    /// `upgrade` was called before the message under way has ended.
    switch: bool,
    ended: bool,
}

#[derive(Debug)]
enum State {
    Request(Head<RequestLine>),
    Response(Head<StatusLine>),
    Content(Content),
    /// The fields of the head just given do not tell where its content ends.
    Broken(Fault),
    Held,
    Frames,
    Stopped,
}

impl Decoder {
    /// Reads HTTP/1.1 from the first octet: requests from a client, responses from a server.
    pub fn new(sender: Sender) -> Self {
        Self {
            sender,
            buffer: Buffer::default(),
            state: head(sender),
            frames: Frames::new(sender),
            limit: u64::MAX,
            methods: VecDeque::new(),
            hold: false,
            switch: false,
            ended: false,
        }
    }

    /// Reads frames from the first octet: the handshake lies behind.
    pub fn frames(sender: Sender) -> Self {
        Self { state: State::Frames, ..Self::new(sender) }
    }

    /// The most octets that one HTTP content or one frame's payload may announce or have; more breaks
    /// [`Rule::TooLarge`]. Without it there is no limit, nor any need: nothing is stored.
    #[must_use]
    pub fn with_limit(mut self, octets: u64) -> Self {
        self.limit = octets;
        self
    }

    /// Allows RSV1 on the first frame of a message, as permessage-deflate sets it (RFC 7692 section 6). The payload
    /// of such a message is given compressed, so its text is not checked: [`Reader`](crate::Reader) does both.
    pub fn permit_rsv1(&mut self) {
        self.frames.permit_rsv1();
    }

    /// Takes the next octets of the stream. They are interpreted by `poll`, and kept until then: while the decoder
    /// holds, it is the owner who bounds what waits. After a violation they are dropped.
    pub fn feed(&mut self, octets: &[u8]) {
        if !matches!(self.state, State::Stopped) {
            self.buffer.push(octets);
        }
    }

    /// What comes next; `None` until more is fed, or for ever after a violation.
    pub fn poll(&mut self) -> Option<Decoded> {
        match self.step() {
            Ok(None) if self.ended => self.last(),
            Ok(decoded) => decoded,
            Err(fault) => Some(Decoded::Violation(self.fail(fault))),
        }
    }

    /// What waits in the buffer and all that follows are frames. In the middle of a message: after it.
    pub fn upgrade(&mut self) {
        match self.state {
            State::Content(_) => self.switch = true,
            State::Broken(_) | State::Stopped | State::Frames => {}
            State::Request(_) | State::Response(_) | State::Held => self.state = State::Frames,
        }
    }

    /// The server did not switch: what waits in the buffer and follows is HTTP.
    pub fn stay(&mut self) {
        self.hold = false;
        if matches!(self.state, State::Held) {
            self.state = head(self.sender);
        }
    }

    /// Reads no more: what waits and follows is dropped. For a protocol that is not understood here.
    pub fn stop(&mut self) {
        self.state = State::Stopped;
        self.buffer.clear();
    }

    /// Whether it waits for [`upgrade`](Self::upgrade), [`stay`](Self::stay) or [`stop`](Self::stop).
    pub fn is_held(&self) -> bool {
        matches!(self.state, State::Held)
    }

    /// Whether it reads frames by now.
    pub fn is_upgraded(&self) -> bool {
        matches!(self.state, State::Frames)
    }

    /// Whose octets it reads.
    pub fn sender(&self) -> Sender {
        self.sender
    }

    /// Where in the stream the first octet stands that no event has told of yet.
    pub fn offset(&self) -> u64 {
        self.buffer.offset()
    }

    /// The octets that wait: the part of a head or header that has come, or everything while the decoder holds.
    pub fn waiting(&self) -> &[u8] {
        self.buffer.octets()
    }

    /// The next response that is not yet announced answers a request with this method: an answer to HEAD has no
    /// content, nor has a 2xx to CONNECT. Call it for each request, in order; without it GET is assumed.
    pub fn expect_response_to(&mut self, method: &str) {
        self.methods.push_back(method.to_owned());
    }

    /// The stream ends after what was fed. A response that is read until close is then complete; another unfinished
    /// unit is a [`Rule::Truncated`] or [`Rule::FrameTruncated`].
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// A rule is broken: nothing more is read.
    pub(crate) fn fail(&mut self, fault: Fault) -> Violation {
        self.state = State::Stopped;
        fault.by(self.sender)
    }

    fn step(&mut self) -> Result<Option<Decoded>, Fault> {
        let base = self.buffer.offset();
        match &mut self.state {
            State::Request(head) => {
                let found = head.request(self.buffer.octets()).map_err(|fault| fault.after(base))?;
                Ok(found.map(|(request, octets)| self.request(request, octets)))
            }
            State::Response(head) => {
                let found = head.response(self.buffer.octets()).map_err(|fault| fault.after(base))?;
                Ok(found.map(|(response, octets)| self.response(response, octets)))
            }
            State::Content(content) => {
                let decoded = content.step(&mut self.buffer, self.limit)?;
                if decoded == Some(Decoded::End) {
                    self.state = self.after_message();
                }
                Ok(decoded)
            }
            State::Broken(fault) => Err(*fault),
            State::Frames => self.frames.step(&mut self.buffer, self.limit),
            State::Held | State::Stopped => Ok(None),
        }
    }

    fn request(&mut self, request: Request, octets: usize) -> Decoded {
        self.hold = request.asks_to_switch();
        let offset = self.buffer.offset();
        let octets = self.buffer.take(octets);
        self.begin(request.framing());
        Decoded::Request { request, offset, octets }
    }

    fn response(&mut self, response: Response, octets: usize) -> Decoded {
        let method = match response.is_interim() {
            true => None,
            false => self.methods.pop_front(),
        };
        let method = method.as_deref().unwrap_or("GET");
        self.hold = response.status == 101 || (method == "CONNECT" && response.status / 100 == 2);
        let offset = self.buffer.offset();
        let octets = self.buffer.take(octets);
        self.begin(response.framing(method));
        Decoded::Response { response, offset, octets }
    }

    fn begin(&mut self, framing: Result<Framing, Rule>) {
        let at = self.buffer.offset();
        self.state = match framing {
            Ok(Framing::Length(length)) if length > self.limit => {
                State::Broken(Fault { rule: Rule::TooLarge, at })
            }
            Ok(framing) => State::Content(Content::new(framing)),
            Err(rule) => State::Broken(Fault { rule, at }),
        };
    }

    fn after_message(&mut self) -> State {
        if std::mem::take(&mut self.switch) {
            return State::Frames;
        }
        if std::mem::take(&mut self.hold) { State::Held } else { head(self.sender) }
    }

    /// The stream has ended and nothing more can be read from the buffer.
    fn last(&mut self) -> Option<Decoded> {
        let rest = self.buffer.octets();
        let whole = match &self.state {
            State::Request(_) => rest.iter().all(|octet| matches!(octet, b'\r' | b'\n')),
            State::Response(_) => rest.is_empty(),
            State::Content(content) if content.ends_with_stream() => {
                self.state = self.after_message();
                return Some(Decoded::End);
            }
            State::Content(_) => false,
            State::Frames => rest.is_empty() && !self.frames.is_inside(),
            State::Broken(_) | State::Held | State::Stopped => true,
        };
        if whole {
            return None;
        }
        let rule = if matches!(self.state, State::Frames) { Rule::FrameTruncated } else { Rule::Truncated };
        let at = self.buffer.end();
        Some(Decoded::Violation(self.fail(Fault { rule, at })))
    }
}

fn head(sender: Sender) -> State {
    match sender {
        Sender::Client => State::Request(Head::default()),
        Sender::Server => State::Response(Head::default()),
    }
}
