//! One lane's book: what its account is at any time, without going through its events again.

use wire::Sender;

use super::ages::Ages;
use super::waits::Waits;
use super::{Account, Missing};
use crate::event::{Event, Kind, Provenance};
use crate::order;
use crate::trace::Trace;

/// A lane's events in the order in which they were sent, with a total every [`PAGE`] of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Book {
    /// Places in the trace, and when the last octet of each was sent.
    sent: Vec<(usize, u64)>,
    /// The account before each page.
    pages: Vec<Account>,
    freshness: Ages,
    round_trips: Ages,
    news: Waits,
    echoes: Waits,
    missing: Option<Missing>,
    end: u64,
}

impl Book {
    pub(crate) fn of(trace: &Trace, lane: usize) -> Self {
        let own = trace.events().iter().enumerate();
        let own = own.filter(|(_, event)| usize::from(event.key.lane) == lane);
        let sent = order::sorted(own.map(|(place, it)| (place, it.times.sent())).collect(), |it| it.1);
        let mut total = Account::default();
        let mut pages = Vec::with_capacity(sent.len().div_ceil(PAGE));
        for page in sent.chunks(PAGE) {
            pages.push(total.clone());
            page.iter().for_each(|&(place, _)| enter(&mut total, &trace.events()[place]));
        }
        let passages = trace.passages(lane);
        let heard: Vec<(u64, u64)> =
            passages.iter().filter_map(|it| Some((it.said, it.delivered?))).collect();
        let news = passages.iter().filter(|it| it.speaker == Sender::Server);
        let echoes = trace.round_trips(lane);
        let returned: Vec<(u64, u64)> =
            echoes.iter().filter_map(|&(said, heard)| Some((said, heard?))).collect();
        let awaited = match trace.is_echo() {
            true => echoes.iter().any(|echo| echo.1.is_none()),
            false => passages.iter().any(|it| it.speaker == Sender::Server && it.delivered.is_none()),
        };
        let missing = Missing { delivered: heard.len() as u32, said: passages.len() as u32, awaited };
        // Where nobody of ours witnessed the wire, nobody knows what Ben has heard.
        let known = matches!(trace.octets_are(lane), Provenance::Simulated | Provenance::Witnessed);
        Self {
            missing: Some(missing).filter(|it| known && it.delivered < it.said),
            sent,
            pages,
            freshness: Ages::of(&heard),
            round_trips: Ages::of(&returned),
            news: Waits::of(&news.map(|it| (it.said, it.delivered)).collect::<Vec<_>>()),
            echoes: Waits::of(&echoes),
            end: trace.lane_end(lane),
        }
    }

    pub(crate) fn account(&self, trace: &Trace, now: u64) -> Account {
        let sent = self.sent.partition_point(|&(_, at)| at <= now);
        let page = (sent / PAGE).min(self.pages.len().saturating_sub(1));
        let mut account = self.pages.get(page).cloned().unwrap_or_default();
        for &(place, _) in &self.sent[page * PAGE..sent] {
            enter(&mut account, &trace.events()[place]);
        }
        // What waits in a lane that has ended waits no longer.
        let until = now.min(self.end);
        account.freshness = self.freshness.by(now);
        account.round_trips = self.round_trips.by(now);
        account.missing = self.missing.filter(|_| now >= self.end);
        account.longest_wait = self.news.longest(now, until);
        account.longest_round_trip = self.echoes.longest(now, until);
        account
    }
}

fn enter(account: &mut Account, event: &Event) {
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

/// Events between two totals.
const PAGE: usize = 32;
