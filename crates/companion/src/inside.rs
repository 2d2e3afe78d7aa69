//! The page that is part of the program: one file to copy, and nothing beside it.

use std::fmt;

/// The files of a page, each with its name below it, as in `words/zh-Hans.po`.
#[derive(Clone, Copy, Default)]
pub struct Inside(pub &'static [(&'static str, &'static [u8])]);

/// What was put into this program when it was built: nothing, in a debug build and without the feature
/// `page-inside`.
pub static INSIDE: Inside = Inside(include!(concat!(env!("OUT_DIR"), "/inside.rs")));

impl Inside {
    /// Whether there is no page.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The file of this name.
    pub fn file(self, name: &str) -> Option<&'static [u8]> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, octets)| *octets)
    }
}

/// Names and sizes: nobody reads a program's megabytes.
impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(name, octets)| (name, octets.len()))).finish()
    }
}
