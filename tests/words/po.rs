//! The files in `words`: the list of all texts, and what each language says.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use tongue::Catalogue;

use super::list::Text;
use super::source::root;

/// The list as it is to be kept.
pub(crate) fn template(list: &[Text]) -> String {
    let mut out = String::from(
        "# Every text that the page shows, by the files that have it: `UPDATE_WORDS=1 cargo test --test words`.\n",
    );
    for text in list {
        out.push('\n');
        for file in &text.files {
            let _ = writeln!(out, "#: {file}");
        }
        out.push_str(&pair(&text.english, ""));
    }
    out
}

/// A language's file with the words that it `kept` of what there is still to say, and room for what is new.
pub(crate) fn in_line(list: &[Text], kept: &str) -> String {
    let catalogue = read("a file in words", kept);
    let head = kept.split("\n\n").next().unwrap_or_default().trim_end();
    let mut out = format!("{head}\n");
    for text in list {
        out.push('\n');
        out.push_str(&pair(&text.english, catalogue.of(&text.english).unwrap_or_default()));
    }
    out
}

/// Writes all of them as they are to be.
pub(crate) fn update(list: &[Text]) {
    fs::write(folder().join("duplex.pot"), template(list)).expect("words/ can be written");
    for (name, kept) in languages() {
        fs::write(folder().join(name), in_line(list, &kept)).expect("words/ can be written");
    }
}

/// A file as it is.
pub(crate) fn kept(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(name)).ok()
}

/// Every language's file, and its name.
pub(crate) fn languages() -> Vec<(String, String)> {
    let entries = fs::read_dir(folder()).expect("there is a folder of words").flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut all: Vec<(String, String)> = names
        .filter(|name| name.ends_with(".po"))
        .filter_map(|name| kept(&name).map(|it| (name, it)))
        .collect();
    all.sort();
    assert!(!all.is_empty(), "no language but English");
    all
}

/// What a language says.
pub(crate) fn read(name: &str, kept: &str) -> Catalogue {
    Catalogue::read(kept).unwrap_or_else(|flaw| panic!("{name}: {flaw}"))
}

/// A text and its words.
pub(crate) fn pair(english: &str, words: &str) -> String {
    format!("msgid \"{}\"\nmsgstr \"{}\"\n", escaped(english), escaped(words))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t")
}

fn folder() -> PathBuf {
    root().join("words")
}
