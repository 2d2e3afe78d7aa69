use wire::{CloseCode, Sender};

use super::octets::{client, length, only_payload, server, value, verdict};
use super::pick::{Pick, What};
use super::reading::{connections, tally};
use super::words::Figure::{self, Code, Count, Made, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::caption::octets;
use crate::retry;
use crate::scenario::{Scenario, Speaker, Transport, Utterance};
use crate::workbench::draft::Draft;
use crate::workbench::{Bench, Desk};

pub(super) static LESSON: Lesson = Lesson {
    id: "goodbye",
    title: "Saying goodbye",
    about: "Close frames and their codes, a connection that dies without a word, and how to come back.",
    beats: &[
        Beat {
            idea: "First the words, then the line",
            scene: Scene::plays(orderly, Moment::End, Some(ANSWERED)),
            field: Some("Close code"),
            tell: Words {
                text: "The browser says goodbye at {}, the server answers with a Close frame of its own at {}. \
                    So each knows that the other has said all; only then does TCP end.",
                figures: &[Seconds(|run| GOODBYE.leaves(run)), Seconds(|run| ANSWERED.leaves(run))],
            },
            notes: "Compare it with a telephone call: both say goodbye, then both put down. \
                Ask: what is lost if one just puts down? Expected: whatever was still on its way, and nobody knows what.",
            sections: &["RFC 6455 section 1.4", "RFC 6455 section 5.5.1", "RFC 6455 section 7.1.1"],
            task: Some(Task {
                say: "Which side ends TCP first? Select the first FIN.",
                deed: Deed::Select(FIRST_FIN),
                learned: Words {
                    text: "The server, at {}, right behind its Close frame. Whoever ends TCP first has to remember the connection \
                        for a while; the RFC wants that to be the server’s burden.",
                    figures: &[Seconds(|run| FIRST_FIN.leaves(run))],
                },
            }),
        },
        Beat {
            idea: "A code says why",
            scene: Scene::Octets(fulfilled),
            field: Some("Close code"),
            tell: Words {
                text: "A Close frame’s payload begins with a code of {}, here {}: the purpose is fulfilled. \
                    A reason in words may follow; both are for programs and people to learn from, not to rely on.",
                figures: &[
                    Made(|desk| octets(length(desk, "Close code"))),
                    Made(|desk| value(desk, "Close code")),
                ],
            },
            notes: "Write the code in hexadecimal on the board, and let them turn it into decimal. Ask: which side may send it? Expected: either.",
            sections: &["RFC 6455 section 7.4.1", "RFC 6455 section 5.5.1"],
            task: Some(Task {
                say: "A server that shuts down is “going away”, 1001. In Payload, turn 03 e8 into 03 e9.",
                deed: Deed::Make {
                    so_that: |desk| says(desk, fulfilled, CloseCode::GOING_AWAY),
                    such_as: |bench| "03 e9 42 79 65".clone_into(&mut bench.draft.payload),
                },
                learned: Words {
                    text: "{}: the server goes down, or the page is left. A client that reads it knows that it has done nothing wrong, \
                        and may come back later.",
                    figures: &[Made(|desk| value(desk, "Close code"))],
                },
            }),
        },
        Beat {
            idea: "Codes for scripts, codes for nobody",
            scene: Scene::Octets(own_code),
            field: Some("Close code"),
            tell: Words {
                text: "A page’s script may close with {}, or with a code of its own from {} to {}, such as {}. \
                    The others belong to the protocol, and some of them to no frame at all.",
                figures: &[
                    Made(|_| CloseCode::NORMAL.to_string()),
                    Made(|_| own_codes().next().unwrap_or(0).to_string()),
                    Made(|_| own_codes().last().unwrap_or(0).to_string()),
                    Made(|desk| value(desk, "Close code")),
                ],
            },
            notes: "Ask: why should a script not be able to say “protocol error”? Expected: it does not see the protocol; only who does can judge it.",
            sections: &["WebSockets Standard section 3", "RFC 6455 section 7.4.1", "RFC 6455 section 7.4.2"],
            task: Some(Task {
                say: "Try one that no frame may carry: 1006. In Payload, turn 0f a0 into 03 ee.",
                deed: Deed::Make {
                    so_that: |desk| says(desk, own_code, CloseCode::ABNORMAL),
                    such_as: |bench| "03 ee".clone_into(&mut bench.draft.payload),
                },
                learned: Words {
                    text: "It breaks a rule, and is answered with close code {}. {} means that no Close frame came: \
                        a frame that says so contradicts itself. A script is told it; nobody sends it.",
                    figures: &[Made(verdict), Made(|desk| value(desk, "Close code"))],
                },
            }),
        },
        Beat {
            idea: "Gone without a word",
            scene: Scene::plays(cut, Moment::End, Some(LEARNED)),
            field: None,
            tell: Words {
                text: "Nobody spoke, and at {} a proxy on the way lost patience. No Close frame came; \
                    the browser tells its script {}, and not why. What Ben says at {}, {}, reaches nobody.",
                figures: CUT,
            },
            notes: "Ask: how could either side have noticed earlier? Expected: by speaking, or by a Ping now and then. \
                Add that a name not found, a refusal and a broken TLS are all told as the same code, so that no page can probe a network.",
            sections: &["RFC 6455 section 7.1.5", "RFC 6455 section 5.5.2", "WebSockets Standard section 4"],
            task: Some(Task {
                say: "A more patient proxy: set Proxy cuts after to 60 s.",
                deed: Deed::Set(|scenario| scenario.network.idle = Some(60_000_000)),
                learned: Words {
                    text: "Now Ben’s {} is heard at {}, and the connection ends with code {}. \
                        A Ping within the proxy’s patience would have done as well.",
                    figures: &[
                        Quote(LATE),
                        Seconds(|run| Pick::second(0, What::Heard(Sender::Server)).leaves(run)),
                        Code(|run| GOODBYE.code(run)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Who comes back by itself?",
            scene: Scene::plays(both_cut, Moment::End, Some(AGAIN)),
            field: Some("Last-Event-ID"),
            tell: Words {
                text: "The same cut on both lanes. Server-Sent Events connect again by themselves, {} in all, and say what they had last: \
                    Ben’s word arrives. For lane B’s WebSocket nobody does; it has {}, and hears {}.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Count(|run| connections(run, 1), "connection"),
                    Count(|run| tally(run, 1, What::Heard(Sender::Server)), "message"),
                ],
            },
            notes: "Ask: what must a page with a WebSocket do for itself? Expected: notice, connect again, and ask for what it missed; a library does it, the protocol does not.",
            sections: &[
                "HTML Standard section 9.2",
                "RFC 6455 section 7.2.3",
                "WebSockets Standard section 3",
            ],
            task: None,
        },
        Beat {
            idea: "Come back, but not all at once",
            scene: Scene::rests(both_cut, Moment::Arrives(CUT_B), Some(CUT_B)),
            field: None,
            tell: Words {
                text: "Where this connection broke, many others may have broken. Each waits at random before it tries again: \
                    up to {} at first, then up to {}, up to {}, and so on, but never longer than {}.",
                figures: &[
                    Seconds(|_| retry::longest(1)),
                    Seconds(|_| retry::longest(2)),
                    Seconds(|_| retry::longest(3)),
                    Seconds(|_| retry::CAP),
                ],
            },
            notes: "Let all stand up at the same moment, then each after a random count. Ask: why double the wait? Expected: if the server did not come back soon, it needs room to breathe.",
            sections: &["RFC 6455 section 7.2.3"],
            task: None,
        },
    ],
};

/// A word from you, and not long after goodbye.
fn orderly() -> Scenario {
    Scenario { lanes: vec![Transport::WebSocket], messages: 1, poll: 500_000, ..Scenario::default() }
}

/// Ben speaks twice, with a silence between that a proxy does not bear.
fn cut() -> Scenario {
    let say = |at, text: &str| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    let added = vec![say(400_000, "Lunch?"), say(2_000_000, "Still there?")];
    let mut scenario = Scenario { messages: 0, added, ..orderly() };
    scenario.network.idle = Some(1_000_000);
    scenario
}

fn both_cut() -> Scenario {
    Scenario { lanes: vec![Transport::Sse, Transport::WebSocket], ..cut() }
}

/// 1000, and “Bye”.
fn fulfilled() -> Bench {
    written(server(8, "03 e8 42 79 65"))
}

/// 4000, without a reason.
fn own_code() -> Bench {
    written(client(8, "0f a0"))
}

fn written(bench: Bench) -> Bench {
    Bench { draft: Draft { hex: true, ..bench.draft }, ..bench }
}

/// Whether nothing but the payload differs from `own`, and it begins with this code.
fn says(desk: &Desk, own: fn() -> Bench, code: CloseCode) -> bool {
    only_payload(desk, own) && value(desk, "Close code") == code.to_string()
}

/// The codes that a script may choose for itself.
fn own_codes() -> impl Iterator<Item = u16> {
    (CloseCode::NORMAL.0 + 1..=u16::MAX).filter(|&code| CloseCode(code).script_may_send())
}

const CUT: &[Figure] = &[
    Seconds(|run| Pick::first(0, What::Cut).leaves(run)),
    Code(|_| u64::from(CloseCode::ABNORMAL.0)),
    Seconds(|run| LATE.leaves(run)),
    Quote(LATE),
];

/// The Close frame that starts the closing handshake.
const GOODBYE: Pick = Pick::first(0, What::Close(Sender::Client));

/// And the one that answers it.
const ANSWERED: Pick = Pick::first(0, What::Close(Sender::Server));

/// The end of TCP's first direction.
const FIRST_FIN: Pick = Pick::first(0, What::Fin(Sender::Server));

/// The page is told that its connection is gone.
const LEARNED: Pick = Pick::first(0, What::Failed);

/// What Ben says after that.
const LATE: Pick = Pick::second(0, What::Said(Sender::Server));

/// The request with which Server-Sent Events come back.
const AGAIN: Pick = Pick::second(0, What::Request);

/// Where lane B breaks.
const CUT_B: Pick = Pick::first(1, What::Cut);
