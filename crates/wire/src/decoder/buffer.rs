/// Octets that were fed and not yet told of, and where they stand in the stream.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    octets: Vec<u8>,
    start: usize,
    offset: u64,
}

impl Buffer {
    pub(super) fn push(&mut self, octets: &[u8]) {
        if self.start == self.octets.len() {
            self.octets.clear();
            self.start = 0;
        } else if self.start >= SLACK && self.start >= self.octets.len() / 2 {
            self.octets.drain(..self.start);
            self.start = 0;
        }
        self.octets.extend_from_slice(octets);
    }

    pub(super) fn octets(&self) -> &[u8] {
        self.octets.get(self.start..).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.octets().len()
    }

    /// Where in the stream the first waiting octet stands.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Where the stream ends so far.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.len() as u64)
    }

    /// Hands out the first `count` octets, or as many as there are.
    pub(super) fn take(&mut self, count: usize) -> Vec<u8> {
        let count = count.min(self.len());
        let taken = if self.start == 0 && count == self.octets.len() {
            std::mem::take(&mut self.octets)
        } else {
            let taken = self.octets()[..count].to_vec();
            self.start += count;
            taken
        };
        self.offset = self.offset.saturating_add(count as u64);
        taken
    }

    /// Passes over the first `count` octets, or as many as there are.
    pub(super) fn skip(&mut self, count: usize) {
        let count = count.min(self.len());
        self.start += count;
        self.offset = self.offset.saturating_add(count as u64);
    }

    pub(super) fn clear(&mut self) {
        self.skip(usize::MAX);
        self.octets = Vec::new();
        self.start = 0;
    }
}

/// Octets that may lie told of at the front before the rest is moved.
const SLACK: usize = 4096;
