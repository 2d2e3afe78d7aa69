use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{account, connections, last_heard, requests, round_trip, tally};
use super::words::Figure::{self, Count, Octets, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Transport, Workload};

pub(super) static LESSON: Lesson = Lesson {
    id: "hang-up",
    title: "Does HTTP hang up?",
    about: "How many connections a few requests need: guess, then count.",
    beats: &[
        Beat {
            idea: "A common belief",
            scene: Scene::rests(alone, Moment::Start, None),
            field: None,
            tell: Words {
                text: "Many a text says: HTTP opens a connection for each request and hangs up after the answer. \
                    Here {} are about to go out over HTTP/1.1, each in a request of its own.",
                figures: &[Count(|run| tally(run, 0, What::Said(Sender::Client)), "message")],
            },
            notes: "Take a vote with raised hands before pressing Play, and write the guesses down. Many will say one \
                connection for each message; let the run answer.",
            sections: &["RFC 9112 section 9.3"],
            task: Some(Task {
                say: "How many connections will they take? Guess, then press Play.",
                deed: Deed::Watch,
                learned: Words {
                    text: "{} went over {}. In HTTP/1.1 a connection persists, unless one side says that it will not.",
                    figures: &[
                        Count(|run| requests(run, 0), "request"),
                        Count(|run| connections(run, 0), "connection"),
                    ],
                },
            }),
        },
        Beat {
            idea: "The words that hang up",
            scene: Scene::plays(
                both,
                Moment::Arrives(Pick::first(1, What::Fin(Sender::Server))),
                Some(CLOSING),
            ),
            field: Some("connection"),
            tell: Words {
                text: "Lane B’s server says `connection: close`: one field line, {} more than on lane A. \
                    Right behind the answer, at {}, its FIN leaves; the next request must find another connection.",
                figures: &[
                    Octets(|run| CLOSING.head(run) - Pick::first(0, What::Response).head(run)),
                    Seconds(|run| Pick::first(1, What::Fin(Sender::Server)).leaves(run)),
                ],
            },
            notes: "Ask: who decided to hang up, the client or the server? Expected: here the server, with one field line; \
                either side may.",
            sections: &["RFC 9112 section 9.6", "RFC 9110 section 7.6.1", "RFC 9293 section 3.6"],
            task: None,
        },
        Beat {
            idea: "Count the connections",
            scene: Scene::plays(both, Moment::End, Some(AGAIN)),
            field: None,
            tell: Words {
                text: "The same {}: lane A used {}, lane B {}. The textbook picture is lane B: \
                    so HTTP/1.1 does when told to, and HTTP/1.0 did unless told otherwise.",
                figures: COUNTS,
            },
            notes: "Ask: which lane is the picture in your textbook? Expected: lane B. Then ask when that picture was true \
                for everybody: in the days of HTTP/1.0.",
            sections: &["RFC 9112 section 9.3", "RFC 9112 section 9.6", "RFC 9112 appendix C.2.2"],
            task: Some(Task {
                say: "And for 10 messages? Guess both counts, then set Messages to 10.",
                deed: Deed::Set(|scenario| scenario.messages = 10),
                learned: Words {
                    text: "{}: lane A used {}, lane B {}. The belief is true of lane B, and of lane B only.",
                    figures: COUNTS,
                },
            }),
        },
        Beat {
            idea: "What another connection costs",
            scene: Scene::rests(both, Moment::End, Some(AGAIN)),
            field: None,
            tell: Words {
                text: "Before each further request lane B must connect again, and that takes {}. \
                    Lane A heard its last echo at {}, lane B at {}. Over https, TLS would have to be set up again as well.",
                figures: DELAYS,
            },
            notes: "Ask: what does lane B do while lane A already talks? Expected: it shakes hands again, and TLS would do \
                so as well.",
            sections: &["RFC 9293 section 3.5", "RFC 9112 section 9.3", "RFC 9112 section 9.7"],
            task: Some(Task {
                say: "Does distance make it better or worse? Set Round trip to 300 ms.",
                deed: Deed::Set(|scenario| scenario.network.round_trip = 300_000),
                learned: Words {
                    text: "To connect now takes {}, and lane B pays it each time: \
                        lane A is done at {}, lane B at {}. The longer the way, the dearer it is to hang up.",
                    figures: DELAYS,
                },
            }),
        },
        Beat {
            idea: "Keep-alive decides nothing here",
            scene: Scene::rests(both, Moment::End, Some(Pick::first(1, What::Request))),
            field: Some("Connection"),
            tell: Words {
                text: "The browser writes `Connection: keep-alive` on both lanes. Lane B’s server hung up all the same, {}. \
                    Lane A would persist without the line: only HTTP/1.0 needed it.",
                figures: &[Count(|run| tally(run, 1, What::Fin(Sender::Server)), "time")],
            },
            notes: "Ask: is this line what keeps lane A open? Expected: no; in HTTP/1.1 staying open is what happens unless \
                somebody says otherwise.",
            sections: &["RFC 9112 section 9.3", "RFC 9112 appendix C.2.2"],
            task: None,
        },
        Beat {
            idea: "Stateless is something else",
            scene: Scene::rests(both, Moment::End, Some(Pick::second(0, What::Request))),
            field: Some("User-Agent"),
            tell: Words {
                text: "Stateless means that each request can be understood alone; so lane A’s {} say everything again, {} of heads. \
                    It does not mean that the connection ends: lane A is stateless on {}.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Octets(|run| account(run, 0).up.framing),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            notes: "Ask: is a stateless protocol one that hangs up? Expected: no; each request says all that is needed to \
                understand it, on whichever connection.",
            sections: &["RFC 9110 section 3.3"],
            task: None,
        },
    ],
};

fn alone() -> Scenario {
    Scenario {
        lanes: vec![Transport::Persistent],
        workload: Workload::Echo,
        messages: 3,
        ..Scenario::default()
    }
}

fn both() -> Scenario {
    Scenario { lanes: vec![Transport::Persistent, Transport::Close], ..alone() }
}

const COUNTS: &[Figure] = &[
    Count(|run| tally(run, 1, What::Said(Sender::Client)), "message"),
    Count(|run| connections(run, 0), "connection"),
    Count(|run| connections(run, 1), "connection"),
];

const DELAYS: &[Figure] = &[
    Seconds(|run| round_trip(run, 1)),
    Seconds(|run| last_heard(run, 0)),
    Seconds(|run| last_heard(run, 1)),
];

/// The first answer that ends its connection.
const CLOSING: Pick = Pick::first(1, What::Response);

/// Where lane B connects again.
const AGAIN: Pick = Pick::second(1, What::Syn);
