use std::ops::Range;

use crate::{Rule, violation::Fault};

/// Splits a head into lines and remembers how far it has looked, so that octets that come one by one are each
/// looked at once. A line ends with CRLF, or with LF alone as RFC 9112 section 2.2 lets a recipient accept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    scanned: usize,
    start: usize,
}

/// One line: its text without the line end, and where the next one begins.
pub(crate) struct Line {
    pub(crate) text: Range<usize>,
    pub(crate) end: usize,
}

impl Lines {
    /// The next line of `octets`, which must begin as they did at the last call. `None`: not enough octets.
    pub(crate) fn next(&mut self, octets: &[u8]) -> Result<Option<Line>, Fault> {
        let seen = &octets[..octets.len().min(HEAD_LIMIT)];
        while let Some(&octet) = seen.get(self.scanned) {
            let at = self.scanned;
            if octet == b'\n' {
                let end = if at > self.start && seen[at - 1] == b'\r' { at - 1 } else { at };
                let line = Line { text: self.start..end, end: at + 1 };
                self.scanned = at + 1;
                self.start = at + 1;
                return Ok(Some(line));
            }
            if octet == b'\r' {
                match seen.get(at + 1) {
                    None => break,
                    Some(b'\n') => {}
                    Some(_) => return Err(Fault::new(Rule::BareCr, at)),
                }
            }
            self.scanned = at + 1;
        }
        if seen.len() == HEAD_LIMIT {
            return Err(Fault::new(Rule::HeadTooLarge, HEAD_LIMIT));
        }
        Ok(None)
    }
}

/// The most octets that a head, or the trailers after a chunked content, may have.
pub const HEAD_LIMIT: usize = 64 * 1024;
