//! One direction of one connection, in whole units.

use crate::{
    Body, Decoded, Decoder, Rule, Sender, Unit, Violation,
    deflate::{Inflater, Parameters},
    mask,
    message::Assembly,
    violation::Fault,
};

/// A [`Decoder`] that collects what belongs together: units, and the messages that several frames or compressed ones
/// carry. Switching protocols works as described there.
#[derive(Debug)]
pub struct Reader {
    decoder: Decoder,
    unit: Option<Unit>,
    count: u32,
    keep: usize,
    limit: u64,
    /// Once permessage-deflate is agreed on.
    inflater: Option<Inflater>,
    /// The fragmented or compressed message under way.
    assembly: Option<Assembly>,
}

impl Reader {
    /// Reads HTTP/1.1 from the first octet: requests from a client, responses from a server.
    pub fn new(sender: Sender) -> Self {
        Self::over(Decoder::new(sender))
    }

    /// Reads frames from the first octet: the handshake lies behind.
    pub fn frames(sender: Sender) -> Self {
        Self::over(Decoder::frames(sender))
    }

    /// The most octets after a head or frame header that a unit keeps, [`KEEP`] without this. The rest is counted
    /// in [`Unit::dropped`]. A message keeps as many octets of its content.
    #[must_use]
    pub fn with_limit(mut self, octets: usize) -> Self {
        self.keep = octets;
        self
    }

    /// The most octets that one content or payload may announce or have, see [`Decoder::with_limit`], and that the
    /// content of one message may have once it is joined and decompressed; more is a [`Rule::TooLarge`].
    #[must_use]
    pub fn refusing_over(mut self, octets: u64) -> Self {
        self.decoder = self.decoder.with_limit(octets);
        self.limit = octets;
        self
    }

    /// The most octets that one content or payload alone may announce or have; what a message may have is left as
    /// it is. For a server that takes long messages, but only in small frames.
    #[must_use]
    pub fn refusing_units_over(mut self, octets: u64) -> Self {
        self.decoder = self.decoder.with_limit(octets);
        self
    }

    /// Both ends agreed on permessage-deflate: RSV1 on the first frame of a message says that it is compressed.
    /// A [`Unit::content`] is then as it came, and [`Unit::message`] brings what was said. A compressed text is checked
    /// as it inflates. What cannot be inflated, is no UTF-8 or too large is told as a violation of the frame that
    /// brought it: its offset is that of the frame.
    pub fn inflate_with(&mut self, parameters: &Parameters) {
        self.decoder.permit_rsv1();
        self.inflater = Some(parameters.inflater(self.decoder.sender()));
    }

    /// Takes the next octets of the stream.
    pub fn feed(&mut self, octets: &[u8]) {
        self.decoder.feed(octets);
    }

    /// The next whole unit; `None` until more is fed, or for ever after a violation.
    pub fn poll(&mut self) -> Option<Result<Unit, Violation>> {
        loop {
            match self.decoder.poll()? {
                Decoded::Request { request, offset, octets } => {
                    self.begin(Body::Request(request), offset, octets)
                }
                Decoded::Response { response, offset, octets } => {
                    self.begin(Body::Response(response), offset, octets);
                }
                Decoded::FrameHeader { header, offset, octets } => {
                    self.begin(Body::Frame(header), offset, octets);
                }
                Decoded::Payload { octets } => {
                    let fed = self.assemble(&octets);
                    self.payload(octets);
                    if let Err(rule) = fed {
                        return Some(Err(self.fail(rule)));
                    }
                }
                Decoded::Chunk { octets } | Decoded::Trailers { octets, .. } => self.keep(&octets),
                Decoded::End => {
                    if let Err(rule) = self.assembled() {
                        return Some(Err(self.fail(rule)));
                    }
                    let Some(unit) = self.unit.take() else { continue };
                    return Some(Ok(unit));
                }
                Decoded::Violation(violation) => return Some(Err(violation)),
            }
        }
    }

    /// See [`Decoder::upgrade`].
    pub fn upgrade(&mut self) {
        self.decoder.upgrade();
    }

    /// See [`Decoder::stay`].
    pub fn stay(&mut self) {
        self.decoder.stay();
    }

    /// See [`Decoder::stop`].
    pub fn stop(&mut self) {
        self.decoder.stop();
    }

    /// See [`Decoder::is_held`].
    pub fn is_held(&self) -> bool {
        self.decoder.is_held()
    }

    /// See [`Decoder::is_upgraded`].
    pub fn is_upgraded(&self) -> bool {
        self.decoder.is_upgraded()
    }

    /// See [`Decoder::expect_response_to`].
    pub fn expect_response_to(&mut self, method: &str) {
        self.decoder.expect_response_to(method);
    }

    /// See [`Decoder::end`].
    pub fn end(&mut self) {
        self.decoder.end();
    }

    /// The unit under way: its head or header is read and its end has not come. After a violation, the one that
    /// broke the rule, if its head was readable.
    pub fn partial(&self) -> Option<&Unit> {
        self.unit.as_ref()
    }

    /// The octets that wait after the unit under way; after a violation, those that could not be read.
    pub fn waiting(&self) -> &[u8] {
        self.decoder.waiting()
    }

    fn over(decoder: Decoder) -> Self {
        Self { decoder, unit: None, count: 0, keep: KEEP, limit: u64::MAX, inflater: None, assembly: None }
    }

    fn begin(&mut self, body: Body, offset: u64, octets: Vec<u8>) {
        let sender = self.decoder.sender();
        let head = octets.len();
        let index = self.count;
        self.count = self.count.saturating_add(1);
        if let Body::Frame(header) = &body
            && !header.opcode.is_control()
        {
            let compressed = header.rsv[0];
            if header.opcode.begins_message() && (compressed || !header.fin) {
                self.assembly = Some(Assembly::new(header.opcode, compressed, self.keep, self.limit));
            }
            if let Some(assembly) = &mut self.assembly {
                assembly.frame(index);
            }
        }
        let content = Vec::new();
        self.unit =
            Some(Unit { sender, index, offset, octets, head, body, content, dropped: 0, message: None });
    }

    /// Hands a piece of payload to the message that it belongs to.
    fn assemble(&mut self, octets: &[u8]) -> Result<(), Rule> {
        match (&mut self.assembly, self.unit.as_ref().and_then(Unit::frame)) {
            (Some(assembly), Some(header)) if !header.opcode.is_control() => {
                assembly.feed(octets, self.inflater.as_mut())
            }
            _ => Ok(()),
        }
    }

    /// The unit under way is complete, and with it perhaps a message.
    fn assembled(&mut self) -> Result<(), Rule> {
        if let Some(unit) = &mut self.unit
            && let Body::Frame(header) = &unit.body
            && header.fin
            && !header.opcode.is_control()
            && let Some(assembly) = self.assembly.take()
        {
            unit.message = Some(assembly.end(self.inflater.as_mut())?);
        }
        Ok(())
    }

    fn fail(&mut self, rule: Rule) -> Violation {
        let at = self.unit.as_ref().map_or(self.decoder.offset(), |unit| unit.offset);
        self.decoder.fail(Fault { rule, at })
    }

    fn payload(&mut self, mut octets: Vec<u8>) {
        let Some(unit) = &mut self.unit else { return };
        let position = unit.content.len() as u64;
        let kept = self.keep.saturating_sub(unit.octets.len() - unit.head).min(octets.len());
        unit.dropped = unit.dropped.saturating_add((octets.len() - kept) as u64);
        octets.truncate(kept);
        unit.content.extend_from_slice(&octets);
        if let Body::Frame(header) = &unit.body
            && let Some(key) = header.mask
        {
            mask::apply(key, position, &mut octets);
        }
        unit.octets.extend_from_slice(&octets);
    }

    fn keep(&mut self, octets: &[u8]) {
        let Some(unit) = &mut self.unit else { return };
        let kept = self.keep.saturating_sub(unit.octets.len() - unit.head).min(octets.len());
        unit.dropped = unit.dropped.saturating_add((octets.len() - kept) as u64);
        unit.octets.extend_from_slice(&octets[..kept]);
    }
}

/// How many octets after its head a unit keeps unless told otherwise: 16 MiB.
pub const KEEP: usize = 16 * 1024 * 1024;
