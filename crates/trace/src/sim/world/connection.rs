//! One connection of the lane: both directions, and what stands between them.

use wire::Sender;

use crate::scenario::Network;
use crate::sim::tcp::Stream;

/// One connection.
pub(super) struct Connection {
    /// The side that sent SYN.
    pub(super) opener: Sender,
    pub(super) streams: [Stream; 2],
    /// Units with octets that each side has sent: those that are shown, and all.
    pub(super) shown: [u32; 2],
    pub(super) units: [u32; 2],
    /// Which sides have ended their direction, and which know that the connection is cut.
    pub(super) ended: [bool; 2],
    pub(super) cut: [bool; 2],
    /// What the side that accepted has thought of and not sent yet.
    pub(super) pending: u32,
    thinks_until: u64,
    /// Since when the proxy has seen no octet.
    pub(super) quiet_since: u64,
}

impl Connection {
    pub(super) fn new(network: &Network, opener: Sender, now: u64) -> Self {
        Self {
            opener,
            streams: [Stream::new(network), Stream::new(network)],
            shown: [0; 2],
            units: [0; 2],
            ended: [false; 2],
            cut: [false; 2],
            pending: 0,
            thinks_until: now,
            quiet_since: now,
        }
    }

    /// The side that answered SYN: it answers requests, and the proxy stands beside it.
    pub(super) fn accepter(&self) -> Sender {
        self.opener.other()
    }

    pub(super) fn stream(&mut self, from: Sender) -> &mut Stream {
        &mut self.streams[side(from)]
    }

    /// One more thing that the side that accepted will send, at `at` or right after what it thought of before.
    pub(super) fn thinks_until(&mut self, at: u64) -> u64 {
        self.pending += 1;
        self.thinks_until = self.thinks_until.max(at);
        self.thinks_until
    }
}

/// The place of a side in a pair.
pub(super) fn side(sender: Sender) -> usize {
    match sender {
        Sender::Client => 0,
        Sender::Server => 1,
    }
}
