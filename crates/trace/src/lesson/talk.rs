use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{connections, requests, responses, tally};
use super::words::Figure::{Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Transport, Workload};

pub(super) static LESSON: Lesson = Lesson {
    id: "talk",
    title: "Two ways to talk",
    about: "Letters, telephones, walkie-talkies: which picture fits which protocol, and where each breaks.",
    beats: &[
        Beat {
            idea: "Does HTTP call back?",
            scene: Scene::plays(calls, Moment::End, None),
            field: None,
            tell: Words {
                text: "HTTP, some say, is like ringing somebody up, hanging up, and waiting to be called back. \
                    Count: {}, {}, each of them opened by you, and each answer came on the same call.",
                figures: &[
                    Count(|run| requests(run, 0), "question"),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            notes: "Let two pupils play it: one rings, asks, and is answered at once. \
                Ask: did anybody call back? Expected: no; the line was put down only after the answer.",
            sections: &["RFC 9110 section 3.4", "RFC 9112 section 9.3"],
            task: Some(Task {
                say: "And who hangs up here? Select the first FIN.",
                deed: Deed::Select(HANG_UP),
                learned: Words {
                    text: "The server does, at {}, right behind its answer. HTTP may do so; nothing says that it must.",
                    figures: &[Seconds(|run| HANG_UP.leaves(run))],
                },
            }),
        },
        Beat {
            idea: "Nobody has to hang up",
            scene: Scene::plays(kept, Moment::End, None),
            field: None,
            tell: Words {
                text: "Here nobody hangs up: {}, {}, all on {}. That is how HTTP/1.1 does it unless told otherwise. \
                    What remains of the picture is that only you may ask.",
                figures: &[
                    Count(|run| requests(run, 0), "question"),
                    Count(|run| responses(run, 0), "answer"),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            notes: "Ask: what would the server have to do to say something first? Expected: there is nothing it could do; it has to wait for a question.",
            sections: &["RFC 9112 section 9.3", "RFC 9110 section 3.4"],
            task: None,
        },
        Beat {
            idea: "A request is like a letter",
            scene: Scene::rests(kept, Moment::Arrives(SECOND), Some(SECOND)),
            field: Some("Request target"),
            tell: Words {
                text: "Around {} of words lies an envelope of {}, on which stands all that is needed to understand them. \
                    There the picture ends: letters overtake each other, requests on one connection do not.",
                figures: &[Octets(|run| SECOND.payload(run)), Octets(|run| SECOND.head(run))],
            },
            notes: "Ask: what stands on an envelope? Let them find each on the screen: addressee, sender, what is inside. \
                Expected: all of it, on every single request.",
            sections: &["RFC 9110 section 3.3", "RFC 9112 section 2.1", "RFC 9110 section 7.2"],
            task: Some(Task {
                say: "Which line of it names the addressee? Choose it.",
                deed: Deed::Field("Host"),
                learned: Words {
                    text: "`Host` does, and each of the {} says it again: a server need not remember the one before. \
                        That, and not hanging up, is what stateless means.",
                    figures: &[Count(|run| requests(run, 0), "request")],
                },
            }),
        },
        Beat {
            idea: "A walkie-talkie takes turns",
            scene: Scene::plays(call, Moment::Leaves(YOURS), Some(YOURS)),
            field: None,
            tell: Words {
                text: "WebSocket, some say, is a walkie-talkie. Now, at {}, you and Ben both say {}. \
                    A walkie-talkie carries one voice at a time: one of you would have to wait.",
                figures: &[Seconds(|run| YOURS.leaves(run)), Quote(YOURS)],
            },
            notes: "Let two pupils speak at the same moment, with and without “over”. \
                Ask: what is it called when only one may speak? Expected: half-duplex; both at once is full duplex, or duplex.",
            sections: &["RFC 6455 section 1.2"],
            task: Some(Task {
                say: "Does anybody have to wait here? Press Play.",
                deed: Deed::Watch,
                learned: Words {
                    text: "Ben has your word at {}, you have his at {}: they passed each other on the way. \
                        WebSocket takes no turns, so it is no walkie-talkie.",
                    figures: &[Seconds(|run| FRAME_UP.arrives(run)), Seconds(|run| FRAME_DOWN.arrives(run))],
                },
            }),
        },
        Beat {
            idea: "HTTP, at that same moment",
            scene: Scene::plays(both, Moment::Leaves(HEARD), Some(BROUGHT)),
            field: Some("Request target"),
            tell: Words {
                text: "On lane A both speak at {} as well. Your word is with Ben at {}, his reaches you only at {}: \
                    he had to wait for a question of yours. If either takes turns, it is HTTP.",
                figures: &[
                    Seconds(|run| SAID.leaves(run)),
                    Seconds(|run| SAYING.arrives(run)),
                    Seconds(|run| HEARD.leaves(run)),
                ],
            },
            notes: "Ask: was the connection closed while Ben waited? Expected: no; it was open, and the octets could have gone both ways. It is the rule that keeps him silent.",
            sections: &["RFC 9110 section 3.4", "RFC 6455 section 1.2"],
            task: None,
        },
        Beat {
            idea: "A call that stays open",
            scene: Scene::rests(chat, Moment::End, Some(FRAME_DOWN)),
            field: Some("Payload data"),
            tell: Words {
                text: "The better picture is a telephone call that nobody hangs up: {}, and {} from Ben that nobody asked for. \
                    It breaks, too: a telephone carries sound without end, WebSocket messages, each of them whole.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Count(|run| tally(run, 0, What::Data(Sender::Server)), "message"),
                ],
            },
            notes: "Ask: what does an open call cost while nobody speaks? Expected: both must stay on the line, and may not notice when it goes dead.",
            sections: &["RFC 6455 section 1.2", "RFC 6455 section 5.4", "RFC 6455 section 1.5"],
            task: Some(Task {
                say: "Break in whenever you like: write into “Your message”, and press Send.",
                deed: Deed::Speak(Speaker::You),
                learned: Words {
                    text: "Now you have sent {}, Ben {}, and all of it went over {}. Nobody asked, nobody took turns.",
                    figures: &[
                        Count(|run| tally(run, 0, What::Data(Sender::Client)), "message"),
                        Number(|run| tally(run, 0, What::Data(Sender::Server))),
                        Count(|run| connections(run, 0), "connection"),
                    ],
                },
            }),
        },
    ],
};

fn calls() -> Scenario {
    Scenario { lanes: vec![Transport::Close], messages: 2, ..kept() }
}

fn kept() -> Scenario {
    let lanes = vec![Transport::Persistent];
    Scenario { lanes, workload: Workload::Echo, messages: 3, ..Scenario::default() }
}

/// Both say one thing, at the same moment.
fn call() -> Scenario {
    let lanes = vec![Transport::WebSocket];
    Scenario { lanes, workload: Workload::Call, messages: 2, ..Scenario::default() }
}

fn both() -> Scenario {
    Scenario { lanes: vec![Transport::Persistent, Transport::WebSocket], ..call() }
}

fn chat() -> Scenario {
    Scenario { lanes: vec![Transport::WebSocket], messages: 3, ..Scenario::default() }
}

/// The end of the first connection.
const HANG_UP: Pick = Pick::first(0, What::Fin(Sender::Server));

/// A question on a connection that is open already.
const SECOND: Pick = Pick::second(0, What::Request);

/// What you say into the call, on its only lane.
const YOURS: Pick = Pick::first(0, What::Said(Sender::Client));

/// The frame that carries it.
const FRAME_UP: Pick = Pick::first(0, What::Data(Sender::Client));

/// And Ben's.
const FRAME_DOWN: Pick = Pick::first(0, What::Data(Sender::Server));

/// What Ben says on lane A of both.
const SAID: Pick = Pick::first(0, What::Said(Sender::Server));

/// The request that carries your word there: the first asked for news.
const SAYING: Pick = Pick::second(0, What::Request);

/// The request whose answer brings his.
const BROUGHT: Pick = Pick { lane: 0, what: What::Request, nth: 2 };

/// When you have it.
const HEARD: Pick = Pick::first(0, What::Heard(Sender::Server));
