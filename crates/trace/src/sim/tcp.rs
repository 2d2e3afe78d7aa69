//! One direction of a TCP connection: what waits for the window, what is under way, what has arrived.
//!
//! The window is counted in octets. It starts at so many full segments (RFC 6928) and grows by what an
//! acknowledgement newly covers, two segments at most, so that it doubles with each round trip (RFC 5681
//! section 3.1, RFC 3465 section 2.3); beyond the threshold by about a segment each round trip (RFC 5681
//! equation 3). The receiver acknowledges every second segment of a unit, its last, one after which
//! nothing comes (where a real one would wait up to half a second, RFC 9293 section 3.8.6.3), and whatever
//! arrives out of order or fills a gap (RFC 5681 section 4.2), and it names what it has (RFC 2018). A segment counts as lost once three after it have arrived, and is sent again at once with
//! half the window (RFC 5681 section 3.2, RFC 6675); or when time runs out ([`Timeout`]), with a window of
//! one segment (RFC 5681 section 3.1).

mod recovery;

use super::timeout::Timeout;
use crate::event::Flight;
use crate::scenario::Network;

/// What a unit is to the side that gets it.
pub(super) enum Content {
    Syn,
    SynAck,
    Tls(Flight),
    Octets(Vec<u8>),
    Fin,
}

impl Content {
    /// Whether it fills the stream with octets, which are acknowledged by segments of their own.
    fn has_octets(&self) -> bool {
        matches!(self, Self::Tls(_) | Self::Octets(_))
    }
}

/// One unit, cut into segments of its own.
struct Unit {
    content: Content,
    /// Its event's place in the record.
    event: usize,
    first: usize,
    end: usize,
}

struct Segment {
    unit: usize,
    octets: u64,
    state: State,
    /// When its last octet left, the last time.
    left: u64,
    /// It has been sent more than once.
    again: bool,
    /// The link has lost what was sent last. The sender learns of it by what arrives, or does not.
    gone: bool,
    arrived: bool,
}

/// What the sender knows of a segment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Flying,
    Missed,
    Held,
}

/// What has to be known of a segment in order to send it.
pub(super) struct Outgoing {
    pub(super) place: usize,
    /// Its unit's event.
    pub(super) event: usize,
    pub(super) octets: u64,
    pub(super) opens: bool,
    pub(super) first: bool,
    pub(super) again: bool,
}

/// One direction of a connection.
pub(super) struct Stream {
    mss: u64,
    window: u64,
    threshold: u64,
    units: Vec<Unit>,
    segments: Vec<Segment>,
    /// Segments sent at least once, and those acknowledged without a gap.
    sent: usize,
    acknowledged: usize,
    /// Segments that have arrived without a gap, and units that have been handed over.
    arrived: usize,
    handed: usize,
    /// Octets under way, and segments that have to be sent again.
    flight: u64,
    missed: usize,
    /// Until this segment is acknowledged, one loss is answered by one halving.
    recover: usize,
    recovering: bool,
    timeout: Timeout,
    /// When the retransmission timer expires, if it runs.
    pub(super) alarm: Option<u64>,
    /// Segments that acknowledge and have not been told of yet.
    owed: u64,
}

impl Stream {
    pub(super) fn new(network: &Network) -> Self {
        let mss = u64::from(network.mss.max(1));
        Self {
            mss,
            window: mss * u64::from(network.window.max(1)),
            threshold: u64::MAX,
            units: Vec::new(),
            segments: Vec::new(),
            sent: 0,
            acknowledged: 0,
            arrived: 0,
            handed: 0,
            flight: 0,
            missed: 0,
            recover: 0,
            recovering: false,
            timeout: Timeout::new(),
            alarm: None,
            owed: 0,
        }
    }

    /// Queues a unit of so many octets behind all others.
    pub(super) fn push(&mut self, content: Content, octets: u64, event: usize) {
        let (first, unit) = (self.segments.len(), self.units.len());
        let mut left = octets;
        loop {
            let octets = left.min(self.mss);
            let state = State::Waiting;
            self.segments.push(Segment {
                unit,
                octets,
                state,
                left: 0,
                again: false,
                gone: false,
                arrived: false,
            });
            left -= octets;
            if left == 0 {
                break;
            }
        }
        self.units.push(Unit { content, event, first, end: self.segments.len() });
    }

    /// What may be sent now: what was lost before what is new. The first that is missing always may, and
    /// so may anything while nothing is under way.
    pub(super) fn next(&self) -> Option<Outgoing> {
        let from = if self.missed > 0 { self.acknowledged } else { self.sent };
        let missed = (from..self.sent).find(|&place| self.segments[place].state == State::Missed);
        let place = missed.unwrap_or(self.sent);
        let segment = self.segments.get(place)?;
        let head = missed == Some(self.acknowledged);
        let fits = head || self.flight == 0 || self.flight + segment.octets <= self.window;
        let unit = &self.units[segment.unit];
        fits.then(|| Outgoing {
            place,
            event: unit.event,
            octets: segment.octets,
            opens: matches!(unit.content, Content::Syn | Content::SynAck),
            first: place == unit.first,
            again: missed.is_some(),
        })
    }

    /// The segment at `place` leaves, its last octet at `left`.
    pub(super) fn leaves(&mut self, place: usize, left: u64, gone: bool) {
        let segment = &mut self.segments[place];
        if segment.state == State::Missed {
            self.missed -= 1;
            segment.again = true;
        } else {
            self.sent = place + 1;
        }
        segment.state = State::Flying;
        segment.left = left;
        segment.gone = gone;
        self.flight += segment.octets;
    }

    /// The segment at `place` arrives. Answers whether the receiver acknowledges it at once.
    pub(super) fn arrives(&mut self, place: usize) -> bool {
        let before = self.arrived;
        self.segments[place].arrived = true;
        while self.segments.get(self.arrived).is_some_and(|segment| segment.arrived) {
            self.arrived += 1;
        }
        let unit = &self.units[self.segments[place].unit];
        let in_turn = self.arrived == before + 1;
        let second = (place - unit.first) % 2 == 1;
        let alone = self.is_last(place) || self.segments.get(place + 1).is_some_and(|next| next.gone);
        let acknowledges = !in_turn || second || place + 1 == unit.end || alone;
        self.owed += u64::from(acknowledges && unit.content.has_octets());
        acknowledges
    }

    /// The next unit that is whole, in the order of sending: its octets move out.
    pub(super) fn whole(&mut self) -> Option<Content> {
        let unit = self.units.get_mut(self.handed).filter(|unit| unit.end <= self.arrived)?;
        self.handed += 1;
        Some(std::mem::replace(&mut unit.content, Content::Fin))
    }

    /// Segments that have arrived without a gap: what an acknowledgement says.
    pub(super) fn arrived(&self) -> usize {
        self.arrived
    }

    /// Whether nothing has been sent after `place`.
    pub(super) fn is_last(&self, place: usize) -> bool {
        place + 1 == self.sent
    }

    /// Acknowledgements since the last time that this was asked.
    pub(super) fn take_owed(&mut self) -> u64 {
        std::mem::take(&mut self.owed)
    }
}
