//! What a range of octets means.

use std::{borrow::Cow, ops::Range};

/// One explained range of a [`Unit`](crate::Unit)'s octets, or of the bits of one octet.
///
/// A delimiter (a space, a colon, CRLF) belongs to the element that it ends, so that spans tile the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which octets, counted from the unit's first.
    pub octets: Range<usize>,
    /// Which bits inside that one octet; 0 is the most significant. `None`: all of them.
    pub bits: Option<Range<u8>>,
    /// The RFC's name for it.
    pub name: Cow<'static, str>,
    /// What it says here, as a reader would write it.
    pub value: String,
    /// One plain sentence.
    pub meaning: Cow<'static, str>,
    /// Where it is defined, such as "RFC 6455 section 5.2".
    pub rfc: &'static str,
}
