use crate::{Rule, violation::Fault};

/// A chunk-size line on its way in (RFC 9112 section 7.1). Its line end must be CRLF: a reader that takes a bare LF
/// here and one that does not would find different ends of the message.
#[derive(Debug, Default)]
pub(crate) struct SizeLine {
    scanned: usize,
    digits: usize,
    size: u64,
    /// A semicolon has come: what follows are extensions.
    extended: bool,
}

impl SizeLine {
    /// Reads on in `octets`, which must begin as they did at the last call: the size and how many octets the line has.
    pub(crate) fn advance(&mut self, octets: &[u8]) -> Result<Option<(u64, usize)>, Fault> {
        let seen = &octets[..octets.len().min(LIMIT)];
        while let Some(&octet) = seen.get(self.scanned) {
            let at = self.scanned;
            let bad = Err(Fault::new(Rule::ChunkSize, at));
            let digit = char::from(octet).to_digit(16).filter(|_| at == self.digits);
            match (octet, digit, seen.get(at + 1)) {
                (_, Some(_), _) if self.size >> 60 != 0 => return bad,
                (_, Some(digit), _) => {
                    self.size = self.size << 4 | u64::from(digit);
                    self.digits += 1;
                }
                _ if self.digits == 0 => return bad,
                (b'\r', _, Some(b'\n')) => return Ok(Some((self.size, at + 2))),
                (b'\r', _, None) => break,
                (b';', ..) => self.extended = true,
                (b' ' | b'\t', ..) => {}
                // Before the semicolon it would be a second size, which another reader might prefer.
                (0x21..=0x7E | 0x80.., ..) if self.extended => {}
                _ => return bad,
            }
            self.scanned = at + 1;
        }
        if seen.len() == LIMIT {
            return Err(Fault::new(Rule::ChunkSize, LIMIT));
        }
        Ok(None)
    }
}

/// The most octets of a chunk-size line with its extensions and CRLF.
const LIMIT: usize = 4096;
