//! The numbers beside "Run live": what was typed becomes one that can be used, and where it is another one, that
//! is said.

use tongue::{Sentence, say, word};
use trace::fragment;

use super::Live;

impl Live {
    /// Sets how many runs there are in a row.
    pub(super) fn set_repeats(&mut self, text: &str) {
        let range = (1, u64::from(MOST_REPEATS));
        let repeats = number(text).unwrap_or_default().clamp(range.0, range.1);
        self.repeats = repeats as u32;
        self.remark(word!("Runs"), text, range, Some(repeats), "");
    }

    /// Sets the most octets of a message in one frame; what is no number above 0 means all of them.
    pub(super) fn set_fragment(&mut self, text: &str) {
        // No message is longer.
        let range = (1, fragment::SIZE.1);
        let octets = number(text).filter(|&octets| octets > 0).map(|octets| octets.min(range.1));
        self.fragment = octets.map(|octets| octets as u32);
        self.remark(word!("Octets in a frame"), text, range, octets, word!("all"));
    }

    /// Sets the milliseconds between Pings; what is no number means never.
    pub(super) fn set_ping(&mut self, text: &str) {
        let range = (SHORTEST_PAUSE, LONGEST_PAUSE);
        let millis = number(text).map(|millis| millis.clamp(range.0, range.1));
        self.ping = millis.map(|millis| millis * 1_000);
        self.remark(word!("Ping every, ms"), text, range, millis, word!("never"));
    }

    /// Says what a field has made of `text`, where that is something else; an empty field says so itself. `none` is
    /// what no number means there.
    fn remark(
        &mut self,
        name: &'static str,
        text: &str,
        (least, most): (u64, u64),
        became: Option<u64>,
        none: &'static str,
    ) {
        // While a run is under way this line tells how it goes.
        if self.running {
            return;
        }
        let text = text.trim().to_owned();
        let number = became.map(|number| number.to_string());
        let meant = text.is_empty() || number.as_ref() == Some(&text);
        self.status = (!meant).then(|| {
            Sentence::of(move || {
                let became = number.as_deref().unwrap_or_else(|| say(none));
                say!("{} takes {} to {}: “{}” became {}.", say(name), least, most, text, became)
            })
        });
    }
}

fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

/// How many runs in a row at most.
pub const MOST_REPEATS: u32 = 20;

/// In milliseconds: between two Pings.
const SHORTEST_PAUSE: u64 = 10;
const LONGEST_PAUSE: u64 = 60_000;
