//! The words of the trade: each defined once, and found where it appears.

use std::collections::BTreeSet;

use tongue::{Catalogue, learn, speak};
use trace::glossary::{Term, all, found};

#[test]
fn each_has_one_meaning() {
    let mut names = BTreeSet::new();
    for term in all() {
        assert!(Term::named(term.id).is_some_and(|named| std::ptr::eq(named, term)), "{}", term.id);
        for name in [term.title].iter().chain(term.also) {
            assert!(names.insert(name.to_lowercase()), "{name} has two meanings");
        }
        assert!(term.about.ends_with('.'), "{}: {}", term.id, term.about);
        assert!(term.about.split_whitespace().count() <= 40, "{} is explained at length", term.id);
    }
    assert!(names.len() > 60, "{} names", names.len());
}

#[test]
fn each_is_found_where_it_appears() {
    let rows: &[(&str, &[&str])] = &[
        ("", &[]),
        ("Nothing of the trade.", &[]),
        ("A frame has a masking key.", &["frame", "masking-key"]),
        ("Frames, and frames again", &["frame"]),
        ("a Close frame is a control frame", &["close-frame", "control-frame"]),
        ("The first frame after the opening handshake", &["frame", "opening-handshake"]),
        ("Say `frame` in code, then a frame", &["frame"]),
        ("`ping", &["ping"]),
        ("ahead of its head", &["head"]),
        ("pinging and typing", &[]),
        ("head-of-line blocking", &["hol"]),
        ("half-duplex, not full duplex", &["half-duplex", "duplex"]),
        ("(RTT)", &["rtt"]),
        // A letter that has another length in lower case.
        ("İ, and a frame", &[]),
    ];
    for (text, expect) in rows {
        let found = found(text);
        assert_eq!(found.iter().map(|(_, term)| term.id).collect::<Vec<_>>(), *expect, "{text}");
        let mut end = 0;
        for (range, _) in found {
            assert!(end <= range.start && text.get(range.clone()).is_some(), "{text}: {range:?}");
            end = range.end;
        }
    }
    let found = found("Frames, and `frames`");
    assert_eq!(found.first().map(|(range, _)| range.clone()), Some(0..6));
}

#[test]
fn it_is_found_in_another_language() {
    let po = "msgid \"Frame\"\nmsgstr \"帧\"\nmsgid \"Masking key\"\nmsgstr \"掩码密钥\"";
    learn("zh-Hans", Catalogue::read(po).expect("a catalogue"));
    speak("zh-Hans");
    let ids: Vec<_> = found("每个帧都有掩码密钥。").into_iter().map(|(_, term)| term.id).collect();
    assert_eq!(ids, ["frame", "masking-key"]);
}
