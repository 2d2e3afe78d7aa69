//! Parts that follow one another, as the language that is spoken sets them apart.

use tongue::say;

/// `a, b, c`.
pub fn list(parts: impl IntoIterator<Item = String>) -> String {
    joined(parts, |before, next| say!("{}, {}", before, next))
}

/// Sentences, one after the other.
pub fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    joined(parts, |before, next| say!("{} {}", before, next))
}

/// `a; b; c`.
pub fn clauses(parts: impl IntoIterator<Item = String>) -> String {
    joined(parts, |before, next| say!("{}; {}", before, next))
}

fn joined(parts: impl IntoIterator<Item = String>, join: fn(String, String) -> String) -> String {
    parts.into_iter().reduce(join).unwrap_or_default()
}
