//! Who says what on the lanes of a run, and what the server says because of it.

use std::sync::Arc;

use trace::live::Speaker;
use trace::scenario::{Loop, Utterance, Workload};

/// What both sides of a run have to say.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    loops: Loop,
    you: Arc<[Utterance]>,
    server: Arc<[Utterance]>,
}

impl Script {
    /// Puts what each says in the order in which it is due.
    pub(crate) fn new(workload: Workload, mut utterances: Vec<Utterance>) -> Self {
        utterances.sort_by_key(|utterance| utterance.at);
        let (you, server): (Vec<_>, Vec<_>) = utterances.into_iter().partition(|it| it.from == Speaker::You);
        Self { loops: workload.loops(), you: you.into(), server: server.into() }
    }

    /// What a side says of its own accord.
    pub(crate) fn unasked(&self, side: Speaker) -> &[Utterance] {
        match (self.loops, side) {
            (Loop::Open | Loop::Asked, Speaker::You) => &self.you,
            (Loop::Open, Speaker::Server) => &self.server,
            (Loop::Echo, Speaker::You) => self.you.get(..1).unwrap_or_default(),
            (Loop::Asked | Loop::Echo, Speaker::Server) => &[],
        }
    }

    /// What the visitor says once `heard` answers have come: of an echo, the next message.
    pub(crate) fn next(&self, heard: usize) -> Option<&Utterance> {
        self.you.get(heard).filter(|_| self.loops == Loop::Echo)
    }

    /// How many messages a side hears in all.
    pub(crate) fn expected(&self, side: Speaker) -> usize {
        match (self.loops, side) {
            (Loop::Echo, _) | (_, Speaker::Server) => self.you.len(),
            (_, Speaker::You) => self.server.len(),
        }
    }

    /// Whether the server says something because of what it is told.
    pub(crate) fn answers_back(&self) -> bool {
        self.loops != Loop::Open
    }

    /// What the server says because of message `n`, which said `said`.
    pub(crate) fn answers(&self, n: usize, said: Vec<u8>) -> Vec<Vec<u8>> {
        match self.loops {
            Loop::Open => Vec::new(),
            Loop::Echo => vec![said],
            Loop::Asked => {
                let parts = self.server.len().checked_div(self.you.len()).unwrap_or(0);
                let own = self.server.iter().skip(parts.saturating_mul(n)).take(parts);
                own.map(|utterance| utterance.text.clone().into_bytes()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The simulator's own script, and what answers message `n` of it.
    fn check(workload: Workload, messages: u32, n: usize, expected: &[&str]) {
        let scenario = trace::scenario::Scenario { workload, messages, size: Some(6), ..Default::default() };
        let script = Script::new(workload, scenario.script());
        let answers = script.answers(n, b"said".to_vec());
        let texts: Vec<_> = answers.iter().map(|answer| String::from_utf8_lossy(answer)).collect();
        assert_eq!(texts, expected, "{workload:?} {n}");
    }

    #[test]
    fn what_a_message_brings_about() {
        check(Workload::Chat, 5, 0, &[]);
        check(Workload::Echo, 5, 9, &["said"]);
        check(Workload::Download, 3, 0, &["part 1", "part 2", "part 3"]);
        check(Workload::Download, 3, 1, &[]);
        check(Workload::Page, 3, 1, &["part 2"]);
        check(Workload::Reads, 3, 2, &["item 3"]);
        check(Workload::Reads, 3, usize::MAX, &[]);
        check(Workload::Reads, 0, 0, &[]);
    }
}
