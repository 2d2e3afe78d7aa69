//! What HTTP can do: carry any octets, go on answering, and speak both ways, but begin only on one side.

use wire::{Response, Sender};

use super::connections::ben_speaks;
use super::{Card, Experiment, Pile, Settles};
use crate::caption;
use crate::event::Kind;
use crate::exhibit::Piece;
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::{account, requests, tally};
use crate::lesson::words::Figure::{Count, Made, Number, Octets, Seconds};
use crate::lesson::words::Words;
use crate::lesson::{Moment, Scene};
use crate::scenario::{Scenario, Transport, Workload};
use crate::trace::Trace;
use crate::workbench::paste::Paste;
use crate::workbench::{Bench, Desk, Tool};

pub(super) static PILE: Pile = Pile {
    title: "What HTTP can do",
    cards: &[
        Card {
            id: "text-only",
            claim: "HTTP carries only text.",
            ask: "A response carries the first octets of a PNG picture, which are no text. How do they stand in it?",
            answers: &["In base64", "As they are", "In hexadecimal digits"],
            experiment: Experiment::Own(Scene::Octets(picture), Some("Content")),
            settles: Settles::Octets(|desk| match content(desk) {
                own if own == PNG => 1,
                own if own.starts_with(b"iVBOR") => 0,
                _ => 2,
            }),
            verdict: Words {
                text: "The content is {}, and they are the picture’s own: {}. \
                    Content is a stream of any octets. Only the head of HTTP/1.1 is made of letters; HTTP/2 is binary throughout.",
                figures: &[
                    Made(|desk| caption::octets(content(desk).len() as u64)),
                    Made(|desk| {
                        content(desk).iter().map(|it| format!("{it:02x}")).collect::<Vec<_>>().join(" ")
                    }),
                ],
            },
            sections: &["RFC 9110 section 6.4", "RFC 9112 section 2.2", "RFC 9113 section 4.1"],
        },
        Card {
            id: "no-push",
            claim: "HTTP cannot push: for each message there must be a request.",
            ask: "Over Server-Sent Events you ask once, then Ben speaks three times. How many of his messages does that one response bring?",
            answers: &["None", "One", "All three"],
            experiment: Experiment::Own(
                Scene::plays(stream, Moment::End, Some(Pick::first(0, What::Response))),
                Some("content-type"),
            ),
            settles: Settles::Run(|run| match tally(run, 0, What::Heard(Sender::Server)) {
                0 => 0,
                _ if requests(run, 0) > 1 => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "{} went up, and its response brought {} in {} chunks, none older than {}. \
                    A server may not begin an exchange, but an answer may go on for as long as it likes, and may even begin before the request ends.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| tally(run, 0, What::Heard(Sender::Server)), "message"),
                    Number(chunks),
                    Seconds(|run| account(run, 0).longest_wait),
                ],
            },
            sections: &["RFC 9112 section 7.1", "RFC 9110 section 15.2", "HTML Standard section 9.2"],
        },
        Card {
            id: "server-push",
            claim: "HTTP/2’s server push does what WebSocket does.",
            ask: "A pushed response answers a request that the server promises in the client’s name. Which request does Ben’s frame on lane B answer?",
            answers: &["The handshake’s", "One that was promised", "None"],
            experiment: Experiment::Beat("who-first", 1),
            settles: Settles::Run(|run| {
                // The handshake has its own answer; whatever else comes answers nothing.
                let answered = tally(run, 1, What::Response) == requests(run, 1);
                if answered && tally(run, 1, What::Data(Sender::Server)) > 0 { 2 } else { 0 }
            }),
            verdict: Words {
                text: "Lane B made {}, and that had its answer {} before Ben spoke; his frame answers nothing and becomes a message event in the page. \
                    A push is an unasked response: it goes into the cache, and no script hears of it.",
                figures: &[
                    Count(|run| requests(run, 1), "request"),
                    Seconds(|run| {
                        let open = Pick::first(1, What::Response).arrives(run);
                        Pick::first(1, What::Said(Sender::Server)).leaves(run).saturating_sub(open)
                    }),
                ],
            },
            sections: &["RFC 9113 section 8.4", "RFC 6455 section 1.2"],
        },
        Card {
            id: "poor-sse",
            claim: "Server-Sent Events are a poor man’s WebSocket: slower.",
            ask: "Ben speaks three times. On which lane is his news older when you hear it: A, Server-Sent Events, or B, WebSocket?",
            answers: &[
                "Lane A, by a round trip or more",
                "Lane B, by a round trip or more",
                "The same on both",
            ],
            experiment: Experiment::Own(
                Scene::plays(
                    streams,
                    Moment::End,
                    Some(Pick { lane: 0, what: What::Heard(Sender::Server), nth: 2 }),
                ),
                None,
            ),
            settles: Settles::Run(|run| match [0, 1].map(|lane| account(run, lane).longest_wait) {
                [a, b] if a.abs_diff(b) < 10_000 => 2,
                [a, b] => usize::from(b > a),
            }),
            verdict: Words {
                text: "The oldest news took {} on lane A and {} on lane B: the way, and nothing else. \
                    An event stream goes one way and carries text only, but it is plain HTTP, and a browser takes it up again by itself with `Last-Event-ID`.",
                figures: &[
                    Seconds(|run| account(run, 0).longest_wait),
                    Seconds(|run| account(run, 1).longest_wait),
                ],
            },
            sections: &["HTML Standard section 9.2", "RFC 6455 section 1.2"],
        },
        Card {
            id: "duplex-fetch",
            claim: "`fetch` is full duplex by now, so WebSocket is not needed.",
            ask: "You and Ben speak at the very same moments. On which lane is each heard as soon as the way allows?",
            answers: &["Lane A: fetch over HTTP/1.1", "Lane B: WebSocket", "On both"],
            experiment: Experiment::Own(
                Scene::plays(call, Moment::End, Some(Pick::first(1, What::Data(Sender::Server)))),
                None,
            ),
            settles: Settles::Run(|run| match [0, 1].map(|lane| account(run, lane).longest_wait < SOON) {
                [true, false] => 0,
                [false, true] => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "On lane B nothing of Ben’s took longer than {}, on lane A up to {}. \
                    A script may stream a request’s body, but only with `duplex: \"half\"`: the answer is told after it. Over HTTP/1.1 such a body is a network error.",
                figures: &[
                    Seconds(|run| account(run, 1).longest_wait),
                    Seconds(|run| account(run, 0).longest_wait),
                ],
            },
            sections: &["Fetch Standard, HTTP-network fetch", "RFC 6455 section 1.2"],
        },
        Card {
            id: "one-way",
            claim: "HTTP is unidirectional.",
            ask: "In one exchange of HTTP, which way do octets of HTTP flow?",
            answers: &["You → server only", "Server → you only", "Both ways"],
            experiment: Experiment::Beat("request", 4),
            settles: Settles::Run(|run| {
                let own = account(run, 0);
                match (own.up.on_connection(), own.down.on_connection()) {
                    (_, 0) => 0,
                    (0, _) => 1,
                    _ => 2,
                }
            }),
            verdict: Words {
                text: "{} flow up and {} down, on the same connection. What is one-sided is something else: only the client may begin an exchange.",
                figures: &[
                    Octets(|run| account(run, 0).up.on_connection()),
                    Number(|run| account(run, 0).down.on_connection()),
                ],
            },
            sections: &["RFC 9110 section 3.3", "RFC 9110 section 3.4"],
        },
    ],
};

/// Chunks of lane A's responses that carry news.
fn chunks(run: &Trace) -> u64 {
    run.lane(0).filter(|event| event.kind == Kind::Chunk && !event.carries.is_empty()).count() as u64
}

/// The content of the unit on show.
fn content(desk: &Desk) -> &[u8] {
    desk.exhibit().map(|exhibit| exhibit.unit.content.as_slice()).unwrap_or_default()
}

fn picture() -> Bench {
    let head = Response::new(200, "OK").with("Content-Type", "image/png").with("Content-Length", "8");
    let octets = [head.encode().unwrap_or_default(), PNG.to_vec()].concat();
    let paste = Paste::of(&[Piece { sender: Sender::Server, octets }]);
    Bench { tool: Tool::Paste, paste, ..Bench::default() }
}

fn stream() -> Scenario {
    Scenario { lanes: vec![Transport::Sse], ..ben_speaks() }
}

fn streams() -> Scenario {
    Scenario { lanes: vec![Transport::Sse, Transport::WebSocket], ..ben_speaks() }
}

/// Both talk at once, as on the telephone.
fn call() -> Scenario {
    Scenario { workload: Workload::Call, messages: 4, ..Scenario::default() }
}

/// How a PNG begins, so that no program takes it for a text.
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// Half of the usual round trip, and some time for the octets, in microseconds.
const SOON: u64 = 60_000;
