//! What a lane has cost and brought by a given time.

mod ages;
mod book;
mod waits;

use crate::event::Octets;
use crate::order;
use crate::trace::Trace;

pub use ages::Spread;
pub(crate) use book::Book;

/// What was said on a lane that has ended, and how much of it never arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Missing {
    /// Messages that did reach the other side.
    pub delivered: u32,
    /// Messages that were said.
    pub said: u32,
    /// Whether what was waited for is among those lost: news from the server, or an echo.
    pub awaited: bool,
}

/// One lane's account at a moment. Octets count once their last one has been sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// What the client sent.
    pub up: Octets,
    /// What the server sent.
    pub down: Octets,
    /// Connections opened.
    pub connections: u32,
    /// Requests and responses whose heads nobody saw: their octets are not among those counted.
    pub unseen: u32,
    /// HTTP requests, the opening handshake among them.
    pub requests: u32,
    /// WebSocket frames that carry data.
    pub frames: u32,
    /// Messages that reached the other side.
    pub delivered: u32,
    /// Event to delivery of the messages delivered so far whose saying was seen; `None` if none was.
    pub freshness: Option<Spread>,
    /// Of an echo: from saying a message to hearing it again; `None` if none was heard.
    pub round_trips: Option<Spread>,
    /// The longest that any echo has been under way until now, in microseconds.
    pub longest_round_trip: u64,
    /// The longest that any news from the server has had to wait until now, in microseconds.
    pub longest_wait: u64,
    /// What never reached the other side; `None` while it still may, and if nobody could see it.
    pub missing: Option<Missing>,
}

impl Account {
    /// The account of `lane` at `now` microseconds. Costs no more late than early: it is looked up in
    /// the lane's book, which is written when it is first asked for.
    pub fn at(trace: &Trace, lane: usize, now: u64) -> Self {
        trace.book(lane).map(|book| book.account(trace, now)).unwrap_or_default()
    }

    /// How old what was heard is: round trips of an echo, said to heard of a chat; `None` if nothing was.
    pub fn spread(&self, echo: bool) -> Option<Spread> {
        if echo { self.round_trips } else { self.freshness }
    }

    /// The longest wait until now: for an echo, or for news.
    pub fn longest(&self, echo: bool) -> u64 {
        if echo { self.longest_round_trip } else { self.longest_wait }
    }

    /// Octets that crossed the lane's connections, both ways, without TCP and IP.
    pub fn on_connections(&self) -> u64 {
        self.up.on_connection() + self.down.on_connection()
    }

    /// Octets of application messages, both ways.
    pub fn payload(&self) -> u64 {
        self.up.payload + self.down.payload
    }

    /// Octets of heads and frame headers, both ways.
    pub fn framing(&self) -> u64 {
        self.up.framing + self.down.framing
    }

    /// Octets of TLS, its handshakes among them, both ways: modelled.
    pub fn tls(&self) -> u64 {
        self.up.tls + self.down.tls
    }

    /// Octets of TCP and IP, headers and what was sent again, both ways: modelled.
    pub fn tcp_ip(&self) -> u64 {
        self.up.tcp_ip + self.down.tcp_ip
    }
}

/// How old what a lane brought in its whole run was when it was heard, in microseconds, ascending:
/// round trips of an echo, said to heard of a chat.
pub fn ages(trace: &Trace, lane: usize) -> Vec<u64> {
    let ages: Vec<u64> = match trace.is_echo() {
        true => trace
            .round_trips(lane)
            .into_iter()
            .filter_map(|(said, heard)| Some(heard?.saturating_sub(said)))
            .collect(),
        false => {
            let heard = trace.passages(lane).iter().filter_map(|it| Some((it, it.delivered?)));
            heard.map(|(passage, at)| passage.age(at)).collect()
        }
    };
    order::ascending(&ages)
}

/// The value below which `percent` of `ascending` lie (nearest rank), or `None` of nothing.
pub fn percentile(ascending: &[u64], percent: usize) -> Option<u64> {
    let rank = (ascending.len() * percent).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}
