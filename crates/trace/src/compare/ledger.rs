//! What each lane has cost by a moment, as bars: octets by what they are for, stacked, each part of
//! which can be left out.

use tongue::say;

use crate::event::Octets;
use crate::ledger::Account;
use crate::scenario::Transport;
use crate::trace::Trace;

/// The bars of all lanes on one scale.
#[derive(Clone, PartialEq, Debug)]
pub struct Stack {
    /// One for each lane.
    pub bars: Vec<Bar>,
    /// Octets that fill the whole width: the most that any lane has cost by its end.
    pub most: u64,
}

/// One lane at the moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Its transport.
    pub transport: Transport,
    /// The parts that are shown, left to right; none where heads went unseen.
    pub segments: Vec<Segment>,
    /// Octets of the parts that are shown, or `None` where heads went unseen.
    pub octets: Option<u64>,
    /// Everything else: connections, requests, deliveries, ages.
    pub account: Account,
}

/// One part of a bar.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Segment {
    /// Which.
    pub part: Part,
    /// How many octets, both ways.
    pub octets: u64,
    /// Where it begins, in the units of the width that was asked for.
    pub x: f64,
    /// How wide it is.
    pub width: f64,
}

/// The lanes of `trace` at `now` microseconds, on `width`. The scale is that of the whole run, so
/// that bars only grow while it plays.
pub fn stack(trace: &Trace, now: u64, parts: Parts, width: f64) -> Stack {
    let whole = (0..trace.lanes().len()).map(|lane| Account::at(trace, lane, trace.end()));
    let most = whole.filter_map(|account| parts.seen(&account)).max().unwrap_or(0);
    let bars = trace.lanes().iter().enumerate().map(|(lane, known)| {
        let account = Account::at(trace, lane, now);
        let octets = parts.seen(&account);
        let segments =
            if octets.is_some() { parts.segments(&account, width / most.max(1) as f64) } else { Vec::new() };
        Bar { transport: known.transport, segments, octets, account }
    });
    Stack { bars: bars.collect(), most }
}

/// What octets are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Application messages.
    Payload,
    /// HTTP heads, frame headers, control frames.
    Framing,
    /// TLS: its handshake and what it adds to each record, always modelled.
    Tls,
    /// TCP and IP headers, always modelled.
    TcpIp,
}

impl Part {
    /// Every part, from the inside of a packet outwards.
    pub const ALL: [Self; 4] = [Self::Payload, Self::Framing, Self::Tls, Self::TcpIp];

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payload => say!("Octets of messages"),
            Self::Framing => say!("of heads and frames"),
            Self::Tls => say!("of TLS, modelled"),
            Self::TcpIp => say!("of TCP and IP, modelled"),
        }
    }

    /// How many of `octets` are this part.
    pub fn of(self, octets: &Octets) -> u64 {
        match self {
            Self::Payload => octets.payload,
            Self::Framing => octets.framing,
            Self::Tls => octets.tls,
            Self::TcpIp => octets.tcp_ip,
        }
    }

    /// How many octets of an account are this part, both ways.
    pub fn of_both(self, account: &Account) -> u64 {
        self.of(&account.up) + self.of(&account.down)
    }
}

/// Which parts count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts([bool; Part::ALL.len()]);

impl Parts {
    /// All of them: what the network carries.
    pub const ALL: Self = Self([true; Part::ALL.len()]);

    /// These and no others.
    pub fn only(parts: &[Part]) -> Self {
        Self(Part::ALL.map(|part| parts.contains(&part)))
    }

    /// What a tap on the connection sees: messages, heads and frames.
    pub fn on_connection() -> Self {
        Self::only(&[Part::Payload, Part::Framing])
    }

    /// Whether `part` counts.
    pub fn contains(self, part: Part) -> bool {
        self.0[part as usize]
    }

    /// The same with `part` switched.
    pub fn toggled(mut self, part: Part) -> Self {
        self.0[part as usize] ^= true;
        self
    }

    /// The octets of an account that count, both ways.
    pub fn of(self, account: &Account) -> u64 {
        Part::ALL.into_iter().filter(|&part| self.contains(part)).map(|part| part.of_both(account)).sum()
    }

    fn seen(self, account: &Account) -> Option<u64> {
        (account.unseen == 0).then(|| self.of(account))
    }

    fn segments(self, account: &Account, scale: f64) -> Vec<Segment> {
        let mut before = 0;
        let shown = Part::ALL.into_iter().filter(|&part| self.contains(part));
        let segments = shown.map(|part| {
            let octets = part.of_both(account);
            let x = before as f64 * scale;
            before += octets;
            Segment { part, octets, x, width: octets as f64 * scale }
        });
        segments.collect()
    }
}
