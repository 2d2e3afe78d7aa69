//! Frames: what a mask is, who has one, what a header costs, and what a message is made of.

use wire::{Sender, mask};

use super::{Card, Experiment, Pile, Settles};
use crate::caption;
use crate::exhibit::Exhibit;
use crate::lesson::pick::{Pick, What};
use crate::lesson::words::Figure::{Made, Number, Octets};
use crate::lesson::words::Words;
use crate::lesson::{Moment, Scene};
use crate::scenario::{Scenario, Tls, Transport, Workload};
use crate::trace::Trace;
use crate::workbench::Desk;

pub(super) static PILE: Pile = Pile {
    title: "Frames",
    cards: &[
        Card {
            id: "mask-encrypts",
            claim: "Masking encrypts what a client sends.",
            ask: "You catch this frame on its way. What do you need besides to read the text?",
            answers: &[
                "The client’s secret",
                "Nothing: the key stands in the frame",
                "The server’s certificate",
            ],
            experiment: Experiment::Beat("mask", 0),
            settles: Settles::Octets(|desk| {
                usize::from(unmasked(desk) == desk.bench.draft.payload.as_bytes())
            }),
            verdict: Words {
                text: "{} of payload, combined by XOR with the key {} that stands before them, are {}. Whoever has the frame has the text. \
                    A mask only keeps a script from choosing the octets on the wire, which might fool a proxy; so it is there over TLS as well.",
                figures: &[
                    Made(|desk| caption::octets(masked(desk).len() as u64)),
                    Made(|desk| hex(&shown(desk).and_then(Exhibit::key).unwrap_or_default())),
                    Made(|desk| caption::quote(&String::from_utf8_lossy(&unmasked(desk)))),
                ],
            },
            sections: &["RFC 6455 section 5.3", "RFC 6455 section 10.3"],
        },
        Card {
            id: "both-mask",
            claim: "Both sides mask their frames.",
            ask: "A server masks its frame, too. What does a client do that keeps to the RFC?",
            answers: &[
                "It takes the mask off and reads on",
                "It fails the connection",
                "It answers with a mask of its own",
            ],
            experiment: Experiment::Beat("mask", 4),
            settles: Settles::Octets(|desk| usize::from(desk.dissection.trouble.is_some())),
            verdict: Words {
                text: "The rule: {}. So the client fails the connection, with close code {}. \
                    A client must mask and a server must not: there is no script behind a server whose octets would have to be stirred.",
                figures: &[Made(|desk| broken(desk).0), Made(|desk| broken(desk).1)],
            },
            sections: &["RFC 6455 section 5.1", "RFC 6455 section 7.4.1"],
        },
        Card {
            id: "two-octets",
            claim: "WebSocket adds two octets to a message.",
            ask: "You send a text of 200 octets over wss. How many octets come on top, from the frame header down to IP?",
            answers: &["Two", "Eight", "More than sixty"],
            experiment: Experiment::Own(
                Scene::plays(sealed, Moment::Arrives(UP), Some(UP)),
                Some("Masking key"),
            ),
            settles: Settles::Run(|run| match on_top(run) {
                0..=2 => 0,
                3..=8 => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "{} of frame header, {} of a TLS record, {} of TCP and IP: {} on top of {}. \
                    The header grows with the length and with a client’s masking key; only a short frame from a server has no more than the least.",
                figures: &[
                    Octets(|run| UP.head(run)),
                    Number(|run| UP.event(run).map_or(0, |event| event.octets.tls)),
                    Number(|run| UP.event(run).map_or(0, |event| event.octets.tcp_ip)),
                    Number(on_top),
                    Number(|run| UP.payload(run)),
                ],
            },
            sections: &["RFC 6455 section 5.2", "RFC 6455 section 5.3", "RFC 8446 section 5.2"],
        },
        Card {
            id: "frame-message-packet",
            claim: "A frame is a message is a packet.",
            ask: "This text comes in two frames. How many message events does the page get?",
            answers: &["One", "Two", "As many as there were packets"],
            experiment: Experiment::Beat("frame", 3),
            settles: Settles::Octets(|desk| usize::from(messages(desk) != 1)),
            verdict: Words {
                text: "Frames: {}. Messages: {}. Only the last frame has FIN, and whoever stands between may cut anew. \
                    Nor is a frame a packet: TCP carries a stream of octets and sets borders where it likes.",
                figures: &[
                    Made(|desk| desk.dissection.exhibits.len().to_string()),
                    Made(|desk| messages(desk).to_string()),
                ],
            },
            sections: &["RFC 6455 section 5.4", "RFC 9293 section 3.7"],
        },
        Card {
            id: "compression",
            claim: "Compression always helps.",
            ask: "Ben says “Hello”, five octets. On lane B permessage-deflate compresses it. How large is the payload there?",
            answers: &["Smaller", "The same", "Larger"],
            experiment: Experiment::Beat("deflate", 2),
            settles: Settles::Run(|run| {
                let [plain, squeezed] = [PLAIN, SQUEEZED].map(|pick| pick.payload(run));
                match squeezed.cmp(&plain) {
                    std::cmp::Ordering::Less => 0,
                    std::cmp::Ordering::Equal => 1,
                    std::cmp::Ordering::Greater => 2,
                }
            }),
            verdict: Words {
                text: "{} plain, {} compressed: so small a message grows. Long and repetitive ones shrink, \
                    at the price of a window of memory for each connection at both ends. Control frames are never compressed.",
                figures: &[Octets(|run| PLAIN.payload(run)), Number(|run| SQUEEZED.payload(run))],
            },
            sections: &["RFC 7692 section 6", "RFC 7692 section 7.1.1", "RFC 7692 section 7.2.3"],
        },
    ],
};

fn shown(desk: &Desk) -> Option<&Exhibit> {
    desk.exhibit()
}

/// The payload as it crosses the wire.
fn masked(desk: &Desk) -> &[u8] {
    let unit = shown(desk).map(|exhibit| &exhibit.unit);
    let header = unit.and_then(|unit| unit.frame()).map_or(0, |header| header.octets());
    unit.and_then(|unit| unit.octets.get(header..)).unwrap_or_default()
}

/// The same with the frame's own key taken off.
fn unmasked(desk: &Desk) -> Vec<u8> {
    let mut payload = masked(desk).to_vec();
    mask::apply(shown(desk).and_then(Exhibit::key).unwrap_or_default(), 0, &mut payload);
    payload
}

/// The rule that is broken, and the close code for it.
fn broken(desk: &Desk) -> (String, String) {
    let rule = desk.dissection.trouble.as_ref().map(|trouble| trouble.violation.rule);
    let code = rule.and_then(|rule| rule.close_code());
    let [rule, code] = [rule.map(|rule| rule.to_string()), code.map(|code| code.to_string())];
    (rule.unwrap_or_default(), code.unwrap_or_default())
}

/// Whole messages on the workbench.
fn messages(desk: &Desk) -> usize {
    desk.dissection.exhibits.iter().filter(|exhibit| exhibit.unit.message.is_some()).count()
}

/// What a message needs besides its own octets.
fn on_top(run: &Trace) -> u64 {
    UP.event(run).map_or(0, |event| event.octets.total() - event.octets.payload)
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

/// A longer text over TLS.
fn sealed() -> Scenario {
    let mut scenario = Scenario {
        lanes: vec![Transport::WebSocket],
        workload: Workload::Echo,
        messages: 1,
        size: Some(200),
        ..Scenario::default()
    };
    scenario.network.tls = Tls::V13;
    scenario
}

const UP: Pick = Pick::first(0, What::Data(Sender::Client));
const PLAIN: Pick = Pick::first(0, What::Data(Sender::Server));
const SQUEEZED: Pick = Pick::first(1, What::Data(Sender::Server));
