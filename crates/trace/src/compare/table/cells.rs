//! What each cell says: figures counted in the column's runs.

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
        let (what, rest, event) = match manner {
            Manner::Asked => {
                ("Request and response: ", plural(run.count(is_answer), "response"), run.find(is_answer))
            }
            Manner::Held => (
                "Request and response, which may wait: ",
                plural(run.count(is_answer), "response"),
                run.find(is_news),
            ),
            Manner::Streamed => (
                "Request and response, one of which goes on: ",
                [&plural(run.count(brings_unasked), "piece"), " of it with news"].concat(),
                run.find(brings_unasked),
            ),
            Manner::Called => (
                "Request and response, and either side asks: ",
                plural(run.count(is_answer), "response"),
                run.find(brings_unasked),
            ),
            Manner::Framed => (
                "Messages: ",
                [&plural(run.count(is_message_frame), "frame"), ", none of which answers another"].concat(),
                run.find(is_message_frame),
            ),
        };
        Shown { text: [what, &asked, ", ", &rest].concat(), run, event }
    }

    /// What each message has to say again.
    pub(super) fn state(&self) -> Shown<'_> {
        let run = &self.talk;
        let heads: Vec<u64> = run.lane().filter(|it| is_request(it)).map(|it| it.octets.framing).collect();
        let sizes = between(&heads, octets, count);
        let frames = run.count(is_message_frame);
        if frames > 0 {
            let frames = plural(frames, "frame");
            let text =
                ["Kept by the connection: a head of ", &sizes, " once, then ", &frames, " without one"];
            return Shown { text: text.concat(), run, event: run.find(is_message_frame) };
        }
        let requests = plural(heads.len() as u64, "request");
        let open = match run.count(|it| brings_unasked(it) && !is_request(it)) {
            0 => String::new(),
            pieces => ["; ", &plural(pieces, "piece"), " of news only while the answer is open"].concat(),
        };
        let text = ["Each of ", &requests, " can be understood alone, by a head of ", &sizes, &open].concat();
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
        let starts = ["The client starts ", &count(client), " times, the server ", &count(server)].concat();
        let text = [&starts, "; ", &up, " up, ", &down, " down"].concat();
        Shown { text, run, event: run.find(brings_unasked).or_else(|| run.find(is_request)) }
    }

    /// How long news waits, and for what.
    pub(super) fn update(&self) -> Shown<'_> {
        let run = &self.talk;
        let news = news(&run.trace, 0);
        let waits: Vec<u64> = news.iter().map(|it| it.wait).collect();
        let Some(longest) = news.iter().max_by_key(|it| it.wait) else {
            return Shown { text: "No news left the server".to_owned(), run, event: None };
        };
        let how = match manner(&run.trace, 0) {
            Manner::Asked => "Polling: news waits to be asked for, ",
            Manner::Held => "The question waits, and the news ",
            Manner::Streamed => "Push, on an answer that stays open: news waits ",
            Manner::Framed => "Push, in a frame: news waits ",
            Manner::Called => "Push, by a request of the server’s own: news waits ",
        };
        Shown { text: [how, &between(&waits, seconds, seconds)].concat(), run, event: Some(longest.carrier) }
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
        let each = if open.len() > 1 { ", each open for " } else { ", open for " };
        let time = between(&lasted, seconds, seconds);
        let text = [&plural(open.len() as u64, "connection"), each, &time].concat();
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
        let always = [&each(cost.growth.unsigned_abs()), " octets of heads and frames"].concat();
        let text = [&always, " for each echo of ", &octets(size), ", and ", &once, " once"].concat();
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
            return Shown { text: "No echo came back".to_owned(), run, event: None };
        };
        let text =
            ["The first echo takes ", &seconds(first), ", half of the others at most ", &seconds(warm)]
                .concat();
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
    if last(least) == last(most) { last(most) } else { [&first(least), " to ", &last(most)].concat() }
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
