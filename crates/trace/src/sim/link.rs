//! One direction of the link: a pipe of fixed rate and fixed delay, first in, first out.

use crate::event::{Provenance, Stamp, Times};
use crate::scenario::Network;

/// Octets of content that one TCP segment carries: 1,500 less the two headers (RFC 9293 section 3.7.1).
pub const MSS: u64 = 1_460;

/// Octets of IPv4 and TCP header before each segment, options left out.
pub const SEGMENT_HEADERS: u64 = 40;

/// Octets of the MSS option that SYN and SYN+ACK carry (RFC 9293 section 3.7.1).
pub(super) const MSS_OPTION: u64 = 4;

/// Octets of TCP and IP that open and end a connection: SYN, SYN+ACK, ACK and a FIN each way.
pub const CONNECTION_HEADERS: u64 = 5 * SEGMENT_HEADERS + 2 * MSS_OPTION;

/// One direction of the link.
#[derive(Clone, Debug)]
pub struct Pipe {
    delay: u64,
    kilobits: u64,
    free_at: u64,
}

impl Pipe {
    /// A pipe that is idle at time 0.
    pub fn new(network: Network) -> Self {
        Self { delay: network.round_trip / 2, kilobits: u64::from(network.kilobits.max(1)), free_at: 0 }
    }

    /// Sends `octets` (headers included) at `now` or as soon as the pipe is free.
    pub fn send(&mut self, now: u64, octets: u64) -> Times {
        let first = now.max(self.free_at);
        let last = first + self.duration(octets);
        self.free_at = last;
        let stamp = |at| Some(Stamp { at, from: Provenance::Simulated });
        Times {
            sent_first: stamp(first),
            sent_last: stamp(last),
            received_first: stamp(first + self.delay),
            received_last: stamp(last + self.delay),
        }
    }

    /// Microseconds that `octets` take to leave, rounded up.
    pub fn duration(&self, octets: u64) -> u64 {
        (octets * 8_000).div_ceil(self.kilobits)
    }
}

/// Segments that `octets` of content fill; a segment without content is still one.
pub(super) fn segments(octets: u64) -> u64 {
    octets.div_ceil(MSS).max(1)
}
