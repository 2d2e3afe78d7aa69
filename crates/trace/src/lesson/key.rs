use wire::handshake::key_from;
use wire::{CloseCode, Rule};

use super::pick::{Pick, What};
use super::words::Figure::Made;
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::caption::{count, octets};
use crate::scenario::{Scenario, Transport};
use crate::workbench::accept::{Machine, Steps};
use crate::workbench::{Bench, Desk, Tool};

pub(super) static LESSON: Lesson = Lesson {
    id: "key",
    title: "The handshake’s key",
    about: "A random number, a constant, SHA-1 and base64: what they prove, and what they do not.",
    beats: &[
        Beat {
            idea: "A number used once",
            scene: Scene::Octets(asked),
            field: Some("Sec-WebSocket-Key"),
            tell: Words {
                text: "The client draws {} at random and sends them in base64, {} characters, for all to see. \
                    The key is no password: it hides nothing, and does not say who is asking.",
                figures: &[
                    Made(|desk| octets(decoded(&desk.bench.machine.key))),
                    Made(|desk| count(desk.bench.machine.key.len() as u64)),
                ],
            },
            notes: "Ask: what is kept secret here? Expected: nothing. Then ask what a random number that everybody may read can be good for; the next steps answer.",
            sections: &["RFC 6455 section 4.1", "RFC 6455 section 1.3", "RFC 4648 section 4"],
            task: None,
        },
        Beat {
            idea: "A constant for everybody",
            scene: Scene::Octets(answered),
            field: Some("Sec-WebSocket-Accept"),
            tell: Words {
                text: "The server takes the key as it is written, decodes nothing, and appends the GUID: {} characters in all. \
                    The GUID stands in the RFC, and is the same for every server.",
                figures: &[Made(|desk| steps(desk, |it| count(it.joined.len() as u64)))],
            },
            notes: "Say that the constant was chosen so that no other protocol would contain it by chance. Ask: who can know it? Expected: whoever has read the RFC.",
            sections: &["RFC 6455 section 4.2.2", "RFC 6455 section 1.3"],
            task: Some(Task {
                say: "What if a server had another constant? Change one character of the GUID.",
                deed: Deed::Make {
                    so_that: |desk| {
                        let Machine { key, guid, digest, accept } = &desk.bench.machine;
                        let own = Machine::default();
                        is_refused(desk)
                            && *key == own.key
                            && *guid != own.guid
                            && (digest, accept) == (&None, &None)
                    },
                    such_as: |bench| bench.machine.guid.replace_range(..1, "3"),
                },
                learned: Words {
                    text: "The server would answer {}; the client was waiting for {}, and fails the connection. \
                        Only who knows this constant can speak WebSocket.",
                    figures: &[
                        Made(|desk| steps(desk, |it| it.accept.clone())),
                        Made(|desk| steps(desk, |it| it.expected.clone())),
                    ],
                },
            }),
        },
        Beat {
            idea: "SHA-1, then base64",
            scene: Scene::Octets(answered),
            field: Some("Sec-WebSocket-Accept"),
            tell: Words {
                text: "SHA-1 makes {} of that text: {}. In base64 they are {}, the accept value.",
                figures: &[
                    Made(|desk| octets(steps(desk, |it| it.digest.clone()).split(' ').count() as u64)),
                    Made(|desk| steps(desk, |it| it.digest.clone())),
                    Made(|desk| steps(desk, |it| it.accept.clone())),
                ],
            },
            notes: "Ask: SHA-1 is broken, why is it still here? Expected: it signs nothing and hides nothing; all it has to do is to mix.",
            sections: &["RFC 6455 section 4.2.2", "RFC 6455 section 1.3", "RFC 6455 section 10.8"],
            task: Some(Task {
                say: "Another connection, another key: change one letter of Sec-WebSocket-Key.",
                deed: Deed::Make {
                    so_that: |desk| {
                        let own = Machine { key: desk.bench.machine.key.clone(), ..Machine::default() };
                        let is_key = own.steps().is_ok_and(|steps| steps.nonce.is_some());
                        is_key && own.key != Machine::default().key && own == desk.bench.machine
                    },
                    such_as: |bench| bench.machine.key.replace_range(..1, "e"),
                },
                learned: Words {
                    text: "One letter, and the accept value is another altogether: {}. \
                        For a key that was drawn just now, no cache can have the answer in store.",
                    figures: &[Made(|desk| steps(desk, |it| it.accept.clone()))],
                },
            }),
        },
        Beat {
            idea: "The client compares",
            scene: Scene::Octets(answered),
            field: Some("Sec-WebSocket-Accept"),
            tell: Words {
                text: "The client has computed {} as well, and compares. They agree: \
                    so the other end has read this very request, and speaks WebSocket. That is all it proves.",
                figures: &[Made(|desk| steps(desk, |it| it.expected.clone()))],
            },
            notes: "Ask: from what does that protect? Expected: from a server that never heard of WebSocket, and from a proxy that answers out of its cache.",
            sections: &["RFC 6455 section 4.1", "RFC 6455 section 1.3", "WebSockets Standard section 4"],
            task: Some(Task {
                say: "Is it strict? Press “Break one character”.",
                deed: Deed::Change(|bench| bench.machine = bench.machine.broken()),
                learned: Words {
                    text: "{} is not what the client was waiting for: it fails the connection. \
                        The page’s script is told close code {}, and no reason.",
                    figures: &[
                        Made(|desk| steps(desk, |it| it.accept.clone())),
                        Made(|_| CloseCode::ABNORMAL.to_string()),
                    ],
                },
            }),
        },
        Beat {
            idea: "Even standards slip",
            scene: Scene::Octets(misprint),
            field: Some("Sec-WebSocket-Key"),
            tell: Words {
                text: "The RFC itself gives {} as the key for octets that count up from one. It is a misprint: \
                    no encoder of base64 ends a text with that letter, and a strict server refuses it with status {}.",
                figures: &[
                    Made(|desk| desk.bench.machine.key.clone()),
                    Made(|_| Rule::KeyInvalid.status().map_or_else(String::new, |status| status.to_string())),
                ],
            },
            notes: "Say that errors in standards are collected as errata, and anybody may report one. Ask: why does nobody notice? Expected: a server that only hashes the letters need not decode them; the last letter has bits to spare.",
            sections: &["RFC 6455 section 4.1", "RFC 4648 section 3.5", "RFC 6455 section 4.2.1"],
            task: Some(Task {
                say: "Put it right: before the two equals signs, turn C into A.",
                deed: Deed::Change(|bench| bench.machine.key = key_from(COUNTED)),
                learned: Words {
                    text: "{} stands for {} in full. Its accept value is {}: \
                        the server works on the letters, not on the octets behind them, so each letter counts.",
                    figures: &[
                        Made(|desk| desk.bench.machine.key.clone()),
                        Made(|desk| octets(decoded(&desk.bench.machine.key))),
                        Made(|desk| steps(desk, |it| it.accept.clone())),
                    ],
                },
            }),
        },
        Beat {
            idea: "What it does not prove",
            scene: Scene::rests(opening, Moment::Arrives(ASK), Some(ASK)),
            field: Some("Sec-WebSocket-Key"),
            tell: Words {
                text: "Any program can do this arithmetic, so it does not tell a friend from a stranger. \
                    Who is asking, a server must learn by other means: cookies, a token, and for pages the field that names them.",
                figures: &[],
            },
            notes: "Ask: may any web page open a WebSocket to your bank? Expected: yes, and its cookies come along; the bank’s server has to look at who asks.",
            sections: &["RFC 6455 section 10.2", "RFC 6455 section 10.5", "RFC 6455 section 1.6"],
            task: Some(Task {
                say: "Which field names the page that is asking? Choose it.",
                deed: Deed::Field("Origin"),
                learned: Words {
                    text: "The browser writes `Origin`, and no script can change it. The server must compare it: \
                        no CORS stands before a WebSocket, and cookies come along from whichever page.",
                    figures: &[],
                },
            }),
        },
    ],
};

/// The request of RFC 6455 section 1.3.
fn asked() -> Bench {
    Bench { tool: Tool::Accept, ..Bench::default() }
}

/// And its response.
fn answered() -> Bench {
    Bench { unit: Some(1), ..asked() }
}

/// The key as RFC 6455 section 4.1 prints it.
fn misprint() -> Bench {
    let machine = Machine { key: key_from(COUNTED).replace("A==", "C=="), ..Machine::default() };
    Bench { machine, unit: Some(0), ..asked() }
}

fn opening() -> Scenario {
    Scenario { lanes: vec![Transport::WebSocket], messages: 0, ..Scenario::default() }
}

fn steps(desk: &Desk, read: fn(&Steps) -> String) -> String {
    desk.bench.machine.steps().map_or_else(|_| String::new(), |steps| read(&steps))
}

fn is_refused(desk: &Desk) -> bool {
    desk.bench.machine.steps().is_ok_and(|steps| steps.verdict.is_err())
}

/// Octets that a text in base64 stands for: three for every four characters, padding aside.
fn decoded(base64: &str) -> u64 {
    let padding = base64.bytes().filter(|&it| it == b'=').count();
    (base64.len() / 4 * 3).saturating_sub(padding) as u64
}

const COUNTED: [u8; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

const ASK: Pick = Pick::first(0, What::Request);
