use std::fmt;

/// What a frame is (RFC 6455 sections 5.2 and 11.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opcode {
    /// 0: goes on with the message that an earlier frame began.
    Continuation,
    /// 1: begins a text message.
    Text,
    /// 2: begins a binary message.
    Binary,
    /// 8: begins or answers the closing handshake.
    Close,
    /// 9: asks for a Pong.
    Ping,
    /// 10: answers a Ping, or says unasked that its sender lives.
    Pong,
    /// 3 to 7 and 11 to 15: not defined. Only the low four bits are written.
    Reserved(u8),
}

impl Opcode {
    /// Opcodes 8 to 15: at most 125 octets, never fragmented, allowed between the fragments of a message.
    pub fn is_control(self) -> bool {
        u8::from(self) & 8 != 0
    }

    /// Whether a frame with this opcode begins a message.
    pub fn begins_message(self) -> bool {
        matches!(self, Self::Text | Self::Binary)
    }
}

/// Takes the low four bits.
impl From<u8> for Opcode {
    fn from(octet: u8) -> Self {
        match octet & 0x0F {
            0 => Self::Continuation,
            1 => Self::Text,
            2 => Self::Binary,
            8 => Self::Close,
            9 => Self::Ping,
            10 => Self::Pong,
            other => Self::Reserved(other),
        }
    }
}

impl From<Opcode> for u8 {
    fn from(opcode: Opcode) -> Self {
        match opcode {
            Opcode::Continuation => 0,
            Opcode::Text => 1,
            Opcode::Binary => 2,
            Opcode::Close => 8,
            Opcode::Ping => 9,
            Opcode::Pong => 10,
            Opcode::Reserved(other) => other & 0x0F,
        }
    }
}

impl fmt::Display for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continuation => f.write_str("Continuation"),
            Self::Text => f.write_str("Text"),
            Self::Binary => f.write_str("Binary"),
            Self::Close => f.write_str("Close"),
            Self::Ping => f.write_str("Ping"),
            Self::Pong => f.write_str("Pong"),
            Self::Reserved(other) => write!(f, "Reserved ({other})"),
        }
    }
}
