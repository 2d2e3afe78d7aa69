//! What is said in which language.

use tongue::{Catalogue, Flaw, learn, speak, spoken, word};

const PO: &str = r#"
# The head of the file.
msgid ""
msgstr "Language: xx\n"

#: src/views/player.rs
msgid "Play"
msgstr "Spiel"

msgid "{} of "
"{}"
msgstr "{1}: {0}"

msgid "{} apples and {} pears"
msgstr "{} Äpfel, {} Birnen"

msgid "Say \"Hello\""
msgstr "Sag „Hello“\nund \\"

msgid "wrong"
msgstr "{} {7}"

msgid "without words"
msgstr ""
"#;

#[test]
fn each_text_in_each_language() {
    assert_eq!(spoken(), "en");
    assert_eq!(tongue::say!("Play"), "Play");
    assert_eq!(tongue::say!("{} of {}", 1, 5), "1 of 5");
    learn("xx", Catalogue::read(PO).expect("a catalogue"));
    assert_eq!(tongue::say("Play"), "Play", "learnt is not spoken");
    speak("xx");
    assert_eq!(spoken(), "xx");
    let rows: &[(&str, String)] = &[
        ("Spiel", tongue::say(word!("Play")).to_owned()),
        ("5: 1", tongue::say!("{} of {}", 1, 5)),
        ("2 Äpfel, 3 Birnen", tongue::say!("{} apples and {} pears", 2, 3)),
        ("Sag „Hello“\nund \\", tongue::say!("Say \"Hello\"").to_owned()),
        ("without words", tongue::say!("without words").to_owned()),
        ("unheard of", tongue::say!("unheard of").to_owned()),
        ("1 {7}", tongue::fill("wrong", &[&1])),
        ("an { open } brace {} of 1", tongue::say!("an { open } brace {} of {}", "{}", 1)),
    ];
    for (expect, said) in rows {
        assert_eq!(said, expect);
    }
    speak("unknown");
    assert_eq!((spoken(), tongue::say("Play")), ("en", "Play"));
}

#[test]
fn what_is_no_catalogue_is_told_by_its_line() {
    let rows = [
        ("msgid \"a\"\nmsgstr \"b\"\nnonsense", 3),
        ("\"a text of nothing\"", 1),
        ("msgid a", 1),
        ("msgid \"a\\\"", 1),
        ("msgid \"a\"b\"", 1),
        ("msgid_plural \"a\"", 1),
    ];
    for (po, line) in rows {
        assert_eq!(Catalogue::read(po).err(), Some(Flaw { line }), "{po}");
    }
}
