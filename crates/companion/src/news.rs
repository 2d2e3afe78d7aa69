//! What a lane's server has to tell over HTTP, and when.

use std::collections::BTreeMap;

/// Lines of news, counted from 0. Some are due at a time, others come because of what was said.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Each with the companion's time from which on it is news.
    lines: Vec<(u64, String)>,
    octets: usize,
    /// The number of the message that is to be answered next.
    next: u64,
    /// Answers to messages that have overtaken it on another connection.
    early: BTreeMap<u64, Vec<String>>,
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

    /// Adds the answers to message `n`, once, for a browser may send a request again without telling; and
    /// not before those to the messages before it, which may be on their way on another connection.
    pub(crate) fn answer(&mut self, n: Option<u64>, at: u64, lines: Vec<String>) -> Result<(), Full> {
        let Some(n) = n else { return self.add_all(at, lines) };
        if n < self.next || self.early.contains_key(&n) {
            return Ok(());
        }
        let early: usize = self.early.values().flatten().chain(&lines).map(String::len).sum();
        if self.early.len() >= MOST_LINES || self.octets + early > MOST_OCTETS {
            return Err(Full);
        }
        self.early.insert(n, lines);
        while let Some(lines) = self.early.remove(&self.next) {
            self.next += 1;
            self.add_all(at, lines)?;
        }
        Ok(())
    }

    /// Every line from the `after`th on that is due by `now`.
    pub(crate) fn after(&self, after: usize, now: u64) -> Vec<String> {
        let rest = self.lines.iter().skip(after);
        rest.take_while(|(at, _)| *at <= now).map(|(_, line)| line.clone()).collect()
    }

    /// When the `after`th line is due, if it is known already.
    pub(crate) fn due(&self, after: usize) -> Option<u64> {
        self.lines.get(after).map(|(at, _)| *at)
    }

    fn add_all(&mut self, at: u64, lines: Vec<String>) -> Result<(), Full> {
        lines.into_iter().try_for_each(|line| self.add(at, line))
    }
}

const MOST_LINES: usize = 10_000;
const MOST_OCTETS: usize = 64 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(news: &News, after: usize, now: u64, expected: &[&str]) {
        assert_eq!(news.after(after, now), expected, "after {after} at {now}");
    }

    #[test]
    fn news_come_when_due_and_from_where_asked() {
        let mut news = News::default();
        for (at, line) in [(10, "a"), (20, "b"), (20, "c")] {
            news.add(at, line.to_owned()).expect("room");
        }
        check(&news, 0, 9, &[]);
        check(&news, 0, 10, &["a"]);
        check(&news, 1, 19, &[]);
        check(&news, 1, 20, &["b", "c"]);
        check(&news, 3, 99, &[]);
        check(&news, usize::MAX, 99, &[]);
        assert_eq!([0, 1, 3].map(|after| news.due(after)), [Some(10), Some(20), None]);
    }

    #[test]
    fn a_message_counts_once_and_in_its_turn() {
        let mut news = News::default();
        for n in [Some(0), Some(2), Some(0), None, Some(2), Some(1), None, Some(1)] {
            news.answer(n, 5, vec![format!("{n:?}")]).expect("room");
        }
        check(&news, 0, 5, &["Some(0)", "None", "Some(1)", "Some(2)", "None"]);
    }
}
