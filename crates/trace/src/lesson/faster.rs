use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{connections, last_heard, round_trip, tally};
use super::words::Figure::{self, Count, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Tls, Transport, Utterance, Workload};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "faster",
    title: "Is it faster?",
    about: "WebSocket against HTTP, by the clock: where it loses, where it is even, and where it wins.",
    beats: &[
        Beat {
            idea: "A fair race",
            scene: Scene::rests(race, Moment::Start, None),
            field: None,
            tell: Words {
                text: "“WebSocket is faster than HTTP”: so one reads. Both lanes are about to send {} and to hear each again, \
                    over the same network. Lane A keeps its connection.",
                figures: &[Count(|run| tally(run, 0, What::Said(Sender::Client)), "message")],
            },
            notes: "Take a vote, and write it down. Expected: most bet on lane B. Do not correct them, press Play.",
            sections: &["RFC 6455 section 1.3", "RFC 9112 section 9.3"],
            task: Some(Task {
                say: "Which lane is done first? Guess, then press Play.",
                deed: Deed::Watch,
                learned: Words {
                    text: "Lane A, at {}; lane B at {}. Once it is open an echo takes as long on either; \
                        but to open it lane B needs a handshake first, and that is a round trip of {}.",
                    figures: &[
                        Seconds(|run| last_heard(run, 0)),
                        Seconds(|run| last_heard(run, 1)),
                        Seconds(|run| AGREED.arrives(run) - ASK.leaves(run)),
                    ],
                },
            }),
        },
        Beat {
            idea: "An unfair race",
            scene: Scene::plays(unfair, Moment::End, Some(Pick::second(0, What::Syn))),
            field: None,
            tell: Words {
                text: "Here lane A hangs up after each answer: {} in place of one, and done at {}, lane B at {}. \
                    Many a published comparison is of this kind.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Seconds(|run| last_heard(run, 0)),
                    Seconds(|run| last_heard(run, 1)),
                ],
            },
            notes: "Ask: what does this comparison measure? Expected: connecting again and again, not WebSocket. \
                Whoever reads a benchmark should ask whether HTTP kept its connection.",
            sections: &["RFC 9112 section 9.3", "RFC 9112 section 9.6"],
            task: Some(Task {
                say: "Make it fair: set Transport of lane A to “HTTP/1.1, persistent”.",
                deed: Deed::Set(|scenario| give_a(scenario, Transport::Persistent)),
                learned: Words {
                    text: "The same messages, {}: lane A is done at {}, lane B at {}. The gap came from hanging up.",
                    figures: &[
                        Count(|run| connections(run, 0), "connection"),
                        Seconds(|run| last_heard(run, 0)),
                        Seconds(|run| last_heard(run, 1)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Over TLS",
            scene: Scene::plays(sealed, Moment::Leaves(FIRST_B), Some(ASK)),
            field: Some("Upgrade"),
            tell: Words {
                text: "Over TLS both start later: the first echo is on lane A at {}, on lane B at {}. \
                    TCP, TLS, lane B’s handshake: each takes a round trip of {} before anything can be said.",
                figures: OPENING,
            },
            notes: "Count the round trips on the picture together. Ask: when do they hurt? Expected: on every new connection, so the longer one lives, the less.",
            sections: &["RFC 8446 section 2", "RFC 6455 section 4.1", "RFC 9293 section 3.5"],
            task: Some(Task {
                say: "And with the TLS of old? Set TLS to TLS 1.2.",
                deed: Deed::Set(|scenario| scenario.network.tls = Tls::V12),
                learned: Words {
                    text: "Another round trip on both: {} and {}, where a round trip is {}. \
                        What makes a start slow is how often one has to ask before one may speak.",
                    figures: OPENING,
                },
            }),
        },
        Beat {
            idea: "Several things at once",
            scene: Scene::plays(burst, Moment::Arrives(LAST_A), Some(LAST_A)),
            field: Some("Request target"),
            tell: Words {
                text: "At {} you say {}. On lane B the frames leave one behind the other, and Ben has the last at {}. \
                    On lane A each request waits for the answer before: {}.",
                figures: BURST,
            },
            notes: "Ask: may HTTP/1.1 not send the second request at once? Expected: by the RFC it may, that is pipelining; browsers do not, because too many servers got it wrong. HTTP/2 solved it.",
            sections: &["RFC 9112 section 9.3.2", "RFC 9113 section 5", "RFC 6455 section 1.2"],
            task: Some(Task {
                say: "Do more connections help? Set Transport of lane A to “HTTP/1.1, up to 6 connections”.",
                deed: Deed::Set(|scenario| give_a(scenario, Transport::Six)),
                learned: Words {
                    text: "Said at {}, {}: the last is there at {} on lane B, at {} on lane A. \
                        It helps, but each further connection must first be opened. HTTP/2 puts them all on one.",
                    figures: BURST,
                },
            }),
        },
        Beat {
            idea: "News that nobody asked for",
            scene: Scene::plays(news, Moment::Leaves(HEARD), Some(HEARD)),
            field: None,
            tell: Words {
                text: "Here lane B wins, and by far: Ben’s news is {} old on lane A, {} on lane B. \
                    The way is no shorter; but nobody has to ask, and so nothing has to wait.",
                figures: NEWS,
            },
            notes: "Ask: so is WebSocket faster? Expected: it answers no sooner; it is sooner where the server has something to say. That is the sentence to take home.",
            sections: &["RFC 6455 section 1.2", "RFC 6202 section 2.1", "RFC 9110 section 3.4"],
            task: Some(Task {
                say: "Must it be WebSocket? Set Transport of lane A to “HTTP/1.1, long polling”.",
                deed: Deed::Set(|scenario| give_a(scenario, Transport::Long)),
                learned: Words {
                    text: "Now it is {} old on lane A, {} on lane B. A question lay waiting at the server, \
                        so the news left at once. Fast is what is ready when something happens.",
                    figures: NEWS,
                },
            }),
        },
    ],
};

fn race() -> Scenario {
    Scenario { workload: Workload::Echo, messages: 3, ..Scenario::default() }
}

fn unfair() -> Scenario {
    Scenario { lanes: vec![Transport::Close, Transport::WebSocket], messages: 5, ..race() }
}

fn sealed() -> Scenario {
    let mut scenario = race();
    scenario.network.tls = Tls::V13;
    scenario
}

/// You say several things at once.
fn burst() -> Scenario {
    let say = |text: &str| Utterance { at: 500_000, from: Speaker::You, text: text.to_owned() };
    Scenario { messages: 0, added: ["Soup", "Bread", "Cheese"].map(say).to_vec(), ..Scenario::default() }
}

/// Ben says one thing, between two questions.
fn news() -> Scenario {
    let said = Utterance { at: 700_000, from: Speaker::Server, text: "Lunch?".to_owned() };
    Scenario { messages: 0, added: vec![said], ..Scenario::default() }
}

fn give_a(scenario: &mut Scenario, transport: Transport) {
    if let Some(lane) = scenario.lanes.first_mut() {
        *lane = transport;
    }
}

/// From Ben's saying to your hearing, of the first news on a lane.
fn age(run: &Trace, lane: usize) -> u64 {
    let [said, heard] = [What::Said, What::Heard].map(|what| Pick::first(lane, what(Sender::Server)));
    heard.leaves(run).saturating_sub(said.leaves(run))
}

/// When the last of what you said was heard on a lane.
fn last_told(run: &Trace, lane: usize) -> u64 {
    let heard = run.lane(lane).filter(|event| What::Heard(Sender::Client).is(event));
    heard.map(|event| event.start()).max().unwrap_or(0)
}

const OPENING: &[Figure] = &[
    Seconds(|run| FIRST_A.leaves(run)),
    Seconds(|run| FIRST_B.leaves(run)),
    Seconds(|run| round_trip(run, 0)),
];

const BURST: &[Figure] = &[
    Seconds(|run| Pick::first(1, What::Said(Sender::Client)).leaves(run)),
    Count(|run| tally(run, 1, What::Said(Sender::Client)), "thing"),
    Seconds(|run| last_told(run, 1)),
    Seconds(|run| last_told(run, 0)),
];

const NEWS: &[Figure] = &[Seconds(|run| age(run, 0)), Seconds(|run| age(run, 1))];

/// The request that opens lane B's handshake.
const ASK: Pick = Pick::first(1, What::Request);

/// And its response.
const AGREED: Pick = Pick::first(1, What::Response);

/// The first echo on lane A.
const FIRST_A: Pick = Pick::first(0, What::Heard(Sender::Server));

/// And on lane B.
const FIRST_B: Pick = Pick::first(1, What::Heard(Sender::Server));

/// The last request that carries what you said: the first asked for news.
const LAST_A: Pick = Pick { lane: 0, what: What::Request, nth: 3 };

/// You hear of the news on lane A.
const HEARD: Pick = Pick::first(0, What::Heard(Sender::Server));
