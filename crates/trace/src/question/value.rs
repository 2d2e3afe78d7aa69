//! What fills the gaps of a question and what may be answered: typed, and written when it is shown.

use std::fmt::Display;
use std::rc::Rc;

use super::Turn;
use crate::caption;
use crate::event::Event;
use crate::scenario::{Tls, Transport};

/// A text in which each `{}` is a gap, and what fills the gaps in order.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The text.
    pub text: &'static str,
    /// What fills its gaps.
    pub gaps: Vec<Value>,
}

/// Something that a run or octets say.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// So many octets.
    Octets(u64),
    /// So many.
    Number(u64),
    /// A close code.
    Code(u16),
    /// That no rule is broken.
    InOrder,
    /// Microseconds, as a time of the run.
    Seconds(u64),
    /// Microseconds, as a setting.
    Pace(u64),
    /// Octets in hexadecimal, the first of them.
    Hex(Vec<u8>),
    /// What somebody says.
    Quote(String),
    /// What happened.
    Event(Rc<Event>),
    /// How a lane carries it.
    Over(Transport),
    /// How it is encrypted.
    Tls(Tls),
    /// One of the two lanes.
    Lane(usize),
    /// Neither lane before the other.
    Tie,
    /// Whose turn it is.
    Turn(Turn),
    /// A name that the page has for it.
    Name(&'static str),
}

impl Told {
    /// The text with its gaps filled, in the language that is spoken.
    pub fn told(&self) -> String {
        let written: Vec<String> = self.gaps.iter().map(Value::written).collect();
        let gaps: Vec<&dyn Display> = written.iter().map(|gap| gap as &dyn Display).collect();
        tongue::fill(self.text, &gaps)
    }
}

impl Value {
    /// As it stands in a sentence or on a button.
    pub fn written(&self) -> String {
        match self {
            Self::Octets(number) => caption::octets(*number),
            Self::Number(number) => caption::count(*number),
            Self::Code(code) => code.to_string(),
            Self::InOrder => tongue::say("None: it is in order").to_owned(),
            Self::Seconds(micros) => caption::seconds(*micros),
            Self::Pace(micros) => caption::plain_seconds(*micros),
            Self::Hex(octets) => hex(octets),
            Self::Quote(text) => caption::quote(text),
            Self::Event(event) => caption::title(event),
            Self::Over(transport) => tongue::say(transport.name()).to_owned(),
            Self::Tls(tls) => tongue::say(tls.name()).to_owned(),
            Self::Lane(0) => tongue::say("Lane A").to_owned(),
            Self::Lane(_) => tongue::say("Lane B").to_owned(),
            Self::Tie => tongue::say("Both, within 10 ms").to_owned(),
            Self::Turn(turn) => tongue::say(turn.name()).to_owned(),
            Self::Name(name) => tongue::say(name).to_owned(),
        }
    }

    /// Where it stands among other answers: numbers ascend, the rest keeps a fixed order.
    pub(super) fn rank(&self) -> u64 {
        match self {
            Self::Octets(number) | Self::Number(number) => *number,
            Self::Code(code) => u64::from(*code),
            Self::Lane(lane) => *lane as u64,
            Self::Turn(turn) => *turn as u64,
            // The alphabet: as good as any, and the same for every question.
            Self::Name(name) => name.bytes().take(8).fold(0, |rank, octet| rank << 8 | u64::from(octet)),
            _ => u64::MAX,
        }
    }
}

/// The first octets, and dots where there are more.
fn hex(octets: &[u8]) -> String {
    let shown: Vec<String> = octets.iter().take(MOST_OCTETS).map(|octet| format!("{octet:02x}")).collect();
    let more = if octets.len() > MOST_OCTETS { " …" } else { "" };
    shown.join(" ") + more
}

/// Octets that a question writes out.
const MOST_OCTETS: usize = 14;
