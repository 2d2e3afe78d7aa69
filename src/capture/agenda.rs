//! What comes up on an HTTP lane, in the order in which it does; and there is one question for news at a time.
//!
//! The order is that of the simulated client in `trace::sim`. Times count from the lane's zero.

use std::collections::VecDeque;

/// One thing to ask of the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    /// The visitor's `n`th message.
    Say {
        n: u32,
        text: String,
        /// When it came up.
        said: u64,
    },
    /// Whether there is news.
    News,
}

/// When a lane asks for news.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asks {
    /// Never: news comes by itself.
    Never,
    /// At the beginning, and each time so many microseconds later.
    Every(u64),
    /// At the beginning, and again whenever it has been answered.
    Again,
}

/// What waits, and what is still to come up.
#[derive(Debug)]
pub(super) struct Agenda {
    /// What the visitor says at a time of their own, ascending.
    lines: VecDeque<(u64, String)>,
    asks: Asks,
    /// When it asks for news next.
    asks_at: Option<u64>,
    queue: VecDeque<Ask>,
    /// Whether a question for news is under way.
    asking: bool,
    said: u32,
}

impl Agenda {
    pub(super) fn new(lines: impl IntoIterator<Item = (u64, String)>, asks: Asks) -> Self {
        let asks_at = (asks != Asks::Never).then_some(0);
        let (lines, queue) = (lines.into_iter().collect(), VecDeque::new());
        Self { lines, asks, asks_at, queue, asking: false, said: 0 }
    }

    /// The visitor says something now.
    pub(super) fn say(&mut self, text: String, now: u64) {
        let n = self.said;
        self.said += 1;
        self.queue.push_back(Ask::Say { n, text, said: now });
    }

    /// Lets everything come up that is due by `now`. A lane that was `idle` comes to know of it only
    /// now; while a request was under way, things came up at their own time.
    pub(super) fn rise(&mut self, now: u64, idle: bool) {
        loop {
            let line = self.lines.front().map(|(at, _)| *at).filter(|&at| at <= now);
            let asks = self.asks_at.filter(|&due| due <= now);
            match (line, asks) {
                (Some(at), asks) if asks.is_none_or(|due| at <= due) => {
                    let Some((_, text)) = self.lines.pop_front() else { return };
                    self.say(text, if idle { now } else { at });
                }
                (_, Some(due)) => {
                    self.asks_at = match self.asks {
                        Asks::Every(interval) => Some(due.saturating_add(interval.max(1))),
                        Asks::Again | Asks::Never => None,
                    };
                    if !self.asking && !self.queue.contains(&Ask::News) {
                        self.queue.push_back(Ask::News);
                    }
                }
                _ => return,
            }
        }
    }

    /// What is asked next, and under way from now on.
    pub(super) fn next(&mut self) -> Option<Ask> {
        let next = self.queue.pop_front();
        self.asking |= next == Some(Ask::News);
        next
    }

    /// The question for news is answered. A lane that asks again does so unless that is `over`.
    pub(super) fn answered(&mut self, over: bool) {
        self.asking = false;
        if self.asks == Asks::Again && !over {
            self.queue.push_back(Ask::News);
        }
    }

    /// When the next thing comes up by itself.
    pub(super) fn due(&self) -> Option<u64> {
        let line = self.lines.front().map(|(at, _)| *at);
        line.into_iter().chain(self.asks_at).min()
    }

    /// Whether everything has been said.
    pub(super) fn is_said(&self) -> bool {
        self.lines.is_empty() && self.queue.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a lane whose every request takes `takes`, one at a time, until `end`; tells what was asked when.
    fn check(lines: &[u64], asks: Asks, takes: u64, end: u64, expected: &str) {
        let lines = lines.iter().map(|&at| (at, format!("at {at}")));
        let mut agenda = Agenda::new(lines, asks);
        let (mut now, mut idle, mut asking, mut asked) = (0, true, false, Vec::new());
        while now <= end {
            agenda.rise(now, idle);
            if std::mem::take(&mut asking) {
                agenda.answered(now >= end);
            }
            idle = false;
            match agenda.next() {
                Some(Ask::Say { n, said, .. }) => asked.push(format!("{n}:{said}@{now}")),
                Some(Ask::News) => {
                    asking = true;
                    asked.push(format!("?@{now}"));
                }
                None => {
                    let Some(due) = agenda.due() else { break };
                    (now, idle) = (due, true);
                    continue;
                }
            }
            now += takes;
        }
        assert_eq!(asked.join(" "), expected);
    }

    #[test]
    fn in_the_order_of_coming_up() {
        let every = Asks::Every;
        check(&[400, 1_600], every(1_000), 100, 2_100, "?@0 0:400@400 ?@1000 1:1600@1600 ?@2000");
        check(&[400, 450], Asks::Never, 100, 2_100, "0:400@400 1:450@500");
        // A line goes before a poll of the same time.
        check(&[0], every(1_000), 100, 900, "0:0@0 ?@100");
        // One question for news at a time: neither while one waits nor while one is under way.
        check(&[], every(100), 250, 900, "?@0 ?@300 ?@600 ?@900");
        check(&[10, 20, 30], every(100), 300, 1_800, "?@0 0:10@300 1:20@600 2:30@900 ?@1200 ?@1600");
    }

    #[test]
    fn an_answer_asks_again() {
        check(&[], Asks::Again, 250, 600, "?@0 ?@250 ?@500");
        check(&[0, 300], Asks::Again, 250, 900, "0:0@0 ?@250 1:300@500 ?@750");
    }

    #[test]
    fn a_late_riser_asks_once() {
        let mut agenda = Agenda::new([(50, "a".to_owned())], Asks::Every(100));
        agenda.rise(10_000, true);
        let all: Vec<Ask> = std::iter::from_fn(|| agenda.next()).collect();
        assert_eq!(all, [Ask::News, Ask::Say { n: 0, text: "a".to_owned(), said: 10_000 }]);
        assert_eq!(agenda.due(), Some(10_100));
        assert!(agenda.is_said());
    }
}
