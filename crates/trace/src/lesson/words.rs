//! A sentence or two with gaps, and the figures that fill them.

use std::fmt::Display;

use tongue::fill;

use super::Shown;
use super::pick::Pick;
use crate::caption::{count, octets, plural, quoted, seconds};
use crate::trace::Trace;
use crate::workbench::Desk;

/// What is told: a text in which each `{}` is a gap. What stands between back quotes is code.
#[derive(Debug)]
pub struct Words {
    /// The text, without a figure of its own.
    pub text: &'static str,
    /// What fills the gaps, in order.
    pub figures: &'static [Figure],
}

impl Words {
    /// The text, with the figures of what is shown.
    pub fn told(&self, shown: Shown) -> String {
        let written: Vec<String> = self.figures.iter().map(|figure| figure.written(shown)).collect();
        let gaps: Vec<&dyn Display> = written.iter().map(|it| it as &dyn Display).collect();
        fill(self.text, &gaps)
    }
}

/// Reads a number off a run.
pub type Read = fn(&Trace) -> u64;

/// A number of what is shown, and how it is written.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// Microseconds, as `0.95 s`.
    Seconds(Read),
    /// As `12 octets`.
    Octets(Read),
    /// As `1,234`.
    Number(Read),
    /// As `1000`: a code, which has no thousands.
    Code(Read),
    /// As `3 requests`; see [`plural`] for what can be counted.
    Count(Read, &'static str),
    /// What was said, in quotation marks.
    Quote(Pick),
    /// What is read off the workbench, written as it is to stand there.
    Made(fn(&Desk) -> String),
}

impl Figure {
    /// Nothing where a run is asked for what only the workbench has, or the other way round.
    fn written(self, shown: Shown) -> String {
        let trace = match (self, shown) {
            (Self::Made(read), Shown::Octets(desk)) => return read(desk),
            (_, Shown::Octets(_)) => return String::new(),
            (_, Shown::Run(trace)) => trace,
        };
        match self {
            Self::Seconds(read) => seconds(read(trace)),
            Self::Octets(read) => octets(read(trace)),
            Self::Number(read) => count(read(trace)),
            Self::Code(read) => read(trace).to_string(),
            Self::Count(read, noun) => plural(read(trace), noun),
            Self::Quote(pick) => pick.event(trace).map_or_else(String::new, |event| quoted(event)),
            Self::Made(_) => String::new(),
        }
    }
}
