//! What was said on the connections of a file, as lanes: the same for every format.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use tongue::say;
use trace::event::{Event, Key, Kind, Layer, Message, Octets, Source, Stamp, Times};
use trace::scenario::{MOST_LANES, Scenario, Transport};
use trace::sim::{CONNECTION_HEADERS, MSS, SEGMENT_HEADERS};
use trace::trace::{Lane, Trace};
use wire::Sender;

use crate::problem::{Place, Problem};
use crate::run::{LATEST, Origin, Run};

/// What was said on one connection. Times are microseconds on one clock for all connections.
pub(crate) struct Talk {
    /// What the far end is called: connections to one far end may share a lane.
    pub(crate) to: String,
    /// The hosts of who opened it and of the far end, where they are known.
    pub(crate) hosts: Option<[IpAddr; 2]>,
    pub(crate) transport: Transport,
    /// Of lane 0, connection 0; their messages are not numbered yet.
    pub(crate) events: Vec<Event>,
}

impl Talk {
    fn begins(&self) -> u64 {
        self.events.iter().map(Event::start).min().unwrap_or(0)
    }

    fn says_something(&self) -> bool {
        self.events.iter().any(|event| matches!(event.layer, Layer::Http | Layer::WebSocket))
    }
}

/// The lanes of a file: of each connection that switched one, of the others one for each far end; those
/// with the most octets, in the order in which they begin.
pub(crate) fn run(name: &str, mut talks: Vec<Talk>, problems: &mut Vec<Problem>) -> Option<Run> {
    let mut lanes: Vec<Vec<Talk>> = Vec::new();
    let mut by_end: BTreeMap<String, usize> = BTreeMap::new();
    talks.retain(Talk::says_something);
    talks.sort_by_cached_key(Talk::begins);
    call_each_other(&mut talks);
    for talk in talks {
        if talk.transport.is_http() {
            let lane = *by_end.entry(talk.to.clone()).or_insert_with(|| {
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[lane].push(talk);
        } else {
            lanes.push(vec![talk]);
        }
    }
    busiest(&mut lanes, problems);
    let zero = lanes.iter().flatten().map(Talk::begins).min()?;
    let mut shown = Vec::new();
    let mut events = Vec::new();
    let mut late = 0_u64;
    for (lane, talks) in lanes.into_iter().enumerate() {
        let to = talks.first().map(|talk| talk.to.as_str().into());
        shown.push(Lane { transport: transport(&talks), to });
        let mut told = [0; 2];
        for (connection, talk) in talks.into_iter().enumerate() {
            for mut event in talk.events {
                event.key.lane = lane as u8;
                event.key.connection = u16::try_from(connection).unwrap_or(u16::MAX);
                event.times = since(event.times, zero);
                if event.end() > LATEST {
                    late += 1;
                    continue;
                }
                for message in &mut event.carries {
                    let told = &mut told[usize::from(event.key.sender == Sender::Server)];
                    message.id = *told;
                    *told += 1;
                }
                events.push(event);
            }
        }
    }
    if late > 0 {
        let why = say!("things that happened more than a day after the first are left out: {}", late);
        problems.push(Problem { place: Place::Whole, why });
    }
    let script = events.iter().flat_map(|event| &event.carries).map(|message| message.id + 1).max();
    let lanes = shown.iter().map(|lane| lane.transport).collect();
    Some(Run {
        scenario: Scenario { lanes, messages: 0, ..Scenario::default() },
        trace: Trace::new(shown, events, script.unwrap_or(0)),
        origin: Origin::File(name.to_owned()),
    })
}

/// Two hosts that each ask the other over HTTP are two servers with webhooks: one lane, whose client is who
/// called first. On one and the same host nobody can tell who called whom.
fn call_each_other(talks: &mut [Talk]) {
    let calls = |talk: &Talk| talk.hosts.filter(|[from, to]| talk.transport.is_http() && from != to);
    let called: BTreeSet<[IpAddr; 2]> = talks.iter().filter_map(calls).collect();
    let mut first: BTreeMap<[IpAddr; 2], IpAddr> = BTreeMap::new();
    for talk in talks {
        let Some([from, to]) = calls(talk).filter(|[from, to]| called.contains(&[*to, *from])) else {
            continue;
        };
        let pair = [from.min(to), from.max(to)];
        let client = *first.entry(pair).or_insert(from);
        talk.to = format!("{} {}", pair[0], pair[1]);
        talk.transport = Transport::Webhook;
        if from != client {
            for event in &mut talk.events {
                event.key.sender = event.key.sender.other();
            }
        }
    }
}

fn busiest(lanes: &mut Vec<Vec<Talk>>, problems: &mut Vec<Problem>) {
    let left_out = lanes.len().saturating_sub(MOST_LANES);
    if left_out == 0 {
        return;
    }
    let why = say!("{} more conversations are in it; the four with the most octets are shown", left_out);
    problems.push(Problem { place: Place::Whole, why });
    let mut weights: Vec<u64> = lanes.iter().map(|lane| weight(lane)).collect();
    weights.sort_unstable();
    let least = weights[left_out];
    lanes.retain(|lane| weight(lane) >= least);
    lanes.truncate(MOST_LANES);
}

fn weight(lane: &[Talk]) -> u64 {
    lane.iter().flat_map(|talk| &talk.events).map(|event| event.octets.on_connection()).sum()
}

/// How a lane of one far end carried its conversation.
fn transport(talks: &[Talk]) -> Transport {
    let special = talks.iter().map(|talk| talk.transport).find(|&it| it != Transport::Persistent);
    match special {
        Some(Transport::Close) if talks.iter().any(|talk| talk.transport == Transport::Persistent) => {
            Transport::Six
        }
        Some(transport) => transport,
        None if talks.len() > 1 => Transport::Six,
        None => Transport::Persistent,
    }
}

fn since(times: Times, zero: u64) -> Times {
    let since = |stamp: Option<Stamp>| stamp.map(|it| Stamp { at: it.at.saturating_sub(zero), ..it });
    Times {
        sent_first: since(times.sent_first),
        sent_last: since(times.sent_last),
        received_first: since(times.received_first),
        received_last: since(times.received_last),
    }
}

/// An event that a file tells of, without octets.
pub(crate) fn event(source: Source, sender: Sender, layer: Layer, kind: Kind, times: Times) -> Event {
    let tcp_ip = if kind == Kind::Syn { CONNECTION_HEADERS } else { 0 };
    Event {
        key: Key { run: 1, lane: 0, connection: 0, sender, unit: 0 },
        layer,
        source,
        kind,
        times,
        octets: Octets { tcp_ip, ..Octets::default() },
        raw: None,
        unknown: Vec::new(),
        carries: Vec::new(),
    }
}

/// What so many octets on the connection are for; TCP and IP are modelled.
pub(crate) fn octets(payload: u64, size: u64) -> Octets {
    let payload = payload.min(size);
    let segments = size.div_ceil(MSS).max(1);
    let tcp_ip = SEGMENT_HEADERS * (segments + segments.div_ceil(2));
    Octets { payload, framing: size - payload, tls: 0, tcp_ip }
}

/// A message; it is numbered when all lanes are known.
pub(crate) fn message(content: &[u8]) -> Message {
    Message { id: 0, text: String::from_utf8_lossy(content).into() }
}
