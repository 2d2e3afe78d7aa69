/// Why a step of inflating stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The octets do not suffice yet: it is taken again from its start.
    More,
    /// No DEFLATE has this.
    Fault,
}

/// Octets as a stream of bits, the least significant bit of each first (RFC 1951 section 3.1.1).
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    octets: Vec<u8>,
    /// How many bits are taken.
    pub(super) taken: usize,
}

impl Bits {
    /// Drops the octets that are done with and adds those.
    pub(super) fn push(&mut self, octets: &[u8]) {
        self.octets.drain(..self.taken / 8);
        self.taken %= 8;
        self.octets.extend_from_slice(octets);
    }

    /// The next `count` bits as a number, the first one least significant; at most 16.
    pub(super) fn take(&mut self, count: u8) -> Result<u16, Stop> {
        let mut value = 0;
        for place in 0..count {
            let octet = self.octets.get(self.taken / 8).ok_or(Stop::More)?;
            value |= u16::from(octet >> (self.taken % 8) & 1) << place;
            self.taken += 1;
        }
        Ok(value)
    }

    /// Passes over what is left of an octet that is begun.
    pub(super) fn align(&mut self) {
        self.taken = self.taken.next_multiple_of(8);
    }

    /// The next octets, at most `count` of them and at least one; aligned.
    pub(super) fn octets(&mut self, count: usize) -> Result<&[u8], Stop> {
        let rest = self.octets.get(self.taken / 8..).unwrap_or_default();
        let octets = &rest[..count.min(rest.len())];
        self.taken += octets.len() * 8;
        if octets.is_empty() { Err(Stop::More) } else { Ok(octets) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.taken.div_ceil(8) >= self.octets.len()
    }
}
