use super::octets::{
    all, client, header, hex, length, only_payload, payload, room, server, units, value, value_in, verdict,
};
use super::words::Figure::Made;
use super::words::Words;
use super::{Beat, Deed, Lesson, Scene, Task};
use crate::caption::{count, octets, plural};
use crate::workbench::{Bench, Desk};

pub(super) static LESSON: Lesson = Lesson {
    id: "frame",
    title: "Anatomy of a frame",
    about: "From the first bit to the last octet: what stands before a message, and what else a frame can be.",
    beats: &[
        Beat {
            idea: "A short header, then the message",
            scene: Scene::Octets(hello),
            field: Some("Opcode"),
            tell: Words {
                text: "A server says “{}” in a frame of {}: {} of header, {} of payload. \
                    The opcode, {}, says what the payload is; a text must be valid UTF-8.",
                figures: &[
                    Made(|desk| desk.bench.draft.payload.clone()),
                    Made(|desk| octets(all(desk))),
                    Made(|desk| count(header(desk))),
                    Made(|desk| count(payload(desk))),
                    Made(|desk| value(desk, "Opcode")),
                ],
            },
            notes: "Let them point at the octets of the word and at those before it. \
                Ask: are frames text or binary? Expected: the frame is always binary; the opcode says which of both the message is.",
            sections: &["RFC 6455 section 5.2", "RFC 6455 section 5.6"],
            task: Some(Task {
                say: "A message may be binary as well: set Opcode to 2. What changes on the wire?",
                deed: Deed::Change(|bench| bench.draft.opcode = 2),
                learned: Words {
                    text: "The opcode is {} now, and nothing else has changed: still {}, the same payload. \
                        The receiver’s script gets a Blob or an ArrayBuffer in place of a string.",
                    figures: &[Made(|desk| value(desk, "Opcode")), Made(|desk| octets(all(desk)))],
                },
            }),
        },
        Beat {
            idea: "How much follows?",
            scene: Scene::Octets(hello),
            field: Some("Payload length"),
            tell: Words {
                text: "The second octet says how much payload follows: {}. What it leaves for that, \
                    besides the MASK bit, has room up to {}; beyond, further octets must hold the length.",
                figures: &[Made(|desk| value(desk, "Payload length")), Made(|_| count(room()))],
            },
            notes: "Ask: why not always eight octets of length? Expected: most messages are short, and short ones should stay cheap.",
            sections: &["RFC 6455 section 5.2"],
            task: Some(Task {
                say: "In Payload, hold a key down until the header grows.",
                deed: Deed::Make {
                    so_that: |desk| only_payload(desk, hello) && payload(desk) > room(),
                    such_as: |bench| bench.draft.payload = "Hello".repeat(30),
                },
                learned: Words {
                    text: "A payload of {}: the second octet says only {}, a mark; the length stands in {} of its own. \
                        The header has grown to {}.",
                    figures: &[
                        Made(|desk| octets(payload(desk))),
                        Made(|desk| value(desk, "Payload length")),
                        Made(|desk| octets(length(desk, "Extended payload length"))),
                        Made(|desk| octets(header(desk))),
                    ],
                },
            }),
        },
        Beat {
            idea: "The longest form",
            scene: Scene::Octets(long),
            field: Some("Extended payload length"),
            tell: Words {
                text: "A payload of {} fits neither: the second octet says {}, and {} hold the length, {}. \
                    More header than these {} no server’s frame ever needs.",
                figures: &[
                    Made(|desk| octets(payload(desk))),
                    Made(|desk| value(desk, "Payload length")),
                    Made(|desk| octets(length(desk, "Extended payload length"))),
                    Made(|desk| hex(desk, "Extended payload length")),
                    Made(|desk| octets(header(desk))),
                ],
            },
            notes: "Ask: how large can one frame be? Expected: the length has sixty-three bits, far beyond any disk; real limits are the receiver’s.",
            sections: &["RFC 6455 section 5.2", "RFC 6455 section 10.4"],
            task: None,
        },
        Beat {
            idea: "A message in pieces",
            scene: Scene::Octets(pieces),
            field: Some("FIN"),
            tell: Words {
                text: "One message may take several frames, here {}: the first has FIN {}, for more follows; \
                    the last has opcode {} and FIN {}. The script gets one message, and a frame need not be a TCP segment.",
                figures: &[
                    Made(|desk| count(units(desk))),
                    Made(|desk| value_in(desk, 0, "FIN")),
                    Made(|desk| value_in(desk, last(desk), "Opcode")),
                    Made(|desk| value_in(desk, last(desk), "FIN")),
                ],
            },
            notes: "Click through both frames. Ask: why would a sender cut a message? \
                Expected: it need not know the whole before it begins to send, and control frames can slip in between.",
            sections: &["RFC 6455 section 5.4", "RFC 6455 section 1.2"],
            task: Some(Task {
                say: "What is the price of cutting finer? Set Fragment size to 1.",
                deed: Deed::Change(|bench| bench.draft.fragment = 1),
                learned: Words {
                    text: "{} make {} for a message of {}: each repeats a header. Only the first says what the message is; \
                        the others just go on.",
                    figures: &[
                        Made(|desk| plural(units(desk), "frame")),
                        Made(|desk| octets(all(desk))),
                        Made(|desk| octets(desk.bench.draft.payload.len() as u64)),
                    ],
                },
            }),
        },
        Beat {
            idea: "Are you there?",
            scene: Scene::Octets(ping),
            field: Some("Opcode"),
            tell: Words {
                text: "Opcode {}: who gets a Ping answers with a Pong that carries the same {}. \
                    A browser answers by itself; a page’s script can neither send a Ping nor see one.",
                figures: &[Made(|desk| value(desk, "Opcode")), Made(|desk| octets(payload(desk)))],
            },
            notes: "Ask: how does a page then notice that the other side is gone? \
                Expected: by messages of its own, or when its connection is closed; Pings are the server’s tool.",
            sections: &["RFC 6455 section 5.5.2", "RFC 6455 section 5.5.3", "WebSockets Standard section 5"],
            task: Some(Task {
                say: "Answer it as the browser would: set Sent by to Client, and Opcode to 10.",
                deed: Deed::Change(|bench| *bench = client(10, &bench.draft.payload)),
                learned: Words {
                    text: "The Pong takes {}: the same {} of payload, and {} more for a masking key, since a client sends it.",
                    figures: &[
                        Made(|desk| octets(all(desk))),
                        Made(|desk| count(payload(desk))),
                        Made(|desk| octets(length(desk, "Masking key"))),
                    ],
                },
            }),
        },
        Beat {
            idea: "Control frames stay small",
            scene: Scene::Octets(long_ping),
            field: Some("Payload length"),
            tell: Words {
                text: "Ping, Pong and Close may stand between the pieces of a message; so they are never cut up, \
                    and carry at most {}. This Ping has {}: who gets it fails the connection with close code {}.",
                figures: &[Made(|_| octets(room())), Made(|desk| octets(payload(desk))), Made(verdict)],
            },
            notes: "Ask: what would happen to a Ping behind a message of a gigabyte? \
                Expected: it would wait, unless the message is cut and control frames may pass between.",
            sections: &["RFC 6455 section 5.4", "RFC 6455 section 5.5"],
            task: Some(Task {
                say: "Take the last character out of Payload.",
                deed: Deed::Make {
                    so_that: |desk| only_payload(desk, long_ping) && (1..=room()).contains(&payload(desk)),
                    such_as: |bench| bench.draft.payload.truncate(room() as usize),
                },
                learned: Words {
                    text: "With {} of payload nothing is wrong with it: the length fits the second octet, in a header of {}.",
                    figures: &[Made(|desk| octets(payload(desk))), Made(|desk| octets(header(desk)))],
                },
            }),
        },
        Beat {
            idea: "The last frame",
            scene: Scene::Octets(close),
            field: Some("Close code"),
            tell: Words {
                text: "Opcode {} says goodbye. The first {} of payload are a code, {}; here it says that all was said. \
                    Nothing may follow from the same side.",
                figures: &[
                    Made(|desk| value(desk, "Opcode")),
                    Made(|desk| octets(length(desk, "Close code"))),
                    Made(|desk| value(desk, "Close code")),
                ],
            },
            notes: "Ask: who may send this frame? Expected: either side, once, and nothing after it; the other side answers with its own.",
            sections: &["RFC 6455 section 5.5.1", "RFC 6455 section 7.4.1"],
            task: Some(Task {
                say: "What is the rest of the payload for? Choose its field.",
                deed: Deed::Field("Close reason"),
                learned: Words {
                    text: "“{}”: {} of text that say why, for whoever reads a log. No program should depend on it.",
                    figures: &[
                        Made(|desk| value(desk, "Close reason")),
                        Made(|desk| octets(length(desk, "Close reason"))),
                    ],
                },
            }),
        },
    ],
};

fn hello() -> Bench {
    server(1, "Hello")
}

/// One octet more than fits a length of two octets.
fn long() -> Bench {
    server(1, &"a".repeat(1 << 16))
}

fn pieces() -> Bench {
    let mut bench = hello();
    bench.draft.fragment = 3;
    bench
}

fn ping() -> Bench {
    server(9, "Hello")
}

fn long_ping() -> Bench {
    server(9, &"!".repeat(1 + room() as usize))
}

fn close() -> Bench {
    let mut bench = server(8, "03 e8 42 79 65");
    bench.draft.hex = true;
    bench
}

/// The last unit's place.
fn last(desk: &Desk) -> usize {
    desk.dissection.exhibits.len().saturating_sub(1)
}
