//! Texts that are said where they are shown, and not where they are made: a mark, the English text, its
//! values, each after a mark of its own, and a mark at the end. A value may be such a text.

use std::fmt::{Display, Write};

/// A text that is yet to be said, with what fills its gaps.
pub(crate) fn marked(english: &str, values: &[&dyn Display]) -> String {
    let mut out = format!("{BEGIN}{english}");
    for value in values {
        // Writing to a string does not fail.
        let _ = write!(out, "{NEXT}{value}");
    }
    out.push(END);
    out
}

/// Whether it is one.
pub(crate) fn is(text: &str) -> bool {
    text.starts_with(BEGIN)
}

/// What [`Catalogue::unsaid`](crate::Catalogue::unsaid) marked, in the language that is spoken now; any other
/// text as it is.
pub fn said_later(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (said, after) = part(rest, 0);
        out.push_str(&said);
        // A mark that ends nothing.
        rest = after.strip_prefix([NEXT, END]).unwrap_or(after);
    }
    out
}

/// The text up to the next mark that is not its own, with all within it said; and what follows.
fn part(text: &str, depth: u32) -> (String, &str) {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find([BEGIN, NEXT, END]) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(inside) = rest.strip_prefix(BEGIN) else { return (out, rest) };
        rest = inside;
        // A file can hold marks as well: deeper than any text of ours they are left out.
        if depth < DEEPEST {
            let (english, after) = part(inside, depth + 1);
            let mut values = Vec::new();
            rest = after;
            while let Some(next) = rest.strip_prefix(NEXT) {
                let (value, after) = part(next, depth + 1);
                values.push(value);
                rest = after;
            }
            rest = rest.strip_prefix(END).unwrap_or(rest);
            let values: Vec<&dyn Display> = values.iter().map(|value| value as &dyn Display).collect();
            out.push_str(&crate::fill(&english, &values));
        }
    }
    (out + rest, "")
}

/// Control characters that mark texts in ASCII as well, where they begin and end (start and end of text, unit separator).
const BEGIN: char = '\u{2}';
const END: char = '\u{3}';
const NEXT: char = '\u{1f}';

/// How deep texts of ours lie in each other at most.
const DEEPEST: u32 = 8;
