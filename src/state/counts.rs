//! The numbers beside "Run live": what was typed becomes one that can be used, and where it is another one, that
//! is said.

use tongue::say;
use trace::fragment;

use super::Live;

impl Live {
    /// Sets how many runs there are in a row.
    pub(super) fn set_repeats(&mut self, text: &str) {
        let range = (1, u64::from(MOST_REPEATS));
        let repeats = number(text).unwrap_or_default().clamp(range.0, range.1);
        self.repeats = repeats as u32;
        self.remark(say("Runs"), text, range, &repeats.to_string());
    }

    /// Sets the most octets of a message in one frame; what is no number above 0 means all of them.
    pub(super) fn set_fragment(&mut self, text: &str) {
        // No message is longer.
        let range = (1, fragment::SIZE.1);
        let octets = number(text).filter(|&octets| octets > 0).map(|octets| octets.min(range.1));
        self.fragment = octets.map(|octets| octets as u32);
        self.remark(say("Octets in a frame"), text, range, &written(octets, say("all")));
    }

    /// Sets the milliseconds between Pings; what is no number means never.
    pub(super) fn set_ping(&mut self, text: &str) {
        let range = (SHORTEST_PAUSE, LONGEST_PAUSE);
        let millis = number(text).map(|millis| millis.clamp(range.0, range.1));
        self.ping = millis.map(|millis| millis * 1_000);
        self.remark(say("Ping every, ms"), text, range, &written(millis, say("never")));
    }

    /// Says what a field has made of `text`, where that is something else; an empty field says so itself.
    fn remark(&mut self, name: &str, text: &str, (least, most): (u64, u64), became: &str) {
        let text = text.trim();
        // While a run is under way this line tells how it goes.
        if !self.running {
            let said = text.is_empty() || text == became;
            self.status = if said {
                String::new()
            } else {
                say!("{} takes {} to {}: “{}” became {}.", name, least, most, text, became)
            };
        }
    }
}

fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

fn written(number: Option<u64>, none: &str) -> String {
    number.map_or_else(|| none.to_owned(), |number| number.to_string())
}

/// How many runs in a row at most.
pub const MOST_REPEATS: u32 = 20;

/// In milliseconds: between two Pings.
const SHORTEST_PAUSE: u64 = 10;
const LONGEST_PAUSE: u64 = 60_000;
