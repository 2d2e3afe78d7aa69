use wire::Sender;

use super::pick::{Pick, What};
use super::reading::{account, requests, tally};
use super::words::Figure::{Count, Number, Octets, Quote, Seconds};
use super::words::Words;
use super::{Beat, Deed, Lesson, Moment, Scene, Task};
use crate::order;
use crate::retry;
use crate::scenario::{Network, Scenario, Speaker, Transport, Utterance, Workload};
use crate::trace::Trace;

pub(super) static LESSON: Lesson = Lesson {
    id: "production",
    title: "In production",
    about: "What a WebSocket meets outside the classroom: proxies, storms, slow links, strangers.",
    beats: &[
        Beat {
            idea: "Proxies cut what is silent",
            scene: Scene::plays(quiet, Moment::Arrives(CUT), Some(CUT)),
            field: None,
            tell: Words {
                text: "Between browser and server often stands a proxy, and its patience ends. Lane B said nothing for {} and is cut: \
                    the page learns of it at {}, with no Close frame. Lane A’s questions kept its connection busy.",
                figures: &[
                    Seconds(|run| CUT.leaves(run) - PUSHED.leaves(run)),
                    Seconds(|run| CUT.arrives(run)),
                ],
            },
            notes: "Ask: whose fault was it? Expected: neither end’s; something between them lost patience. Then ask what \
                Ben’s later words will find: no connection.",
            sections: &["RFC 6455 section 7.1.5", "RFC 9112 section 9.5", "RFC 9110 section 3.7"],
            task: None,
        },
        Beat {
            idea: "A heartbeat",
            scene: Scene::plays(beating, Moment::End, Some(Pick::second(0, What::Data(Sender::Server)))),
            field: Some("Payload data"),
            tell: Words {
                text: "The same proxy. Ben’s server now says something before its patience ends: {} of {}, and the connection lives until {}. \
                    A Ping would do, and the browser answers it by itself; a page’s script can send none.",
                figures: &[
                    Count(beats, "heartbeat"),
                    Octets(|run| Pick::second(0, What::Data(Sender::Server)).size(run)),
                    Seconds(|run| Pick::first(0, What::Close(Sender::Client)).leaves(run)),
                ],
            },
            notes: "Ask: who should send the heartbeat? Expected: the server, by Ping; a script has only messages of its own. \
                Ask what it costs: multiply by the clients.",
            sections: &["RFC 6455 section 5.5.2", "WebSockets Standard section 5"],
            task: None,
        },
        Beat {
            idea: "All come back at once",
            scene: Scene::rests(quiet, Moment::Arrives(CUT), Some(CUT)),
            field: None,
            tell: Words {
                text: "A server’s restart cuts all its clients like this, say {}, and all would come back in the same moment. \
                    When each draws a wait of up to {}, no tenth of a second sees more than {} of them.",
                figures: &[Number(|_| CROWD), Seconds(|_| retry::longest(1)), Number(|_| busiest())],
            },
            notes: "Let the class clap all at the same moment, then each after counting to a number of their own. Ask: which \
                would you rather serve? Expected: the second; and whoever fails again waits longer.",
            sections: &["RFC 6455 section 7.2.3"],
            task: None,
        },
        Beat {
            idea: "To send is to queue",
            scene: Scene::plays(eager, Moment::Leaves(LAST_WORD), Some(FIRST_FRAME)),
            field: Some("Payload length"),
            tell: Words {
                text: "A narrow link. Your script has called `send()` {} with {} by {}, and {} of the messages have not begun to leave. \
                    `bufferedAmount` tells what the browser still holds; that a message arrived, only an answer tells.",
                figures: &[
                    Count(|run| tally(run, 0, What::Said(Sender::Client)), "time"),
                    Octets(|run| account(run, 0).up.payload),
                    Seconds(|run| LAST_WORD.leaves(run)),
                    Number(unsent),
                ],
            },
            notes: "Compare with a letter box that takes any number of letters, while the postman comes once a day. Ask: does \
                `send()` wait? Expected: no; a program has to look and hold back.",
            sections: &["WebSockets Standard section 3", "RFC 9293 section 3.8"],
            task: Some(Task {
                say: "Widen the link: set Bandwidth to 10 Mbit/s.",
                deed: Deed::Set(|scenario| scenario.network.kilobits = 10_000),
                learned: Words {
                    text: "Now {} wait at {}. How fast the other side’s link is you cannot know beforehand: \
                        who sends much must look at `bufferedAmount`, or agree on answers.",
                    figures: &[Count(unsent, "message"), Seconds(|run| LAST_WORD.leaves(run))],
                },
            }),
        },
        Beat {
            idea: "Held open, held in memory",
            scene: Scene::plays(calm, Moment::End, Some(Pick::first(1, What::Established))),
            field: None,
            tell: Words {
                text: "Lane B’s connection was open for {} to bring {} of message. So long its server keeps buffers for it, for each client. \
                    It stays with that server; lane A’s {} might each go to another.",
                figures: &[
                    Seconds(open),
                    Octets(|run| account(run, 1).payload()),
                    Count(|run| requests(run, 0), "request"),
                ],
            },
            notes: "Ask: what has to be remembered for a client who says nothing? Expected: sockets and buffers, and a \
                compressor’s window if there is one. Sticky sessions are a matter of many requests, not of one connection.",
            sections: &["RFC 9110 section 3.3", "RFC 9112 section 9.5", "RFC 7692 section 7.1.2"],
            task: None,
        },
        Beat {
            idea: "Whose page is asking?",
            scene: Scene::rests(signed, Moment::Arrives(ASK), Some(ASK)),
            field: Some("Origin"),
            tell: Words {
                text: "A script on any page may open a WebSocket to any server: CORS does not apply, and nobody asks first. \
                    Among these {} only `Origin` tells whose page it is; a server must look, and refuse strangers.",
                figures: &[Octets(|run| ASK.size(run))],
            },
            notes: "Ask: what does a cross-origin `fetch` meet that this does not? Expected: the browser’s check of the answer. \
                Here the server alone decides.",
            sections: &["RFC 6455 section 10.2", "WebSockets Standard section 2.2", "RFC 6454 section 7"],
            task: Some(Task {
                say: "What does the browser add that a stranger’s page never saw? Find the field and choose it.",
                deed: Deed::Field("Cookie"),
                learned: Words {
                    text: "The visitor’s cookies, here {}, but for those marked SameSite. With them a stranger’s page would speak \
                        in the visitor’s name: cross-site WebSocket hijacking. The check of `Origin` prevents it.",
                    figures: &[Octets(cookies)],
                },
            }),
        },
        Beat {
            idea: "Who are you?",
            scene: Scene::plays(signed, Moment::Arrives(TICKET), Some(TICKET)),
            field: Some("Payload data"),
            tell: Words {
                text: "A script can add no field to the handshake, `Authorization` neither: it gives a URL and subprotocols. \
                    Where cookies will not do, a ticket comes as the first message, here {}, and is checked before all else.",
                figures: &[Quote(TICKET)],
            },
            notes: "Ask: why not put the ticket into the URL? Expected: URLs end up in logs. Whatever is chosen, only TLS \
                keeps it from others on the way.",
            sections: &["WebSockets Standard section 3", "RFC 6455 section 10.5", "RFC 6455 section 10.6"],
            task: None,
        },
    ],
};

/// Ben speaks, is silent for longer than the proxy likes, and speaks again.
fn quiet() -> Scenario {
    let network = Network { idle: Some(1_000_000), ..Network::default() };
    Scenario { network, ..calm() }
}

/// The same without a proxy.
fn calm() -> Scenario {
    Scenario { messages: 0, added: said(&[(500_000, "Lunch?"), (2_600_000, "Now?")]), ..Scenario::default() }
}

/// Between the two Ben's server keeps the connection alive, and the visitor leaves before it is silent again.
fn beating() -> Scenario {
    let added = said(&[(500_000, "Lunch?"), (1_200_000, BEAT), (1_900_000, BEAT), (2_600_000, "Now?")]);
    Scenario { lanes: vec![Transport::WebSocket], poll: 500_000, added, ..quiet() }
}

/// Both sides hand over more than the link takes.
fn eager() -> Scenario {
    Scenario {
        lanes: vec![Transport::WebSocket],
        network: Network { kilobits: 100, ..Network::default() },
        workload: Workload::Game,
        messages: 8,
        rate: Some(50),
        size: Some(2_000),
        poll: 300_000,
        ..Scenario::default()
    }
}

/// A visitor with cookies, who also shows a ticket.
fn signed() -> Scenario {
    let ticket = Utterance { at: 400_000, from: Speaker::You, text: "ticket=7f3a9c".to_owned() };
    Scenario {
        lanes: vec![Transport::WebSocket],
        messages: 0,
        cookie: 120,
        poll: 300_000,
        added: vec![ticket],
        ..Scenario::default()
    }
}

fn said(words: &[(u64, &str)]) -> Vec<Utterance> {
    let one = |&(at, text): &(u64, &str)| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    words.iter().map(one).collect()
}

/// Heartbeats of the run.
fn beats(run: &Trace) -> u64 {
    run.passages(0).iter().filter(|passage| &*passage.message.text == BEAT).count() as u64
}

/// What you had said by your last word and had not begun to leave by then.
fn unsent(run: &Trace) -> u64 {
    let now = LAST_WORD.leaves(run);
    let yours = run.passages(0).iter().filter(|passage| passage.speaker == Sender::Client);
    yours.filter(|passage| passage.left.is_none_or(|left| left > now)).count() as u64
}

/// How long lane B's connection is open, from TCP's handshake to the client's FIN.
fn open(run: &Trace) -> u64 {
    let closed = Pick::first(1, What::Fin(Sender::Client)).arrives(run);
    closed - Pick::first(1, What::Established).leaves(run).min(closed)
}

/// Octets of the visitor's cookies in the handshake.
fn cookies(run: &Trace) -> u64 {
    let raw = ASK.event(run).and_then(|event| event.raw.as_deref()).unwrap_or_default();
    let head = String::from_utf8_lossy(raw);
    head.lines().find_map(|line| line.strip_prefix("Cookie: ")).map_or(0, |value| value.len() as u64)
}

/// Clients of a server that restarts.
const CROWD: u64 = 1_000;

/// The most of them that come back within the same tenth of a second, each by its own seed.
fn busiest() -> u64 {
    let mut tenths = [0; 16];
    for seed in 0..CROWD {
        let tenth = retry::wait(1, seed) / 100_000;
        if let Some(count) = tenths.get_mut(tenth as usize) {
            *count += 1;
        }
    }
    order::ascending(&tenths).last().copied().unwrap_or(0)
}

const BEAT: &str = "beat";

/// The proxy cuts lane B.
const CUT: Pick = Pick::first(1, What::Cut);

/// What lane B's server said last before that.
const PUSHED: Pick = Pick::first(1, What::Data(Sender::Server));

/// The last that you say of what is too much.
const LAST_WORD: Pick = Pick { nth: 3, ..Pick::first(0, What::Said(Sender::Client)) };

/// The first of it.
const FIRST_FRAME: Pick = Pick::first(0, What::Data(Sender::Client));

/// The handshake's request.
const ASK: Pick = Pick::first(0, What::Request);

/// The first message.
const TICKET: Pick = Pick::first(0, What::Data(Sender::Client));
