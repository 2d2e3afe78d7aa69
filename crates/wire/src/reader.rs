//! One direction of one connection, in whole units.

use crate::{Body, Decoded, Decoder, Sender, Unit, Violation, mask};

/// A [`Decoder`] that collects what belongs together. Switching protocols works as described there.
#[derive(Debug)]
pub struct Reader {
    decoder: Decoder,
    unit: Option<Unit>,
    count: u32,
    keep: usize,
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
    /// in [`Unit::dropped`].
    #[must_use]
    pub fn with_limit(mut self, octets: usize) -> Self {
        self.keep = octets;
        self
    }

    /// The most octets that one content or payload may announce or have, see [`Decoder::with_limit`]; more is a
    /// [`Rule::TooLarge`](crate::Rule::TooLarge).
    #[must_use]
    pub fn refusing_over(mut self, octets: u64) -> Self {
        self.decoder = self.decoder.with_limit(octets);
        self
    }

    /// See [`Decoder::permit_rsv1`].
    pub fn permit_rsv1(&mut self) {
        self.decoder.permit_rsv1();
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
                Decoded::Payload { octets } => self.payload(octets),
                Decoded::Chunk { octets } | Decoded::Trailers { octets, .. } => self.keep(&octets),
                Decoded::End => {
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
        Self { decoder, unit: None, count: 0, keep: KEEP }
    }

    fn begin(&mut self, body: Body, offset: u64, octets: Vec<u8>) {
        let sender = self.decoder.sender();
        let head = octets.len();
        let index = self.count;
        self.count = self.count.saturating_add(1);
        self.unit = Some(Unit { sender, index, offset, octets, head, body, content: Vec::new(), dropped: 0 });
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
