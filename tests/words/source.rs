//! Every text in quotation marks in the sources, and where it stands.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Lit;

/// A text in quotation marks, outside of comments and of what is for tests alone.
pub(crate) struct Quoted {
    /// What it says.
    pub(crate) text: String,
    /// Whether it is handed to `tongue`: `say`, `fill` or `word`.
    pub(crate) said: bool,
    /// The field or attribute whose value it is, or is part of.
    pub(crate) field: Option<String>,
    /// The innermost function, method or macro to which it is handed.
    pub(crate) call: Option<String>,
    /// Whether it is the last thing handed over.
    pub(crate) last: bool,
    /// Whether something is made of it: a text of its own, say.
    pub(crate) made: bool,
    /// Whether it stands in an attribute of Rust.
    pub(crate) attribute: bool,
}

/// The files below `place`, sorted; or `place` itself.
pub(crate) fn files(place: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(&root().join(place), &mut found);
    let name = |file: PathBuf| file.strip_prefix(root()).ok()?.to_str().map(str::to_owned);
    let mut found: Vec<String> = found.into_iter().filter_map(name).collect();
    found.sort();
    found
}

fn gather(place: &Path, found: &mut Vec<PathBuf>) {
    match fs::read_dir(place) {
        Ok(entries) => entries.flatten().for_each(|entry| gather(&entry.path(), found)),
        Err(_) if place.extension().is_some_and(|it| it == "rs") => found.push(place.to_owned()),
        Err(_) => {}
    }
}

/// The texts of a file, in order.
pub(crate) fn quoted(file: &str) -> Vec<Quoted> {
    let code = fs::read_to_string(root().join(file)).expect("sources can be read");
    let tokens: TokenStream = code.parse().expect("sources are Rust");
    let mut found = Vec::new();
    walk(tokens, &Place::default(), &mut found);
    found
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Where the walk is.
#[derive(Clone, Default)]
struct Place {
    /// Whether a text here is said.
    speech: bool,
    /// Whether it is one of several of which one is said: `say(if … { "…" } else { "…" })`.
    choice: bool,
    field: Option<String>,
    call: Option<String>,
    attribute: bool,
}

fn walk(tokens: TokenStream, place: &Place, found: &mut Vec<Quoted>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut field = place.field.clone();
    let mut speech = place.speech;
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        match tree {
            TokenTree::Punct(it) if it.as_char() == '#' => {
                if let Some((group, after)) = attribute(&trees, at) {
                    walk(group.stream(), &Place { attribute: true, ..Place::default() }, found);
                    at = if is_for_tests(group) { end_of_item(&trees, after) } else { after };
                    continue;
                }
            }
            TokenTree::Punct(it) if matches!(it.as_char(), ',' | ';') => {
                field.clone_from(&place.field);
                // What fills gaps is no text of its own.
                speech &= place.choice;
            }
            // A tag of markup ends, and with it what its attributes are.
            TokenTree::Punct(it) if it.as_char() == '>' => field.clone_from(&place.field),
            TokenTree::Ident(name) if names_a_value(&trees, at) => field = Some(name.to_string()),
            TokenTree::Group(group) => {
                let place = Place { field: field.clone(), speech, ..place.clone() };
                walk(group.stream(), &inside(&trees, at, group, place), found);
            }
            TokenTree::Literal(it) => {
                if let Lit::Str(text) = Lit::new(it.clone()) {
                    let Place { choice, call, attribute, .. } = place.clone();
                    let said = speech && if choice { !is_pattern(&trees, at) } else { at == 0 };
                    let (text, field, last) = (text.value(), field.clone(), at + 1 == trees.len());
                    let made = is(&trees, at + 1, '.');
                    found.push(Quoted { text, said, field, call, last, made, attribute });
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn inside(trees: &[TokenTree], at: usize, group: &Group, place: Place) -> Place {
    let call = callee(trees, at, group);
    // An array, or `Some`, is the value of the field before it; so are the braces of an attribute in markup.
    let through = match group.delimiter() {
        Delimiter::Parenthesis => call.as_deref() == Some("Some"),
        _ => call.is_none(),
    };
    let choice = place.speech && call.is_none() && group.delimiter() == Delimiter::Brace;
    Place {
        speech: choice || call.as_deref().is_some_and(|it| SPEECH.contains(&it)),
        choice,
        field: place.field.filter(|_| through),
        call: call.filter(|it| it != "Some").or(place.call),
        attribute: place.attribute,
    }
}

/// What a group is handed to: `name(…)`, `name!(…)`; not a method called like what `tongue` has.
fn callee(trees: &[TokenTree], at: usize, group: &Group) -> Option<String> {
    let before = |back: usize| at.checked_sub(back).and_then(|place| trees.get(place));
    let is = |back, letter| matches!(before(back), Some(TokenTree::Punct(it)) if it.as_char() == letter);
    let name = if is(1, '!') { 2 } else { 1 };
    match before(name) {
        _ if name == 1 && group.delimiter() != Delimiter::Parenthesis => None,
        Some(TokenTree::Ident(it)) if SPEECH.contains(&&*it.to_string()) && is(name + 1, '.') => None,
        Some(TokenTree::Ident(it)) => Some(it.to_string()),
        _ => None,
    }
}

/// `"…" =>`
fn is_pattern(trees: &[TokenTree], at: usize) -> bool {
    is(trees, at + 1, '=') && is(trees, at + 2, '>')
}

fn is(trees: &[TokenTree], at: usize, letter: char) -> bool {
    matches!(trees.get(at), Some(TokenTree::Punct(it)) if it.as_char() == letter)
}

/// `name: …` of a struct, `name = …` in markup.
fn names_a_value(trees: &[TokenTree], at: usize) -> bool {
    let letter = |ahead: usize| match trees.get(at + ahead) {
        Some(TokenTree::Punct(it)) => Some(it.as_char()),
        _ => None,
    };
    match letter(1) {
        Some(':') => letter(2) != Some(':'),
        Some('=') => !matches!(letter(2), Some('=' | '>')),
        _ => false,
    }
}

/// The attribute that begins at a `#`, and the place behind it.
fn attribute(trees: &[TokenTree], at: usize) -> Option<(&Group, usize)> {
    (at + 1..at + 3).find_map(|place| match trees.get(place) {
        Some(TokenTree::Group(it)) if it.delimiter() == Delimiter::Bracket => Some((it, place + 1)),
        _ => None,
    })
}

fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string();
    text.starts_with("cfg") && text.split(|it: char| !it.is_alphanumeric()).any(|word| word == "test")
}

/// Behind the next braces or semicolon.
fn end_of_item(trees: &[TokenTree], from: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(it) => it.delimiter() == Delimiter::Brace,
        TokenTree::Punct(it) => it.as_char() == ';',
        _ => false,
    };
    trees[from..].iter().position(ends).map_or(trees.len(), |more| from + more + 1)
}

/// What hands a text to `tongue`, as a function or as a macro.
const SPEECH: [&str; 3] = ["say", "fill", "word"];
