use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{account, connections, octets, oldest, requests, tally};
use super::words::Figure::{self, Count, Number, Octets, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Transport, Utterance, Workload};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "choose",
    title: "Which one should I use?",
    about: "The same workload over each way: how fresh the news is, and what it costs.",
    beats: &[
        Beat {
            idea: "Only you ask",
            scene: Scene::plays(reads, Moment::End, Some(Pick::second(0, What::Response))),
            field: Some("Status code"),
            tell: Words {
                text: "You read one thing after another. The second answer takes {} on lane A and {} on lane B: \
                    WebSocket saves octets, {} against {}, and gives up caches, status codes and a GET’s safe retries. Take HTTP.",
                figures: &[
                    Seconds(|run| second_read(run, 0)),
                    Seconds(|run| second_read(run, 1)),
                    Octets(|run| octets(run, 1)),
                    Number(|run| octets(run, 0)),
                ],
            },
            notes: "Ask: what would a shop’s list of goods gain from a WebSocket? Expected: hardly anything, and a cache \
                could no longer answer. Browsing, REST, downloads and most video are of this kind.",
            sections: &["RFC 9111 section 1", "RFC 9110 section 15", "RFC 9110 section 9.2.2"],
            task: None,
        },
        Beat {
            idea: "News now and then",
            scene: Scene::plays(news, Moment::End, Some(Pick::first(1, What::Response))),
            field: Some("Content"),
            tell: Words {
                text: "Ben has news now and then. Short polling hears it up to {} late, after {}. \
                    Long polling leaves the question with the server until there is news: up to {} late, after {}.",
                figures: POLLS,
            },
            notes: "Play it with a volunteer: asking every few seconds whether there is post, or asking once and waiting for \
                the answer. Ask: who is fresher, and who spoke less? Expected: the one who waited.",
            sections: &["RFC 6202 section 2.1", "RFC 6202 section 1"],
            task: Some(Task {
                say: "Can short polling be as fresh? Set Polling interval to 200 ms.",
                deed: Deed::Set(|scenario| scenario.poll = 200_000),
                learned: Words {
                    text: "Fresher, but dearer: lane A hears it up to {} late, after {}; lane B still {} late, after {}.",
                    figures: POLLS,
                },
            }),
        },
        Beat {
            idea: "Held on the same connection",
            scene: Scene::rests(news, Moment::Arrives(NEXT), Some(NEXT)),
            field: Some("Request target"),
            tell: Words {
                text: "Does each held question need a new connection, as some texts say? Lane B sent {} over {}. \
                    Its price is another: a head of {} for each message, and a gap of {} in which the next question is on its way.",
                figures: &[
                    Count(|run| requests(run, 1), "question"),
                    Count(|run| connections(run, 1), "connection"),
                    Octets(|run| NEXT.head(run)),
                    Seconds(|run| NEXT.arrives(run) - Pick::first(1, What::Response).leaves(run)),
                ],
            },
            notes: "Ask: what if Ben speaks again in the gap? Expected: the server has to keep it until the next question \
                comes; nothing is lost, it is late.",
            sections: &["RFC 6202 section 2.1", "RFC 6202 section 2.2", "RFC 9112 section 9.3"],
            task: None,
        },
        Beat {
            idea: "News all the time",
            scene: Scene::plays(prices, Moment::End, Some(Pick::first(1, What::Response))),
            field: Some("content-type"),
            tell: Words {
                text: "HTTP may not begin, but its answer may go on. For {} lane A asked {} and moved {}; \
                    lane B, Server-Sent Events, asked {} and moved {}.",
                figures: &[
                    Count(|run| tally(run, 0, What::Said(Sender::Server)), "price"),
                    Count(|run| requests(run, 0), "time"),
                    Octets(|run| octets(run, 0)),
                    Count(|run| requests(run, 1), "time"),
                    Number(|run| octets(run, 1)),
                ],
            },
            notes: "Ask: who speaks on lane B, and who never does again? Expected: only the server speaks. If that is all \
                that is needed, this is plain HTTP and enough.",
            sections: &["HTML Standard section 9.2", "RFC 9112 section 7.1", "RFC 6202 section 3.1"],
            task: Some(Task {
                say: "How does the browser know that this answer goes on? Find the field of its head and choose it.",
                deed: Deed::Field("transfer-encoding"),
                learned: Words {
                    text: "The head tells no length; each chunk tells its own. And should the connection break, the browser asks again by itself \
                        and says in `Last-Event-ID` what it has had. But events are text alone, and one-way.",
                    figures: &[],
                },
            }),
        },
        Beat {
            idea: "Both speak",
            scene: Scene::plays(editing, Moment::End, Some(Pick::second(1, What::Data(Sender::Client)))),
            field: Some("Payload data"),
            tell: Words {
                text: "You and Ben write the same text. On lane A his words come as events, but each of yours needs a request: \
                    {} of heads go up for {}. On lane B handshake and frame headers are {}: take WebSocket.",
                figures: &[
                    Octets(|run| account(run, 0).up.framing),
                    Count(|run| tally(run, 0, What::Said(Sender::Client)), "message"),
                    Number(|run| account(run, 1).up.framing),
                ],
            },
            notes: "Ask: which programs are like this? Expected: games, shared documents, chats in which much is said. Ask \
                what lane A would still do well: chats in which most people read.",
            sections: &["RFC 6455 section 1.1", "RFC 6455 section 5.2"],
            task: None,
        },
        Beat {
            idea: "What is not on the list",
            scene: Scene::rests(
                prices,
                Moment::Arrives(Pick::second(1, What::Chunk)),
                Some(Pick::first(1, What::Response)),
            ),
            field: Some("content-type"),
            tell: Words {
                text: "HTTP/2’s push put responses nobody had asked for into a cache; no script ever saw them as messages. \
                    And `fetch` may stream a request or, like lane B with its {}, an answer, but not both at once.",
                figures: &[Count(|run| tally(run, 1, What::Chunk), "chunk")],
            },
            notes: "Ask who has heard of server push or of streaming uploads. Say that the first is gone from browsers and the \
                second is half duplex, and needs HTTP/2 at least.",
            sections: &["RFC 9113 section 8.4", "Fetch Standard section 5.4", "RFC 9112 section 7.1"],
            task: None,
        },
        Beat {
            idea: "Nobody at a browser",
            scene: Scene::plays(payments, Moment::End, Some(Pick::first(1, What::Request))),
            field: Some("Method"),
            tell: Words {
                text: "Between servers nobody need ask: the webhook on lane B is {} late and moves {}, polling {} and {}. \
                    In short: take the plainest way that is in time. Under Compare the chooser asks you, and runs them all.",
                figures: &[
                    Seconds(|run| oldest(run, 1)),
                    Octets(|run| octets(run, 1)),
                    Seconds(|run| oldest(run, 0)),
                    Number(|run| octets(run, 0)),
                ],
            },
            notes: "Let each group name a program of its own and choose: who has news, how fresh must it be, how much is it? \
                Then let the chooser under Compare judge.",
            sections: &["RFC 9110 section 9.3.3", "RFC 6202 section 1"],
            task: None,
        },
    ],
};

/// One thing read after another.
fn reads() -> Scenario {
    Scenario { workload: Workload::Reads, messages: 3, poll: SHORT, ..Scenario::default() }
}

/// Ben speaks now and then.
fn news() -> Scenario {
    told([Transport::Polling, Transport::Long], [(700_000, "Lunch?"), (1_300_000, "Now?")])
}

/// A shop is told of payments.
fn payments() -> Scenario {
    let paid = [(400_000, "paid: order 1"), (1_600_000, "paid: order 2")];
    told([Transport::Polling, Transport::Webhook], paid)
}

fn told(lanes: [Transport; 2], said: [(u64, &str); 2]) -> Scenario {
    let one = |(at, text): (u64, &str)| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    Scenario { lanes: lanes.into(), messages: 0, added: said.map(one).into(), ..Scenario::default() }
}

/// Prices come in at a steady pace.
fn prices() -> Scenario {
    Scenario {
        lanes: vec![Transport::Long, Transport::Sse],
        workload: Workload::Ticker,
        messages: 6,
        rate: Some(5),
        poll: SHORT,
        ..Scenario::default()
    }
}

/// You and Ben write by turns.
fn editing() -> Scenario {
    Scenario {
        lanes: vec![Transport::Sse, Transport::WebSocket],
        workload: Workload::Editing,
        messages: 8,
        poll: SHORT,
        ..Scenario::default()
    }
}

/// From asking for the second thing until it is here.
fn second_read(run: &Trace, lane: usize) -> u64 {
    let here = Pick::second(lane, What::Heard(Sender::Server)).leaves(run);
    here - Pick::second(lane, What::Said(Sender::Client)).leaves(run).min(here)
}

/// How long everybody stays behind the last word, where nobody asks by the clock.
const SHORT: u64 = 300_000;

const POLLS: &[Figure] = &[
    Seconds(|run| oldest(run, 0)),
    Count(|run| requests(run, 0), "question"),
    Seconds(|run| oldest(run, 1)),
    Count(|run| requests(run, 1), "question"),
];

/// The question that is asked behind the first answer.
const NEXT: Pick = Pick::second(1, What::Request);
