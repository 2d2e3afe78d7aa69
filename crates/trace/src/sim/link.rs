//! One direction of the link: a pipe of fixed rate and delay, first in, first out. It never runs full:
//! whatever TCP hands over waits its turn.

use wire::Sender;

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
pub(super) struct Pipe {
    delay: u64,
    kilobits: u64,
    /// What leaves without a pause since a moment: rounding to microseconds must not add up.
    since: u64,
    burst: u64,
    free_at: u64,
    /// The last arrival so far: nothing overtakes on a link.
    arrived: u64,
    last: Option<Place>,
}

/// A segment's connection and its place in the stream.
pub(super) type Place = (u16, usize);

impl Pipe {
    /// The pipe that `sender` sends into, idle at time 0.
    pub(super) fn new(network: &Network, sender: Sender) -> Self {
        Self {
            delay: network.round_trip / 2,
            kilobits: network.rate(sender),
            since: 0,
            burst: 0,
            free_at: 0,
            arrived: 0,
            last: None,
        }
    }

    /// Sends `octets` (headers included) at `now` or as soon as the pipe is free.
    pub(super) fn send(&mut self, now: u64, octets: u64) -> Times {
        self.segment(now, octets, None, None, 0)
    }

    /// Sends the segment at `place`, which arrives `late` by so many microseconds more than the delay.
    /// If the segment `after` which it comes has just left, the two are one burst.
    pub(super) fn segment(
        &mut self,
        now: u64,
        octets: u64,
        place: Option<Place>,
        after: Option<Place>,
        late: u64,
    ) -> Times {
        if now > self.free_at || after.is_none() || self.last != after {
            self.since = now.max(self.free_at);
            self.burst = 0;
        }
        let first = self.since + self.duration(self.burst);
        self.burst += octets;
        let last = self.since + self.duration(self.burst);
        self.free_at = last;
        self.last = place;
        let arrives = |at: u64| (at + self.delay + late).max(self.arrived);
        let (received_first, received_last) = (arrives(first), arrives(last));
        self.arrived = received_last;
        let stamp = |at| Some(Stamp { at, from: Provenance::Simulated });
        Times {
            sent_first: stamp(first),
            sent_last: stamp(last),
            received_first: stamp(received_first),
            received_last: stamp(received_last),
        }
    }

    /// What takes no time and waits for nothing: an acknowledgement.
    pub(super) fn passes(&self, now: u64) -> Times {
        let stamp = |at| Some(Stamp { at, from: Provenance::Simulated });
        let (left, arrived) = (stamp(now), stamp(now + self.delay));
        Times { sent_first: left, sent_last: left, received_first: arrived, received_last: arrived }
    }

    /// How long the way is, in microseconds.
    pub(super) fn delay(&self) -> u64 {
        self.delay
    }

    /// Microseconds that `octets` take to leave, rounded up.
    fn duration(&self, octets: u64) -> u64 {
        (octets * 8_000).div_ceil(self.kilobits)
    }
}

/// Segments that `octets` of content fill; a segment without content is still one.
pub(super) fn segments(octets: u64, mss: u64) -> u64 {
    octets.div_ceil(mss).max(1)
}
