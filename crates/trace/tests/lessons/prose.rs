//! The words: no figure typed, plain sentences, and where each claim can be read.

use super::page::{Page, after, beats};

/// The gaps are where the figures are: beside them no number is typed, in digits or in letters.
#[test]
fn no_figure_is_typed() {
    for (lesson, n, beat) in beats() {
        let (name, learned) = (format!("{} {n}", lesson.id), beat.task.as_ref().map(|task| &task.learned));
        for words in [Some(&beat.tell), learned].into_iter().flatten() {
            assert_eq!(words.text.matches("{}").count(), words.figures.len(), "{name}");
            assert!(!has_digit(words.text), "{name}: {}", words.text);
            let typed =
                words.text.split(|letter: char| !letter.is_alphabetic()).find(|it| NUMBERS.contains(it));
            assert_eq!(typed, None, "{name}: {}", words.text);
        }
    }
}

fn has_digit(text: &str) -> bool {
    let names = ["HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/3", "UTF-8", "SHA-1", "base64", "RSV1"];
    let text = names.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    text.contains(|letter: char| letter.is_ascii_digit())
}

#[test]
fn plain_sentences() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        check_prose(&name, &beat.tell.told(Page::entered(beat).shown(beat)), 320);
        let Some(task) = &beat.task else { continue };
        check_prose(&format!("{name}, the task"), task.say, 140);
        for page in after(beat) {
            check_prose(&format!("{name}, learned"), &task.learned.told(page.shown(beat)), 320);
        }
    }
}

/// A beat has a word for the teacher, who can say it at one glance.
#[test]
fn notes_for_the_teacher() {
    for (lesson, n, beat) in beats() {
        check_prose(&format!("{} {n}, the notes", lesson.id), beat.notes, 280);
        assert!(!has_digit(beat.notes), "{} {n}: {}", lesson.id, beat.notes);
    }
}

fn check_prose(name: &str, text: &str, most: usize) {
    let sentences = 1 + text.matches(". ").count() + text.matches("? ").count();
    assert!(sentences <= 3, "{name}: {sentences} sentences");
    assert!(text.chars().count() < most, "{name}: {} characters", text.chars().count());
    assert!(text.ends_with('.') || text.ends_with('?'), "{name}: {text}");
    assert!(!text.contains("  ") && !text.contains(" .") && !text.contains("{}"), "{name}: {text}");
    assert!(text.matches('`').count().is_multiple_of(2), "{name}: {text}");
}

#[test]
fn each_claim_names_where_it_can_be_read() {
    let numbered = |text: &str| !text.is_empty() && text.split('.').all(|it| it.parse::<u32>().is_ok());
    for (lesson, n, beat) in beats() {
        assert!((1..=4).contains(&beat.sections.len()), "{} {n}", lesson.id);
        for place in beat.sections {
            let (standard, section) = place.rsplit_once(' ').expect("a section");
            let known = match (standard.strip_suffix(" section"), standard.strip_suffix(" appendix")) {
                (Some("HTML Standard" | "WebSockets Standard" | "Fetch Standard"), _) => numbered(section),
                (Some(rfc), _) => rfc.strip_prefix("RFC ").is_some_and(numbered) && numbered(section),
                (_, Some(rfc)) => {
                    let number = section.strip_prefix("C.");
                    rfc.strip_prefix("RFC ").is_some_and(numbered) && number.is_some_and(numbered)
                }
                _ => false,
            };
            assert!(known, "{} {n}: {place}", lesson.id);
        }
    }
}

const NUMBERS: [&str; 24] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twice",
    "thrice",
    "half",
    "quarter",
    "double",
    "doubled",
    "triple",
    "dozen",
    "hundred",
    "thousand",
    "thousandth",
    "million",
    "percent",
];
