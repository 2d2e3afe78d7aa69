//! The numbers that the visitor sets: parsed, kept within their bounds, refused with a sentence.

use trace::decimal::parse_thousandths;
use trace::fragment;

use super::State;

/// A number that the visitor sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Knob {
    /// Milliseconds.
    RoundTrip,
    /// Megabits per second.
    Bandwidth,
    /// Milliseconds.
    Poll,
    /// A count.
    Messages,
    /// Octets; empty leaves the words as they are.
    Size,
}

impl State {
    /// Sets a knob; what cannot be used is refused with a notice, and the last good value stays.
    pub(super) fn knob(&mut self, knob: Knob, text: &str) {
        let mut scenario = self.scenario.clone();
        let outcome = match knob {
            Knob::RoundTrip => whole(text, fragment::ROUND_TRIP, "Round trip", "ms")
                .map(|it| scenario.network.round_trip = it * 1_000),
            Knob::Bandwidth => megabits(text).map(|it| scenario.network.kilobits = it),
            Knob::Poll => {
                whole(text, fragment::POLL, "Polling interval", "ms").map(|it| scenario.poll = it * 1_000)
            }
            Knob::Messages => {
                whole(text, fragment::MESSAGES, "Messages", "").map(|it| scenario.messages = it as u32)
            }
            Knob::Size if text.trim().is_empty() => {
                scenario.size = None;
                Ok(())
            }
            Knob::Size => whole(text, fragment::SIZE, "Message size", "octets")
                .map(|it| scenario.size = Some(it as u32)),
        };
        match outcome {
            Ok(()) => {
                self.notice = None;
                self.play(scenario);
            }
            Err(notice) => self.notice = Some(notice),
        }
    }
}

fn whole(text: &str, (least, most): (u64, u64), name: &str, unit: &str) -> Result<u64, String> {
    let refused = || {
        let range = format!("{name} takes a whole number from {least} to {most} {unit}");
        format!("{}, not “{text}”. The last good value stays.", range.trim_end())
    };
    text.trim().parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(refused)
}

fn megabits(text: &str) -> Result<u32, String> {
    let (least, most) = fragment::KILOBITS;
    parse_thousandths(text.trim())
        .filter(|kilobits| (least..=most).contains(kilobits))
        .map(|kilobits| kilobits as u32)
        .ok_or_else(|| {
            format!("Bandwidth takes 0.016 to 10000 Mbit/s, not “{text}”. The last good value stays.")
        })
}
