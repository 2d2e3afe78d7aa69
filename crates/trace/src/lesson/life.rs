use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{requests, tally};
use super::words::Figure::{Code, Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::scenario::{Scenario, Speaker, Transport};

pub(super) static LESSON: Lesson = Lesson {
    id: "life",
    title: "A WebSocket’s life in six steps",
    about: "From the first SYN to the last FIN, over HTTP/1.1, in real octets.",
    beats: &[
        Beat {
            idea: "TCP connects",
            scene: Scene::plays(life, Moment::Leaves(ASK), Some(Pick::first(0, What::Syn))),
            field: None,
            tell: Words {
                text: "Some texts let the TCP connection come out of the handshake. \
                    It is the other way round: TCP connects first, and at {} the first octet of a request may leave.",
                figures: &[Seconds(|run| ASK.leaves(run))],
            },
            notes: "Ask: which comes first, the TCP connection or the WebSocket handshake? Expected: TCP; the handshake is \
                made of octets, and they need a way.",
            sections: &["RFC 6455 section 4.1", "RFC 9293 section 3.5"],
            task: None,
        },
        Beat {
            idea: "A request asks to switch",
            scene: Scene::plays(life, Moment::Arrives(ASK), Some(ASK)),
            field: Some("Upgrade"),
            tell: Words {
                text: "WebSocket begins as HTTP: a GET of {} whose `Upgrade` field asks for another protocol on this connection. \
                    Cookies, proxies and the check of `Origin` apply to it as to any request.",
                figures: &[Octets(|run| ASK.size(run))],
            },
            notes: "Let somebody read the head aloud. Ask: would an ordinary web server understand this? Expected: yes, it \
                is a GET; a server that knows no WebSocket just answers it as one.",
            sections: &[
                "RFC 6455 section 1.3",
                "RFC 6455 section 4.1",
                "RFC 9110 section 7.8",
                "RFC 6455 section 10.2",
            ],
            task: Some(Task {
                say: "One field line holds a number used only once. Find the key and choose it.",
                deed: Deed::Field("Sec-WebSocket-Key"),
                learned: Words {
                    text: "The key is drawn at random for this connection and sent in the open: no password, no secret. \
                        The server has to work with it, and so shows that it speaks WebSocket.",
                    figures: &[],
                },
            }),
        },
        Beat {
            idea: "The server agrees",
            scene: Scene::plays(life, Moment::Arrives(AGREED), Some(AGREED)),
            field: Some("Sec-WebSocket-Accept"),
            tell: Words {
                text: "The server answers {}, Switching Protocols; at {} the browser has it. The accept value is computed from the key. \
                    Behind these {} there is no more HTTP: no heads, no methods, no status codes.",
                figures: &[
                    Code(|run| AGREED.code(run)),
                    Seconds(|run| AGREED.arrives(run)),
                    Octets(|run| AGREED.size(run)),
                ],
            },
            notes: "Ask: what can be sent after this response that could not before it? Expected: a message from the server \
                that nobody asked for.",
            sections: &["RFC 9110 section 15.2.2", "RFC 6455 section 4.2.2", "RFC 6455 section 1.3"],
            task: None,
        },
        Beat {
            idea: "Either side may speak",
            scene: Scene::plays(life, Moment::Arrives(BEN), Some(BEN)),
            field: Some("Payload data"),
            tell: Words {
                text: "You speak at {}, Ben at {}. Your message is under way for {}, Ben’s for {}: \
                    nobody had to ask for either.",
                figures: &[
                    Seconds(|run| YOU.leaves(run)),
                    Seconds(|run| BEN.leaves(run)),
                    Seconds(|run| YOU.arrives(run) - YOU.leaves(run)),
                    Seconds(|run| BEN.arrives(run) - BEN.leaves(run)),
                ],
            },
            notes: "Ask: who spoke first here, and who was asked? Expected: nobody was asked. Then let a volunteer be Ben.",
            sections: &["RFC 6455 section 1.2", "RFC 6455 section 5.1"],
            task: Some(Task {
                say: "Let Ben speak when you like: press “Server speaks now”.",
                deed: Deed::Speak(Speaker::Server),
                learned: Words {
                    text: "Ben has sent {} on this connection, and you have made {}: the handshake’s. \
                        No frame of his was the answer to a question.",
                    figures: &[
                        Count(|run| tally(run, 0, What::Data(Sender::Server)), "message"),
                        Count(|run| requests(run, 0), "request"),
                    ],
                },
            }),
        },
        Beat {
            idea: "Messages travel in frames",
            scene: Scene::rests(life, Moment::Arrives(BEN), Some(BEN)),
            field: Some("Opcode"),
            tell: Words {
                text: "Ben’s {} is a frame of {}: {} of header, {} of payload. FIN says that the message ends with this frame, \
                    the opcode that it is text; a long message may take several frames.",
                figures: &[
                    Quote(BEN),
                    Octets(|run| BEN.size(run)),
                    Number(|run| BEN.head(run)),
                    Number(|run| BEN.payload(run)),
                ],
            },
            notes: "Compare both frames side by side. Ask: why has only one of them a masking key? Expected: only clients \
                mask; a lesson of its own says why.",
            sections: &[
                "RFC 6455 section 5.2",
                "RFC 6455 section 5.4",
                "RFC 6455 section 5.3",
                "RFC 6455 section 10.3",
            ],
            task: Some(Task {
                say: "Select the frame that you sent. What has it that Ben’s has not?",
                deed: Deed::Select(YOU),
                learned: Words {
                    text: "A masking key of {}, and a payload combined with it by XOR. It hides nothing, for the key lies beside it; \
                        it keeps scripts from choosing the octets that a proxy sees.",
                    figures: &[Octets(|run| YOU.head(run) - BEN.head(run))],
                },
            }),
        },
        Beat {
            idea: "Both say goodbye",
            scene: Scene::plays(life, Moment::End, Some(GOODBYE)),
            field: Some("Close code"),
            tell: Words {
                text: "To close takes a handshake, too. The browser sends a Close frame with code {}, the server answers with {}; \
                    then the server’s FIN leaves at {}, and the browser’s at {}.",
                figures: &[
                    Code(|run| GOODBYE.code(run)),
                    Code(|run| Pick::first(0, What::Close(Sender::Server)).code(run)),
                    Seconds(|run| Pick::first(0, What::Fin(Sender::Server)).leaves(run)),
                    Seconds(|run| Pick::first(0, What::Fin(Sender::Client)).leaves(run)),
                ],
            },
            notes: "Ask: why not simply drop the connection? Expected: then neither side would know whether the other had \
                said everything.",
            sections: &["RFC 6455 section 5.5.1", "RFC 6455 section 7.1.1", "RFC 6455 section 7.4.1"],
            task: None,
        },
    ],
};

/// A word each way, and not long after goodbye.
fn life() -> Scenario {
    Scenario { lanes: vec![Transport::WebSocket], messages: 2, poll: 500_000, ..Scenario::default() }
}

/// The request that opens the handshake.
const ASK: Pick = Pick::first(0, What::Request);

/// The response that completes it.
const AGREED: Pick = Pick::first(0, What::Response);

/// Your frame.
const YOU: Pick = Pick::first(0, What::Data(Sender::Client));

/// Ben's frame.
const BEN: Pick = Pick::first(0, What::Data(Sender::Server));

/// The Close frame that starts the closing handshake.
const GOODBYE: Pick = Pick::first(0, What::Close(Sender::Client));
