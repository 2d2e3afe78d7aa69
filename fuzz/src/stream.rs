//! What one direction has told, and what holds for it.

use wire::{Reader, Rule, Unit, Violation};

/// Everything that a reader has given by the end of its stream.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) units: Vec<Unit>,
    pub(crate) violation: Option<Violation>,
    /// The unit under way, as far as it has come.
    pub(crate) partial: Option<Unit>,
}

impl Told {
    /// Feeds the pieces, with `hold` to say how a reader that holds goes on; then ends the stream.
    pub(crate) fn by<'a>(
        mut reader: Reader,
        pieces: impl Iterator<Item = &'a [u8]>,
        hold: impl Fn(&mut Reader),
    ) -> Self {
        let mut told = Self { units: Vec::new(), violation: None, partial: None };
        let mut fed = 0;
        for piece in pieces {
            reader.feed(piece);
            fed += piece.len();
            told.poll(&mut reader, &hold);
            assert!(reader.waiting().len() <= fed, "no more waits than has come");
        }
        reader.end();
        told.poll(&mut reader, &hold);
        // A message that fails as it inflates fails with the piece that came, and so the frame shows as much of it.
        let inflated = |unit: &&Unit| told.violation.is_none_or(|violation| violation.offset != unit.offset);
        told.partial = reader.partial().filter(inflated).cloned();
        told
    }

    fn poll(&mut self, reader: &mut Reader, hold: &impl Fn(&mut Reader)) {
        loop {
            while let Some(result) = reader.poll() {
                assert_eq!(self.violation, None, "nothing follows a violation");
                match result {
                    Ok(unit) => self.units.push(unit),
                    Err(violation) => self.violation = Some(violation),
                }
            }
            if !reader.is_held() {
                return;
            }
            hold(reader);
        }
    }

    /// Units follow each other without a gap and are the octets of the stream; what comes after them is the unit
    /// under way; nothing is stored that was not sent.
    pub(crate) fn accounts_for(&self, octets: &[u8]) {
        let mut offset = 0;
        for (index, unit) in self.units.iter().chain(&self.partial).enumerate() {
            assert_eq!((unit.index as usize, unit.offset), (index, offset as u64));
            assert_eq!(unit.octets, octets[offset..offset + unit.octets.len()][..]);
            assert!(unit.content.len() <= unit.octets.len());
            offset += usize::try_from(unit.wire_octets()).expect("no more than was sent");
            assert!(offset <= octets.len());
            assert_eq!(
                (Some(unit.sender)),
                self.units.first().or(self.partial.as_ref()).map(|first| first.sender)
            );
        }
        if let Some(Violation { rule, offset: at, .. }) = self.violation {
            let end = octets.len() as u64;
            let truncated = matches!(rule, Rule::Truncated | Rule::FrameTruncated);
            assert!(at <= end && (!truncated || at == end), "{rule:?} at {at} of {end}");
            assert!(!rule.to_string().is_empty() && !rule.rfc().is_empty());
        }
    }
}
