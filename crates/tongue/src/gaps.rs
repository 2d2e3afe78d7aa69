//! The gaps of a text.

use std::fmt::{Display, Write};

/// How many gaps an English text has: each is `{}`.
pub const fn count(text: &str) -> usize {
    let octets = text.as_bytes();
    let (mut place, mut found) = (1, 0);
    while place < octets.len() {
        if octets[place - 1] == b'{' && octets[place] == b'}' {
            found += 1;
        }
        place += 1;
    }
    found
}

/// The text with each `{}` filled by the next value, and each `{1}` by the value of that number, counted
/// from 0. A gap for which there is no value stays as it is written: a translation with a mistake shows
/// it, and breaks nothing.
pub(crate) fn filled(text: &str, values: &[&dyn Display]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut rest, mut next) = (text, 0);
    while let Some((before, gap, after)) = gap(rest) {
        out.push_str(before);
        let place = gap.parse().unwrap_or_else(|_| {
            next += 1;
            next - 1
        });
        match values.get(place) {
            // Writing to a string does not fail.
            Some(value) => drop(write!(out, "{value}")),
            None => drop(write!(out, "{{{gap}}}")),
        }
        rest = after;
    }
    out + rest
}

/// What stands before the first gap, between its braces, and behind it.
fn gap(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inside = &text[open + 1..];
        match inside.find(|letter: char| !letter.is_ascii_digit()) {
            Some(close) if inside[close..].starts_with('}') => {
                return Some((&text[..open], &inside[..close], &inside[close + 1..]));
            }
            _ => from = open + 1,
        }
    }
    None
}
