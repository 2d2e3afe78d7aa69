//! What each lane has cost by a moment, as bars: octets by what they are for, stacked, each part of
//! which can be left out.

use super::Grid;
use crate::caption::{self, seconds};
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

/// The same in words and figures.
pub fn grid(trace: &Trace, now: u64, parts: Parts) -> Grid {
    let echo = trace.is_echo();
    let shown: Vec<Part> = Part::ALL.into_iter().filter(|&part| parts.contains(part)).collect();
    let mut head = vec!["Lane".to_owned()];
    head.extend(shown.iter().map(|part| part.name().to_owned()));
    let rest = ["octets shown", "connections", "requests", "messages delivered"];
    head.extend(rest.map(str::to_owned));
    let age = if echo { "round trip" } else { "said to heard" };
    head.extend(["p50", "p95", "max"].map(|figure| [age, ", ", figure].concat()));
    let rows = stack(trace, now, parts, 0.0).bars.iter().map(|bar| row(bar, &shown, echo)).collect();
    Grid { head, rows }
}

fn row(bar: &Bar, shown: &[Part], echo: bool) -> Vec<String> {
    let Bar { account, octets, .. } = bar;
    let or_unseen = |octets: Option<u64>| octets.map_or_else(|| "??".to_owned(), caption::count);
    let mut row = vec![bar.transport.name().to_owned()];
    row.extend(shown.iter().map(|part| or_unseen(octets.map(|_| part.of_both(account)))));
    row.push(or_unseen(*octets));
    row.extend(
        [account.connections, account.requests, account.delivered]
            .map(|number| caption::count(u64::from(number))),
    );
    let spread = account.spread(echo);
    let ages = spread.map_or([None; 3], |spread| [spread.p50, spread.p95, spread.max].map(Some));
    row.extend(ages.map(|age| age.map_or_else(|| "–".to_owned(), seconds)));
    row
}

/// What octets are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Application messages.
    Payload,
    /// HTTP heads, frame headers, control frames.
    Framing,
    /// TCP and IP headers, always modelled.
    TcpIp,
}

impl Part {
    /// Every part, from the inside of a packet outwards.
    pub const ALL: [Self; 3] = [Self::Payload, Self::Framing, Self::TcpIp];

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payload => "octets of messages",
            Self::Framing => "of heads and frames",
            Self::TcpIp => "of TCP and IP, modelled",
        }
    }

    /// How many of `octets` are this part.
    pub fn of(self, octets: &Octets) -> u64 {
        match self {
            Self::Payload => octets.payload,
            Self::Framing => octets.framing,
            Self::TcpIp => octets.tcp_ip,
        }
    }

    fn of_both(self, account: &Account) -> u64 {
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
