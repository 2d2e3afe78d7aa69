//! Both directions of one connection.
//!
//! An input is an octet that says how the streams are cut, and bursts: two octets for who sends, whether that is the
//! end and how much, and so many octets.

use wire::{Dissector, Sender, Unit, Violation};

use super::{cuts::pieces, unit};

/// In each direction any split gives what the whole gives; units are sound, follow each other without a gap and
/// are the octets that were fed.
pub fn hold(input: &[u8]) {
    let Some((&seed, rest)) = input.split_first() else { return };
    let bursts = bursts(rest);
    let whole = Heard::by(&bursts, 0);
    for seed in [1, seed] {
        let split = Heard::by(&bursts, seed);
        for sender in [Sender::Client, Sender::Server] {
            assert_eq!(split.of(sender), whole.of(sender), "the {sender} in pieces by seed {seed}");
        }
    }
    for sender in [Sender::Client, Sender::Server] {
        accounts_for(&bursts, sender, &whole.of(sender));
    }
}

struct Burst<'a> {
    sender: Sender,
    octets: &'a [u8],
    ends: bool,
}

/// The bursts of an input; the last may be shorter than it says. Whoever has ended sends no more.
fn bursts(mut rest: &[u8]) -> Vec<Burst<'_>> {
    let mut bursts: Vec<Burst<'_>> = Vec::new();
    while let Some((&[high, low], after)) = rest.split_first_chunk() {
        let length = usize::from(high & 0x3F) << 8 | usize::from(low);
        let (octets, after) = after.split_at(length.min(after.len()));
        let sender = if high & 0x80 == 0 { Sender::Client } else { Sender::Server };
        if !bursts.iter().any(|burst| burst.sender == sender && burst.ends) {
            bursts.push(Burst { sender, octets, ends: high & 0x40 != 0 });
        }
        rest = after;
    }
    bursts
}

/// All that a dissector told, and what was under way at the end.
struct Heard {
    results: Vec<Result<Unit, Violation>>,
    dissector: Dissector,
}

impl Heard {
    fn by(bursts: &[Burst<'_>], seed: u8) -> Self {
        let mut heard = Self { results: Vec::new(), dissector: Dissector::new() };
        for Burst { sender, octets, ends } in bursts {
            for piece in pieces(octets, seed) {
                heard.dissector.feed(*sender, piece);
                heard.poll();
            }
            if *ends {
                heard.dissector.end(*sender);
                heard.poll();
            }
        }
        heard
    }

    fn poll(&mut self) {
        self.results.extend(std::iter::from_fn(|| self.dissector.poll()));
    }

    /// Units, violation and unit under way of one direction; which direction goes first may depend on the split.
    fn of(&self, sender: Sender) -> (Vec<&Unit>, Option<Violation>, Option<&Unit>) {
        let units: Vec<_> = self.results.iter().flatten().filter(|unit| unit.sender == sender).collect();
        let mut broken = self.results.iter().filter_map(|result| result.as_ref().err());
        let mut broken = broken.by_ref().filter(|violation| violation.sender == sender);
        let violation = broken.next().copied();
        assert_eq!(broken.next(), None, "one violation ends a direction");
        // See `stream`: a message that fails as it inflates.
        let inflated = |unit: &&Unit| violation.is_none_or(|violation| violation.offset != unit.offset);
        (units, violation, self.dissector.direction(sender).partial().filter(inflated))
    }
}

fn accounts_for(
    bursts: &[Burst<'_>],
    sender: Sender,
    (units, _, partial): &(Vec<&Unit>, Option<Violation>, Option<&Unit>),
) {
    let sent = bursts.iter().filter(|burst| burst.sender == sender);
    let sent: Vec<u8> = sent.flat_map(|burst| burst.octets).copied().collect();
    let mut offset = 0;
    for (index, unit) in units.iter().chain(partial).enumerate() {
        assert_eq!((unit.index as usize, unit.offset), (index, offset as u64));
        assert_eq!(unit.octets, sent[offset..offset + unit.octets.len()]);
        offset += unit.octets.len();
    }
    units.iter().for_each(|unit| unit::is_sound(unit));
    partial.iter().for_each(|unit| unit::tiles(unit));
}
