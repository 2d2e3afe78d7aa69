//! Which language the page speaks.
//!
//! English is written where its figures are computed, and is its own key, in the manner of gettext:
//! [`say()`] and [`say!`] look an English text up in the catalogue of the language that is spoken, and
//! fall back to it. What is data is marked by [`word!`], so that the list of all texts finds it, and
//! said where it is shown; what is kept to be shown later is a [`Sentence`], and what comes from another
//! thread is marked there by [`Catalogue::unsaid`] and said here by [`said_later`]. The catalogues are `words/*.po` at the root of the project; `tests/words.rs`
//! keeps them complete. Absent on purpose: where a catalogue comes from, and who chooses.

mod catalogue;
mod gaps;
mod sentence;
mod unsaid;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::rc::Rc;

pub use catalogue::{Catalogue, Flaw};
#[doc(hidden)]
pub use gaps::count;
pub use sentence::Sentence;
pub use unsaid::said_later;

/// The language whose words are in the code: a tag of BCP 47.
pub const ENGLISH: &str = "en";

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::new(Spoken::default());
}

#[derive(Default)]
struct Spoken {
    learnt: BTreeMap<&'static str, Rc<Catalogue>>,
    now: Option<(&'static str, Rc<Catalogue>)>,
}

/// Learns a language, so that it can be spoken on this thread. It is never forgotten: what is said is
/// borrowed from it for good.
pub fn learn(tag: &'static str, catalogue: Catalogue) {
    SPOKEN.with_borrow_mut(|spoken| spoken.learnt.insert(tag, Rc::new(catalogue)));
}

/// Speaks this language from now on, on this thread; English if it was not learnt.
pub fn speak(tag: &str) {
    SPOKEN.with_borrow_mut(|spoken| {
        let known = spoken.learnt.get_key_value(tag);
        spoken.now = known.map(|(tag, catalogue)| (*tag, Rc::clone(catalogue)));
    });
}

/// Does something in English: what is then said can be compared with what is written in the code.
pub fn in_english<T>(act: impl FnOnce() -> T) -> T {
    let before = SPOKEN.with_borrow_mut(|spoken| spoken.now.take());
    let done = act();
    SPOKEN.with_borrow_mut(|spoken| spoken.now = before);
    done
}

/// The language that is spoken now: a tag of BCP 47.
pub fn spoken() -> &'static str {
    SPOKEN.with_borrow(|spoken| spoken.now.as_ref().map_or(ENGLISH, |(tag, _)| tag))
}

/// An English text in the language that is spoken now; itself, if that has no words for it.
pub fn say(english: &str) -> &str {
    SPOKEN
        .with_borrow(|spoken| spoken.now.as_ref().and_then(|(_, words)| words.of(english)))
        .unwrap_or(english)
}

/// The same with its gaps filled; see [`say!`], which counts them.
pub fn fill(english: &str, gaps: &[&dyn Display]) -> String {
    match say(english) {
        text if unsaid::is(text) => unsaid::marked(english, gaps),
        text => gaps::filled(text, gaps),
    }
}

/// Says an English text whose gaps, each `{}`, are filled in order: `say!("{} of {}", at, end)`. A
/// translation may name them in another order, counted from 0: `{1} 中的 {0}`.
#[macro_export]
macro_rules! say {
    ($english:literal) => { $crate::say($english) };
    ($english:literal, $($gap:expr),+ $(,)?) => {{
        const { assert!($crate::count($english) == [$(stringify!($gap)),+].len(), "as many gaps as values") };
        $crate::fill($english, &[$(&$gap as &dyn ::std::fmt::Display),+])
    }};
}

/// Marks an English text that is data: it is said later, where it is shown.
#[macro_export]
macro_rules! word {
    ($english:literal) => {
        $english
    };
}
