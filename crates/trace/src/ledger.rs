//! What a lane has cost and brought by a given time.

use wire::Sender;

use crate::event::{Kind, Octets};
use crate::order;
use crate::trace::Trace;

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
    /// Event to delivery of each message delivered so far whose saying was seen, in microseconds,
    /// ascending.
    pub freshness: Vec<u64>,
    /// Of an echo: from saying a message to hearing it again, in microseconds, ascending.
    pub round_trips: Vec<u64>,
    /// The longest that any echo has been under way until now, in microseconds.
    pub longest_round_trip: u64,
    /// The longest that any news from the server has had to wait until now, in microseconds.
    pub longest_wait: u64,
}

impl Account {
    /// The account of `lane` at `now` microseconds.
    pub fn at(trace: &Trace, lane: usize, now: u64) -> Self {
        let mut account = Self::default();
        // What waits in a lane that has ended waits no longer.
        let until = now.min(trace.lane_end(lane));
        for event in trace.lane(lane).take_while(|event| event.start() <= now) {
            if event.times.sent() > now {
                continue;
            }
            let side = match event.key.sender {
                Sender::Client => &mut account.up,
                Sender::Server => &mut account.down,
            };
            side.payload += event.octets.payload;
            side.framing += event.octets.framing;
            side.tls += event.octets.tls;
            side.tcp_ip += event.octets.tcp_ip;
            account.unseen += u32::from(event.size().is_none());
            match &event.kind {
                Kind::Syn | Kind::Accepted => account.connections += 1,
                Kind::Request { .. } => account.requests += 1,
                Kind::Frame { opcode, .. } if !opcode.is_control() => account.frames += 1,
                Kind::Delivered => account.delivered += 1,
                _ => {}
            }
        }
        for passage in trace.passages(lane).into_iter().filter(|passage| passage.said <= now) {
            if passage.delivered.is_some_and(|at| at <= now) {
                account.freshness.push(passage.age(now));
            }
            if passage.speaker == Sender::Server {
                account.longest_wait = account.longest_wait.max(passage.age(until));
            }
        }
        for (said, heard) in trace.round_trips(lane).into_iter().filter(|&(said, _)| said <= now) {
            let heard = heard.filter(|&at| at <= now);
            let age = heard.unwrap_or(until).saturating_sub(said);
            account.longest_round_trip = account.longest_round_trip.max(age);
            account.round_trips.extend(heard.map(|_| age));
        }
        account.round_trips = order::ascending(&account.round_trips);
        account.freshness = order::ascending(&account.freshness);
        account
    }

    /// How old what was heard is, ascending: round trips of an echo, said to heard of a chat.
    pub fn ages(&self, echo: bool) -> &[u64] {
        if echo { &self.round_trips } else { &self.freshness }
    }

    /// How old what was heard is, in three figures; `None` if nothing was heard.
    pub fn spread(&self, echo: bool) -> Option<Spread> {
        let ages = self.ages(echo);
        let [p50, p95, max] = [50, 95, 100].map(|percent| percentile(ages, percent));
        Some(Spread { p50: p50?, p95: p95?, max: max? })
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

/// Ages in microseconds, by nearest rank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
    /// Half of them are no older.
    pub p50: u64,
    /// 95 of 100 are no older.
    pub p95: u64,
    /// The oldest.
    pub max: u64,
}

/// The value below which `percent` of `ascending` lie (nearest rank), or `None` of nothing.
pub fn percentile(ascending: &[u64], percent: usize) -> Option<u64> {
    let rank = (ascending.len() * percent).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}
