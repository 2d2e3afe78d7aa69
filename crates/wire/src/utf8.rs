//! UTF-8, checked as it arrives (RFC 3629, RFC 6455 section 8.1).

/// Checks a text that comes in pieces, and fails at the first octet that no valid text could have there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Utf8 {
    /// Continuation octets still owed.
    owed: u8,
    /// The least and greatest value of the next of them; E0, ED, F0 and F4 narrow it.
    least: u8,
    greatest: u8,
}

impl Utf8 {
    /// Reads on. An error is the index in `octets` of the octet that cannot stand there; those before it are taken in.
    pub fn feed(&mut self, octets: &[u8]) -> Result<(), usize> {
        for (index, &octet) in octets.iter().enumerate() {
            if self.owed == 0 {
                if octet < 0x80 {
                    continue;
                }
                let Some((owed, least, greatest)) = lead(octet) else { return Err(index) };
                *self = Self { owed, least, greatest };
                continue;
            }
            if octet < self.least || octet > self.greatest {
                return Err(index);
            }
            *self = Self { owed: self.owed - 1, least: 0x80, greatest: 0xBF };
        }
        Ok(())
    }

    /// Whether the text may end here, with no character begun.
    pub fn is_complete(&self) -> bool {
        self.owed == 0
    }
}

/// How many octets follow a leading one, and the range of the first of them (RFC 3629 section 4).
fn lead(octet: u8) -> Option<(u8, u8, u8)> {
    match octet {
        0xC2..=0xDF => Some((1, 0x80, 0xBF)),
        0xE0 => Some((2, 0xA0, 0xBF)),
        0xE1..=0xEC | 0xEE..=0xEF => Some((2, 0x80, 0xBF)),
        0xED => Some((2, 0x80, 0x9F)),
        0xF0 => Some((3, 0x90, 0xBF)),
        0xF1..=0xF3 => Some((3, 0x80, 0xBF)),
        0xF4 => Some((3, 0x80, 0x8F)),
        _ => None,
    }
}
