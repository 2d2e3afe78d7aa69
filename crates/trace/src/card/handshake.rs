//! The opening handshake: HTTP up to its end, no secret, no CORS, and little say for a script.

use wire::{Request, Response, Rule, Sender, handshake};

use super::{Card, Experiment, Pile, Settles};
use crate::caption;
use crate::event::Layer;
use crate::exhibit::Piece;
use crate::heads;
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::tally;
use crate::lesson::words::Figure::{Code, Count, Made, Number, Octets};
use crate::lesson::words::Words;
use crate::lesson::{Moment, Scene};
use crate::scenario::{Scenario, Transport};
use crate::trace::Trace;
use crate::workbench::accept::Machine;
use crate::workbench::paste::Paste;
use crate::workbench::{Bench, Desk, Tool};

pub(super) static PILE: Pile = Pile {
    title: "The opening handshake",
    cards: &[
        Card {
            id: "not-http",
            claim: "WebSocket is something apart from HTTP.",
            ask: "TCP is connected. What are the first octets that a browser sends for a WebSocket?",
            answers: &["A binary frame", "A request of HTTP", "A masking key"],
            experiment: Experiment::Beat("life", 1),
            settles: Settles::Run(|run| {
                let first = run.lane(0).find(|event| event.raw.is_some());
                usize::from(first.is_some_and(|event| event.layer == Layer::Http))
            }),
            verdict: Words {
                text: "First go {} of an HTTP request that asks to switch, and the answer is {}. \
                    Cookies, authentication, proxies and the check of `Origin` apply to it as to any other request.",
                figures: &[
                    Octets(|run| Pick::first(0, What::Request).size(run)),
                    Code(|run| Pick::first(0, What::Response).code(run)),
                ],
            },
            sections: &["RFC 6455 section 1.3", "RFC 6455 section 4.1", "RFC 9110 section 7.8"],
        },
        Card {
            id: "still-http",
            claim: "After the upgrade it is still HTTP.",
            ask: "Behind the 101, how many heads of HTTP does the conversation need?",
            answers: &["One for each message", "None", "One, at the end"],
            experiment: Experiment::Beat("life", 4),
            settles: Settles::Run(|run| match heads_behind(run) {
                0 => 1,
                1 => 2,
                _ => 0,
            }),
            verdict: Words {
                text: "Heads behind the 101: {}. Frames: {}. Ben’s message is a frame with a header of {}: \
                    no method, no status, no field lines, nothing that a cache could keep.",
                figures: &[
                    Number(heads_behind),
                    Number(|run| run.lane(0).filter(|event| event.layer == Layer::WebSocket).count() as u64),
                    Octets(|run| Pick::first(0, What::Data(Sender::Server)).head(run)),
                ],
            },
            sections: &["RFC 6455 section 5.2", "RFC 9110 section 7.8"],
        },
        Card {
            id: "always-101",
            claim: "Every WebSocket starts with a 101.",
            ask: "Over HTTP/1.1 a server answers the opening handshake with 200 instead. Does the connection carry frames now?",
            answers: &["Yes: 200 means OK", "No: the client closes it"],
            experiment: Experiment::Own(Scene::Octets(no_switch), Some("Status code")),
            settles: Settles::Octets(|desk| usize::from(refusal(desk).is_some())),
            verdict: Words {
                text: "Status {}, and the client finds: {}. So it is over HTTP/1.1, and only there: \
                    over HTTP/2 an extended CONNECT with `:protocol` asks for one stream, needs neither key nor accept value, and this very status opens it.",
                figures: &[
                    Made(|desk| {
                        answer(desk).map_or_else(String::new, |response| response.status.to_string())
                    }),
                    Made(|desk| refusal(desk).map_or_else(String::new, |rule| rule.to_string())),
                ],
            },
            sections: &[
                "RFC 8441 section 4",
                "RFC 8441 section 5",
                "RFC 9113 section 8.6",
                "RFC 6455 section 4.1",
            ],
        },
        Card {
            id: "key",
            claim: "`Sec-WebSocket-Key` keeps strangers out.",
            ask: "What does the server need besides the key in the request to compute the accept value?",
            answers: &["A password", "A text that stands in the RFC", "The session’s TLS key"],
            experiment: Experiment::Beat("key", 2),
            settles: Settles::Octets(|desk| {
                let Machine { key, guid, .. } = &desk.bench.machine;
                let made = answer(desk).and_then(|response| response.fields.get("Sec-WebSocket-Accept"));
                usize::from(guid == handshake::GUID && made == Some(handshake::accept_value(key).as_str()))
            }),
            verdict: Words {
                text: "From the key {}, sent in the open, and a text that everybody knows the machine makes {}. \
                    Nothing secret came in. It shows that whoever answers has understood the question, and is no cache.",
                figures: &[
                    Made(|desk| desk.bench.machine.key.clone()),
                    Made(|desk| desk.bench.machine.steps().map(|steps| steps.accept).unwrap_or_default()),
                ],
            },
            sections: &["RFC 6455 section 1.3", "RFC 6455 section 4.2.2"],
        },
        Card {
            id: "cors",
            claim: "CORS protects WebSockets from foreign pages.",
            ask: "This page’s origin is not the server’s, and no line of the answer gives it leave. Does the WebSocket open?",
            answers: &["No: the browser forbids it", "Yes, and the cookie goes along"],
            experiment: Experiment::Own(
                Scene::plays(foreign, Moment::End, Some(Pick::first(0, What::Request))),
                Some("Origin"),
            ),
            settles: Settles::Run(|run| {
                let open = tally(run, 0, What::Data(Sender::Client)) > 0;
                usize::from(open && allowances(run) == 0 && cookie(run) > 0)
            }),
            verdict: Words {
                text: "Lines of the answer that begin with `Access-Control`: {}. The WebSocket opened all the same, {} went over it, and {} of cookie had gone along. \
                    There is no CORS here: the server itself has to look at `Origin`.",
                figures: &[
                    Number(allowances),
                    Count(
                        |run| {
                            tally(run, 0, What::Data(Sender::Client))
                                + tally(run, 0, What::Data(Sender::Server))
                        },
                        "message",
                    ),
                    Octets(cookie),
                ],
            },
            sections: &["WebSockets Standard section 2.2", "RFC 6455 section 10.2"],
        },
        Card {
            id: "own-lines",
            claim: "A script can set field lines of the handshake, such as `Authorization`.",
            ask: "A script opens this WebSocket. By which way does a word of its own get into the request?",
            answers: &[
                "By a third argument of `new WebSocket`",
                "By the address and the subprotocols",
                "By a `fetch` before it",
            ],
            experiment: Experiment::Own(Scene::Octets(token), Some("Sec-WebSocket-Protocol")),
            settles: Settles::Octets(|desk| {
                let own = asked(desk).is_some_and(|it| {
                    it.target.contains("token") && it.fields.get("Sec-WebSocket-Protocol").is_some()
                });
                if own { 1 } else { 2 }
            }),
            verdict: Words {
                text: "The target, {}, and one line, the subprotocols, come from the script. \
                    Of the {} field lines the browser writes {} itself, and would not take them from a `fetch` either.",
                figures: &[
                    Made(|desk| {
                        asked(desk).map_or_else(String::new, |request| caption::quote(&request.target))
                    }),
                    Made(|desk| lines(desk).0.to_string()),
                    Made(|desk| lines(desk).1.to_string()),
                ],
            },
            sections: &[
                "WebSockets Standard section 3",
                "Fetch Standard, forbidden request-header",
                "RFC 6455 section 4.1",
            ],
        },
        Card {
            id: "misprint",
            claim: "What a standard prints is right.",
            ask: "The octets from 1 to 16 make a key. The standard prints one that ends in “EC==”. What do they come to in base64?",
            answers: &["It ends in “EC==”, as printed", "It ends in “EA==”"],
            experiment: Experiment::Beat("key", 4),
            settles: Settles::Octets(|_| usize::from(counted().ends_with("EA=="))),
            verdict: Words {
                text: "They come to {}; printed is {}. The last digit of sixteen octets stands for two bits only, and this one has more: \
                    a strict reader refuses it. Compute, whoever says it, and look for errata.",
                figures: &[Made(|_| counted()), Made(|desk| desk.bench.machine.key.clone())],
            },
            sections: &["WebSockets Standard section 2.2", "RFC 4648 section 3.5"],
        },
    ],
};

/// Heads of HTTP on lane A behind its 101.
fn heads_behind(run: &Trace) -> u64 {
    let heads = run.lane(0).filter(|event| event.layer == Layer::Http);
    heads.skip_while(|event| !What::Response.is(event)).skip(1).count() as u64
}

/// Lines of the first answer that would give another origin leave.
fn allowances(run: &Trace) -> u64 {
    let head = text(run, What::Response);
    head.lines().filter(|line| line.starts_with("access-control")).count() as u64
}

/// Octets of the first request's cookie.
fn cookie(run: &Trace) -> u64 {
    let head = text(run, What::Request);
    let line = head.lines().find_map(|line| line.strip_prefix("cookie: "));
    line.map_or(0, |value| value.len() as u64)
}

/// The first head of a kind on lane A, in small letters.
fn text(run: &Trace, what: What) -> String {
    let raw = Pick::first(0, what).event(run).and_then(|event| event.raw.as_deref());
    String::from_utf8_lossy(raw.unwrap_or_default()).to_ascii_lowercase()
}

/// The request on the workbench.
fn asked(desk: &Desk) -> Option<&Request> {
    desk.dissection.exhibits.iter().find_map(|exhibit| exhibit.unit.request())
}

/// The response on the workbench.
fn answer(desk: &Desk) -> Option<&Response> {
    desk.dissection.exhibits.iter().find_map(|exhibit| exhibit.unit.response())
}

/// What a client finds wrong with the answer.
fn refusal(desk: &Desk) -> Option<Rule> {
    let key = asked(desk)?.fields.get("Sec-WebSocket-Key")?;
    let none: [&str; 0] = [];
    handshake::check_response(answer(desk)?, key, &none, &none).err()
}

/// Field lines of the request, and how many of them no script may set.
fn lines(desk: &Desk) -> (usize, usize) {
    let Some(request) = asked(desk) else { return (0, 0) };
    let own = request.fields.iter().filter(|line| heads::check(&line.name, "1").is_err());
    // The subprotocols are the constructor's second argument.
    let offered = usize::from(request.fields.get("Sec-WebSocket-Protocol").is_some());
    (request.fields.iter().count(), own.count() - offered)
}

/// The octets from 1 to 16 as a key.
fn counted() -> String {
    handshake::key_from(std::array::from_fn(|place| place as u8 + 1))
}

fn no_switch() -> Bench {
    let response = Response::new(200, "OK").with("Content-Length", "0");
    Bench { unit: Some(1), ..pasted(opening("/ws"), Some(response)) }
}

fn token() -> Bench {
    let request = opening("/ws?token=abc").with("Origin", "http://127.0.0.1:9080");
    pasted(request.with("Sec-WebSocket-Protocol", "chat"), None)
}

fn opening(target: &str) -> Request {
    handshake::open("127.0.0.1:9080", target, &Machine::default().key)
}

fn pasted(request: Request, response: Option<Response>) -> Bench {
    let asked = Piece { sender: Sender::Client, octets: request.encode().unwrap_or_default() };
    let answered =
        response.map(|it| Piece { sender: Sender::Server, octets: it.encode().unwrap_or_default() });
    let pieces: Vec<Piece> = [Some(asked), answered].into_iter().flatten().collect();
    Bench { tool: Tool::Paste, paste: Paste::of(&pieces), ..Bench::default() }
}

/// A page of one port, a server at another, and a visitor who is logged in there.
fn foreign() -> Scenario {
    Scenario {
        lanes: vec![Transport::WebSocket],
        messages: 2,
        poll: 500_000,
        cookie: 40,
        ..Scenario::default()
    }
}
