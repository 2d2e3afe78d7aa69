//! Rules to break: each case is a conversation in which one octet or one field is wrong.

mod frames;
mod heads;

use crate::apart;
use crate::exhibit::{Dissection, Piece, Start};

/// One broken rule.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name in a link.
    pub id: &'static str,
    /// Its name on the page, in English, as its story: they are said where they are shown.
    pub name: &'static str,
    /// What goes wrong and why there is a rule against it, in one or two sentences.
    pub story: &'static str,
    /// What the conversation begins with.
    pub start: Start,
    pieces: fn() -> Vec<Piece>,
}

impl Case {
    /// What crosses the connection.
    pub fn pieces(&self) -> Vec<Piece> {
        (self.pieces)()
    }

    /// The conversation, taken apart up to the broken rule.
    pub fn dissect(&self) -> Dissection {
        Dissection::of(&self.pieces(), self.start)
    }

    /// The cases about frames, then those about heads.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        apart::cases()
    }

    /// The case of this name in a link.
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().find(|case| case.id == id)
    }
}

/// See [`Case::all`].
pub(crate) const CASES: [&[Case]; 2] = [frames::CASES, heads::CASES];

/// The [`id`](Case::id) of the first of them: known before they are there.
pub const FIRST: &str = "unmasked-client";
