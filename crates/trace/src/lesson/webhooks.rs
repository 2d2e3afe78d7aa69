use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{connections, octets, requests, tally};
use super::words::Figure::{self, Code, Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Transport, Utterance, Workload};

pub(super) static LESSON: Lesson = Lesson {
    id: "webhooks",
    title: "Webhooks are not WebSockets",
    about: "When one server has news for another: plain HTTP, with the roles turned round.",
    beats: &[
        Beat {
            idea: "A server calls a server",
            scene: Scene::plays(paid, Moment::Leaves(CALL), Some(Pick::first(0, What::Syn))),
            field: None,
            tell: Words {
                text: "No browser here. On the left stands your server, a shop; on the right Ben’s, which takes payments. \
                    At {} Ben’s has news, and this time it opens the connection: its request leaves at {}.",
                figures: &[
                    Seconds(|run| Pick::first(0, What::Said(Sender::Server)).leaves(run)),
                    Seconds(|run| CALL.leaves(run)),
                ],
            },
            notes: "Ask: which of the machines is the client? Expected: Ben’s server, on this connection. Client and server \
                are roles, taken anew with each connection.",
            sections: &["RFC 9110 section 3.3", "RFC 9293 section 3.5"],
            task: None,
        },
        Beat {
            idea: "An ordinary request",
            scene: Scene::plays(paid, Moment::Arrives(CALL), Some(CALL)),
            field: Some("Method"),
            tell: Words {
                text: "{} travels in a POST of {}, {} of them head. Nothing asks for an upgrade and there are no frames: \
                    a webhook is HTTP as ever, and shares with WebSocket little but the first letters.",
                figures: &[Quote(CALL), Octets(|run| CALL.size(run)), Number(|run| CALL.head(run))],
            },
            notes: "Ask: what does the shop need in order to be called? Expected: an HTTP server with an address that \
                Ben’s server knows; nothing else.",
            sections: &["RFC 9110 section 9.3.3", "RFC 9112 section 3"],
            task: None,
        },
        Beat {
            idea: "The answer is a receipt",
            scene: Scene::plays(paid, Moment::Arrives(TAKEN), Some(TAKEN)),
            field: Some("Status code"),
            tell: Words {
                text: "Your server answers {}: taken, nothing to add. More than a response it cannot say on this connection; \
                    news of its own needs a call of its own.",
                figures: &[Code(|run| TAKEN.code(run))],
            },
            notes: "Ask: could the shop push news back on the open connection? Expected: no; it may only answer. Then let \
                somebody be the shop and send a message.",
            sections: &["RFC 9110 section 15.3.5", "RFC 9110 section 3.4"],
            task: Some(Task {
                say: "Be the shop and tell Ben’s server something: fill in Your message and press Send.",
                deed: Deed::Speak(Speaker::You),
                learned: Words {
                    text: "Your server called back over a connection that it opened itself: {} now, and {}. \
                        To talk both ways takes a webhook each way.",
                    figures: &[
                        Count(|run| connections(run, 0), "connection"),
                        Count(|run| requests(run, 0), "request"),
                    ],
                },
            }),
        },
        Beat {
            idea: "Does a webhook hang up?",
            scene: Scene::plays(paid, Moment::End, Some(Pick::second(0, What::Request))),
            field: Some("Request target"),
            tell: Words {
                text: "Some texts let the connection end with the response. Count: {} of payments went over {}. \
                    It is HTTP/1.1 and persists, until one side has no more use for it.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            notes: "Remind the class of the lesson on hanging up. Ask: what is different here? Expected: nothing; what holds \
                for HTTP holds for a webhook.",
            sections: &["RFC 9112 section 9.3", "RFC 9112 section 9.5"],
            task: Some(Task {
                say: "Put an impatient proxy between them: set Proxy cuts after to 1 s.",
                deed: Deed::Set(|scenario| scenario.network.idle = Some(1_000_000)),
                learned: Words {
                    text: "After {} of silence the connection is cut, and the next payment opens another: {} for {}. \
                        Who seldom has news loses little by it.",
                    figures: &[
                        Seconds(|run| Pick::first(0, What::Cut).leaves(run) - TAKEN.leaves(run)),
                        Count(|run| connections(run, 0), "connection"),
                        Count(|run| requests(run, 0), "request"),
                    ],
                },
            }),
        },
        Beat {
            idea: "Nobody can call a page",
            scene: Scene::rests(
                few,
                Moment::Leaves(Pick::first(0, What::Request)),
                Some(Pick::first(0, What::Syn)),
            ),
            field: None,
            tell: Words {
                text: "On lane A Ben’s server opens its connection at {}, when it has news: it knows the shop’s address. \
                    A page in a browser listens nowhere; it opened lane B’s at {}, long before, to be within reach.",
                figures: &[
                    Seconds(|run| Pick::first(0, What::Syn).leaves(run)),
                    Seconds(|run| Pick::first(1, What::Syn).leaves(run)),
                ],
            },
            notes: "Ask: could a bank send a webhook to your phone’s browser? Expected: no; a browser accepts no connections. \
                So a webhook is no replacement for a WebSocket, nor the other way round.",
            sections: &["RFC 9110 section 3.3", "RFC 6455 section 4.1"],
            task: None,
        },
        Beat {
            idea: "News now and then, or a talk?",
            scene: Scene::plays(few, Moment::End, Some(Pick::first(1, What::Response))),
            field: Some("Status code"),
            tell: Words {
                text: "{} from Ben: the webhook on lane A moved {}, a browser’s WebSocket on lane B {}. \
                    For a little news between servers, calling is cheaper than keeping a line open.",
                figures: SUMS,
            },
            notes: "Ask: which would you take for a shop with a sale an hour, and which for a game? Expected: a webhook, and \
                a WebSocket; in a game many messages go both ways.",
            sections: &["RFC 9112 section 9.3", "RFC 6455 section 1.1"],
            task: Some(Task {
                say: "And for much news? Set Messages to 20.",
                deed: Deed::Set(|scenario| scenario.messages = 20),
                learned: Words {
                    text: "{}: lane A moved {}, lane B {}. Each call repeats its head, each frame adds a few octets. \
                        Where much is said, or both sides talk, the open line pays.",
                    figures: SUMS,
                },
            }),
        },
        Beat {
            idea: "Heard already?",
            scene: Scene::rests(paid, Moment::Arrives(TAKEN), Some(CALL)),
            field: Some("Content"),
            tell: Words {
                text: "Should these {} of answer get lost, Ben’s server cannot know whether {} was booked, and calls again. \
                    POST may be done once or more often: so the receiver has to notice what it has had.",
                figures: &[Octets(|run| TAKEN.size(run)), Quote(CALL)],
            },
            notes: "Ask: what happens if a payment is booked again? Expected: trouble; so each call carries a number. Mention \
                that anybody may call, so real webhooks are signed.",
            sections: &["RFC 9110 section 9.2.2", "RFC 9112 section 9.3.1", "RFC 9421 section 1"],
            task: Some(Task {
                say: "By what could your server tell a repetition? Find the field of the request and choose it.",
                deed: Deed::Field("Request target"),
                learned: Words {
                    text: "The target counts the calls: a number that was here before is answered and otherwise ignored. \
                        And as anybody may call, a receiver also checks a signature.",
                    figures: &[],
                },
            }),
        },
    ],
};

/// Ben's server takes payments, and your server is told.
fn paid() -> Scenario {
    let told = |(at, text): (u64, &str)| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    Scenario {
        lanes: vec![Transport::Webhook],
        messages: 0,
        poll: SHORT,
        added: [(400_000, "paid: order 1"), (2_400_000, "paid: order 2")].map(told).into(),
        ..Scenario::default()
    }
}

/// A little news, by a call and by a line that is kept open.
fn few() -> Scenario {
    Scenario {
        lanes: vec![Transport::Webhook, Transport::WebSocket],
        workload: Workload::Ticker,
        messages: 3,
        poll: SHORT,
        ..Scenario::default()
    }
}

/// How long everybody stays behind the last word.
const SHORT: u64 = 300_000;

const SUMS: &[Figure] = &[
    Count(|run| tally(run, 0, What::Said(Sender::Server)), "message"),
    Octets(|run| octets(run, 0)),
    Number(|run| octets(run, 1)),
];

/// The first call.
const CALL: Pick = Pick::first(0, What::Request);

/// Its answer.
const TAKEN: Pick = Pick::first(0, What::Response);
