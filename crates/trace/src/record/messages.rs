//! Which message of the script a unit carries, told from its place and its target.

use wire::{handshake, sse};

use crate::answer;
use crate::event::Message;
use crate::scenario::{Loop, Speaker, Workload};

use super::Plan;

impl Plan {
    /// The `n`th thing that `speaker` says, with this text.
    pub(super) fn message(&self, speaker: Speaker, n: u32, text: &str) -> Message {
        let script = self.script.len() as u32;
        let id = match (self.workload, speaker) {
            (Workload::Echo, Speaker::Server) => script.saturating_add(n),
            _ => {
                let own = (0..).zip(&self.script).filter(|(_, it)| it.from == speaker);
                own.map(|(id, _)| id).nth(n as usize).unwrap_or(u32::MAX)
            }
        };
        Message { id, text: text.into() }
    }

    /// What the server says because of `message`, which it has just heard.
    pub(super) fn brought_about(&self, message: &Message) -> Vec<Message> {
        match self.workload.loops() {
            Loop::Open => Vec::new(),
            Loop::Echo => vec![self.message(Speaker::Server, message.id, &message.text)],
            Loop::Asked => {
                let own = (0..).zip(&self.script).filter(|(_, it)| it.from == Speaker::You);
                let n = own.map(|(id, _)| id).take_while(|id| *id != message.id).count() as u32;
                let parts = n * self.parts()..(n + 1) * self.parts();
                parts
                    .map(|part| self.message(Speaker::Server, part, self.line(Speaker::Server, part)))
                    .collect()
            }
        }
    }

    /// What the visitor says because of `message`, which is an echo.
    pub(super) fn next(&self, message: &Message) -> Option<Message> {
        let next = message.id.checked_sub(self.script.len() as u32)? + 1;
        let echoes = self.workload.loops() == Loop::Echo;
        let line = self.script.get(next as usize).filter(|_| echoes)?;
        Some(self.message(Speaker::You, next, &line.text))
    }

    /// What a request of `speaker` to `target` with this content carries.
    pub(super) fn asked(&self, speaker: Speaker, target: &str, content: &[u8]) -> Vec<Message> {
        let (path, n) = split(target);
        if matches!(path, answer::SAY | answer::ECHO | answer::HOOK) || !content.is_empty() {
            return vec![self.message(speaker, n, &String::from_utf8_lossy(content))];
        }
        Vec::new()
    }

    /// What the answer to `target` carries.
    pub(super) fn answered(&self, target: &str, content: &[u8]) -> Vec<Message> {
        let (path, n) = split(target);
        let text = String::from_utf8_lossy(content);
        let lines = |first: u32| -> Vec<Message> {
            let places = (0..).map(|place| first.saturating_add(place));
            places.zip(text.split('\n')).map(|(n, line)| self.message(Speaker::Server, n, line)).collect()
        };
        match (path, self.workload.loops()) {
            _ if text.is_empty() => Vec::new(),
            (answer::NEWS, _) => lines(n),
            (_, Loop::Asked) => lines(n.saturating_mul(self.parts())),
            _ => vec![self.message(Speaker::Server, n, &text)],
        }
    }

    /// What an event of a stream says; its ID says which line of news it is. What was binary went as Base64:
    /// nobody else says something that is just the Base64 of what was to be said.
    pub(super) fn event(&self, event: &sse::Event) -> Message {
        let n = event.id.parse().unwrap_or(1_u32).saturating_sub(1);
        let speaker = if self.workload.loops() == Loop::Echo { Speaker::You } else { Speaker::Server };
        let line = self.line(speaker, n);
        let binary = !line.is_empty() && handshake::base64(line.as_bytes()) == event.data;
        self.message(Speaker::Server, n, if binary { line } else { &event.data })
    }

    /// The `n`th line of `speaker`.
    fn line(&self, speaker: Speaker, n: u32) -> &str {
        let mut own = self.script.iter().filter(|it| it.from == speaker);
        own.nth(n as usize).map_or("", |utterance| &utterance.text)
    }

    /// How many messages answer one question.
    fn parts(&self) -> u32 {
        let asks = self.script.iter().filter(|it| it.from == Speaker::You).count();
        (self.script.len() - asks).checked_div(asks).unwrap_or(0) as u32
    }
}

/// The path of a target and the number in its query, or 0.
fn split(target: &str) -> (&str, u32) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let number = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        matches!(name, "n" | "after").then(|| value.parse().ok()).flatten()
    });
    (path, number.unwrap_or(0))
}
