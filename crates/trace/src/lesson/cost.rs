use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{account, connections, octets, requests, tally};
use super::words::Figure::{self, Count, Number, Octets, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Tls, Transport, Workload};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "cost",
    title: "What it costs",
    about: "The same echo over both: octets by layer, and from which message on WebSocket is cheaper.",
    beats: &[
        Beat {
            idea: "What is said, and what is sent",
            scene: Scene::plays(echo, Moment::End, Some(UP)),
            field: Some("Payload data"),
            tell: Words {
                text: "You send {} and hear them again: {} of message. \
                    For that lane A’s connection carried {}, lane B’s {}.",
                figures: &[
                    Count(|run| tally(run, 0, What::Heard(Sender::Client)), "message"),
                    Octets(|run| account(run, 0).payload()),
                    Octets(|run| octets(run, 0)),
                    Number(|run| octets(run, 1)),
                ],
            },
            notes: "Ask: what is on the wire besides the words? Let them guess the share before showing it. Expected: most \
                of lane A is heads; with large messages hardly anything is.",
            sections: &["RFC 9112 section 2.1", "RFC 6455 section 5.2"],
            task: Some(Task {
                say: "Is the difference always so large? Set Message size to 10000 octets.",
                deed: Deed::Set(|scenario| scenario.size = Some(10_000)),
                learned: Words {
                    text: "Of {} of message lane A made {}, lane B {}. \
                        What a protocol adds weighs heavily on small messages and hardly on large ones.",
                    figures: &[
                        Octets(|run| account(run, 0).payload()),
                        Octets(|run| octets(run, 0)),
                        Number(|run| octets(run, 1)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Layer by layer",
            scene: Scene::rests(echo, Moment::End, Some(UP)),
            field: Some("Opcode"),
            tell: Words {
                text: "Beside the messages lane A carried {} of heads, lane B {} of handshake and frame headers. \
                    Underneath, TCP and IP headers (modelled) add {} and {}: comparisons like to leave those out.",
                figures: &[
                    Octets(|run| account(run, 0).framing()),
                    Number(|run| account(run, 1).framing()),
                    Octets(|run| account(run, 0).tcp_ip()),
                    Number(|run| account(run, 1).tcp_ip()),
                ],
            },
            notes: "Point at the ledger’s columns. Ask: which layer would a benchmark leave out? Expected: TCP and IP, since \
                no program sees them.",
            sections: &["RFC 9293 section 3.1", "RFC 791 section 3.1", "RFC 6455 section 5.2"],
            task: None,
        },
        Beat {
            idea: "Every head says it again",
            scene: Scene::rests(echo, Moment::End, Some(ASK)),
            field: Some("User-Agent"),
            tell: Words {
                text: "Lane A’s second request needs a head of {} for {} of message, its response one of {}. \
                    HTTP/1.1 repeats them each time: {}, {} of heads upwards alone. HTTP/2 can compress what repeats.",
                figures: &[
                    Octets(|run| ASK.head(run)),
                    Octets(|run| ASK.payload(run)),
                    Number(|run| Pick::second(0, What::Response).head(run)),
                    Count(|run| requests(run, 0), "request"),
                    Octets(|run| account(run, 0).up.framing),
                ],
            },
            notes: "Ask: which of these lines differ from request to request? Expected: next to none; a stateless request \
                says everything again.",
            sections: &["RFC 9110 section 3.3", "RFC 9112 section 2.1", "RFC 9113 section 4.3"],
            task: None,
        },
        Beat {
            idea: "A frame adds a few octets",
            scene: Scene::rests(echo, Moment::End, Some(UP)),
            field: Some("Payload length"),
            tell: Words {
                text: "On lane B each message adds a frame header: {} upwards, {} downwards. \
                    The difference is the masking key of {}, which a client must send and a server must not.",
                figures: FRAMES,
            },
            notes: "Ask: why are the headers of different length in the two directions? Expected: the masking key, which \
                only the client sends.",
            sections: &["RFC 6455 section 5.1", "RFC 6455 section 5.2", "RFC 6455 section 5.3"],
            task: Some(Task {
                say: "The length has little room in so short a header. Set Message size to 200 octets.",
                deed: Deed::Set(|scenario| scenario.size = Some(200)),
                learned: Words {
                    text: "Now the header has {} upwards and {} downwards: a longer length needs a longer field. \
                        The masking key still has {}.",
                    figures: FRAMES,
                },
            }),
        },
        Beat {
            idea: "WebSocket pays first",
            scene: Scene::plays(echo, Moment::Arrives(FIRST_B), Some(Pick::first(1, What::Response))),
            field: Some("Status code"),
            tell: Words {
                text: "Before its first message lane B spends {} and a round trip on the handshake. \
                    So lane A’s first echo is here at {}, lane B’s only at {}.",
                figures: &[
                    Octets(handshake),
                    Seconds(|run| FIRST_A.leaves(run)),
                    Seconds(|run| FIRST_B.leaves(run)),
                ],
            },
            notes: "Ask: which lane brings its first answer sooner? Expected: lane A; the handshake takes a round trip \
                before the first message.",
            sections: &["RFC 6455 section 1.3", "RFC 6455 section 4.1"],
            task: None,
        },
        Beat {
            idea: "From which message on?",
            scene: Scene::plays(echo, Moment::End, Some(ASK)),
            field: Some("Content"),
            tell: Words {
                text: "Handshake and Close frames cost lane B {}, once. An echo costs {} on lane A and {} on lane B, \
                    TCP and IP left out. So lane B is cheaper from message {} on.",
                figures: &[
                    Octets(once),
                    Octets(|run| each(run, 0, 0)),
                    Number(|run| each(run, 1, once(run))),
                    Number(break_even),
                ],
            },
            notes: "Ask: does WebSocket always cost less? Expected: from some message on; how soon depends on how long the \
                heads are.",
            sections: &["RFC 6455 section 1.3", "RFC 6455 section 5.2", "RFC 9112 section 2.1"],
            task: Some(Task {
                say: "Check it: set Messages to 1.",
                deed: Deed::Set(|scenario| scenario.messages = 1),
                learned: Words {
                    text: "With {} lane A carried {}, lane B {}. A browser’s heads are long; \
                        a program that sends short ones needs more messages before WebSocket pays.",
                    figures: &[
                        Count(|run| tally(run, 0, What::Heard(Sender::Client)), "message"),
                        Octets(|run| octets(run, 0)),
                        Number(|run| octets(run, 1)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Faster? Not by itself",
            scene: Scene::rests(echo, Moment::End, Some(Pick::second(0, What::Response))),
            field: Some("Content"),
            tell: Words {
                text: "On an open connection an echo takes {} on lane A and {} on lane B: a round trip on both. \
                    WebSocket saves octets and questions; it does not shorten the way.",
                figures: WARM,
            },
            notes: "Ask: is WebSocket faster than HTTP? Expected: not on a warm connection over a wide link; the way is the \
                same.",
            sections: &["RFC 9112 section 9.3", "RFC 6455 section 1.2"],
            task: Some(Task {
                say: "When do octets turn into time? Set Bandwidth to 0.1 Mbit/s.",
                deed: Deed::Set(|scenario| scenario.network.kilobits = 100),
                learned: Words {
                    text: "On a narrow link each octet takes its time: an echo needs {} on lane A and {} on lane B. \
                        There the heads are felt.",
                    figures: WARM,
                },
            }),
        },
        Beat {
            idea: "Each new connection pays for TLS",
            scene: Scene::plays(sealed, Moment::End, Some(Pick::second(1, What::Syn))),
            field: None,
            tell: Words {
                text: "Here both lanes speak HTTP over TLS; lane B hangs up after each answer. On lane A {} pays {} of TLS, \
                    on lane B {} pay {}. Each time TLS adds a round trip to that of TCP: \
                    a second echo takes {} on lane A and {} on lane B.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Octets(|run| account(run, 0).tls()),
                    Count(|run| connections(run, 1), "connection"),
                    Number(|run| account(run, 1).tls()),
                    Seconds(|run| warm(run, 0)),
                    Seconds(|run| warm(run, 1)),
                ],
            },
            notes: "Ask: what does hanging up cost over https? Expected: the TCP handshake, the TLS handshake and its \
                certificates, each time.",
            sections: &["RFC 8446 section 2", "RFC 9112 section 9.3", "RFC 9110 section 4.2.2"],
            task: Some(Task {
                say: "Does it help that client and server have met before? Set TLS to TLS 1.3, resumed.",
                deed: Deed::Set(|scenario| scenario.network.tls = Tls::Resumed),
                learned: Words {
                    text: "With a key from before no certificate has to travel: lane B’s {} now pay {} of TLS. \
                    The round trips stay: a second echo still takes {} on lane A and {} on lane B.",
                    figures: &[
                        Count(|run| connections(run, 1), "connection"),
                        Octets(|run| account(run, 1).tls()),
                        Seconds(|run| warm(run, 0)),
                        Seconds(|run| warm(run, 1)),
                    ],
                },
            }),
        },
    ],
};

/// An echo over TLS, where lane B needs a new connection for each message.
fn sealed() -> Scenario {
    let mut scenario = Scenario { messages: 3, ..echo() };
    scenario.lanes = vec![Transport::Persistent, Transport::Close];
    scenario.network.tls = Tls::V13;
    scenario
}

fn echo() -> Scenario {
    Scenario { workload: Workload::Echo, ..Scenario::default() }
}

/// What lane B's opening handshake costs.
fn handshake(run: &Trace) -> u64 {
    Pick::first(1, What::Request).size(run) + Pick::first(1, What::Response).size(run)
}

/// What lane B costs, however many messages follow.
fn once(run: &Trace) -> u64 {
    let closes = [Sender::Client, Sender::Server].map(|sender| Pick::first(1, What::Close(sender)).size(run));
    handshake(run) + closes[0] + closes[1]
}

/// What one echo costs on a lane, beyond what is paid `once`.
fn each(run: &Trace, lane: usize, once: u64) -> u64 {
    octets(run, lane).saturating_sub(once) / tally(run, lane, What::Said(Sender::Client)).max(1)
}

/// The first message with which lane B has cost less than lane A: where n times what an echo costs on
/// lane A exceeds what is paid once and n times what it costs on lane B.
fn break_even(run: &Trace) -> u64 {
    let saved = each(run, 0, 0).saturating_sub(each(run, 1, once(run)));
    once(run).checked_div(saved).map_or(0, |messages| messages + 1)
}

/// How long the second echo took on a lane.
fn warm(run: &Trace, lane: usize) -> u64 {
    let echo = run.round_trips(lane).get(1).copied();
    echo.and_then(|(said, heard)| Some(heard? - said)).unwrap_or(0)
}

const FRAMES: &[Figure] =
    &[Octets(|run| UP.head(run)), Number(|run| DOWN.head(run)), Octets(|run| UP.head(run) - DOWN.head(run))];

const WARM: &[Figure] = &[Seconds(|run| warm(run, 0)), Seconds(|run| warm(run, 1))];

/// A request on a warm connection.
const ASK: Pick = Pick::second(0, What::Request);

/// A message as a frame.
const UP: Pick = Pick::first(1, What::Data(Sender::Client));

/// Its echo.
const DOWN: Pick = Pick::first(1, What::Data(Sender::Server));

/// The first echo on lane A.
const FIRST_A: Pick = Pick::first(0, What::Heard(Sender::Server));

/// And on lane B.
const FIRST_B: Pick = Pick::first(1, What::Heard(Sender::Server));
