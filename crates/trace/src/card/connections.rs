//! Connections: how many there are, what keeps them, and who pays.

use wire::Sender;

use super::{Card, Experiment, Pile, Settles};
use crate::event::{Flight, Kind};
use crate::heads::Preset;
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::{account, connections, requests};
use crate::lesson::words::Figure::{Count, Number, Octets, Seconds};
use crate::lesson::words::Words;
use crate::lesson::{Moment, Scene};
use crate::scenario::{Scenario, Speaker, Transport, Utterance, Workload};
use crate::trace::Trace;

pub(super) static PILE: Pile = Pile {
    title: "Connections",
    cards: &[
        Card {
            id: "new-connection",
            claim: "HTTP opens a new connection for every request.",
            ask: "Three messages go out over HTTP/1.1, each in a request of its own. How many connections does lane A need?",
            answers: &["One", "Three", "Six, as browsers open them"],
            experiment: Experiment::Beat("hang-up", 2),
            settles: Settles::Run(|run| match connections(run, 0) {
                1 => 0,
                some if some == requests(run, 0) => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "{} of lane A went over {}. Lane B, whose server says `connection: close`, needed {}. \
                    A connection of HTTP/1.1 persists unless one side opts out; one of HTTP/2 carries many requests at once.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| connections(run, 0), "connection"),
                    Number(|run| connections(run, 1)),
                ],
            },
            sections: &["RFC 9112 section 9.3", "RFC 9112 section 9.6", "RFC 9113 section 5"],
        },
        Card {
            id: "new-handshake",
            claim: "Over https, every request needs a TLS handshake of its own.",
            ask: "Lane A sends three requests over https and keeps its connection. How many TLS handshakes does that take?",
            answers: &["One", "Three", "None: the certificate is known"],
            experiment: Experiment::Beat("cost", 7),
            settles: Settles::Run(|run| match hellos(run, 0) {
                0 => 2,
                1 => 0,
                _ => 1,
            }),
            verdict: Words {
                text: "TLS handshakes on lane A: {}. On lane B, which hangs up after each answer: {}. \
                    A handshake belongs to a connection: all requests on it share its {} of TLS, where lane B paid {}.",
                figures: &[
                    Number(|run| hellos(run, 0)),
                    Number(|run| hellos(run, 1)),
                    Octets(|run| account(run, 0).tls()),
                    Number(|run| account(run, 1).tls()),
                ],
            },
            sections: &["RFC 9112 section 9.7", "RFC 9112 section 9.3", "RFC 8446 section 2"],
        },
        Card {
            id: "keep-alive",
            claim: "`Connection: keep-alive` is what keeps an HTTP/1.1 connection open.",
            ask: "These requests have no `Connection` line at all. What does the server do after its first answer?",
            answers: &["It hangs up", "It keeps the connection"],
            experiment: Experiment::Own(
                Scene::plays(bare, Moment::End, Some(Pick::first(0, What::Request))),
                None,
            ),
            settles: Settles::Run(|run| usize::from(connections(run, 0) == 1)),
            verdict: Words {
                text: "Of {} {} had a `Connection` line, and all of them went over {}. \
                    To persist is what HTTP/1.1 does by itself; only HTTP/1.0 needed the word, and HTTP/2 forbids it.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Number(|run| lines(run, "connection:")),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            sections: &["RFC 9112 section 9.3", "RFC 9112 appendix C.2.2", "RFC 9113 section 8.2.2"],
        },
        Card {
            id: "stateless",
            claim: "HTTP is stateless, so nothing lasts from one request to the next.",
            ask: "What does the second request say that lane A sends on the same connection?",
            answers: &["Only what has changed", "Everything again", "Nothing: the server remembers"],
            experiment: Experiment::Beat("hang-up", 5),
            settles: Settles::Run(|run| {
                let [first, second] = [0, 1].map(|nth| Pick { lane: 0, what: What::Request, nth }.head(run));
                match second {
                    0 => 2,
                    // But for the length of a number.
                    _ if second + 4 >= first => 1,
                    _ => 0,
                }
            }),
            verdict: Words {
                text: "The first head has {}, the second {}: each request can be understood alone, and that is all that stateless means. \
                    The connection lasts all the same: {} on {}.",
                figures: &[
                    Octets(|run| Pick::first(0, What::Request).head(run)),
                    Number(|run| Pick::second(0, What::Request).head(run)),
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
            sections: &["RFC 9110 section 3.3", "RFC 9112 section 9.3"],
        },
        Card {
            id: "sticky",
            claim: "WebSockets need sticky sessions at the load balancer.",
            ask: "A balancer chooses a server for each new connection. Messages of which lane may end up at different servers?",
            answers: &["Lane A: HTTP that hangs up", "Lane B: WebSocket", "Of both"],
            experiment: Experiment::Own(
                Scene::plays(balanced, Moment::End, Some(Pick::second(0, What::Syn))),
                None,
            ),
            settles: Settles::Run(|run| match [0, 1].map(|lane| connections(run, lane) > 1) {
                [true, false] => 0,
                [false, true] => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "Lane A opened {}, and a balancer chooses anew for each. Lane B’s messages all went over {}: as long as that lives, it is pinned to its server. \
                    Stickiness is for those who fall back to requests; and browsers do limit how many WebSockets may be open.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Count(|run| connections(run, 1), "connection"),
                ],
            },
            sections: &["RFC 6455 section 4.1", "RFC 9112 section 9.3"],
        },
        Card {
            id: "long-polling",
            claim: "Long polling opens a new connection for each poll.",
            ask: "Ben speaks three times, and each time a held question is answered. How many connections do the questions take?",
            answers: &["One", "One for each", "Six, as browsers open them"],
            experiment: Experiment::Own(
                Scene::plays(held, Moment::End, Some(Pick::second(0, What::Request))),
                None,
            ),
            settles: Settles::Run(|run| match connections(run, 0) {
                1 => 0,
                some if some == requests(run, 0) => 1,
                _ => 2,
            }),
            verdict: Words {
                text: "{} went over {}. What long polling costs is a request for each piece of news, {} of heads here, \
                    and a gap after each answer: until the next question has arrived, {} after the news was heard, the server must wait again.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| connections(run, 0), "connection"),
                    Octets(|run| account(run, 0).framing()),
                    Seconds(gap),
                ],
            },
            sections: &["RFC 6202 section 2", "RFC 9112 section 9.3"],
        },
    ],
};

/// TLS handshakes of a lane.
fn hellos(run: &Trace, lane: usize) -> u64 {
    run.lane(lane).filter(|event| event.kind == Kind::Tls(Flight::ClientHello)).count() as u64
}

/// Requests of lane A that have a field line of this name, given in small letters with its colon.
fn lines(run: &Trace, name: &str) -> u64 {
    let has =
        |raw: &[u8]| String::from_utf8_lossy(raw).to_ascii_lowercase().lines().any(|it| it.starts_with(name));
    let asked = run.lane(0).filter(|event| What::Request.is(event));
    asked.filter(|event| event.raw.as_deref().is_some_and(has)).count() as u64
}

/// From hearing the first news until the next question is with the server.
fn gap(run: &Trace) -> u64 {
    let heard = Pick::first(0, What::Heard(Sender::Server)).leaves(run);
    Pick::second(0, What::Request).arrives(run).saturating_sub(heard)
}

/// Requests with no more lines than they must have.
fn bare() -> Scenario {
    Scenario {
        lanes: vec![Transport::Persistent],
        workload: Workload::Echo,
        messages: 3,
        preset: Preset::Minimal,
        ..Scenario::default()
    }
}

fn balanced() -> Scenario {
    Scenario {
        lanes: vec![Transport::Close, Transport::WebSocket],
        workload: Workload::Echo,
        messages: 3,
        ..Scenario::default()
    }
}

/// Only Ben speaks, three times.
fn held() -> Scenario {
    Scenario { lanes: vec![Transport::Long], ..ben_speaks() }
}

/// Ben says three things, unasked.
pub(super) fn ben_speaks() -> Scenario {
    let said = |at, text: &str| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    let added = vec![said(500_000, "Lunch?"), said(900_000, "Soup?"), said(1_300_000, "Noon?")];
    Scenario { messages: 0, poll: 500_000, added, ..Scenario::default() }
}
