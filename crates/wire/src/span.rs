//! What a range of octets means.

use std::{borrow::Cow, ops::Range};

use tongue::say;

/// One explained range of a [`Unit`](crate::Unit)'s octets, or of the bits of one octet.
///
/// A delimiter (a space, a colon, CRLF) belongs to the element that it ends, so that spans tile the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which octets, counted from the unit's first.
    pub octets: Range<usize>,
    /// Which bits inside that one octet; 0 is the most significant. `None`: all of them.
    pub bits: Option<Range<u8>>,
    /// The RFC's name for it, in English: fields are found by it. [`Span::title`] is for people.
    pub name: Cow<'static, str>,
    /// What it says here, as a reader would write it.
    pub value: String,
    /// One plain sentence, said in the language that is spoken.
    pub meaning: Cow<'static, str>,
    /// Where it is defined, such as "RFC 6455 section 5.2".
    pub rfc: &'static str,
}

impl Span {
    /// Its name for people. What a field line is called is the same in every language.
    pub fn title(&self) -> &str {
        match &self.name {
            Cow::Borrowed(english) => say(english),
            Cow::Owned(name) => name,
        }
    }
}
