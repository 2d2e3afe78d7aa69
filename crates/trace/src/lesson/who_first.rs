use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{account, octets, requests, tally};
use super::words::Figure::{self, Code, Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::event::Kind;
use crate::scenario::{Scenario, Speaker, Utterance};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "who-first",
    title: "Who may speak first?",
    about: "Ben has news. When you hear of it depends on who may begin.",
    beats: &[
        Beat {
            idea: "Ben has news",
            // Before he speaks: what is to be guessed must not stand in the picture.
            scene: Scene::plays(news, Moment::Arrives(OPENED), None),
            field: None,
            tell: Words {
                text: "At {} Ben, at the server, will have something to say: {}. \
                    Both lanes have an open connection to you by now. Who may use it?",
                figures: &[Seconds(|run| SAID.leaves(run)), Quote(SAID)],
            },
            notes: "Stop here and take a vote: on which lane will the news be heard first? Then go on. Expected: lane B, \
                because nobody has to ask.",
            sections: &["RFC 9110 section 3.4", "RFC 6455 section 1.2"],
            task: Some(Task {
                say: "On which lane will you hear it first, and how much later on the other? Guess, then press Play.",
                deed: Deed::Watch,
                learned: Words {
                    text: "Lane B brought it at {}, lane A at {}. The way is the same; the rules are not.",
                    figures: &[Seconds(|run| PUSHED.arrives(run)), Seconds(|run| FETCHED.leaves(run))],
                },
            }),
        },
        Beat {
            idea: "WebSocket: just say it",
            scene: Scene::plays(news, Moment::Arrives(PUSHED), Some(PUSHED)),
            field: Some("Payload data"),
            tell: Words {
                text: "On lane B a frame of {} leaves at {}, the moment Ben speaks, and you have it {} later. \
                    Nobody asked: after the handshake each side sends when it likes.",
                figures: &[
                    Octets(|run| PUSHED.size(run)),
                    Seconds(|run| PUSHED.leaves(run)),
                    Seconds(|run| PUSHED.arrives(run) - PUSHED.leaves(run)),
                ],
            },
            notes: "Ask: what did the server wait for on lane B? Expected: nothing; it only had to have something to say.",
            sections: &["RFC 6455 section 1.2", "RFC 6455 section 5.1"],
            task: None,
        },
        Beat {
            idea: "HTTP: wait to be asked",
            scene: Scene::plays(news, Moment::Arrives(FETCHED), Some(QUESTION)),
            field: Some("Request target"),
            tell: Words {
                text: "On lane A the server may only answer. The news lay there for {} until a question arrived, \
                    and you heard it {} after it was said, over a connection that was open all the time.",
                figures: &[
                    Seconds(|run| QUESTION.arrives(run) - SAID.leaves(run)),
                    Seconds(|run| FETCHED.leaves(run) - SAID.leaves(run)),
                ],
            },
            notes: "Ask: was the connection closed on lane A? Expected: no, it was open all the time; what was missing was a \
                question.",
            sections: &["RFC 9110 section 3.4", "RFC 6202 section 1"],
            task: None,
        },
        Beat {
            idea: "Then ask more often?",
            scene: Scene::plays(news, Moment::End, Some(NOTHING)),
            field: Some("Status code"),
            tell: Words {
                text: "Lane A asked {}, and {} of the answers brought nothing: that is polling. \
                    Ask seldom, and news is late; ask often, and most answers are empty.",
                figures: &[Count(|run| requests(run, 0), "time"), Number(empty)],
            },
            notes: "Ask: how often should a page ask? Expected: there is no good number, each trades delay against empty \
                answers; let them try one.",
            sections: &["RFC 6202 section 1", "RFC 6202 section 2.1", "RFC 9110 section 15.3.5"],
            task: Some(Task {
                say: "What is gained, and what does it cost? Set Polling interval to 200 ms.",
                deed: Deed::Set(|scenario| scenario.poll = 200_000),
                learned: Words {
                    text: "Now the news is {} old when you hear it, after {}, {} of them for nothing. \
                        Lane A moved {}, lane B {}.",
                    figures: &[
                        Seconds(|run| FETCHED.leaves(run) - SAID.leaves(run)),
                        Count(|run| requests(run, 0), "request"),
                        Number(empty),
                        Octets(|run| octets(run, 0)),
                        Number(|run| octets(run, 1)),
                    ],
                },
            }),
        },
        Beat {
            idea: "An answer may wait",
            scene: Scene::rests(news, Moment::Arrives(NOTHING), Some(NOTHING)),
            field: Some("Status code"),
            tell: Words {
                text: "Can HTTP not push at all? Here the server answered {} at once; it might have kept the question \
                    until Ben spoke, {} later. Long polling and Server-Sent Events do so, and still only answer.",
                figures: &[
                    Code(|run| NOTHING.code(run)),
                    Seconds(|run| SAID.leaves(run) - NOTHING.leaves(run)),
                ],
            },
            notes: "Say that HTTP has ways to push, and that each is an answer that takes its time. Ask: what must the \
                client do after such an answer? Expected: with long polling, ask again.",
            sections: &["RFC 6202 section 2.1", "RFC 6202 section 3.1", "HTML Standard section 9.2"],
            task: None,
        },
        Beat {
            idea: "You may always begin",
            scene: Scene::plays(mine, Moment::End, Some(TOLD)),
            field: Some("Content"),
            tell: Words {
                text: "The other way it makes no difference. You say {}, and Ben has it {} later on lane A and {} later on lane B: \
                    a client may always begin, and the way is the same.",
                figures: &[
                    Quote(TOLD),
                    Seconds(|run| TOLD.arrives(run) - TOLD.leaves(run)),
                    Seconds(|run| WRITTEN.arrives(run) - WRITTEN.leaves(run)),
                ],
            },
            notes: "Ask: is HTTP slower when you speak and Ben listens? Expected: no, a client may always begin.",
            sections: &["RFC 9110 section 3.4", "RFC 6455 section 1.2"],
            task: None,
        },
        Beat {
            idea: "Now you are Ben",
            scene: Scene::rests(news, Moment::Arrives(NOTHING), None),
            field: None,
            tell: Words {
                text: "{} from Ben: the longest under way took {} on lane A and {} on lane B.",
                figures: WAITS,
            },
            notes: "Let somebody be Ben and find the worst moment. Expected: just after a question has been answered, for \
                then the next one is furthest away.",
            sections: &["RFC 9110 section 3.4", "RFC 6455 section 1.2"],
            task: Some(Task {
                say: "Move Time to a moment at which lane A fares worst. Then press “Server speaks now”.",
                deed: Deed::Speak(Speaker::Server),
                learned: Words {
                    text: "{} from Ben; the longest under way took {} on lane A and {} on lane B. \
                        Lane A depends on when the next question comes, an open lane B only on the way.",
                    figures: WAITS,
                },
            }),
        },
    ],
};

/// Ben says one thing, between two questions.
fn news() -> Scenario {
    let said = Utterance { at: 700_000, from: Speaker::Server, text: "Lunch?".to_owned() };
    Scenario { messages: 0, added: vec![said], ..Scenario::default() }
}

/// You say one thing.
fn mine() -> Scenario {
    Scenario { messages: 1, ..Scenario::default() }
}

/// Answers of lane A that brought nothing.
fn empty(run: &Trace) -> u64 {
    let nothing = run.lane(0).filter(|event| event.kind == Kind::Response { status: 204 });
    nothing.count() as u64
}

const WAITS: &[Figure] = &[
    Count(|run| tally(run, 0, What::Said(Sender::Server)), "message"),
    Seconds(|run| account(run, 0).longest_wait),
    Seconds(|run| account(run, 1).longest_wait),
];

/// Lane B is open as well.
const OPENED: Pick = Pick::first(1, What::Response);

/// Ben speaks.
const SAID: Pick = Pick::first(0, What::Said(Sender::Server));

/// His news as a frame.
const PUSHED: Pick = Pick::first(1, What::Data(Sender::Server));

/// The answer to the first question: no news.
const NOTHING: Pick = Pick::first(0, What::Response);

/// The question that his news waits for.
const QUESTION: Pick = Pick::second(0, What::Request);

/// You hear it over HTTP.
const FETCHED: Pick = Pick::first(0, What::Heard(Sender::Server));

/// What you say, in a request.
const TOLD: Pick = Pick::second(0, What::Request);

/// What you say, in a frame.
const WRITTEN: Pick = Pick::first(1, What::Data(Sender::Client));
