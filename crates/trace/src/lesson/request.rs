use super::pick::{Pick, What};
use super::reading::{connections, requests, responses, round_trip};
use super::words::Figure::{Code, Count, Number, Octets, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Transport, Workload};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "request",
    title: "One request, one response",
    about: "What a page and a server say to each other, down to the octet.",
    beats: &[
        Beat {
            idea: "First a connection",
            scene: Scene::plays(one, Moment::Leaves(ASK), Some(Pick::first(0, What::Syn))),
            field: None,
            tell: Words {
                text: "HTTP runs over TCP, and TCP connects first: SYN, then SYN and ACK, then ACK. \
                    The request may leave at {}, when the server’s consent has come back: a round trip after the start.",
                figures: &[Seconds(|run| ASK.leaves(run))],
            },
            notes: "Say that both ends must agree to talk before anything can be asked. Ask: who sends the first segment? \
                Expected: the client; the server only listens.",
            sections: &["RFC 9110 section 3.3", "RFC 9293 section 3.5"],
            task: None,
        },
        Beat {
            idea: "The client asks",
            scene: Scene::plays(one, Moment::Arrives(ASK), Some(ASK)),
            field: Some("Method"),
            tell: Words {
                text: "The browser sends a request of {}. Its first line names a method, a target and the version. \
                    {} follow and say the rest, then an empty line, then the message.",
                figures: &[Octets(|run| ASK.size(run)), Count(field_lines, "field line")],
            },
            notes: "Point at the first line and let somebody read it aloud: it is plain text. Ask: what does it ask for, and \
                in which version? Expected: the method, the target, HTTP/1.1.",
            sections: &["RFC 9112 section 3", "RFC 9110 section 9.1", "RFC 9112 section 5"],
            task: None,
        },
        Beat {
            idea: "A head of text, any content",
            scene: Scene::rests(one, Moment::Arrives(ASK), Some(ASK)),
            field: Some("Content"),
            tell: Words {
                text: "HTTP is often called a text protocol. In HTTP/1.1 the head is text, here {}. \
                    The content behind the empty line, here {}, may be any octets: words, a picture, a film.",
                figures: &[Octets(|run| ASK.head(run)), Octets(|run| ASK.payload(run))],
            },
            notes: "Say that only the head is text. Ask: how can a receiver know where the content ends, if it may hold any \
                octet? Expected: somebody must say its length; let them find the field.",
            sections: &["RFC 9112 section 2.1", "RFC 9110 section 6.4", "RFC 9112 section 6.2"],
            task: Some(Task {
                say: "How does the server know where the content ends? Choose the field that tells it.",
                deed: Deed::Field("Content-Length"),
                learned: Words {
                    text: "`Content-Length` says {}. The server counts {} behind the empty line and knows that the request is whole.",
                    figures: &[Number(|run| ASK.payload(run)), Octets(|run| ASK.payload(run))],
                },
            }),
        },
        Beat {
            idea: "The server answers",
            scene: Scene::plays(one, Moment::Arrives(ANSWER), Some(ANSWER)),
            field: Some("Status code"),
            tell: Words {
                text: "The server answers on the same connection with status {} and {}. \
                    The answer is here at {}, a round trip of {} after the request left.",
                figures: &[
                    Code(|run| ANSWER.code(run)),
                    Octets(|run| ANSWER.size(run)),
                    Seconds(|run| ANSWER.arrives(run)),
                    Seconds(|run| ANSWER.arrives(run) - ASK.leaves(run)),
                ],
            },
            notes: "Ask before the step plays: will the server open a connection of its own to answer? Expected: no, the \
                answer comes on the same one.",
            sections: &["RFC 9112 section 4", "RFC 9110 section 15"],
            task: None,
        },
        Beat {
            idea: "Is HTTP one-way?",
            scene: Scene::plays(one, Moment::End, Some(ANSWER)),
            field: Some("Content"),
            tell: Words {
                text: "HTTP is often called unidirectional. Count: {} went up, {} came down, and the words came back. \
                    What is one-sided is something else: only the client may start an exchange.",
                figures: &[Octets(|run| ASK.size(run)), Octets(|run| ANSWER.size(run))],
            },
            notes: "Ask: does HTTP carry data one way or both ways? Expected: both ways; what goes one way is the right to \
                begin.",
            sections: &["RFC 9110 section 3.3", "RFC 9110 section 3.4"],
            task: None,
        },
        Beat {
            idea: "To each request its response",
            scene: Scene::plays(few, Moment::End, Some(Pick::second(0, What::Request))),
            field: Some("Request target"),
            tell: Words {
                text: "{}, {}, in the same order: each request gets exactly one final response. \
                    They went over {}.",
                figures: FEW,
            },
            notes: "Let the class guess the counts before anybody turns the knob, and collect the guesses. Expected: one \
                response to each request, and still a single connection.",
            sections: &["RFC 9110 section 15", "RFC 9112 section 9.2", "RFC 9112 section 9.3"],
            task: Some(Task {
                say: "How many responses will 6 messages bring, over how many connections? Guess, then set Messages to 6.",
                deed: Deed::Set(|scenario| scenario.messages = 6),
                learned: Words {
                    text: "{}, {}, {}. To ask more often takes more heads, but no further connection.",
                    figures: FEW,
                },
            }),
        },
        Beat {
            idea: "What takes the time",
            scene: Scene::rests(one, Moment::Arrives(ANSWER), Some(ANSWER)),
            field: Some("Content"),
            tell: Words {
                text: "The answer is here after {}. That is {} of {}: one for TCP, one to ask and to hear. \
                What the octets themselves take hardly shows.",
                figures: TIME,
            },
            notes: "Ask: what would a faster processor change here? Expected: nothing to speak of; it is the distance. Then \
                let them move the server away.",
            sections: &["RFC 9293 section 3.5", "RFC 9110 section 3.4"],
            task: Some(Task {
                say: "Move the server to the other side of the world: set Round trip to 300 ms.",
                deed: Deed::Set(|scenario| scenario.network.round_trip = 300_000),
                learned: Words {
                    text: "Now the answer is here after {}: {} of {}. The octets are the same; the way is longer.",
                    figures: TIME,
                },
            }),
        },
    ],
};

fn one() -> Scenario {
    Scenario {
        lanes: vec![Transport::Persistent],
        workload: Workload::Echo,
        messages: 1,
        ..Scenario::default()
    }
}

fn few() -> Scenario {
    Scenario { messages: 3, ..one() }
}

/// Lines of the request's head between its first and the empty one.
fn field_lines(run: &Trace) -> u64 {
    let raw = ASK.event(run).and_then(|event| event.raw.as_deref()).unwrap_or_default();
    let lines = raw.split(|&octet| octet == b'\n').take_while(|line| *line != b"\r");
    lines.skip(1).count() as u64
}

const FEW: &[super::words::Figure] = &[
    Count(|run| requests(run, 0), "request"),
    Count(|run| responses(run, 0), "response"),
    Count(|run| connections(run, 0), "connection"),
];

const TIME: &[super::words::Figure] = &[
    Seconds(|run| ANSWER.arrives(run)),
    Count(|run| ANSWER.arrives(run) / round_trip(run, 0).max(1), "round trip"),
    Seconds(|run| round_trip(run, 0)),
];

/// The request.
const ASK: Pick = Pick::first(0, What::Request);

/// Its response.
const ANSWER: Pick = Pick::first(0, What::Response);
