use wire::Sender;

use super::Stop::{Beat, Guess, Still};
use super::{Plan, Step};
use crate::lesson::pick::{Pick, What};
use crate::lesson::reading::{account, connections, octets};
use crate::lesson::words::Figure::{Count, Number, Octets, Seconds};
use crate::lesson::words::Words;

pub(super) static PLAN: Plan = Plan {
    id: "ten",
    title: "Ten minutes",
    about: "The end of a lecture, or an answer to “what is WebSocket for?”. Needs this page and a projector.",
    steps: &[
        Step {
            title: "Let them guess",
            minutes: 1,
            stops: &[Beat("who-first", "Ben has news")],
            say: "Two lanes, the same network, both connections open, and Ben has not spoken yet. Hands up for lane A, hands up for lane B.",
            ask: "On which lane do you hear Ben first?",
            expect: Words {
                text: "Lane B, at {}; on lane A only at {}.",
                figures: &[Seconds(|run| PUSHED.arrives(run)), Seconds(|run| FETCHED.leaves(run))],
            },
        },
        Step {
            title: "Say it, or wait to be asked",
            minutes: 2,
            stops: &[
                Beat("who-first", "WebSocket: just say it"),
                Beat("who-first", "HTTP: wait to be asked"),
                Beat("who-first", "Then ask more often?"),
            ],
            say: "Each slide plays first and tells afterwards. Say nothing while it plays, then let the class say what it saw.",
            ask: "Lane A’s connection was open all the time. Why did the server not use it?",
            expect: Words {
                text: "Over HTTP a server may only answer. So the news lay there until a question came: \
                    {} from Ben’s mouth to your ear, against {} on lane B.",
                figures: &[
                    Seconds(|run| account(run, 0).longest_wait),
                    Seconds(|run| account(run, 1).longest_wait),
                ],
            },
        },
        Step {
            title: "Does HTTP hang up?",
            minutes: 2,
            stops: &[
                Beat("hang-up", "The words that hang up"),
                Guess("hang-up", "Count the connections"),
                Beat("hang-up", "Keep-alive decides nothing here"),
            ],
            say: "Many textbooks draw lane B and call it HTTP. The second slide waits for the class to guess; the next press plays it, and all count.",
            ask: "How many connections does each lane open for the same messages?",
            expect: Words {
                text: "Lane A uses {}, lane B {}. HTTP keeps its connection unless one side says otherwise.",
                figures: &[
                    Count(|run| connections(run, 0), "connection"),
                    Count(|run| connections(run, 1), "connection"),
                ],
            },
        },
        Step {
            title: "One handshake, then frames",
            minutes: 2,
            stops: &[
                Beat("life", "A request asks to switch"),
                Beat("life", "The server agrees"),
                Beat("life", "Either side may speak"),
            ],
            say: "Point at the request and at its answer: so far it is HTTP. Behind them it is not.",
            ask: "What is left of HTTP after the server’s answer?",
            expect: Words {
                text: "Only the connection, which TCP had opened before. The handshake took {} up and {} down; \
                    from then on frames go either way, and nobody asks for them.",
                figures: &[Octets(|run| UPGRADE.size(run)), Number(|run| AGREED.size(run))],
            },
        },
        Step {
            title: "What it costs",
            minutes: 2,
            stops: &[
                Guess("cost", "What is said, and what is sent"),
                Beat("cost", "A frame adds a few octets"),
                Beat("cost", "Faster? Not by itself"),
            ],
            say: "The first slide waits for a guess. Then let the class say which figure it would put into an advertisement, and what that figure leaves out.",
            ask: "The same words on both lanes: what do they cost, and is WebSocket faster?",
            expect: Words {
                text: "Lane A’s connection carried {}, lane B’s {}. But on an open connection an echo takes \
                    one round trip on both: WebSocket saves octets and questions, not the way.",
                figures: &[Octets(|run| octets(run, 0)), Octets(|run| octets(run, 1))],
            },
        },
        Step {
            title: "Which one would you take?",
            minutes: 1,
            stops: &[
                Still("choose", "News all the time"),
                Still("choose", "Both speak"),
                Still("choose", "Only you ask"),
            ],
            say: "A vote for each, and the next press shows it: scores, a chat, a download. Who wants to know more takes the chooser under Compare.",
            ask: "Football scores on a page, a chat, a download: which way to carry each?",
            expect: Words {
                text: "Scores come from the server alone: Server-Sent Events do. A chat speaks both ways, at any time: \
                    WebSocket. A download is one question and one answer: HTTP.",
                figures: &[],
            },
        },
    ],
    drawn: Beat("who-first", "Ben has news"),
};

/// Ben’s news as a frame.
const PUSHED: Pick = Pick::first(1, What::Data(Sender::Server));

/// You hear it over HTTP.
const FETCHED: Pick = Pick::first(0, What::Heard(Sender::Server));

/// The opening handshake.
const UPGRADE: Pick = Pick::first(0, What::Request);
const AGREED: Pick = Pick::first(0, What::Response);
