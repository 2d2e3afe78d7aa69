use super::octets::{all, client, hex, length, server, value, verdict};
use super::words::Figure::Made;
use super::words::Words;
use super::{Beat, Deed, Lesson, Scene, Task};
use crate::caption::{count, octets};
use crate::exhibit::Exhibit;
use crate::workbench::{Bench, Desk, Tool};

pub(super) static LESSON: Lesson = Lesson {
    id: "mask",
    title: "Why clients mask",
    about: "Each frame from a browser is scrambled, with the key beside it: against whom, and why.",
    beats: &[
        Beat {
            idea: "The same word, masked",
            scene: Scene::Octets(hello),
            field: Some("Masking key"),
            tell: Words {
                text: "A client says “{}” in {}: {} of them are a masking key, and the payload reads {} on the wire. \
                    Every frame that a client sends is masked.",
                figures: &[
                    Made(|desk| value(desk, "Payload data")),
                    Made(|desk| octets(all(desk))),
                    Made(|desk| count(length(desk, "Masking key"))),
                    Made(|desk| hex(desk, "Payload data")),
                ],
            },
            notes: "Ask: where are the letters of the word? Expected: nowhere on the wire; yet the page reads them, so what it needs must be there.",
            sections: &["RFC 6455 section 5.1", "RFC 6455 section 5.2"],
            task: Some(Task {
                say: "And if the server says it? Set Sent by to Server.",
                deed: Deed::Change(|bench| *bench = server(1, &bench.draft.payload)),
                learned: Words {
                    text: "From the server it takes {}: no key, and the payload stands there as it is, {}. \
                        No frame that a server sends is masked.",
                    figures: &[Made(|desk| octets(all(desk))), Made(|desk| hex(desk, "Payload data"))],
                },
            }),
        },
        Beat {
            idea: "XOR, octet by octet",
            scene: Scene::Octets(hello),
            field: Some("Payload data"),
            tell: Words {
                text: "In hexadecimal, the message begins with {}, the key with {}: XOR makes {} of them. \
                    After {} the key starts over. XOR once more, and the message is back.",
                figures: &[
                    Made(|desk| first(desk, |it| it.unit.content.first().copied())),
                    Made(|desk| first(desk, |it| Some(it.key()?[0]))),
                    Made(|desk| first(desk, |it| it.unit.octets.get(it.unit.head).copied())),
                    Made(|desk| octets(length(desk, "Masking key"))),
                ],
            },
            notes: "Work out one octet on the board, bit by bit. Ask: how does the receiver undo it? Expected: by the same XOR with the same key.",
            sections: &["RFC 6455 section 5.3"],
            task: Some(Task {
                say: "What does a key of zeros do? Set Masking key to 00 00 00 00.",
                deed: Deed::Make {
                    so_that: |desk| key(desk) == Some([0; 4]) && same_but_key(desk, hello),
                    such_as: |bench| "00 00 00 00".clone_into(&mut bench.draft.key),
                },
                learned: Words {
                    text: "XOR with zeros changes nothing: on the wire the payload reads {}, the message itself. \
                        So a client must draw each frame’s key anew, where nobody can foresee it.",
                    figures: &[Made(|desk| hex(desk, "Payload data"))],
                },
            }),
        },
        Beat {
            idea: "It hides nothing",
            scene: Scene::Octets(secret),
            field: Some("Payload data"),
            tell: Words {
                text: "On the wire this payload reads {}. Is it a secret now? \
                    Whoever sees the frame reads “{}” all the same, as this page does.",
                figures: &[Made(|desk| hex(desk, "Payload data")), Made(|desk| value(desk, "Payload data"))],
            },
            notes: "Many take masking for encryption: let them say so first. Then ask: who has the key? Expected: everybody who has the frame.",
            sections: &["RFC 6455 section 5.3", "RFC 6455 section 10.6", "RFC 6455 section 5.1"],
            task: Some(Task {
                say: "What does a listener need to read it? Choose that field.",
                deed: Deed::Field("Masking key"),
                learned: Words {
                    text: "The key, {}, lies right before the payload. Masking is no encryption: \
                        a secret takes TLS, as in `wss:`. Inside of TLS a client masks all the same.",
                    figures: &[Made(|desk| hex(desk, "Masking key"))],
                },
            }),
        },
        Beat {
            idea: "Against scripts, not against spies",
            scene: Scene::Octets(lookalike),
            field: Some("Payload data"),
            tell: Words {
                text: "Suppose that a script could choose the octets on the wire: this message reads “{}”. \
                    A careless proxy might take it for a request, and keep the answer, the script’s own, for everybody.",
                figures: &[Made(|desk| value(desk, "Payload data"))],
            },
            notes: "Say that this attack was found before the standard was finished, and is why masking is in it. \
                Ask: whom does masking protect? Expected: not the two ends, but what stands between them.",
            sections: &["RFC 6455 section 10.3", "RFC 6455 section 5.3"],
            task: Some(Task {
                say: "Take that power from the script: tick Masked.",
                deed: Deed::Change(|bench| bench.draft.masked = true),
                learned: Words {
                    text: "On the wire it reads {} now. The script says what it likes, but it cannot foresee the key: \
                        so it cannot choose what a proxy sees.",
                    figures: &[Made(|desk| hex(desk, "Payload data"))],
                },
            }),
        },
        Beat {
            idea: "A rule for each side",
            scene: Scene::Octets(masked_server),
            field: Some("MASK"),
            tell: Words {
                text: "Here a server masks. It must not, and a browser puts up with no exception: \
                    it fails the connection with close code {}.",
                figures: &[Made(verdict)],
            },
            notes: "Ask: why may a server not mask, if it does no harm? Expected: no script can choose its octets behind its back, \
                and one way to do a thing is easier to check than two.",
            sections: &["RFC 6455 section 5.1", "RFC 6455 section 7.4.1"],
            task: Some(Task {
                say: "Who checks that clients do? Choose “A client frame without mask”.",
                deed: Deed::Change(|bench| bench.case = "unmasked-client"),
                learned: Words {
                    text: "The server must: whoever sends it a bare frame is cut off, with close code {}. \
                        A client that masks now and then would protect nobody.",
                    figures: &[Made(verdict)],
                },
            }),
        },
    ],
};

/// The example of RFC 6455 section 5.7.
fn hello() -> Bench {
    client(1, "Hello")
}

fn secret() -> Bench {
    client(1, "The key is under the mat")
}

/// What a script would send if nothing were masked.
fn lookalike() -> Bench {
    let mut bench = client(1, "GET /app.js HTTP/1.1");
    bench.draft.masked = false;
    bench
}

fn masked_server() -> Bench {
    Bench { tool: Tool::Break, case: "masked-server", ..Bench::default() }
}

fn key(desk: &Desk) -> Option<[u8; 4]> {
    desk.exhibit()?.key()
}

/// Whether nothing but the masking key differs from `own`.
fn same_but_key(desk: &Desk, own: fn() -> Bench) -> bool {
    let mut own = own();
    own.draft.key.clone_from(&desk.bench.draft.key);
    own.is_alike(&desk.bench)
}

/// An octet of the shown frame, in hexadecimal.
fn first(desk: &Desk, octet: fn(&Exhibit) -> Option<u8>) -> String {
    desk.exhibit().and_then(octet).map_or_else(String::new, |octet| format!("{octet:02x}"))
}
