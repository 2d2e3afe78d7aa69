//! What each cell says: figures counted in the column's runs.

use tongue::say;
use wire::Sender;

use super::{Column, Run, Shown};
use crate::caption::{count, octets, plural, seconds};
use crate::compare::break_even::{cost, each};
use crate::compare::ledger::{Part, Parts};
use crate::compare::manner::{Manner, manner, news, place};
use crate::event::{Event, Kind};
use crate::ledger::{Account, percentile};
use crate::order;

impl Column {
    /// Who answers whom.
    pub(super) fn model(&self) -> Shown<'_> {
        let run = &self.talk;
        let asked = plural(run.count(is_request), "request");
        let manner = manner(&run.trace, 0);
        let answered = plural(run.count(is_answer), "response");
        let (text, event) = match manner {
            Manner::Asked => (say!("Request and response: {}, {}", asked, answered), run.find(is_answer)),
            Manner::Held => {
                (say!("Request and response, which may wait: {}, {}", asked, answered), run.find(is_news))
            }
            Manner::Streamed => (
                say!(
                    "Request and response, one of which goes on: {}, {} of it with news",
                    asked,
                    plural(run.count(brings_unasked), "piece")
                ),
                run.find(brings_unasked),
            ),
            Manner::Called => (
                say!("Request and response, and either side asks: {}, {}", asked, answered),
                run.find(brings_unasked),
            ),
            Manner::Framed => (
                say!(
                    "Messages: {}, {}, none of which answers another",
                    asked,
                    plural(run.count(is_message_frame), "frame")
                ),
                run.find(is_message_frame),
            ),
        };
        Shown { text, run, event }
    }

    /// What each message has to say again.
    pub(super) fn state(&self) -> Shown<'_> {
        let run = &self.talk;
        let heads: Vec<u64> = run.lane().filter(|it| is_request(it)).map(|it| it.octets.framing).collect();
        let sizes = between(&heads, octets, count);
        let frames = run.count(is_message_frame);
        if frames > 0 {
            let frames = plural(frames, "frame");
            let text = say!("Kept by the connection: a head of {} once, then {} without one", sizes, frames);
            return Shown { text, run, event: run.find(is_message_frame) };
        }
        let requests = plural(heads.len() as u64, "request");
        let text = match run.count(|it| brings_unasked(it) && !is_request(it)) {
            0 => say!("Each of {} can be understood alone, by a head of {}", requests, sizes),
            pieces => say!(
                "Each of {} can be understood alone, by a head of {}; {} of news only while the answer is open",
                requests,
                sizes,
                plural(pieces, "piece")
            ),
        };
        let second = run.lane().filter(|it| is_request(it)).nth(1).map(|it| it.key);
        let event = run.find(|it| is_request(it) && second.is_none_or(|key| it.key == key));
        Shown { text, run, event }
    }

    /// Who starts, and that octets flow both ways.
    pub(super) fn direction(&self) -> Shown<'_> {
        let run = &self.talk;
        let starts = |it: &Event| is_request(it) || is_message_frame(it);
        let client = run.count(|it| starts(it) && it.key.sender == Sender::Client);
        let server = run.count(brings_unasked);
        let account = Account::at(&run.trace, 0, u64::MAX);
        let (up, down) = (count(account.up.on_connection()), octets(account.down.on_connection()));
        let text = say!(
            "The client starts {} times, the server {}; {} up, {} down",
            count(client),
            count(server),
            up,
            down
        );
        Shown { text, run, event: run.find(brings_unasked).or_else(|| run.find(is_request)) }
    }

    /// How long news waits, and for what.
    pub(super) fn update(&self) -> Shown<'_> {
        let run = &self.talk;
        let news = news(&run.trace, 0);
        let waits: Vec<u64> = news.iter().map(|it| it.wait).collect();
        let Some(longest) = news.iter().max_by_key(|it| it.wait) else {
            return Shown { text: say!("No news left the server").to_owned(), run, event: None };
        };
        let waits = between(&waits, seconds, seconds);
        let text = match manner(&run.trace, 0) {
            Manner::Asked => say!("Polling: news waits to be asked for, {}", waits),
            Manner::Held => say!("The question waits, and the news {}", waits),
            Manner::Streamed => say!("Push, on an answer that stays open: news waits {}", waits),
            Manner::Framed => say!("Push, in a frame: news waits {}", waits),
            Manner::Called => say!("Push, by a request of the server’s own: news waits {}", waits),
        };
        Shown { text, run, event: Some(longest.carrier) }
    }

    /// How many, and how long they are open.
    pub(super) fn connection(&self) -> Shown<'_> {
        let run = &self.talk;
        let mut open: Vec<(u16, u64, u64)> = Vec::new();
        for event in run.lane().filter(|it| it.travels()) {
            match open.iter_mut().find(|it| it.0 == event.key.connection) {
                Some(known) => known.2 = known.2.max(event.end()),
                None => open.push((event.key.connection, event.start(), event.end())),
            }
        }
        let lasted: Vec<u64> = open.iter().map(|it| it.2 - it.1).collect();
        let time = between(&lasted, seconds, seconds);
        let connections = plural(open.len() as u64, "connection");
        let text = match open.len() {
            0 | 1 => say!("{}, open for {}", connections, time),
            _ => say!("{}, each open for {}", connections, time),
        };
        let longest = open.iter().max_by_key(|it| it.2 - it.1).map(|it| it.0);
        let end = run.find(|it| it.kind == Kind::Fin && Some(it.key.connection) == longest);
        Shown { text, run, event: end.or_else(|| run.find(|it| it.kind == Kind::Syn)) }
    }

    /// What a message costs beyond itself.
    pub(super) fn overhead(&self) -> Shown<'_> {
        let run = &self.echo;
        let cost = cost(&run.scenario, self.transport, Parts::only(&[Part::Framing]));
        let said = run.lane().find(|it| it.kind == Kind::Said);
        let size = said.map_or(0, |it| it.carries.iter().map(|message| message.text.len() as u64).sum());
        let once = octets(cost.setup.unsigned_abs());
        let text = say!(
            "{} octets of heads and frames for each echo of {}, and {} once",
            each(cost.growth.unsigned_abs()),
            octets(size),
            once
        );
        Shown { text, run, event: run.find(|it| it.travels() && !it.carries.is_empty()) }
    }

    /// The first echo and those that follow.
    pub(super) fn latency(&self) -> Shown<'_> {
        let run = &self.echo;
        let took = run.trace.round_trips(0).into_iter().filter_map(|(said, heard)| Some(heard? - said));
        let took: Vec<u64> = took.collect();
        let heard = run.find(|it| it.kind == Kind::Delivered && it.key.sender == Sender::Server);
        let warm = took.get(1..).map(order::ascending).and_then(|warm| percentile(&warm, 50));
        let (Some(&first), Some(warm)) = (took.first(), warm) else {
            return Shown { text: say!("No echo came back").to_owned(), run, event: None };
        };
        let text =
            say!("The first echo takes {}, half of the others at most {}", seconds(first), seconds(warm));
        Shown { text, run, event: heard }
    }
}

impl Run {
    fn lane(&self) -> impl Iterator<Item = &Event> {
        self.trace.lane(0).map(|event| &**event)
    }

    fn count(&self, is: impl Fn(&Event) -> bool) -> u64 {
        self.lane().filter(|event| is(event)).count() as u64
    }

    fn find(&self, is: impl Fn(&Event) -> bool) -> Option<usize> {
        place(&self.trace, 0, is)
    }
}

/// `0.30 s to 0.85 s`, or one figure where they are the same; `first` writes the lower one.
fn between(numbers: &[u64], last: fn(u64) -> String, first: fn(u64) -> String) -> String {
    let (least, most) = (numbers.iter().min(), numbers.iter().max());
    let (least, most) = (least.copied().unwrap_or(0), most.copied().unwrap_or(0));
    if last(least) == last(most) { last(most) } else { say!("{} to {}", first(least), last(most)) }
}

fn is_request(event: &Event) -> bool {
    matches!(event.kind, Kind::Request { .. })
}

fn is_answer(event: &Event) -> bool {
    matches!(event.kind, Kind::Response { .. })
}

fn is_message_frame(event: &Event) -> bool {
    matches!(event.kind, Kind::Frame { .. }) && !event.carries.is_empty()
}

fn is_news(event: &Event) -> bool {
    event.travels() && event.key.sender == Sender::Server && !event.carries.is_empty()
}

/// Whether the server started it: it carries news and is no answer.
fn brings_unasked(event: &Event) -> bool {
    is_news(event) && !is_answer(event)
}
