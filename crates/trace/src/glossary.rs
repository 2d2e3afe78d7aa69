//! The words of the trade: what each means, and where it appears in a text.
//!
//! Absent on purpose: how a term is drawn.

mod http;
mod network;
mod socket;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use late::Late;
use tongue::{say, spoken};

/// A word of the trade.
#[derive(Debug)]
pub struct Term {
    /// Its name for the page's own use.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What else it is called.
    pub also: &'static [&'static str],
    /// What it means.
    pub about: &'static str,
    /// Where it is defined: "RFC 6455 section 5.2".
    pub section: Option<&'static str>,
}

/// Where in a text which terms are.
pub type Found = Vec<(Range<usize>, &'static Term)>;

struct Glossary {
    terms: [&'static [Term]; 3],
    find: fn(&str) -> Found,
}

static GLOSSARY: Late<Glossary> = Late::of(&ALL);

static ALL: Glossary = Glossary { terms: [network::TERMS, http::TERMS, socket::TERMS], find };

/// They have come. The part of a page that brings them is the one to call this.
pub fn come() {
    GLOSSARY.arrive(&ALL);
}

/// Every word of the trade that a visitor may meet.
pub fn all() -> impl Iterator<Item = &'static Term> {
    GLOSSARY.get().into_iter().flat_map(|it| it.terms).flatten()
}

impl Term {
    /// The term with this [`id`](Term::id).
    pub fn named(id: &str) -> Option<&'static Self> {
        all().find(|term| term.id == id)
    }

    /// Every name that it has in the language that is spoken.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.title].into_iter().chain(self.also.iter().copied()).map(say)
    }
}

/// See [`find`]: nothing until the words have come, with the part of the page that takes octets apart.
pub fn found(text: &str) -> Found {
    GLOSSARY.get().map(|it| (it.find)(text)).unwrap_or_default()
}

/// Where terms appear in a text that has been said: in order, each term once, the longest name first
/// where several would do. What stands between back quotes is code, and left alone.
fn find(text: &str) -> Found {
    let lower = text.to_lowercase();
    // Letters that change their length would shift every place behind them.
    if lower.len() != text.len() {
        return Vec::new();
    }
    let names = names();
    let mut taken: Vec<Range<usize>> = code(text).collect();
    let mut found: Vec<(Range<usize>, &'static Term)> = Vec::new();
    for (name, term) in names.iter() {
        if found.iter().any(|(_, known)| known.id == term.id) {
            continue;
        }
        let free =
            |range: &Range<usize>| taken.iter().all(|it| range.end <= it.start || it.end <= range.start);
        let place = places(&lower, name).find(free);
        if let Some(range) = place {
            taken.push(range.clone());
            found.push((range, term));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Names as they are looked for, each with its term.
type Names = Rc<[(String, &'static Term)]>;

thread_local! {
    /// The names of the language that was spoken last: texts are read many times a second while a run plays.
    static NAMES: RefCell<Option<(&'static str, Names)>> = const { RefCell::new(None) };
}

/// Every term's names in the language that is spoken, in small letters, the longest first.
fn names() -> Names {
    NAMES.with_borrow_mut(|kept| match kept {
        Some((language, names)) if *language == spoken() => Rc::clone(names),
        _ => {
            let mut names: Vec<(String, &'static Term)> =
                all().flat_map(|term| term.names().map(move |name| (name.to_lowercase(), term))).collect();
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            let names: Names = names.into();
            *kept = Some((spoken(), Rc::clone(&names)));
            names
        }
    })
}

/// Every place where a name stands as a word of its own, or in its plural.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    text.match_indices(name).filter_map(move |(start, _)| {
        let mut end = start + name.len();
        if let Some(rest) = text.get(end..)
            && rest.starts_with('s')
            && name.is_ascii()
        {
            end += 1;
        }
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let joined = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric() || it == '-');
        let bounded = !name.is_ascii() || !(joined(before) || joined(after));
        bounded.then_some(start..end)
    })
}

/// What stands between back quotes.
fn code(text: &str) -> impl Iterator<Item = Range<usize>> {
    let quotes: Vec<usize> = text.match_indices('`').map(|(place, _)| place).collect();
    (0..quotes.len() / 2).map(move |pair| quotes[2 * pair]..quotes[2 * pair + 1] + 1)
}
