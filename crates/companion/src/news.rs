//! What a lane's server has to tell over HTTP, and when.

use std::collections::HashSet;

/// Lines of news, counted from 0. Some are due at a time, others come when they are said.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Each with the companion's time from which on it is news.
    lines: Vec<(u64, String)>,
    octets: usize,
    /// The `n` of every message that was said.
    said: HashSet<u64>,
}

/// There is more than a lane keeps.
#[derive(Debug)]
pub(crate) struct Full;

impl News {
    /// Adds a line that is due at `at`; lines come in that order.
    pub(crate) fn add(&mut self, at: u64, line: String) -> Result<(), Full> {
        if self.lines.len() >= MOST_LINES || self.octets + line.len() > MOST_OCTETS {
            return Err(Full);
        }
        self.octets += line.len();
        self.lines.push((at, line));
        Ok(())
    }

    /// Adds what was said in message `n`, once: a browser may send a request again without telling.
    pub(crate) fn say(&mut self, n: Option<u64>, now: u64, line: String) -> Result<(), Full> {
        if n.is_some_and(|n| self.said.contains(&n)) {
            return Ok(());
        }
        self.add(now, line)?;
        self.said.extend(n);
        Ok(())
    }

    /// Every line from the `after`th on that is due by `now`, one a line; `None` if there is none.
    pub(crate) fn after(&self, after: u64, now: u64) -> Option<String> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let due: Vec<&str> = self
            .lines
            .iter()
            .skip(after)
            .take_while(|(at, _)| *at <= now)
            .map(|(_, line)| line.as_str())
            .collect();
        (!due.is_empty()).then(|| due.join("\n"))
    }
}

const MOST_LINES: usize = 10_000;
const MOST_OCTETS: usize = 64 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(news: &News, after: u64, now: u64, expected: Option<&str>) {
        assert_eq!(news.after(after, now).as_deref(), expected, "after {after} at {now}");
    }

    #[test]
    fn news_come_when_due_and_from_where_asked() {
        let mut news = News::default();
        for (at, line) in [(10, "a"), (20, "b"), (20, "c")] {
            news.add(at, line.to_owned()).expect("room");
        }
        check(&news, 0, 9, None);
        check(&news, 0, 10, Some("a"));
        check(&news, 1, 19, None);
        check(&news, 1, 20, Some("b\nc"));
        check(&news, 3, 99, None);
        check(&news, u64::MAX, 99, None);
    }

    #[test]
    fn a_message_counts_once() {
        let mut news = News::default();
        for n in [Some(0), Some(0), Some(1), None, None] {
            news.say(n, 5, format!("{n:?}")).expect("room");
        }
        check(&news, 0, 5, Some("Some(0)\nSome(1)\nNone\nNone"));
    }
}
