use wire::Sender;
use wire::deflate::{NAME, Parameters};

use super::pick::{Pick, What};
use super::reading::{account, tally};
use super::words::Figure::{Count, Number, Octets, Quote};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Transport, Utterance};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "deflate",
    title: "Compression with a memory",
    about: "permessage-deflate: what it saves, what it costs, and why it remembers.",
    beats: &[
        Beat {
            idea: "Offered, and taken",
            scene: Scene::plays(twice, Moment::Arrives(AGREED), Some(AGREED)),
            field: Some("Sec-WebSocket-Extensions"),
            tell: Words {
                text: "On both lanes the browser’s handshake offers `permessage-deflate`. Lane A’s server passes it over; \
                    lane B’s takes it with one field line, {} of its answer. Neither side may compress unless both agreed.",
                figures: &[Octets(|run| AGREED.head(run) - Pick::first(0, What::Response).head(run))],
            },
            notes: "Ask: who decides that messages are compressed? Expected: both, in the handshake; a script can neither ask for it nor forbid it.",
            sections: &["RFC 7692 section 5", "RFC 7692 section 7.1", "RFC 6455 section 9.1"],
            task: None,
        },
        Beat {
            idea: "One bit says it",
            scene: Scene::plays(twice, Moment::Arrives(SHORT), Some(SHORT)),
            field: Some("RSV1"),
            tell: Words {
                text: "Ben says {}. In lane B’s frame the bit RSV1 is set: this message is compressed. \
                    It stands in a message’s first frame alone, and Ping, Pong and Close are never compressed.",
                figures: &[Quote(PLAIN)],
            },
            notes: "Recall the anatomy of a frame. Ask: what are the reserved bits for? Expected: for extensions such as this one, and for nothing unless both agreed.",
            sections: &["RFC 7692 section 6", "RFC 7692 section 6.1", "RFC 6455 section 5.2"],
            task: Some(Task {
                say: "Compare: select the frame with the same message on lane A.",
                deed: Deed::Select(PLAIN),
                learned: Words {
                    text: "Here RSV1 is not set. On this connection nobody agreed what it means, \
                        so a frame that had it set would end the connection as a protocol error.",
                    figures: &[],
                },
            }),
        },
        Beat {
            idea: "A small message grows",
            scene: Scene::rests(twice, Moment::Arrives(SHORT), Some(SHORT)),
            field: Some("Payload data"),
            tell: Words {
                text: "Compression makes small? {} has {} on lane A and {} on lane B. \
                    DEFLATE must say how a block begins and ends, and in a few letters nothing repeats that could pay for it.",
                figures: &[Quote(PLAIN), Octets(|run| PLAIN.payload(run)), Number(|run| SHORT.payload(run))],
            },
            notes: "Let the class guess first: does compression make this message smaller? Most will say yes. Expected after the step: not a few letters.",
            sections: &["RFC 7692 section 7.2.1", "RFC 7692 section 7.2.3.1", "RFC 1951 section 3.2.6"],
            task: None,
        },
        Beat {
            idea: "It remembers",
            scene: Scene::plays(twice, Moment::Arrives(AGAIN), Some(AGAIN)),
            field: Some("Payload data"),
            tell: Words {
                text: "Then Ben says {}, and this time lane B needs {}, where the message before took {}. \
                    Whatever the connection has carried may be pointed back to: that is context takeover.",
                figures: &[
                    Quote(Pick::second(0, What::Data(Sender::Server))),
                    Octets(|run| AGAIN.payload(run)),
                    Number(|run| SHORT.payload(run)),
                ],
            },
            notes: "Ask: why is the same word smaller this time? Expected: it needs only a pointer back to where it stood before.",
            sections: &["RFC 7692 section 7.1.1", "RFC 7692 section 7.2.3.2", "RFC 1951 section 3.2.5"],
            task: None,
        },
        Beat {
            idea: "Alike messages shrink",
            scene: Scene::rests(quotations, Moment::Start, None),
            field: None,
            tell: Words {
                text: "Now {}: each a quotation in JSON, and each like the one before. \
                    On lane A they are {} of payload.",
                figures: &[
                    Count(|run| tally(run, 0, What::Said(Sender::Server)), "message"),
                    Octets(|run| account(run, 0).down.payload),
                ],
            },
            notes: "Collect guesses before pressing Play and write them down. Ask afterwards: which of your messages are alike? Expected: most that programs send.",
            sections: &["RFC 7692 section 7.1.1", "RFC 7692 section 7.2.1"],
            task: Some(Task {
                say: "How many octets will they be on lane B? Guess, then press Play.",
                deed: Deed::Watch,
                learned: Words {
                    text: "Lane B carried {} of payload for them: {} for the first message, {} for the last. \
                        Where messages repeat each other, the memory pays.",
                    figures: &[
                        Octets(|run| account(run, 1).down.payload),
                        Number(|run| SHORT.payload(run)),
                        Number(|run| LAST.payload(run)),
                    ],
                },
            }),
        },
        Beat {
            idea: "The memory costs memory",
            scene: Scene::plays(quotations, Moment::End, Some(AGREED)),
            field: Some("Sec-WebSocket-Extensions"),
            tell: Words {
                text: "To point back, each end keeps up to {} of what it sent and as much of what it received, for each connection. \
                    `server_no_context_takeover` has a server forget after each message; a smaller window keeps less.",
                figures: &[Octets(window)],
            },
            notes: "Let the class multiply this by the clients of a busy server. Expected: much memory for people who are silent; that is why many servers leave compression off.",
            sections: &["RFC 7692 section 7.1.1.1", "RFC 7692 section 7.1.2", "RFC 7692 section 7.2.2"],
            task: None,
        },
        Beat {
            idea: "The length betrays",
            scene: Scene::plays(twice, Moment::End, Some(AGAIN)),
            field: Some("Payload length"),
            tell: Words {
                text: "Lane B’s frames have {} and {}. Somebody who sees nothing but lengths, as under TLS, learns from them what resembles what came before. \
                    So a secret and words that a stranger may choose must not share a memory.",
                figures: &[Octets(|run| SHORT.size(run)), Number(|run| AGAIN.size(run))],
            },
            notes: "Play a guessing game: you hold a secret word, they choose what stands beside it and see only lengths. Expected: the shortest answer gives it away.",
            sections: &["RFC 7692 section 8", "RFC 8446 section 5.4"],
            task: None,
        },
    ],
};

/// The message of the RFC's examples, and once more.
fn twice() -> Scenario {
    lanes(&["Hello", "Hello"])
}

/// Prices, in JSON.
fn quotations() -> Scenario {
    lanes(&[
        r#"{"symbol":"ACME","price":101.25}"#,
        r#"{"symbol":"ACME","price":101.50}"#,
        r#"{"symbol":"ACME","price":101.75}"#,
        r#"{"symbol":"ACME","price":101.60}"#,
        r#"{"symbol":"ACME","price":101.40}"#,
        r#"{"symbol":"ACME","price":101.20}"#,
    ])
}

/// Ben says this, plain on one lane and compressed on the other.
fn lanes(said: &[&str]) -> Scenario {
    let spoken = |(n, &text): (u64, &&str)| Utterance {
        at: 500_000 + n * 300_000,
        from: Speaker::Server,
        text: text.to_owned(),
    };
    Scenario {
        lanes: vec![Transport::WebSocket, Transport::Deflate],
        messages: 0,
        // Nobody stays for long.
        poll: 300_000,
        added: (0..).zip(said).map(spoken).collect(),
        ..Scenario::default()
    }
}

/// How far back a server may point by what lane B's handshake agreed, in octets (RFC 7692 section 7.1.2).
fn window(run: &Trace) -> u64 {
    let raw = AGREED.event(run).and_then(|event| event.raw.as_deref()).unwrap_or_default();
    let head = String::from_utf8_lossy(raw);
    let element =
        head.lines().filter_map(|line| line.split_once(": ")).find(|(_, value)| value.starts_with(NAME));
    let agreed = element.and_then(|(_, value)| Parameters::parse(value, Sender::Server).ok());
    agreed.map_or(0, |agreed| 1 << agreed.window_bits(Sender::Server))
}

/// The answer that takes the extension.
const AGREED: Pick = Pick::first(1, What::Response);

/// Ben's first message, plain.
const PLAIN: Pick = Pick::first(0, What::Data(Sender::Server));

/// And compressed.
const SHORT: Pick = Pick::first(1, What::Data(Sender::Server));

/// His second, compressed.
const AGAIN: Pick = Pick::second(1, What::Data(Sender::Server));

/// The last of his quotations, compressed.
const LAST: Pick = Pick { nth: 5, ..SHORT };
