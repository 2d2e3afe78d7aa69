//! Numbers, texts and lists as octets. Numbers are LEB128, as WebAssembly has them (core specification,
//! section 5.2.2); everything else of varying length has its length in front.

pub(super) fn number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn octets(value: &[u8], out: &mut Vec<u8>) {
    number(value.len() as u64, out);
    out.extend(value);
}

pub(super) fn text(value: &str, out: &mut Vec<u8>) {
    octets(value.as_bytes(), out);
}

pub(super) fn optional<T>(value: Option<T>, out: &mut Vec<u8>, write: impl Fn(T, &mut Vec<u8>)) {
    out.push(value.is_some().into());
    value.into_iter().for_each(|value| write(value, out));
}

/// What is yet to be read. Every way of reading gives `None` where there is no such thing.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn octet(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let octet = self.octet()?;
            value |= u64::from(octet & 0x7f) << shift;
            if octet < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A number of any whole type.
    pub(super) fn whole<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.octet()?)).copied()
    }

    pub(super) fn octets(&mut self) -> Option<&'a [u8]> {
        let length = self.whole()?;
        let (value, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(value)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.octets()?).ok()
    }

    pub(super) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.octet()? {
            0 => Some(None),
            _ => read(self).map(Some),
        }
    }

    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        // What is merely claimed to be there costs nothing.
        for _ in 0..self.number()? {
            list.push(read(self)?);
        }
        Some(list)
    }
}
