//! On the way and at the end: how fast, what gets lost, who notices, and how it is closed.

use wire::{Opcode, Sender};

use super::{Card, Experiment, Pile, Settles};
use crate::event::Kind;
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::{held_back, tally};
use crate::lesson::words::Figure::{Code, Made, Number, Octets, Seconds};
use crate::lesson::words::Words;
use crate::lesson::{Moment, Scene};
use crate::scenario::{Scenario, Transport, Workload};
use crate::trace::Trace;
use crate::workbench::{Bench, Desk, Tool};

pub(super) static PILE: Pile = Pile {
    title: "On the way, and at the end",
    cards: &[
        Card {
            id: "faster",
            claim: "WebSocket is always faster than HTTP.",
            ask: "Both connections are open. How long does the second echo take on lane B, WebSocket, compared with lane A, HTTP?",
            answers: &["Half as long or less", "As long", "Longer by a round trip"],
            experiment: Experiment::Beat("cost", 6),
            settles: Settles::Run(|run| match [0, 1].map(|lane| echo(run, lane)) {
                [a, b] if 2 * b <= a => 0,
                [a, b] if 2 * b < 3 * a => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "It takes {} on lane A and {} on lane B: on an open connection either is a round trip. \
                    The first echo was even sooner on lane A, at {} rather than {}, for lane B had to shake hands. WebSocket wins where the server speaks unasked, and in octets.",
                figures: &[
                    Seconds(|run| echo(run, 0)),
                    Seconds(|run| echo(run, 1)),
                    Seconds(|run| Pick::first(0, What::Heard(Sender::Server)).leaves(run)),
                    Seconds(|run| Pick::first(1, What::Heard(Sender::Server)).leaves(run)),
                ],
            },
            sections: &["RFC 6455 section 1.1", "RFC 6455 section 1.3", "RFC 9112 section 9.3"],
        },
        Card {
            id: "script-pings",
            claim: "The page’s script keeps a WebSocket alive with Pings.",
            ask: "Nobody says anything for a while, and a proxy on the way cuts what is silent for a second. What becomes of lane B, the WebSocket?",
            answers: &["The browser’s Pings keep it", "It is cut", "The script’s Pings keep it"],
            experiment: Experiment::Beat("production", 0),
            settles: Settles::Run(|run| match (CUT.event(run), pings(run)) {
                (Some(_), _) => 1,
                (None, 0) => 2,
                _ => 0,
            }),
            verdict: Words {
                text: "Pings that the browser sent: {}. At {} the proxy cut the connection. \
                    A script has no call that sends a Ping and never sees one; a browser only answers. So let the server ping, or send small messages of your own.",
                figures: &[Number(pings), Seconds(|run| CUT.leaves(run))],
            },
            sections: &["RFC 6455 section 5.5.2", "WebSockets Standard section 5"],
        },
        Card {
            id: "sent-is-heard",
            claim: "When `send()` returns, the message has arrived.",
            ask: "On a narrow link you send 65,536 octets, and `send` returns at once. When has Ben heard them?",
            answers: &["At once", "Half a round trip later", "Seconds later"],
            experiment: Experiment::Own(Scene::plays(narrow, Moment::Arrives(HEARD), Some(SENT)), None),
            settles: Settles::Run(|run| match HEARD.leaves(run).saturating_sub(SAID.leaves(run)) {
                0..10_000 => 0,
                10_000..1_000_000 => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "Said at {}, heard at {}. `send` only puts {} into a queue, and `bufferedAmount` tells what the browser still holds of it, not what is under way. \
                    If the connection breaks, nobody can say what has arrived; who must know lets the other side confirm.",
                figures: &[
                    Seconds(|run| SAID.leaves(run)),
                    Seconds(|run| HEARD.leaves(run)),
                    Octets(|run| SENT.payload(run)),
                ],
            },
            sections: &["WebSockets Standard section 3", "RFC 6455 section 6.1"],
        },
        Card {
            id: "close-at-once",
            claim: "`close()` ends the connection at once.",
            ask: "Your script calls `close()`. What happens before TCP ends?",
            answers: &["Nothing", "The other side sends a Close frame, too", "The other side must agree"],
            experiment: Experiment::Beat("life", 5),
            settles: Settles::Run(|run| {
                let answered = Pick::first(0, What::Close(Sender::Server)).event(run).is_some();
                usize::from(answered && END.leaves(run) > GOODBYE.leaves(run))
            }),
            verdict: Words {
                text: "Your Close frame with code {} left at {}; the server’s followed, with {}, and TCP’s first FIN only at {}. \
                    The other side is told, not asked. A script may give the normal code or one of the applications’ own, and some codes never cross a wire.",
                figures: &[
                    Code(|run| GOODBYE.code(run)),
                    Seconds(|run| GOODBYE.leaves(run)),
                    Code(|run| Pick::first(0, What::Close(Sender::Server)).code(run)),
                    Seconds(|run| END.leaves(run)),
                ],
            },
            sections: &[
                "RFC 6455 section 5.5.1",
                "RFC 6455 section 7.1.1",
                "RFC 6455 section 7.4.1",
                "WebSockets Standard section 3",
            ],
        },
        Card {
            id: "onerror",
            claim: "`onerror` tells what went wrong.",
            ask: "A server answers the handshake with a wrong accept value. What does the page’s script learn?",
            answers: &[
                "Which field was wrong",
                "That it failed, and nothing else",
                "The status of the answer",
            ],
            experiment: Experiment::Own(Scene::Octets(wrong_accept), Some("Sec-WebSocket-Accept")),
            settles: Settles::Octets(|desk| {
                // Of another cause it is told word for word the same.
                let other = wire::Rule::StatusNot101.reaction(Sender::Server).script;
                usize::from(told(desk).1 == other)
            }),
            verdict: Words {
                text: "You see that {}. The script is told: {} Were it told more, any page could search its visitor’s network; the console may say more, to people.",
                figures: &[Made(|desk| told(desk).0), Made(|desk| told(desk).1.replace('`', ""))],
            },
            sections: &["WebSockets Standard section 4", "RFC 6455 section 7.1.7"],
        },
        Card {
            id: "head-of-line",
            claim: "WebSocket knows no head-of-line blocking.",
            ask: "One segment with news from Ben is lost; what he says next arrives whole. When does the page hear that on lane B, the WebSocket?",
            answers: &["As soon as it is there", "Only after the lost segment has come again", "Never"],
            experiment: Experiment::Beat("tcp", 4),
            settles: Settles::Run(|run| {
                let all_heard =
                    tally(run, 1, What::Heard(Sender::Server)) == tally(run, 1, What::Said(Sender::Server));
                match (held_back(run, 1).is_empty(), all_heard) {
                    (false, _) => 1,
                    (true, true) => 0,
                    (true, false) => 2,
                }
            }),
            verdict: Words {
                text: "A segment that left at {} was lost. Messages behind it that were there and had to wait: {}, the longest for {}. \
                    One TCP connection keeps one order, for WebSocket and for HTTP/2; streams of HTTP/3 and WebTransport do not wait for each other.",
                figures: &[
                    Seconds(|run| Pick::first(1, What::Lost).leaves(run)),
                    Number(|run| held_back(run, 1).len() as u64),
                    Seconds(|run| held_back(run, 1).into_iter().max().unwrap_or(0)),
                ],
            },
            sections: &["RFC 6455 section 1.1", "RFC 9114 section 2"],
        },
    ],
};

/// How long the second echo took on a lane.
fn echo(run: &Trace, lane: usize) -> u64 {
    let echo = run.round_trips(lane).get(1).copied();
    echo.and_then(|(said, heard)| Some(heard? - said)).unwrap_or(0)
}

/// Pings of the browser on lane B.
fn pings(run: &Trace) -> u64 {
    let ping = |kind: &Kind| matches!(kind, Kind::Frame { opcode: Opcode::Ping, .. });
    run.lane(1).filter(|event| ping(&event.kind) && event.key.sender == Sender::Client).count() as u64
}

/// What is wrong, and what the script is told of it.
fn told(desk: &Desk) -> (String, &'static str) {
    let trouble = desk.dissection.trouble.as_ref();
    trouble.map_or((String::new(), ""), |it| (it.violation.rule.to_string(), it.violation.reaction().script))
}

fn narrow() -> Scenario {
    let mut scenario = Scenario {
        lanes: vec![Transport::WebSocket],
        workload: Workload::Echo,
        messages: 1,
        size: Some(65_536),
        ..Scenario::default()
    };
    scenario.network.kilobits = 200;
    scenario
}

fn wrong_accept() -> Bench {
    Bench { tool: Tool::Break, case: "wrong-accept", ..Bench::default() }
}

/// Where the proxy cuts.
const CUT: Pick = Pick::first(1, What::Cut);

const SAID: Pick = Pick::first(0, What::Said(Sender::Client));
const SENT: Pick = Pick::first(0, What::Data(Sender::Client));
const HEARD: Pick = Pick::first(0, What::Heard(Sender::Client));
const GOODBYE: Pick = Pick::first(0, What::Close(Sender::Client));
const END: Pick = Pick::first(0, What::Fin(Sender::Server));
