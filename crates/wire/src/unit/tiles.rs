use std::{borrow::Cow, ops::Range};

use tongue::{say, word};

use crate::Span;

/// Lays spans one after another over a unit's octets, so that none overlap and none leave a gap.
pub(crate) struct Tiles {
    spans: Vec<Span>,
    /// Where the next span begins.
    next: usize,
    /// Where the unit ends.
    end: usize,
}

impl Tiles {
    pub(crate) fn new(end: usize) -> Self {
        Self { spans: Vec::new(), next: 0, end }
    }

    /// A span from where the last one ended up to `end`; nothing if that is no octet.
    pub(crate) fn up_to(
        &mut self,
        end: usize,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        (meaning, rfc): (impl Into<Cow<'static, str>>, &'static str),
    ) {
        let end = end.min(self.end);
        if end > self.next {
            let (name, value, meaning) = (name.into(), value.into(), meaning.into());
            self.spans.push(Span { octets: self.next..end, bits: None, name, value, meaning, rfc });
            self.next = end;
        }
    }

    /// Some bits of the next octet; the octet is done with once its last bit is.
    pub(crate) fn bits(
        &mut self,
        bits: Range<u8>,
        name: &'static str,
        value: impl Into<String>,
        meaning: impl Into<Cow<'static, str>>,
        rfc: &'static str,
    ) {
        if self.next >= self.end {
            return;
        }
        let done = bits.end == 8;
        let (value, meaning) = (value.into(), meaning.into());
        let octets = self.next..self.next + 1;
        self.spans.push(Span { octets, bits: Some(bits), name: name.into(), value, meaning, rfc });
        if done {
            self.next += 1;
        }
    }

    pub(crate) fn next(&self) -> usize {
        self.next
    }

    pub(crate) fn into_spans(mut self) -> Vec<Span> {
        let left = super::words::count(self.end.saturating_sub(self.next) as u64);
        self.up_to(
            usize::MAX,
            word!("Octets"),
            left,
            (say!("Octets that belong to no field."), "RFC 9112 section 2.2"),
        );
        self.spans
    }
}
