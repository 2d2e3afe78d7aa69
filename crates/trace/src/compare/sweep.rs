//! One knob turned from end to end, everything else held: what each transport costs and brings.

use tongue::say;

use super::{Figures, Grid, spaced};
use crate::caption::{count, plain_seconds};
use crate::scenario::{Scenario, Transport};
use crate::sim::simulate;

/// What is turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Knob {
    /// The round trip, in microseconds.
    RoundTrip,
    /// Octets in each message.
    Size,
    /// How many messages.
    Messages,
    /// Time from one message to the next, in microseconds; an echo sets its own pace.
    Interval,
    /// How often HTTP asks for news, in microseconds.
    Poll,
    /// Octets of the cookie that each request carries.
    Cookie,
}

impl Knob {
    /// Every knob, in the order in which the page offers them.
    pub const ALL: [Self; 6] =
        [Self::RoundTrip, Self::Size, Self::Messages, Self::Interval, Self::Poll, Self::Cookie];

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RoundTrip => say!("Round trip"),
            Self::Size => say!("Octets in each message"),
            Self::Messages => say!("Messages"),
            Self::Interval => say!("Time between messages"),
            Self::Poll => say!("Time between questions for news"),
            Self::Cookie => say!("Octets of cookie"),
        }
    }

    /// Where it is worth looking.
    pub fn usual(self) -> &'static [u64] {
        match self {
            Self::RoundTrip => &[1_000, 5_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000],
            Self::Size => &[1, 16, 64, 125, 126, 512, 1_460, 4_096, 16_384],
            Self::Messages => &[1, 2, 5, 10, 20, 50, 100, 200],
            Self::Interval => &[20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000, 20_000_000],
            Self::Poll => &[50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000],
            Self::Cookie => &[0, 20, 50, 100, 200, 500, 1_000, 2_000, 4_000],
        }
    }

    /// `scenario` with the knob at `value`.
    pub fn turned(self, scenario: &Scenario, value: u64) -> Scenario {
        let mut turned = scenario.clone();
        let small = u32::try_from(value).unwrap_or(u32::MAX);
        match self {
            Self::RoundTrip => turned.network.round_trip = value,
            Self::Size => turned.size = Some(small),
            Self::Messages => turned.messages = small,
            Self::Interval => return spaced(scenario, value),
            Self::Poll => turned.poll = value,
            Self::Cookie => turned.cookie = small,
        }
        turned
    }

    /// A value of it, as the page writes it.
    pub fn value(self, value: u64) -> String {
        match self {
            Self::RoundTrip | Self::Interval | Self::Poll => plain_seconds(value),
            Self::Size | Self::Messages | Self::Cookie => count(value),
        }
    }
}

/// What is read off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// Octets on the connections.
    OnConnections,
    /// Octets on the network.
    All,
    /// Octets on the network for each message that was delivered, rounded up.
    EachMessage,
    /// The age of half of what was heard, in microseconds.
    Median,
    /// The age that 95 of 100 stay below, in microseconds.
    P95,
    /// HTTP requests.
    Requests,
}

impl Measure {
    /// Every measure, in the order in which the page offers them.
    pub const ALL: [Self; 6] =
        [Self::OnConnections, Self::All, Self::EachMessage, Self::Median, Self::P95, Self::Requests];

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnConnections => say!("Octets on the connections"),
            Self::All => say!("Octets on the network"),
            Self::EachMessage => say!("Octets for each message"),
            Self::Median => say!("Age when heard, half of them"),
            Self::P95 => say!("Age when heard, 95 of 100"),
            Self::Requests => say!("Requests"),
        }
    }

    /// The figure, if there is one: nothing was heard, nothing has an age.
    pub fn of(self, figures: &Figures) -> Option<u64> {
        match self {
            Self::OnConnections => Some(figures.on_connections),
            Self::All => Some(figures.all),
            Self::EachMessage => match figures.delivered {
                0 => None,
                delivered => Some(figures.all.div_ceil(u64::from(delivered))),
            },
            Self::Median => figures.ages.map(|ages| ages.p50),
            Self::P95 => figures.ages.map(|ages| ages.p95),
            Self::Requests => Some(u64::from(figures.requests)),
        }
    }

    /// A figure, as the page writes it.
    pub fn value(self, value: u64) -> String {
        match self {
            Self::Median | Self::P95 => plain_seconds(value),
            Self::OnConnections | Self::All | Self::EachMessage | Self::Requests => count(value),
        }
    }
}

/// The figures of every lane at every value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// What was turned.
    pub knob: Knob,
    /// Where it stood.
    pub values: Vec<u64>,
    /// One for each lane.
    pub lines: Vec<Line>,
}

/// One lane's figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its transport.
    pub transport: Transport,
    /// One for each value.
    pub points: Vec<Figures>,
}

/// Runs the lanes of `scenario` once for each of `values`.
pub fn sweep(scenario: &Scenario, knob: Knob, values: &[u64]) -> Series {
    let line = |&transport: &Transport| Line { transport, points: Vec::with_capacity(values.len()) };
    let mut lines: Vec<Line> = scenario.lanes.iter().map(line).collect();
    for &value in values {
        let trace = simulate(&knob.turned(scenario, value));
        for (lane, line) in lines.iter_mut().enumerate() {
            line.points.push(Figures::of(&trace, lane));
        }
    }
    Series { knob, values: values.to_vec(), lines }
}

impl Series {
    /// One row for each value, one column for each lane.
    pub fn grid(&self, measure: Measure) -> Grid {
        let mut head = vec![self.knob.name().to_owned()];
        head.extend(self.lines.iter().map(|line| line.transport.name().to_owned()));
        let row = |(place, &value): (usize, &u64)| {
            let mut row = vec![self.knob.value(value)];
            let of = |line: &Line| measure.of(line.points.get(place)?);
            let text = |line| of(line).map_or_else(|| "–".to_owned(), |figure| measure.value(figure));
            row.extend(self.lines.iter().map(text));
            row
        };
        Grid { head, rows: self.values.iter().enumerate().map(row).collect() }
    }
}
