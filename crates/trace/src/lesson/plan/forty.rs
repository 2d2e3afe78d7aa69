use wire::Sender;

use super::Stop::{Beat, Guess, Page};
use super::{Plan, Step, compare};
use crate::fragment::{self, Link};
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::{account, connections, last_heard, octets, requests, responses, tally};
use crate::lesson::words::Figure::{Count, Number, Octets, Seconds};
use crate::lesson::words::Words;

pub(super) static PLAN: Plan = Plan {
    id: "forty",
    title: "Forty minutes",
    about: "A lesson of its own, with everybody at a screen. Start the companion with --lan, so that the class can join.",
    steps: &[
        Step {
            title: "Join, and see it once",
            minutes: 5,
            stops: &[Page(join), Page(Link::default)],
            say: "While the class types the address, ask how a page gets its news. Then press Play, and say nothing until it ends.",
            ask: "The same chat, on the same network, at the same time. What was different?",
            expect: Words {
                text: "The left side heard Ben late: up to {} after he had spoken, the right side {}. It had to ask.",
                figures: &[
                    Seconds(|run| account(run, 0).longest_wait),
                    Seconds(|run| account(run, 1).longest_wait),
                ],
            },
        },
        Step {
            title: "One request, one response",
            minutes: 6,
            stops: &[
                Beat("request", "First a connection"),
                Beat("request", "The client asks"),
                Beat("request", "The server answers"),
                Beat("request", "Is HTTP one-way?"),
            ],
            say: "Read a few field lines aloud. Nobody should believe that HTTP is one-way after this step.",
            ask: "How many octets went up and how many came down, for one short message?",
            expect: Words {
                text: "{} up, {} down. Octets flow both ways; what is one-sided is who may start.",
                figures: &[Number(|run| ASK.size(run)), Octets(|run| ANSWER.size(run))],
            },
        },
        Step {
            title: "Does HTTP hang up?",
            minutes: 6,
            stops: &[
                Beat("hang-up", "A common belief"),
                Beat("hang-up", "The words that hang up"),
                Guess("hang-up", "Count the connections"),
                Beat("hang-up", "What another connection costs"),
                Beat("hang-up", "Stateless is something else"),
            ],
            say: "Collect guesses before the first beat plays, and write them on the board.",
            ask: "Each of these messages goes out in a request of its own. How many connections do they take?",
            expect: Words {
                text: "{} and {} over {}. Only a server or a client that says `connection: close` ends it.",
                figures: &[
                    Count(|run| requests(run, 0), "request"),
                    Count(|run| responses(run, 0), "response"),
                    Count(|run| connections(run, 0), "connection"),
                ],
            },
        },
        Step {
            title: "Who may speak first?",
            minutes: 6,
            stops: &[
                Beat("who-first", "Ben has news"),
                Beat("who-first", "WebSocket: just say it"),
                Beat("who-first", "HTTP: wait to be asked"),
                Beat("who-first", "Then ask more often?"),
                Beat("who-first", "An answer may wait"),
            ],
            say: "After the fourth beat let everybody set Polling interval on their own screen: who gets the news soonest, and at what price?",
            ask: "What does HTTP need before the server may speak?",
            expect: Words {
                text: "A question that is still open. Lane B brought the news at {}, lane A at {}; long polling and \
                    Server-Sent Events keep a question open, and so are early too.",
                figures: &[Seconds(|run| PUSHED.arrives(run)), Seconds(|run| last_heard(run, 0))],
            },
        },
        Step {
            title: "A WebSocket’s life",
            minutes: 7,
            stops: &[
                Beat("life", "TCP connects"),
                Beat("life", "A request asks to switch"),
                Beat("life", "The server agrees"),
                Beat("life", "Either side may speak"),
                Beat("life", "Messages travel in frames"),
                Beat("life", "Both say goodbye"),
            ],
            say: "One volunteer is the browser, one the server: they act out each step before it plays.",
            ask: "Which octets are HTTP, and which are not?",
            expect: Words {
                text: "The request of {} and the answer of {} are HTTP. Every octet behind them belongs to frames; \
                    the longest header of a frame here has {}.",
                figures: &[
                    Octets(|run| ASK.size(run)),
                    Octets(|run| ANSWER.size(run)),
                    Octets(|run| MINE.head(run)),
                ],
            },
        },
        Step {
            title: "What it costs",
            minutes: 4,
            stops: &[
                Guess("cost", "What is said, and what is sent"),
                Beat("cost", "A frame adds a few octets"),
                Beat("cost", "WebSocket pays first"),
                Beat("cost", "From which message on?"),
                Beat("cost", "Faster? Not by itself"),
            ],
            say: "Every group takes another message size and another number of messages, and reports both lanes.",
            ask: "When is WebSocket not worth its handshake?",
            expect: Words {
                text: "Where little is said: its handshake alone takes {}. Here lane A’s connection carried {}, lane B’s {}; \
                    on a warm connection neither is faster.",
                figures: &[
                    Octets(|run| FIRST.size(run) + SWITCHED.size(run)),
                    Octets(|run| octets(run, 0)),
                    Octets(|run| octets(run, 1)),
                ],
            },
        },
        Step {
            title: "Choose, and hand out",
            minutes: 6,
            stops: &[Beat("choose", "News all the time"), Beat("choose", "Both speak"), Page(compare)],
            say: "Every group takes one application to the chooser and defends what it recommends. Then give out the handout.",
            ask: "Only the server has news, all the time: is that a case for WebSocket?",
            expect: Words {
                text: "Not yet. Server-Sent Events ask {} for {}; plain HTTP is enough, and caches, proxies and any server know it. \
                    When both sides speak much, take WebSocket.",
                figures: &[
                    Count(|run| requests(run, 1), "time"),
                    Count(|run| tally(run, 0, What::Said(Sender::Server)), "price"),
                ],
            },
        },
    ],
    drawn: Beat("who-first", "Ben has news"),
};

/// Where the class finds the address to type.
fn join() -> Link {
    Link { page: fragment::Page::Join, ..Link::default() }
}

/// The first question of a connection, and its answer.
const ASK: Pick = Pick::first(0, What::Request);
const ANSWER: Pick = Pick::first(0, What::Response);

/// The handshake of lane B.
const FIRST: Pick = Pick::first(1, What::Request);
const SWITCHED: Pick = Pick::first(1, What::Response);

/// A message of the visitor’s as a frame, with its masking key.
const MINE: Pick = Pick::first(0, What::Data(Sender::Client));

/// Ben’s news as a frame.
const PUSHED: Pick = Pick::first(1, What::Data(Sender::Server));
