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
fn what_is_marked_on_one_thread_is_said_on_another() {
    let unsaid = std::thread::spawn(|| {
        learn("x-unsaid", Catalogue::unsaid());
        speak("x-unsaid");
        let play = tongue::say!("Play");
        let inner = tongue::say!("{} apples and {} pears", 2, play);
        let outer = tongue::say!("{} of {}", inner, 5);
        assert_eq!(tongue::say!("Play"), play);
        assert_eq!(tongue::said_later(&outer), outer, "nor is it said here");
        [play.to_owned(), outer, "Play".to_owned(), format!("<{play}>")]
    });
    let unsaid = unsaid.join().expect("it panics not");
    let check = |expect: [&str; 4]| {
        for (unsaid, expect) in unsaid.iter().zip(expect) {
            assert_eq!(tongue::said_later(unsaid), expect);
        }
    };
    check(["Play", "2 apples and Play pears of 5", "Play", "<Play>"]);
    learn("xx", Catalogue::read(PO).expect("a catalogue"));
    speak("xx");
    check(["Spiel", "5: 2 Äpfel, Spiel Birnen", "Play", "<Spiel>"]);
    // Marks that a file has brought: nothing of ours, and nothing panics.
    let rows = [
        ("\u{2}{} of {}\u{1f}1", "{1}: 1"),
        ("\u{3}a\u{1f}b\u{3}", "ab"),
        ("\u{2}", ""),
        ("a\u{2}Play", "aSpiel"),
    ];
    for (text, expect) in rows {
        assert_eq!(tongue::said_later(text), expect, "{text:?}");
    }
    let deep = "\u{2}".repeat(100_000) + "x";
    assert_eq!(tongue::said_later(&deep), "x");
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
