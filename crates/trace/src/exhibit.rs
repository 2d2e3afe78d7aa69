//! What the inspector shows: octets in order, each unit with its fields, and what is wrong with them.

mod copy;
mod culprit;
mod dissection;
mod of_event;

use std::ops::Range;

use tongue::say;
use wire::{Body, Opcode, Span, Unit};

use crate::{answer, caption};

pub use copy::{c_array, command, hex, text, tool};
pub use dissection::{Dissection, Piece, Start, Trouble};
pub use of_event::of_event;
pub(crate) use of_event::taken_apart;

/// One unit on show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exhibit {
    /// Its octets and what they mean.
    pub unit: Unit,
    /// What its octets mean, in order; they tile the unit.
    pub fields: Vec<Span>,
    /// Which of its octets nobody can know; they are shown as `??`.
    pub unknown: Vec<Range<usize>>,
    /// Which field breaks a rule, if one does.
    pub culprit: Option<usize>,
}

impl Exhibit {
    /// A unit whose octets are all known and in order.
    pub fn new(unit: Unit) -> Self {
        let fields = unit.spans();
        Self { unit, fields, unknown: Vec::new(), culprit: None }
    }

    /// Some of its octets, as a unit of their own; `None` if those are all, or if it does not have them.
    pub(crate) fn part(&self, octets: Range<usize>) -> Option<Self> {
        let own = self.unit.octets.get(octets.clone())?.to_vec();
        if own.len() == self.unit.octets.len() {
            return None;
        }
        let inside = |range: &Range<usize>| {
            let [start, end] = [range.start, range.end].map(|at| at.clamp(octets.start, octets.end));
            (start < end).then(|| start - octets.start..end - octets.start)
        };
        let fields =
            self.fields.iter().filter_map(|it| Some(Span { octets: inside(&it.octets)?, ..it.clone() }));
        let unit = Unit {
            offset: self.unit.offset + octets.start as u64,
            head: self.unit.head.clamp(octets.start, octets.end) - octets.start,
            octets: own,
            ..self.unit.clone()
        };
        let unknown = self.unknown.iter().filter_map(inside).collect();
        Some(Self { fields: fields.collect(), unknown, culprit: None, unit })
    }

    /// The field lines of a response that are there for this page's sake: they let its script read the answer and
    /// time it. How many octets they have; 0 in whatever is no such head.
    pub fn instruments(&self) -> u64 {
        let own = self.fields.iter().filter(|span| self.is_instrument(span));
        own.map(|span| span.octets.len() as u64).sum()
    }

    /// Whether a field is one of them.
    pub fn is_instrument(&self, span: &Span) -> bool {
        self.unit.response().is_some()
            && answer::INSTRUMENTS.iter().any(|it| span.name.eq_ignore_ascii_case(it))
    }

    /// What it is, in a few words.
    pub fn title(&self) -> String {
        let text = |octets| std::str::from_utf8(octets).ok().filter(|it| !it.contains(char::is_control));
        match &self.unit.body {
            Body::Request(request) if request.method.is_empty() => {
                say!("Request head that breaks a rule").to_owned()
            }
            Body::Request(request) => say!("Request {} {}", request.method, request.target),
            Body::Response(response) if response.status == 0 => {
                say!("Response head that breaks a rule").to_owned()
            }
            Body::Response(response) => say!("Response {} {}", response.status, response.reason),
            Body::Frame(header) => {
                let name = caption::opcode_name(header.opcode);
                let content = self.unit.content.as_slice();
                let carried = match (header.opcode, content) {
                    _ if !self.unknown.is_empty() => None,
                    (Opcode::Close, &[high, low, ..]) => Some(u16::from_be_bytes([high, low]).to_string()),
                    (Opcode::Text | Opcode::Continuation, [_, ..]) if !header.rsv[0] => {
                        text(content).map(caption::quote)
                    }
                    _ => None,
                };
                match carried {
                    Some(carried) => say!("{} frame, {}", name, carried),
                    None => say!("{} frame", name),
                }
            }
        }
    }

    /// Which field an octet belongs to; of the fields of single bits, the first.
    pub fn field_at(&self, octet: usize) -> Option<usize> {
        self.fields.iter().position(|span| span.octets.contains(&octet))
    }

    /// The field of this name: its place among the unit's fields; of several, the first.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether an octet is known.
    pub fn knows(&self, octet: usize) -> bool {
        !self.unknown.iter().any(|range| range.contains(&octet))
    }

    /// What a field says, or `??` where its octets are unknown.
    pub fn value(&self, field: &Span) -> String {
        let unknown =
            self.unknown.iter().any(|range| range.start < field.octets.end && field.octets.start < range.end);
        if unknown {
            format!("?? ({})", caption::octets(field.octets.len() as u64))
        } else {
            field.value.clone()
        }
    }

    /// The frame's masking key, where it is known.
    pub fn key(&self) -> Option<[u8; 4]> {
        let header = self.unit.frame()?;
        header.mask.filter(|_| self.unknown.is_empty())
    }
}
