//! Which message of the script a unit carries, told from its place and its target.

use crate::answer;
use crate::event::Message;
use crate::scenario::{Speaker, Workload};

use super::Plan;

impl Plan {
    /// The `n`th thing that `speaker` says, with this text.
    pub(super) fn message(&self, speaker: Speaker, n: u32, text: &str) -> Message {
        let script = self.script.len() as u32;
        let id = match (self.workload, speaker) {
            (Workload::Echo, Speaker::Server) => script + n,
            _ => {
                let own = (0..).zip(&self.script).filter(|(_, it)| it.from == speaker);
                own.map(|(id, _)| id).nth(n as usize).unwrap_or(u32::MAX)
            }
        };
        Message { id, text: text.into() }
    }

    /// What a request to `target` with this content carries.
    pub(super) fn asked(&self, target: &str, content: &[u8]) -> Vec<Message> {
        let (path, n) = split(target);
        if matches!(path, answer::SAY | answer::ECHO) || !content.is_empty() {
            return vec![self.message(Speaker::You, n, &String::from_utf8_lossy(content))];
        }
        Vec::new()
    }

    /// What the answer to `target` carries.
    pub(super) fn answered(&self, target: &str, content: &[u8]) -> Vec<Message> {
        let (path, n) = split(target);
        let text = String::from_utf8_lossy(content);
        match path {
            _ if text.is_empty() => Vec::new(),
            answer::NEWS => {
                (n..).zip(text.split('\n')).map(|(n, line)| self.message(Speaker::Server, n, line)).collect()
            }
            _ => vec![self.message(Speaker::Server, n, &text)],
        }
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
