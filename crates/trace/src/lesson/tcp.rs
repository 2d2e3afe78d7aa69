use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{acknowledgements, held_back, oldest, segments, tally};
use super::words::Figure::{self, Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::order;
use crate::scenario::{Network, Scenario, Speaker, Transport, Utterance, Workload};

pub(super) static LESSON: Lesson = Lesson {
    id: "tcp",
    title: "TCP underneath",
    about: "What both lanes stand on: octets in order, and what a lost segment does to either.",
    beats: &[
        Beat {
            idea: "Both lanes stand on TCP",
            scene: Scene::plays(
                long,
                Moment::Leaves(Pick::first(1, What::Request)),
                Some(Pick::first(1, What::Syn)),
            ),
            field: None,
            tell: Words {
                text: "Under either lane lies TCP, and both begin alike: SYN, then SYN and ACK, then ACK. \
                    Lane A may speak at {}, lane B at {}: up to here nothing tells HTTP from WebSocket.",
                figures: &[
                    Seconds(|run| Pick::first(0, What::Request).leaves(run)),
                    Seconds(|run| Pick::first(1, What::Request).leaves(run)),
                ],
            },
            notes: "Cover the lanes’ heads. Ask: which of the pictures is HTTP so far? Expected: nobody can say; TCP is the same under both.",
            sections: &["RFC 9293 section 3.5", "RFC 6455 section 1.7", "RFC 9112 section 9.1"],
            task: None,
        },
        Beat {
            idea: "A stream, not packets",
            scene: Scene::plays(long, Moment::Arrives(FRAME), Some(FRAME)),
            field: Some("Payload length"),
            tell: Words {
                text: "You say {}. On lane B that is one frame and travels in {}; on lane A one request in {}. \
                    TCP carries octets in order and knows neither frames nor messages: their lengths stand in the octets.",
                figures: &[
                    Octets(|run| FRAME.payload(run)),
                    Count(|run| segments(run, FRAME), "segment"),
                    Number(|run| segments(run, ASK)),
                ],
            },
            notes: "Ask: who has heard that a frame is a packet? Let them compare the counts. Expected: no; one frame takes as many segments as it needs, and a small one may share.",
            sections: &["RFC 9293 section 3.7.1", "RFC 6455 section 5.2", "RFC 6455 section 5.4"],
            task: Some(Task {
                say: "Is a small message one segment, then? Set Message size to 1 octet.",
                deed: Deed::Set(|scenario| scenario.size = Some(1)),
                learned: Words {
                    text: "Here it is: {} for the frame, {} for the request. But nobody promises it; \
                        TCP may cut or join octets as it likes, and proxies may cut a message into other frames.",
                    figures: &[
                        Count(|run| segments(run, FRAME), "segment"),
                        Number(|run| segments(run, ASK)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Arrived does not mean read",
            scene: Scene::plays(long, Moment::End, Some(FRAME)),
            field: None,
            tell: Words {
                text: "Ben’s TCP tells yours what has arrived: on lane A with {} that only acknowledge, on lane B with {}. \
                    Whether Ben’s program has read it they do not say. Who must know has to be answered in a message.",
                figures: &[
                    Count(|run| acknowledgements(run, 0, Sender::Server), "segment"),
                    Number(|run| acknowledgements(run, 1, Sender::Server)),
                ],
            },
            notes: "Compare with a letter: the postman’s receipt says that it lies in the box. Ask: has it been read? Expected: only an answer can tell.",
            sections: &["RFC 9293 section 3.4", "RFC 5681 section 4.2", "WebSockets Standard section 3"],
            task: None,
        },
        Beat {
            idea: "A segment is lost",
            scene: Scene::plays(lossy, Moment::Leaves(AGAIN), Some(LOST)),
            field: None,
            tell: Words {
                text: "Lane A is an event stream over HTTP. On both lanes the segment with Ben’s {} vanishes, and nobody reports it. \
                    But later ones arrive, and their acknowledgements do not move on: lane B’s sender tries again {} later.",
                figures: &[
                    Quote(Pick::second(1, What::Data(Sender::Server))),
                    Seconds(|run| AGAIN.leaves(run) - LOST.leaves(run)),
                ],
            },
            notes: "Ask: who notices that something is missing, and how? Expected: the sender, because the acknowledgements stand still while more keeps arriving.",
            sections: &["RFC 5681 section 3.2", "RFC 9293 section 3.4", "RFC 2018 section 4"],
            task: Some(Task {
                say: "HTTP loses nothing either. Select the segment that lane A sends again.",
                deed: Deed::Select(Pick::first(0, What::Again)),
                learned: Words {
                    text: "Lane A’s TCP repairs it as well, {} after the loss: {} once more on each lane. \
                        Neither HTTP nor WebSocket had to do anything.",
                    figures: &[
                        Seconds(|run| {
                            Pick::first(0, What::Again).leaves(run) - Pick::first(0, What::Lost).leaves(run)
                        }),
                        Count(|run| tally(run, 0, What::Again), "segment"),
                    ],
                },
            }),
        },
        Beat {
            idea: "What follows has to wait",
            scene: Scene::plays(
                lossy,
                Moment::End,
                Some(Pick { nth: 2, ..Pick::first(1, What::Data(Sender::Server)) }),
            ),
            field: None,
            tell: Words {
                text: "Behind the gap {} had arrived on lane B, and waited up to {} for what was missing; on lane A {}, up to {}. \
                    TCP hands over in order: head-of-line blocking, on either lane. Only separate streams, as in HTTP/3, escape it.",
                figures: &[
                    Count(|run| held_back(run, 1).len() as u64, "message"),
                    Seconds(|run| longest(&held_back(run, 1))),
                    Number(|run| held_back(run, 0).len() as u64),
                    Seconds(|run| longest(&held_back(run, 0))),
                ],
            },
            notes: "Ask: did the later words need the lost one? Expected: no, but TCP promises order and cannot know. Then ask which lane is spared; neither.",
            sections: &["RFC 9293 section 2.2", "RFC 9114 section 2", "RFC 9000 section 2"],
            task: Some(Task {
                say: "And on a link that loses nothing? Set Loss to 0.",
                deed: Deed::Set(|scenario| scenario.network.loss = 0),
                learned: Words {
                    text: "Nothing is sent again and nobody waits: each message is heard within {} on lane A and {} on lane B.",
                    figures: AGES,
                },
            }),
        },
        Beat {
            idea: "When nothing follows",
            scene: Scene::plays(lonely, Moment::End, Some(Pick::first(1, What::Again))),
            field: None,
            tell: Words {
                text: "Here the lost segment is the last, and no later one betrays the gap. The sender waits for its time-out, {} on lane B: \
                    the least that the RFC allows. Ben’s words are heard {} after he spoke on lane A, {} on lane B.",
                figures: TIMEOUT,
            },
            notes: "Ask the class to count aloud while the step plays. Expected: they notice how long a silence after a loss is. Then let them guess whether a shorter way helps.",
            sections: &["RFC 6298 section 2", "RFC 6298 section 5", "RFC 9293 section 3.8.1"],
            task: Some(Task {
                say: "Would a server next door be quicker? Set Round trip to 10 ms.",
                deed: Deed::Set(|scenario| scenario.network.round_trip = 10_000),
                learned: Words {
                    text: "Hardly: the time-out still is {}, and the words are heard after {} and {}. \
                        Many systems of today go below the RFC’s least for this reason.",
                    figures: TIMEOUT,
                },
            }),
        },
    ],
};

/// One message of several segments.
fn long() -> Scenario {
    Scenario { workload: Workload::Echo, messages: 1, size: Some(10_000), ..Scenario::default() }
}

/// Ben counts to six.
fn lossy() -> Scenario {
    const SAID: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
    let said = (0..).zip(SAID).map(|(n, text)| spoken(300_000 + n * 80_000, text));
    Scenario { added: said.collect(), ..stream() }
}

/// Ben says nothing more after what is lost.
fn lonely() -> Scenario {
    Scenario { added: vec![spoken(300_000, "Hm."), spoken(600_000, "Lunch?")], ..stream() }
}

/// Two ways to push over a link that loses, as chance falls, the second message of either.
fn stream() -> Scenario {
    Scenario {
        lanes: vec![Transport::Sse, Transport::WebSocket],
        network: Network { loss: 1_000, ..Network::default() },
        messages: 0,
        // Nobody stays for long.
        poll: 200_000,
        ..Scenario::default()
    }
}

fn spoken(at: u64, text: &str) -> Utterance {
    Utterance { at, from: Speaker::Server, text: text.to_owned() }
}

fn longest(times: &[u64]) -> u64 {
    order::ascending(times).last().copied().unwrap_or(0)
}

const AGES: &[Figure] = &[Seconds(|run| oldest(run, 0)), Seconds(|run| oldest(run, 1))];

const TIMEOUT: &[Figure] = &[
    Seconds(|run| AGAIN.leaves(run) - LOST.leaves(run)),
    Seconds(|run| oldest(run, 0)),
    Seconds(|run| oldest(run, 1)),
];

/// Your message as a request.
const ASK: Pick = Pick::first(0, What::Request);

/// And as a frame.
const FRAME: Pick = Pick::first(1, What::Data(Sender::Client));

/// What vanishes on the WebSocket lane.
const LOST: Pick = Pick::first(1, What::Lost);

/// And is sent again.
const AGAIN: Pick = Pick::first(1, What::Again);
