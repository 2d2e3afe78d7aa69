//! The numbers that the visitor sets: parsed, kept within their bounds, refused with a sentence.

use tongue::{Sentence, say, word};
use trace::decimal::parse_thousandths;
use trace::fragment;
use trace::heads::{self, Preset};
use trace::scenario::Tls;

use super::State;

/// A number that the visitor sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Knob {
    /// Milliseconds.
    RoundTrip,
    /// Megabits per second, each way or up only.
    Bandwidth,
    /// Megabits per second down; empty: as up.
    Down,
    /// Milliseconds.
    Jitter,
    /// Percent of the segments.
    Loss,
    /// Octets.
    Mss,
    /// Segments.
    Window,
    /// Milliseconds.
    Think,
    /// Seconds; empty: there is no proxy.
    Idle,
    /// Milliseconds.
    Poll,
    /// A count.
    Messages,
    /// Octets; empty leaves the words as they are.
    Size,
    /// Messages a second; empty: the workload's own pace.
    Rate,
    /// Milliseconds.
    Gap,
    /// Milliseconds.
    Hold,
    /// Octets.
    Cookie,
    /// The id of a preset of heads.
    Heads,
    /// The id of a TLS handshake.
    Tls,
    /// `1` or `0`.
    Binary,
    /// Field lines, one a line.
    Extra,
}

impl State {
    /// Sets a knob; what cannot be used is refused with a notice, and the last good value stays.
    pub(super) fn knob(&mut self, knob: Knob, text: &str) {
        let mut scenario = self.scenario.clone();
        let link = &mut scenario.network;
        let empty = text.trim().is_empty();
        let whole = |range, name, unit| whole(text, range, name, unit);
        let outcome = match knob {
            Knob::RoundTrip => whole(fragment::ROUND_TRIP, word!("Round trip"), word!("ms"))
                .map(|it| link.round_trip = it * 1_000),
            Knob::Bandwidth => megabits(text, word!("Bandwidth")).map(|it| link.kilobits = it),
            Knob::Down if empty => {
                link.down_kilobits = None;
                Ok(())
            }
            Knob::Down => megabits(text, word!("Bandwidth down")).map(|it| link.down_kilobits = Some(it)),
            Knob::Jitter => {
                whole(fragment::JITTER, word!("Jitter"), word!("ms")).map(|it| link.jitter = it * 1_000)
            }
            Knob::Loss => loss(text).map(|it| link.loss = it),
            Knob::Mss => whole(fragment::LARGEST_SEGMENT, word!("Segment size"), word!("octets"))
                .map(|it| link.mss = it as u32),
            Knob::Window => whole(fragment::WINDOW, word!("Initial window"), word!("segments"))
                .map(|it| link.window = it as u32),
            Knob::Think => {
                whole(fragment::THINK, word!("Think time"), word!("ms")).map(|it| link.think = it * 1_000)
            }
            Knob::Idle if empty => {
                link.idle = None;
                Ok(())
            }
            Knob::Idle => {
                let (least, most) = fragment::IDLE;
                let seconds = (least / 1_000, most / 1_000);
                whole(seconds, word!("Proxy cuts after"), word!("s"))
                    .map(|it| link.idle = Some(it * 1_000_000))
            }
            Knob::Poll => whole(fragment::POLL, word!("Polling interval"), word!("ms"))
                .map(|it| scenario.poll = it * 1_000),
            Knob::Messages => {
                whole(fragment::MESSAGES, word!("Messages"), "").map(|it| scenario.messages = it as u32)
            }
            Knob::Rate if empty => {
                scenario.rate = None;
                Ok(())
            }
            Knob::Rate => whole(fragment::RATE, word!("Rate"), word!("a second"))
                .map(|it| scenario.rate = Some(it as u32)),
            Knob::Gap => whole(fragment::GAP, word!("Time between messages"), word!("ms"))
                .map(|it| scenario.gap = it * 1_000),
            Knob::Hold => whole(fragment::HOLD, word!("Long polling holds"), word!("ms"))
                .map(|it| scenario.hold = it * 1_000),
            Knob::Cookie => whole(fragment::COOKIE, word!("Cookie size"), word!("octets"))
                .map(|it| scenario.cookie = it as u32),
            Knob::Heads => {
                scenario.preset = Preset::from_id(text).unwrap_or_default();
                Ok(())
            }
            Knob::Tls => {
                let found = Tls::ALL.into_iter().find(|tls| tls.id() == text);
                link.tls = found.unwrap_or_default();
                Ok(())
            }
            Knob::Binary => {
                scenario.binary = text == "1";
                Ok(())
            }
            Knob::Extra => field_lines(text).map(|lines| scenario.extra = lines),
            Knob::Size if empty => {
                scenario.size = None;
                Ok(())
            }
            Knob::Size => whole(fragment::SIZE, word!("Message size"), word!("octets"))
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

fn whole(
    text: &str,
    (least, most): (u64, u64),
    name: &'static str,
    unit: &'static str,
) -> Result<u64, Sentence> {
    let refused = || {
        let text = text.to_owned();
        Sentence::of(move || match unit {
            "" => say!(
                "{} takes a whole number from {} to {}, not “{}”. The last good value stays.",
                say(name),
                least,
                most,
                text
            ),
            unit => say!(
                "{} takes a whole number from {} to {} {}, not “{}”. The last good value stays.",
                say(name),
                least,
                most,
                say(unit),
                text
            ),
        })
    };
    text.trim().parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(refused)
}

fn megabits(text: &str, name: &'static str) -> Result<u32, Sentence> {
    let (least, most) = fragment::KILOBITS;
    parse_thousandths(text.trim())
        .filter(|kilobits| (least..=most).contains(kilobits))
        .map(|kilobits| kilobits as u32)
        .ok_or_else(|| {
            let text = text.to_owned();
            Sentence::of(move || {
                say!("{} takes 0.016 to 10000 Mbit/s, not “{}”. The last good value stays.", say(name), text)
            })
        })
}

/// `Name: value`, one a line.
fn field_lines(text: &str) -> Result<Vec<(String, String)>, Sentence> {
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((name, value)) = line.split_once(':') else {
            let line = line.to_owned();
            return Err(Sentence::of(move || {
                say!("“{}” is no field line: write Name: value. The last good lines stay.", line)
            }));
        };
        let (name, value) = (name.trim_end(), value.trim());
        heads::check(name, value).map_err(|why| {
            let line = line.to_owned();
            Sentence::of(move || say!("“{}”: {}. The last good lines stay.", line, why))
        })?;
        lines.push((name.to_owned(), value.to_owned()));
    }
    if lines.len() > fragment::MOST_EXTRA {
        return Err(Sentence::of(|| say!("Up to {} field lines can be added.", fragment::MOST_EXTRA)));
    }
    Ok(lines)
}

/// Percent, to segments of 10,000.
fn loss(text: &str) -> Result<u32, Sentence> {
    let found = parse_thousandths(text.trim()).map(|thousandths| thousandths / 10);
    found
        .filter(|loss| (fragment::LOSS.0..=fragment::LOSS.1).contains(loss))
        .map(|loss| loss as u32)
        .ok_or_else(|| {
            let text = text.to_owned();
            Sentence::of(move || say!("Loss takes 0 to 20 %, not “{}”. The last good value stays.", text))
        })
}
