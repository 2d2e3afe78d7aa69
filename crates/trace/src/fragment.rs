//! The URL fragment: scenario, view, selection and time, as `name=value` pairs that can be read.
//!
//! Unknown names are passed over and bad values fall back to the default, each with a [`Complaint`]:
//! a link from a newer or a mistyped page still opens on something.

mod network;
mod ways;

use form_urlencoded::{Serializer, parse};
use tongue::{say, word};

use crate::card;
use crate::layout::Sight;
use crate::lesson;
use crate::lesson::telling::Telling;
use crate::question::Kind;
use crate::scenario::{Scenario, Speaker, Utterance};
use crate::workbench::Bench;

pub use network::{IDLE, JITTER, KILOBITS, LARGEST_SEGMENT, LOSS, ROUND_TRIP, THINK, WINDOW};
pub use ways::{COOKIE, GAP, HOLD, MOST_EXTRA, RATE};

/// What a link holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Link {
    /// The scenario.
    pub scenario: Scenario,
    /// What of its picture is looked at.
    pub sight: Sight,
    /// The playhead, in microseconds; `None` is the end.
    pub at: Option<u64>,
    /// The selected event: its place in the trace.
    pub selected: Option<usize>,
    /// The field of its octets, or of those on the workbench, that is explained.
    pub field: Option<usize>,
    /// The part of the page that the link shows.
    pub page: Page,
    /// To whom it is told.
    pub telling: Telling,
}

/// A part of the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Page {
    /// The lanes.
    #[default]
    Lab,
    /// A lesson at one of its beats, or their list.
    Lessons(Option<(String, usize)>),
    /// A misconception card, or their list.
    Cards(Option<String>),
    /// A question by its kind and its seed, or the list of kinds.
    Questions(Option<(Kind, u64)>),
    /// What lies on the workbench.
    Workbench(Bench),
    /// Tables and charts.
    Compare,
    /// For teachers: plans and handouts.
    Teach,
    /// The address for a class to type.
    Join,
}

/// A part of a link that could not be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", say!("“{}={}” (usable: {})", short(.name), short(.value), say(.expected)))]
pub struct Complaint {
    /// The name in the link.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What it should have been, in English.
    pub expected: &'static str,
}

impl Link {
    /// Writes only what differs from the default, so that short links stay short.
    pub fn write(&self) -> String {
        let mut out = Serializer::new(String::new());
        match self.page {
            Page::Teach => drop(out.append_key_only(TEACH)),
            Page::Join => drop(out.append_key_only(JOIN)),
            _ => self.pairs(&mut out),
        }
        match self.telling.pair() {
            Some((name, "")) => drop(out.append_key_only(name)),
            Some((name, value)) => drop(out.append_pair(name, value)),
            None => {}
        }
        out.finish()
    }

    fn pairs(&self, out: &mut Serializer<String>) {
        let (own, usual) = (&self.scenario, Scenario::default());
        let mut put = |name: &str, value: String| {
            out.append_pair(name, &value);
        };
        match &self.page {
            Page::Lab | Page::Teach | Page::Join => {}
            Page::Compare => put("view", "compare".to_owned()),
            Page::Workbench(bench) => {
                put("view", "workbench".to_owned());
                for (name, value) in bench.pairs() {
                    put(name, value);
                }
                if let Some(field) = self.field {
                    put("field", field.to_string());
                }
                return;
            }
            Page::Cards(Some(card)) => put("card", card.clone()),
            Page::Cards(None) => put("view", "cards".to_owned()),
            Page::Questions(Some((kind, seed))) => put("question", format!("{}.{seed}", kind.id())),
            Page::Questions(None) => put("view", "questions".to_owned()),
            Page::Lessons(told) => {
                put("view", "lessons".to_owned());
                if let Some((lesson, beat)) = told {
                    put("lesson", lesson.clone());
                    put("beat", (beat + 1).to_string());
                }
                return;
            }
        }
        if let Page::Cards(_) | Page::Questions(_) = self.page {
            return;
        }
        if own.lanes != usual.lanes {
            put("lanes", own.lanes.iter().map(|lane| lane.id()).collect::<Vec<_>>().join("."));
        }
        if own.workload != usual.workload {
            put("scenario", own.workload.id().to_owned());
        }
        network::write(&own.network, &mut put);
        let numbers = [
            ("poll", own.poll / 1_000, usual.poll / 1_000),
            ("messages", u64::from(own.messages), u64::from(own.workload.usual_messages())),
        ];
        for (name, value, default) in numbers {
            if value != default {
                put(name, value.to_string());
            }
        }
        if let Some(size) = own.size {
            put("size", size.to_string());
        }
        ways::pairs(own, &mut put);
        for utterance in &own.added {
            let name = if utterance.from == Speaker::You { "you" } else { "ben" };
            put(name, format!("{}:{}", utterance.at, utterance.text));
        }
        for (name, value) in self.sight.pairs() {
            put(name, value);
        }
        if let Some(at) = self.at {
            put("t", at.to_string());
        }
        if let Some(selected) = self.selected {
            put("event", selected.to_string());
        }
        if let Some(field) = self.field {
            put("field", field.to_string());
        }
    }

    /// Reads a fragment, with or without its `#`.
    pub fn read(fragment: &str) -> (Self, Vec<Complaint>) {
        let mut link = Self::default();
        let mut complaints = Vec::new();
        let mut counted = false;
        for (name, value) in parse(fragment.trim_start_matches('#').as_bytes()) {
            let taken = link.take(&name, &value);
            counted |= name == "messages" && taken.is_ok();
            if let Err(expected) = taken {
                complaints.push(Complaint { name: name.into_owned(), value: value.into_owned(), expected });
            }
        }
        if !counted {
            link.scenario.messages = link.scenario.workload.usual_messages();
        }
        (link, complaints)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        if let Some(telling) = Telling::read(name, value) {
            self.telling = telling?;
            return Ok(());
        }
        let own = &mut self.scenario;
        match name {
            TEACH => self.page = Page::Teach,
            JOIN => self.page = Page::Join,
            "view" => {
                self.page = match value {
                    "lab" => Page::Lab,
                    "lessons" => Page::Lessons(None),
                    "cards" => Page::Cards(None),
                    "questions" => Page::Questions(None),
                    "workbench" => Page::Workbench(Bench::default()),
                    "compare" => Page::Compare,
                    _ => return Err(word!("lab, lessons, cards, questions, workbench or compare")),
                }
            }
            "field" => {
                self.field =
                    Some(number(value, (0, u64::from(u32::MAX)), word!("the place of a field"))? as usize)
            }
            "card" => {
                self.page =
                    Page::Cards(Some(card::named(value).ok_or(word!("the name of a card"))?.id.to_owned()));
            }
            "question" => {
                let expected = word!("a kind of question, a dot and a number");
                let (kind, seed) = value.split_once('.').ok_or(expected)?;
                let kind = Kind::named(kind).ok_or(expected)?;
                self.page = Page::Questions(Some((kind, number(seed, (0, u64::MAX), expected)?)));
            }
            "lesson" => {
                self.page = Page::Lessons(None);
                let known = lesson::named(value).ok_or(word!("the name of a lesson"))?;
                self.page = Page::Lessons(Some((known.id.to_owned(), 0)));
            }
            "beat" => {
                let beats = match &self.page {
                    Page::Lessons(Some((id, _))) => lesson::named(id).map_or(0, |lesson| lesson.beats.len()),
                    _ => MOST_BEATS,
                };
                let beat = number(value, (1, beats as u64), word!("the number of a step"))? as usize - 1;
                if let Page::Lessons(Some((_, known))) = &mut self.page {
                    *known = beat;
                }
            }
            _ if matches!(self.page, Page::Workbench(_)) => {
                if let Page::Workbench(bench) = &mut self.page {
                    bench.take(name, value)?;
                }
            }
            _ if ways::take(own, name, value)? => {}
            "poll" => own.poll = number(value, POLL, word!("50 to 60000 ms"))? * 1_000,
            "messages" => own.messages = number(value, MESSAGES, word!("0 to 200"))? as u32,
            "size" => own.size = Some(number(value, SIZE, word!("1 to 65536 octets"))? as u32),
            "you" | "ben" => {
                let from = if name == "you" { Speaker::You } else { Speaker::Server };
                let expected = word!("microseconds, a colon, and one line of at most 200 octets");
                let (at, text) = value.split_once(':').ok_or(expected)?;
                let at = at.parse().ok().filter(|&at| at <= LATEST).ok_or(expected)?;
                let fits = text.len() <= LONGEST && !text.contains(['\r', '\n']) && !text.is_empty();
                if !fits || own.added.len() >= MOST_ADDED {
                    return Err(expected);
                }
                own.added.push(Utterance { at, from, text: text.to_owned() });
            }
            "layers" | "silence" | "zoom" => self.sight.take(name, value)?,
            "t" => self.at = Some(number(value, (0, u64::MAX), word!("microseconds"))?),
            "event" => {
                self.selected =
                    Some(number(value, (0, u64::from(u32::MAX)), word!("the place of an event"))? as usize)
            }
            _ => network::take(&mut own.network, name, value)?,
        }
        Ok(())
    }
}

/// As much of what a link says as a sentence can carry.
fn short(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn number(value: &str, (least, most): (u64, u64), expected: &'static str) -> Result<u64, &'static str> {
    value.parse().ok().filter(|number| (least..=most).contains(number)).ok_or(expected)
}

const TEACH: &str = "teach";
const JOIN: &str = "join";

/// Steps of a lesson that is not known.
const MOST_BEATS: usize = 1_000;

/// Characters of a link's part that are quoted.
const MOST_QUOTED: usize = 40;

/// The longest link that is written, in characters; what does not fit travels as a file.
pub const LONGEST_LINK: usize = 2_000;
/// Bounds of the polling interval, in milliseconds.
pub const POLL: (u64, u64) = (50, 60_000);
/// Bounds of the number of messages.
pub const MESSAGES: (u64, u64) = (0, 200);
/// Bounds of the message size, in octets.
pub const SIZE: (u64, u64) = (1, 65_536);
/// The longest message that may be added, in octets.
pub const LONGEST: usize = 200;
/// How many messages may be added.
pub const MOST_ADDED: usize = 50;
/// The latest time of an added message, in microseconds: ten minutes.
pub const LATEST: u64 = 600_000_000;
