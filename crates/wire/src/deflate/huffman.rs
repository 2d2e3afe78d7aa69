use super::bits::{Bits, Stop};

/// A prefix code, as the lengths of its codes define it (RFC 1951 section 3.2.2).
#[derive(Clone, Debug)]
pub(super) struct Huffman {
    /// How many codes there are of each length.
    counts: [u16; LONGEST + 1],
    /// What they stand for, the shortest codes first.
    symbols: Vec<u16>,
}

impl Huffman {
    /// `lengths[symbol]` is the length of its code, 0 if it has none. Lengths that leave codes without a meaning are
    /// refused, but for a code of a single bit: that much RFC 1951 section 3.2.7 allows.
    pub(super) fn new(lengths: &[u8]) -> Result<Self, Stop> {
        let mut counts = [0; LONGEST + 1];
        let mut symbols = Vec::new();
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            let before = symbols.len();
            let of_length = (0..).zip(lengths).filter(|&(_, &it)| usize::from(it) == length);
            symbols.extend(of_length.map(|(symbol, _)| symbol));
            *count = (symbols.len() - before) as u16;
        }
        let mut left = 1_i32;
        for &count in &counts[1..] {
            left = left * 2 - i32::from(count);
            if left < 0 {
                return Err(Stop::Fault);
            }
        }
        let single = symbols.len() == usize::from(counts[1]);
        if left > 0 && !single { Err(Stop::Fault) } else { Ok(Self { counts, symbols }) }
    }

    /// The code for literals and lengths, and the one for distances, of section 3.2.6.
    pub(super) fn fixed() -> Result<(Self, Self), Stop> {
        let mut lengths = [8; 288];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        Ok((Self::new(&lengths)?, Self::new(&[5; 32])?))
    }

    /// Both codes as the block itself brings them (section 3.2.7).
    pub(super) fn dynamic(bits: &mut Bits) -> Result<(Self, Self), Stop> {
        let literals = usize::from(bits.take(5)?) + 257;
        let distances = usize::from(bits.take(5)?) + 1;
        let codes = usize::from(bits.take(4)?) + 4;
        if literals > 286 || distances > 30 {
            return Err(Stop::Fault);
        }
        let mut lengths = [0; 19];
        for &place in &ORDER[..codes] {
            lengths[place] = bits.take(3)? as u8;
        }
        let code = Self::new(&lengths)?;
        let all = literals + distances;
        let mut lengths = Vec::with_capacity(all);
        while lengths.len() < all {
            let (length, times) = match code.decode(bits)? {
                16 => (*lengths.last().ok_or(Stop::Fault)?, 3 + bits.take(2)?),
                17 => (0, 3 + bits.take(3)?),
                18 => (0, 11 + bits.take(7)?),
                length => (length as u8, 1),
            };
            lengths.resize(lengths.len() + usize::from(times), length);
        }
        // Without a code for the end, a block has none.
        if lengths.len() > all || lengths[256] == 0 {
            return Err(Stop::Fault);
        }
        let (literals, distances) = lengths.split_at(literals);
        Ok((Self::new(literals)?, Self::new(distances)?))
    }

    /// The symbol of the next code. Codes of one length are numbers in sequence, so each length is one comparison.
    pub(super) fn decode(&self, bits: &mut Bits) -> Result<u16, Stop> {
        let (mut code, mut first, mut index) = (0_i32, 0_i32, 0_i32);
        for &count in &self.counts[1..] {
            code = code << 1 | i32::from(bits.take(1)?);
            first <<= 1;
            let count = i32::from(count);
            if code - first < count {
                return self.symbols.get((index + code - first) as usize).copied().ok_or(Stop::Fault);
            }
            index += count;
            first += count;
        }
        Err(Stop::Fault)
    }
}

/// Bits in a code at most.
const LONGEST: usize = 15;

/// In which order the lengths of the codes for lengths come.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
