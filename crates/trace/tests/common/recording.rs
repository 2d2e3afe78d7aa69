//! A live run by hand: the simulator's octets cut into socket reads and writes, and what a page would
//! have seen of them.

#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;

use trace::answer;
use trace::event::{Event, Kind, Stamp};
use trace::live::{Chunk, ConnectionTap, LaneTap, Speaker, Tap};
use trace::record::{Alignment, LaneLog, Plan, ReceivedLog, RequestLog, SentLog, SocketLog};
use trace::scenario::{Scenario, Transport};
use trace::trace::Trace;
use wire::{Opcode, Sender};

/// The page's clock at the zero of lane 0; the others follow ten minutes apart.
pub const ZERO: u64 = 3_000_000_000;

/// Companion's clock less page's: the companion was started later.
pub const OFFSET: i64 = -2_500_000_000;

pub const ALIGNED: Alignment = Alignment { offset: OFFSET, error: 150 };

pub fn zero(lane: u8) -> u64 {
    ZERO + u64::from(lane) * 600_000_000
}

/// A time of the lane on the companion's clock.
pub fn companion(lane: u8, at: u64) -> u64 {
    (zero(lane) + at).checked_add_signed(OFFSET).expect("after the companion's start")
}

pub fn plan(scenario: &Scenario) -> Plan {
    let (workload, script, lanes) = (scenario.workload, scenario.script(), scenario.lanes.clone());
    Plan { run: 7, workload, script, lanes }
}

pub fn at(stamp: Option<Stamp>) -> u64 {
    stamp.expect("simulated").at
}

pub fn units(trace: &Trace, lane: u8) -> impl Iterator<Item = &Event> {
    trace.lane(usize::from(lane)).map(|event| &**event).filter(|event| event.raw.is_some())
}

pub fn raw(event: &Event) -> &[u8] {
    event.raw.as_deref().expect("octets")
}

/// When the companion's socket was read or written to.
pub fn passes(event: &Event) -> u64 {
    match event.key.sender {
        Sender::Client => at(event.times.received_last),
        Sender::Server => at(event.times.sent_first),
    }
}

/// What the tap of one lane saw, every unit in one read or write.
pub fn lane_tap(trace: &Trace, lane: u8) -> LaneTap {
    let mut connections: BTreeMap<u16, ConnectionTap> = BTreeMap::new();
    for event in trace.lane(usize::from(lane)).filter(|event| event.kind == Kind::Syn) {
        let connection = event.key.connection;
        connections.insert(
            connection,
            ConnectionTap {
                connection,
                opened_by: speaker(event.key.sender),
                accepted: companion(lane, event.start()),
                client_ended: Some(companion(lane, trace.end())),
                server_ended: None,
                reset: false,
                held: 0,
                chunks: Vec::new(),
                far: Vec::new(),
                dropped: 0,
            },
        );
    }
    let mut units: Vec<&Event> = units(trace, lane).collect();
    units.sort_by_key(|event| passes(event));
    let webhook = trace.lanes()[usize::from(lane)].transport == Transport::Webhook;
    for event in &units {
        let tapped = connections.get_mut(&event.key.connection).expect("connected");
        let from = speaker(event.key.sender);
        let chunk = |at| Chunk { from, at: companion(lane, at), octets: raw(event).to_vec() };
        let (sent, received) = (at(event.times.sent_first), at(event.times.received_last));
        let own = from == tapped.opened_by;
        tapped.chunks.push(chunk(if own { received } else { sent }));
        if webhook {
            tapped.far.push(chunk(if own { sent } else { received }));
        }
    }
    for tapped in connections.values_mut() {
        tapped.chunks.sort_by_key(|chunk| chunk.at);
        tapped.far.sort_by_key(|chunk| chunk.at);
    }
    let zero = webhook.then(|| companion(lane, 0));
    LaneTap { lane, zero, connections: connections.into_values().collect() }
}

pub fn speaker(sender: Sender) -> Speaker {
    if sender == Sender::Client { Speaker::You } else { Speaker::Server }
}

pub fn tap(trace: &Trace) -> Tap {
    Tap { run: 7, lanes: (0..trace.lanes().len()).map(|lane| lane_tap(trace, lane as u8)).collect() }
}

/// What the page's script saw of one lane.
pub fn log(trace: &Trace, lane: u8) -> LaneLog {
    let transport = trace.lanes()[usize::from(lane)].transport;
    let mut log = LaneLog {
        lane,
        transport,
        zero: zero(lane),
        requests: Vec::new(),
        socket: None,
        left: None,
        failed: None,
    };
    let said: BTreeMap<u32, u64> = trace
        .lane(usize::from(lane))
        .filter(|event| event.kind == Kind::Said)
        .map(|event| (event.carries[0].id, event.start()))
        .collect();
    let page = |stamp: Option<Stamp>| zero(lane) + at(stamp);
    let body = |event: &Event| {
        let all = raw(event);
        let head = all.windows(4).position(|octets| octets == b"\r\n\r\n").expect("a head") + 4;
        all[head..].to_vec()
    };
    let mut connections = Vec::new();
    for event in units(trace, lane) {
        let times = event.times;
        match &event.kind {
            _ if transport == Transport::Webhook => {}
            Kind::Request { target, .. } if !transport.is_http() => {
                let target = target.clone();
                log.socket = Some(SocketLog { target, called: zero(lane), ..SocketLog::default() });
            }
            Kind::Request { method, target } => {
                connections.push(event.key.connection);
                log.requests.push(RequestLog {
                    method: method.clone(),
                    target: target.clone(),
                    content: body(event),
                    said: event.carries.first().map(|message| zero(lane) + said[&message.id]),
                    called: page(times.sent_first),
                    request_start: Some(page(times.sent_first)),
                    // A script reads no head of a stream of events.
                    connection: Some(event.key.connection).filter(|_| target != answer::EVENTS),
                    ..RequestLog::default()
                });
            }
            Kind::Response { status: 101 } => {
                log.socket.as_mut().expect("asked").opened = Some(page(times.received_last));
            }
            Kind::Response { status } => {
                let mut open = log.requests.iter_mut().zip(&connections);
                let own = |it: &(&mut RequestLog, &u16)| it.0.status == 0 && *it.1 == event.key.connection;
                let (request, _) = open.find(own).expect("asked");
                request.status = *status;
                request.answer = body(event);
                request.response_start = Some(page(times.received_first));
                request.response_end = Some(page(times.received_last));
                request.in_hand = Some(page(times.received_last));
            }
            Kind::Chunk => {
                let (at, text) = (page(times.received_last), event.carries[0].text.to_string());
                let stream = log.requests.iter_mut().find(|request| request.target == answer::EVENTS);
                stream.expect("asked").events.push(ReceivedLog { at, text, answers: None });
            }
            Kind::Frame { opcode, .. } => {
                let socket = log.socket.as_mut().expect("asked");
                let text = event.carries.first().map_or(String::new(), |message| message.text.to_string());
                socket.binary |= *opcode == Opcode::Binary;
                match (opcode, event.key.sender) {
                    (Opcode::Text | Opcode::Binary, Sender::Client) => {
                        let said = zero(lane) + said[&event.carries[0].id];
                        socket.sent.push(SentLog { said, at: page(times.sent_first), text });
                    }
                    (Opcode::Text | Opcode::Binary, Sender::Server) => {
                        let at = page(times.received_last);
                        socket.received.push(ReceivedLog { at, text, answers: None });
                    }
                    (_, Sender::Client) => socket.close_called = Some(page(times.sent_first)),
                    (_, Sender::Server) => socket.closed = Some((page(times.received_last), 1000, true)),
                }
            }
            other => panic!("{other:?} has no octets"),
        }
    }
    log
}

pub fn logs(trace: &Trace) -> Vec<LaneLog> {
    (0..trace.lanes().len()).map(|lane| log(trace, lane as u8)).collect()
}
