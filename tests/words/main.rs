//! The words of the page: every text is said through `tongue`, `words/duplex.pot` lists them all, and every
//! language in `words` has words for each, with the same gaps and the same code.
#![cfg(not(target_arch = "wasm32"))]

mod bypass;
mod foreign;
mod keeping;
mod list;
mod po;
mod source;

use list::LIST;

const UPDATE: &str = "`UPDATE_WORDS=1 cargo test --test words` brings words/ into line; \
                      then give every new text in words/*.po its words";

#[test]
fn the_list_is_what_the_sources_say() {
    let pot = po::template(&LIST);
    let same = po::kept("duplex.pot").is_some_and(|kept| kept == pot);
    assert!(same, "words/duplex.pot is not what the sources say: {UPDATE}");
    for (name, kept) in po::languages() {
        assert!(kept == po::in_line(&LIST, &kept), "words/{name} is not in line with the sources: {UPDATE}");
    }
}

#[test]
fn every_language_has_words_for_every_text() {
    let mut missing = Vec::new();
    for (name, kept) in po::languages() {
        let words = po::read(&name, &kept);
        let without = LIST.iter().filter(|text| words.of(&text.english).is_none());
        missing.extend(without.map(|text| format!("{name}: {}", text.english)));
    }
    assert!(missing.is_empty(), "{} texts have no words:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn a_translation_keeps_gaps_and_code() {
    let mut flaws = Vec::new();
    for (name, kept) in po::languages() {
        for (english, words) in po::read(&name, &kept).pairs() {
            flaws.extend(
                keeping::flaw(english, words).map(|flaw| format!("{name}: {flaw}\n  {english}\n  {words}")),
            );
        }
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[test]
fn what_is_counted_can_be_counted() {
    let known = |noun: &&String| LIST.iter().any(|text| text.english == format!("{{}} {noun}"));
    let nouns = list::nouns();
    let unknown: Vec<&String> = nouns.iter().filter(|noun| !known(noun)).collect();
    assert!(!nouns.is_empty());
    assert!(unknown.is_empty(), "crates/trace/src/caption/plural.rs has to say these as well: {unknown:?}");
}

#[test]
fn no_text_bypasses_the_tongue() {
    let found = bypass::found();
    assert!(
        found.is_empty(),
        "these texts are shown in English whatever is spoken. Say them (see crates/tongue), or add them to \
         ALLOWED in tests/words/bypass.rs with the reason why nobody sees them:\n{}",
        found.join("\n")
    );
    let idle = bypass::idle();
    assert!(idle.is_empty(), "these entries of ALLOWED allow nothing any more: {idle:?}");
}
