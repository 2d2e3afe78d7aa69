use super::{
    PIECE, TAIL,
    bits::{Bits, Stop},
    huffman::Huffman,
};
use crate::Rule;

/// Decompresses the messages of one direction (RFC 7692 section 7.2.2, RFC 1951).
///
/// It is ours and not zlib's: that one adds 20 KB (gzip) to a page, forgets the context at a block that is marked as the
/// last, and tolerates more or less according to how the octets were split. Whatever comes, this one holds at most
/// twice the greatest window and the piece that was fed; what it inflates is handed on in small pieces.
#[derive(Debug)]
pub struct Inflater {
    no_context_takeover: bool,
    /// The greatest distance that may be referred back.
    reach: usize,
    limit: u64,
    bits: Bits,
    block: Block,
    /// The block under way is marked as the last: an octet begins after it.
    last: bool,
    /// The last octets of content, which later ones may refer to.
    window: Vec<u8>,
    /// How many of them are not yet handed on.
    fresh: usize,
    /// Octets of content of the message that are.
    told: u64,
}

#[derive(Debug)]
enum Block {
    /// Between two blocks.
    None,
    /// So many octets follow as they are.
    Stored(usize),
    /// Literals and lengths, distances.
    Coded(Huffman, Huffman),
}

impl Inflater {
    /// For a direction in which the sender starts each message afresh or not, with a window of 2^`window_bits` octets, 8
    /// to 15; 15 without it. A message that refers further back does not keep to what was agreed.
    pub fn new(no_context_takeover: bool, window_bits: Option<u8>) -> Self {
        Self {
            no_context_takeover,
            reach: 1 << window_bits.map_or(15, |bits| bits.clamp(8, 15)),
            limit: u64::MAX,
            bits: Bits::default(),
            block: Block::None,
            last: false,
            window: Vec::new(),
            fresh: 0,
            told: 0,
        }
    }

    /// The most octets of content that one message may have; more is a [`Rule::TooLarge`], told as soon as they are
    /// inflated and before more is.
    #[must_use]
    pub fn with_limit(mut self, octets: u64) -> Self {
        self.limit = octets;
        self
    }

    /// A whole message: its content.
    ///
    /// # Errors
    /// As for [`Inflater::feed`] and [`Inflater::end`].
    pub fn inflate(&mut self, octets: &[u8]) -> Result<Vec<u8>, Rule> {
        let mut content = Vec::new();
        let mut to = |piece: &[u8]| {
            content.extend_from_slice(piece);
            Ok(())
        };
        self.feed(octets, &mut to)?;
        self.end(&mut to)?;
        Ok(content)
    }

    /// The next compressed octets of a message, in pieces of any size. What they inflate to goes to `to` at once.
    ///
    /// # Errors
    /// [`Rule::InflateFailed`], [`Rule::TooLarge`], or what `to` says. The connection has then failed, and the
    /// inflater is of no more use.
    pub fn feed(&mut self, octets: &[u8], to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        self.bits.push(octets);
        loop {
            let start = self.bits.taken;
            let step = self.step();
            // What comes before a fault is told before it, so that no split of the octets changes what is found first.
            if self.fresh >= PIECE || step.is_err() {
                self.tell(to)?;
            }
            match step {
                Ok(()) => {}
                Err(Stop::Fault) => return Err(Rule::InflateFailed),
                Err(Stop::More) => {
                    self.bits.taken = start;
                    return Ok(());
                }
            }
        }
    }

    /// The message is complete: puts back the octets left off at its end, and inflates what waited for them.
    ///
    /// # Errors
    /// As for [`Inflater::feed`]; a message that stops inside a block is a [`Rule::InflateFailed`].
    pub fn end(&mut self, to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        self.feed(&TAIL, to)?;
        if !matches!(self.block, Block::None) || !self.bits.is_empty() {
            return Err(Rule::InflateFailed);
        }
        self.told = 0;
        if self.no_context_takeover {
            self.window.clear();
        }
        Ok(())
    }

    /// The header of a block, a symbol, or as many octets as there are.
    fn step(&mut self) -> Result<(), Stop> {
        match &mut self.block {
            Block::None => {
                let last = self.bits.take(1)? == 1;
                self.block = match self.bits.take(2)? {
                    0 => {
                        self.bits.align();
                        let (length, check) = (self.bits.take(16)?, self.bits.take(16)?);
                        if length != !check {
                            return Err(Stop::Fault);
                        }
                        Block::Stored(usize::from(length))
                    }
                    1 => Huffman::fixed().map(|(literals, distances)| Block::Coded(literals, distances))?,
                    2 => Huffman::dynamic(&mut self.bits)
                        .map(|(literals, distances)| Block::Coded(literals, distances))?,
                    _ => return Err(Stop::Fault),
                };
                self.last = last;
            }
            Block::Stored(0) => self.end_of_block(),
            Block::Stored(rest) => {
                let octets = self.bits.octets((*rest).min(PIECE))?;
                self.window.extend_from_slice(octets);
                self.fresh += octets.len();
                *rest -= octets.len();
            }
            Block::Coded(literals, distances) => match literals.decode(&mut self.bits)? {
                symbol @ 0..256 => {
                    self.window.push(symbol as u8);
                    self.fresh += 1;
                }
                256 => self.end_of_block(),
                symbol => {
                    let length = value(&LENGTHS, usize::from(symbol) - 257, &mut self.bits)?;
                    let symbol = usize::from(distances.decode(&mut self.bits)?);
                    let distance = value(&DISTANCES, symbol, &mut self.bits)?;
                    self.copy(length, distance)?;
                }
            },
        }
        Ok(())
    }

    fn end_of_block(&mut self) {
        self.block = Block::None;
        if self.last {
            self.bits.align();
        }
    }

    /// Says again what was said `distance` octets ago; both may overlap (RFC 1951 section 3.2.3).
    fn copy(&mut self, length: usize, distance: usize) -> Result<(), Stop> {
        if distance > self.reach.min(self.window.len()) {
            return Err(Stop::Fault);
        }
        let start = self.window.len() - distance;
        for at in start..start + length {
            self.window.push(self.window[at]);
        }
        self.fresh += length;
        Ok(())
    }

    fn tell(&mut self, to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        let fresh = &self.window[self.window.len() - self.fresh..];
        let allowed = usize::try_from(self.limit - self.told).unwrap_or(usize::MAX).min(fresh.len());
        self.told += allowed as u64;
        if allowed > 0 {
            to(&fresh[..allowed])?;
        }
        if allowed < fresh.len() {
            return Err(Rule::TooLarge);
        }
        self.fresh = 0;
        if self.window.len() >= 2 * self.reach {
            self.window.drain(..self.window.len() - self.reach);
        }
        Ok(())
    }
}

/// The length or distance that a symbol begins and its extra bits complete.
fn value(table: &[(u16, u8)], symbol: usize, bits: &mut Bits) -> Result<usize, Stop> {
    let &(base, extra) = table.get(symbol).ok_or(Stop::Fault)?;
    Ok(usize::from(base) + usize::from(bits.take(extra)?))
}

/// The least length of each symbol from 257 on, and its extra bits (RFC 1951 section 3.2.5).
const LENGTHS: [(u16, u8); 29] = {
    let mut table = ranges::<29>(3, 4);
    table[28] = (258, 0);
    table
};

/// The least distance of each symbol, and its extra bits.
const DISTANCES: [(u16, u8); 30] = ranges(1, 2);

/// Ranges one after another: `width` symbols for each number of extra bits, twice as many without any.
const fn ranges<const N: usize>(first: u16, width: usize) -> [(u16, u8); N] {
    let mut table = [(0, 0); N];
    let (mut symbol, mut base) = (0, first);
    while symbol < N {
        let extra = (symbol / width).saturating_sub(1) as u8;
        table[symbol] = (base, extra);
        base = base.wrapping_add(1 << extra);
        symbol += 1;
    }
    table
}
