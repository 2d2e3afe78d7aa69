//! A language's words, read from a file of the kind that translators' tools write.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use crate::unsaid;

/// English texts, and what a language says for each.
#[derive(Debug, Default)]
pub struct Catalogue {
    words: BTreeMap<&'static str, &'static str>,
    /// What was marked so far, if it says nothing yet and only marks what is to be said elsewhere.
    marked: Option<RefCell<BTreeMap<&'static str, &'static str>>>,
}

/// A line that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// Its number, counted from 1.
    pub line: usize,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "line {} is neither a comment nor a text in quotation marks", self.line)
    }
}

impl Catalogue {
    /// Reads the part of gettext's PO format that has neither contexts nor plurals: comments, and pairs
    /// of `msgid` and `msgstr`, each of one or more texts in quotation marks. A text without words, and
    /// the head of the file, whose `msgid` is empty, are left out.
    ///
    /// # Errors
    /// For a line of any other kind. It says which.
    pub fn read(po: &str) -> Result<Self, Flaw> {
        let mut pairs = vec![];
        let mut foreign = true;
        for (place, line) in po.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let quoted = if let Some(quoted) = line.strip_prefix("msgid ") {
                pairs.push((String::new(), String::new()));
                foreign = false;
                quoted
            } else if let Some(quoted) = line.strip_prefix("msgstr ") {
                foreign = true;
                quoted
            } else {
                line
            };
            let text = unquoted(quoted).zip(pairs.last_mut());
            let (text, (english, words)) = text.ok_or(Flaw { line: place + 1 })?;
            (if foreign { words } else { english }).push_str(&text);
        }
        let said = pairs.into_iter().filter(|(english, words)| !english.is_empty() && !words.is_empty());
        let mut known = BTreeMap::new();
        // One by one: whatever is collected into a map is sorted before, by a sort that nothing else needs.
        for (english, words) in said {
            known.insert(&*english.leak(), &*words.leak());
        }
        Ok(Self { words: known, marked: None })
    }

    /// The catalogue of whoever does not know in which language a text will be shown: what is said by it is
    /// to be handed to [`crate::said_later`], where that is known.
    pub fn unsaid() -> Self {
        Self { words: BTreeMap::new(), marked: Some(RefCell::default()) }
    }

    /// What it says for an English text.
    pub fn of(&self, english: &str) -> Option<&'static str> {
        let Some(marked) = &self.marked else { return self.words.get(english).copied() };
        let known = marked.borrow().get(english).copied();
        Some(known.unwrap_or_else(|| {
            let marks: &'static str = unsaid::marked(english, &[]).leak();
            marked.borrow_mut().insert(english.to_owned().leak(), marks);
            marks
        }))
    }

    /// Every English text for which it has words, with them.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.words.iter().map(|(english, words)| (*english, *words))
    }
}

fn unquoted(text: &str) -> Option<String> {
    let inside = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(inside.len());
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            },
            '"' => return None,
            other => other,
        });
    }
    Some(out)
}
