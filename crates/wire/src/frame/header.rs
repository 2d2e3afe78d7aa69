use super::{CONTROL_LIMIT, Opcode};
use crate::{Rule, Sender, Violation, violation::Fault};

/// What stands before a frame's payload (RFC 6455 section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameHeader {
    /// The last frame of its message.
    pub fin: bool,
    /// RSV1, RSV2, RSV3: for extensions.
    pub rsv: [bool; 3],
    /// What the frame is.
    pub opcode: Opcode,
    /// The masking key; a client always sends one, a server never.
    pub mask: Option<[u8; 4]>,
    /// Octets of payload, 0 to 2^63 - 1.
    pub length: u64,
}

impl FrameHeader {
    /// How many octets the header has: 2, 4 or 10 by the length, and 4 more with a mask.
    pub fn octets(&self) -> usize {
        let length = match self.length {
            0..=125 => 2,
            126..=0xFFFF => 4,
            _ => 10,
        };
        length + if self.mask.is_some() { 4 } else { 0 }
    }

    /// The octets on the wire, the length in its shortest form.
    pub fn encode(&self) -> Vec<u8> {
        let mut first = u8::from(self.opcode);
        for (set, bit) in
            [self.fin, self.rsv[0], self.rsv[1], self.rsv[2]].into_iter().zip([0x80, 0x40, 0x20, 0x10])
        {
            if set {
                first |= bit;
            }
        }
        let mask = if self.mask.is_some() { 0x80 } else { 0 };
        let mut octets = vec![first];
        match self.length {
            0..=125 => octets.push(mask | self.length as u8),
            126..=0xFFFF => {
                octets.push(mask | 126);
                octets.extend_from_slice(&(self.length as u16).to_be_bytes());
            }
            _ => {
                octets.push(mask | 127);
                octets.extend_from_slice(&self.length.to_be_bytes());
            }
        }
        octets.extend(self.mask.into_iter().flatten());
        octets
    }

    /// Reads a header from the start of `octets`: the header and how many octets it has. `None`: not enough octets
    /// yet, nothing is consumed. What needs the frames before it, or to know who sends, is checked by
    /// [`Decoder`](crate::Decoder).
    ///
    /// # Errors
    /// A length in a longer form than needed or with its top bit set; a control frame that is fragmented or longer
    /// than 125 octets. The violation names as sender whoever the MASK bit speaks for.
    pub fn parse(octets: &[u8]) -> Result<Option<(Self, usize)>, Violation> {
        Self::read(octets).map_err(|fault| {
            let masked = octets.get(1).is_some_and(|octet| octet & 0x80 != 0);
            fault.by(if masked { Sender::Client } else { Sender::Server })
        })
    }

    pub(crate) fn read(octets: &[u8]) -> Result<Option<(Self, usize)>, Fault> {
        let &[first, second, ref rest @ ..] = octets else { return Ok(None) };
        let opcode = Opcode::from(first);
        let fin = first & 0x80 != 0;
        let short = u64::from(second & 0x7F);
        if opcode.is_control() && !fin {
            return Err(Fault::new(Rule::ControlFragmented, 0));
        }
        if opcode.is_control() && short > CONTROL_LIMIT as u64 {
            return Err(Fault::new(Rule::ControlTooLong, 1));
        }
        let (length, rest) = match (short, rest) {
            (126, &[a, b, ref rest @ ..]) => (u64::from(u16::from_be_bytes([a, b])), rest),
            (127, &[a, b, c, d, e, f, g, h, ref rest @ ..]) => {
                (u64::from_be_bytes([a, b, c, d, e, f, g, h]), rest)
            }
            (126 | 127, _) => return Ok(None),
            (length, rest) => (length, rest),
        };
        if length >> 63 == 1 {
            return Err(Fault::new(Rule::LengthTopBit, 2));
        }
        if (short == 126 && length < 126) || (short == 127 && length <= 0xFFFF) {
            return Err(Fault::new(Rule::LengthNotMinimal, 2));
        }
        let mask = match (second & 0x80, rest) {
            (0, _) => None,
            (_, &[a, b, c, d, ..]) => Some([a, b, c, d]),
            _ => return Ok(None),
        };
        let rsv = [first & 0x40 != 0, first & 0x20 != 0, first & 0x10 != 0];
        let header = Self { fin, rsv, opcode, mask, length };
        Ok(Some((header, header.octets())))
    }
}
