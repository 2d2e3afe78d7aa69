//! All texts that are said.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::po;
use super::source::{Quoted, files, quoted};

/// A text, and the files in which it stands.
pub(crate) struct Text {
    pub(crate) english: String,
    pub(crate) files: Vec<String>,
}

/// Every text once, by the first file that has it, and then as they follow one another. Brings the files of
/// `words` into line first, if that is asked for.
pub(crate) static LIST: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let list = gathered();
    if std::env::var_os("UPDATE_WORDS").is_some() {
        po::update(&list);
    }
    list
});

fn gathered() -> Vec<Text> {
    let mut list: Vec<Text> = Vec::new();
    for file in ROOTS.iter().flat_map(|root| files(root)) {
        for it in
            quoted(&file).into_iter().filter(|it| !it.text.is_empty() && (it.said || is_data(&file, it)))
        {
            match list.iter_mut().find(|text| text.english == it.text) {
                Some(text) if text.files.contains(&file) => {}
                Some(text) => text.files.push(file.clone()),
                None => list.push(Text { english: it.text, files: vec![file.clone()] }),
            }
        }
    }
    list
}

/// Whether a text is said although it is not marked: lessons and the like are data through and through.
pub(crate) fn is_data(file: &str, it: &Quoted) -> bool {
    let shown = it.field.as_deref().is_some_and(|field| FIELDS.contains(&field));
    shown && !it.made && !it.text.is_empty() && DATA.iter().any(|folder| file.starts_with(folder))
}

/// What is counted, by lessons and elsewhere.
pub(crate) fn nouns() -> BTreeSet<String> {
    let all = ROOTS.iter().flat_map(|root| files(root)).flat_map(|file| quoted(&file));
    all.filter(is_noun).map(|it| it.text).collect()
}

/// Whether it is what is counted: the last of what `plural` or `Figure::Count` is handed.
pub(crate) fn is_noun(it: &Quoted) -> bool {
    it.last && matches!(it.call.as_deref(), Some("plural" | "Count"))
}

/// Where the texts are.
pub(crate) const ROOTS: [&str; 4] = ["crates/interchange/src", "crates/trace/src", "crates/wire/src", "src"];

/// Folders whose data is said when it is shown.
const DATA: [&str; 4] = [
    "crates/trace/src/lesson",
    "crates/trace/src/card",
    "crates/trace/src/question",
    "crates/trace/src/plan",
];

/// Their fields that are for people.
const FIELDS: [&str; 11] =
    ["about", "answers", "ask", "claim", "idea", "notes", "said", "say", "so", "text", "title"];
