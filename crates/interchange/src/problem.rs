//! What could not be read, and where.

use std::fmt;

use tongue::say;

/// Where in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// At an octet, counted from 0.
    Octet(u64),
    /// In a packet, counted from 1 as Wireshark counts them.
    Packet(u64),
    /// In an entry, counted from 1.
    Entry(u64),
    /// In the file as a whole.
    Whole,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Octet(at) => f.write_str(&say!("octet {}", at)),
            Self::Packet(at) => f.write_str(&say!("packet {}", at)),
            Self::Entry(at) => f.write_str(&say!("entry {}", at)),
            Self::Whole => f.write_str(say!("the file")),
        }
    }
}

/// A part that could not be read; the rest was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Why, as part of a sentence.
    pub why: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("{}: {}", self.place, self.why))
    }
}

/// Why nothing of a file can be shown: a sentence that says what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// It is larger than [`LIMIT`].
    #[error("{}", say!("This file has {} MB; at most {} MB can be opened. Save a shorter part of it, and open that.", .0.div_ceil(1_000_000), LIMIT / 1_000_000))]
    TooLarge(u64),
    /// It is none of the formats.
    #[error("{}", say!("This is no file that can be opened here: choose a HAR, a pcap or pcapng capture, or a run saved by Duplex."))]
    Unknown,
    /// It is damaged at its very beginning.
    #[error("{}", say!("Nothing of this file can be read. {}", .0))]
    Damaged(String),
    /// It can be read, and holds no conversation.
    #[error("{}", say!("There is no HTTP and no WebSocket in this file that can be read. {}", .0))]
    Empty(String),
}

/// The largest file that is opened, in octets.
pub const LIMIT: u64 = 20_000_000;
