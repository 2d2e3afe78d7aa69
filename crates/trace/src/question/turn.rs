//! Who may send next: a connection at a moment when nothing is under way on it.

use std::rc::Rc;

use wire::Sender;

use super::{Made, Proof, Told, Value, any, between};
use crate::event::{Event, Kind};
use crate::scenario::{Scenario, Speaker, Transport, Utterance};
use crate::sim::chance::Chance;
use crate::sim::simulate;
use crate::trace::Trace;

/// Who may send the next octet of HTTP or WebSocket on a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Turn {
    /// Only the client.
    You,
    /// Only the server.
    Ben,
    /// Either.
    Either,
    /// Neither: the connection has ended.
    Nobody,
}

impl Turn {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::You, Self::Ben, Self::Either, Self::Nobody];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::You => tongue::word!("Only you"),
            Self::Ben => tongue::word!("Only Ben"),
            Self::Either => tongue::word!("Either of you"),
            Self::Nobody => tongue::word!("Nobody"),
        }
    }

    /// Whose turn it is on the newest connection of lane 0 at `at`, when nothing is under way; with what
    /// happened there last.
    pub fn at(trace: &Trace, at: u64) -> Option<(Self, usize)> {
        let begun = || trace.until(0, at).filter(|event| event.travels());
        let newest = begun().map(|event| event.key.connection).max()?;
        let own = || begun().filter(|event| event.key.connection == newest);
        let last = own().rfind(|event| speaks(event))?;
        let place = trace.events().iter().position(|event| Rc::ptr_eq(event, last))?;
        let tally = |what: fn(&Kind) -> bool| own().filter(|event| what(&event.kind)).count();
        let ends = tally(|kind| matches!(kind, Kind::Fin | Kind::Reset));
        let closes = |from| own().any(|event| closes(event) && event.key.sender == from);
        let turn = match (ends, closes(Sender::Client), closes(Sender::Server)) {
            (1.., ..) | (_, true, true) => Self::Nobody,
            (_, true, _) => Self::Ben,
            (_, _, true) => Self::You,
            _ if own().any(|event| event.kind == Kind::Response { status: 101 }) => Self::Either,
            _ => {
                let asked = tally(|kind| matches!(kind, Kind::Request { .. }));
                if asked > tally(|kind| matches!(kind, Kind::Response { .. })) {
                    Self::Ben
                } else {
                    Self::You
                }
            }
        };
        Some((turn, place))
    }
}

pub(super) fn make(chance: &mut Chance) -> Made {
    let scenario = scenario(chance);
    let trace = simulate(&scenario);
    let quiet: Vec<(u64, Turn, usize)> = silences(&trace)
        .into_iter()
        .filter_map(|at| Turn::at(&trace, at).map(|(turn, place)| (at, turn, place)))
        .collect();
    // First whose turn, then when: otherwise most questions would be about an idle connection.
    let turns: Vec<Turn> =
        Turn::ALL.into_iter().filter(|turn| quiet.iter().any(|it| it.1 == *turn)).collect();
    let turn = any(chance, &turns).unwrap_or(Turn::You);
    let fitting: Vec<(u64, Turn, usize)> = quiet.into_iter().filter(|it| it.1 == turn).collect();
    let (at, _, last) = any(chance, &fitting).unwrap_or((0, turn, 0));
    let happened = trace.events().get(last).cloned().map(Value::Event);
    let transport = scenario.lanes.first().copied().unwrap_or(Transport::WebSocket);
    let because = match (turn, transport.is_http()) {
        (Turn::You, _) => {
            tongue::word!(
                "In HTTP/1.1 the client begins every exchange; the server has nothing left to answer, whatever it may know by now."
            )
        }
        (Turn::Ben, true) => {
            tongue::word!(
                "A request has arrived, and its response is due. A browser waits for it before it asks anything else on this connection."
            )
        }
        (Turn::Ben, false) => {
            tongue::word!("Your side has said its last word there; what is missing is the server’s.")
        }
        (Turn::Either, _) => {
            tongue::word!(
                "After the 101 there are no questions and answers any more: each end sends a frame when it likes."
            )
        }
        (Turn::Nobody, true) => {
            tongue::word!(
                "The connection has ended. Whoever has something to ask opens another, and only the client can."
            )
        }
        (Turn::Nobody, false) => {
            tongue::word!("Both have sent a Close frame: it is the last frame of each side.")
        }
    };
    Made {
        ask: Told {
            text: tongue::word!(
                "{}, at {}. Nothing is under way; the last on the connection was: {}. Who may send something on it now, as browsers use it?"
            ),
            gaps: [Value::Over(transport), Value::Seconds(at)].into_iter().chain(happened).collect(),
        },
        truth: Value::Turn(turn),
        others: Turn::ALL.map(Value::Turn).to_vec(),
        because: Told { text: because, gaps: Vec::new() },
        proof: Proof::Run { scenario, at, selected: Some(last) },
        sections: if transport.is_http() {
            &["RFC 9110 section 3.4", "RFC 9112 section 9.3"]
        } else {
            &["RFC 6455 section 1.2", "RFC 6455 section 5.5.1"]
        },
    }
}

fn scenario(chance: &mut Chance) -> Scenario {
    use Transport::{Close, Long, Persistent, Polling, WebSocket};
    let transport = any(chance, &[Persistent, Close, Polling, Long, WebSocket, WebSocket]);
    let transport = transport.unwrap_or(WebSocket);
    let mut scenario = Scenario { lanes: vec![transport], ..Scenario::default() };
    scenario.network.round_trip = u64::from(between(chance, 4, 20)) * 20_000;
    // Longer than an acknowledgement is under way, so that the server is seen to think.
    scenario.network.think = scenario.network.round_trip / 2 + u64::from(between(chance, 3, 8)) * 20_000;
    scenario.messages = between(chance, 2, 5);
    if transport == Long {
        // What you say would take a connection of its own.
        let said = |n: u32, chance: &mut Chance| Utterance {
            at: u64::from(n * 900 + between(chance, 500, 1_200)) * 1_000,
            from: Speaker::Server,
            text: "Lunch?".to_owned(),
        };
        scenario.added = (0..scenario.messages).map(|n| said(n, chance)).collect();
        scenario.messages = 0;
    }
    scenario
}

/// The middles of all times in which nothing is under way on lane 0, if they are long enough to be seen.
fn silences(trace: &Trace) -> Vec<u64> {
    let mut over = 0;
    let mut found = Vec::new();
    for event in trace.lane(0).filter(|event| event.travels()) {
        if over > 0 && event.start() > over + SHORTEST {
            found.push((over + event.start()) / 2);
        }
        over = over.max(event.end());
    }
    found
}

/// Whether an event is said over the connection, rather than about it.
fn speaks(event: &Event) -> bool {
    event.raw.is_some() || matches!(event.kind, Kind::Fin | Kind::Reset)
}

fn closes(event: &Event) -> bool {
    matches!(event.kind, Kind::Frame { opcode: wire::Opcode::Close, .. })
}

/// A silence that is asked about, in microseconds.
const SHORTEST: u64 = 20_000;
