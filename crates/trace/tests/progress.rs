//! Progress as a text: what is written is read again, and nonsense is refused with a sentence.

use proptest::prelude::*;
use trace::card;
use trace::lesson;
use trace::progress::{Flaw, LONGEST, MOST_ANSWERS, Outcome, Progress, Score};
use trace::question::Kind;

/// Somebody who has done all that there is.
fn diligent() -> Progress {
    let mut progress = Progress::default();
    for lesson in lesson::all() {
        (0..lesson.beats.len()).for_each(|beat| progress.finish(lesson.id, beat));
    }
    for (place, card) in card::all().enumerate() {
        progress.predict(card.id, Outcome { answer: place % 2, right: place % 3 == 0 });
    }
    for seed in 0..2 * MOST_ANSWERS as u64 {
        progress.answer(Kind::ALL[seed as usize % Kind::ALL.len()], seed, seed.is_multiple_of(4));
    }
    progress
}

#[test]
fn what_is_written_is_read_again() {
    for progress in [Progress::default(), diligent()] {
        let text = progress.write();
        assert!(text.len() < LONGEST, "{} octets", text.len());
        assert_eq!(Progress::read(&text), Ok(progress.clone()));
        // As an editor on another system leaves it.
        assert_eq!(Progress::read(&text.replace('\n', "\r\n")), Ok(progress));
    }
}

#[test]
fn the_first_word_counts() {
    let mut progress = Progress::default();
    let (right, wrong) = (Outcome { answer: 0, right: true }, Outcome { answer: 1, right: false });
    progress.predict("faster", wrong);
    progress.predict("faster", right);
    assert_eq!(progress.prediction("faster"), Some(wrong));
    assert_eq!(progress.cards(), Score { done: 1, right: 0 });
    progress.answer(Kind::Turn, 7, true);
    progress.answer(Kind::Turn, 7, false);
    progress.answer(Kind::First, 7, false);
    assert_eq!(progress.questions(Some(Kind::Turn)), Score { done: 1, right: 1 });
    assert_eq!(progress.questions(None), Score { done: 2, right: 1 });
    progress.finish("request", 2);
    progress.finish("request", 2);
    assert_eq!((progress.steps("request"), progress.steps("life"), progress.all_steps()), (1, 0, 1));
    assert!(progress.finished("request", 2) && !progress.finished("request", 1));
}

#[test]
fn of_very_many_answers_the_latest_stay() {
    let progress = diligent();
    assert_eq!(progress.questions(None).done, MOST_ANSWERS);
    assert_eq!(progress.questions(None).right, MOST_ANSWERS / 4);
}

#[test]
fn nonsense_is_refused_with_a_sentence() {
    let check = |text: &str, expect: Flaw| {
        assert_eq!(Progress::read(text), Err(expect), "{text:?}");
        assert!(expect.told().ends_with('.'));
    };
    check("", Flaw::Foreign);
    check("Dear diary", Flaw::Foreign);
    check("{\"version\":1}", Flaw::Foreign);
    check("duplex progress one\n", Flaw::Foreign);
    check("duplex progress 2\nbeat request 1\n", Flaw::Later);
    check("duplex progress 1\nbeat request\n", Flaw::Line(2));
    check("duplex progress 1\nbeat request 0\n", Flaw::Line(2));
    check("duplex progress 1\nbeat request 1\n\ncard faster 2 perhaps\n", Flaw::Line(4));
    check("duplex progress 1\nquestion turn -1 right\n", Flaw::Line(2));
    check(&"duplex progress 1\n".repeat(LONGEST), Flaw::Long);
}

/// What a younger or an older page knew and this one does not.
#[test]
fn what_is_gone_is_passed_over() {
    let text = "duplex progress 1\nbeat alchemy 3\nbeat request 99\ncard dragon 1 right\ncard faster 9 right\nquestion riddle 3 wrong\nbeat request 1\n";
    let mut expect = Progress::default();
    expect.finish("request", 0);
    assert_eq!(Progress::read(text), Ok(expect));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "(duplex progress 1\n)?(((beat|card|question) [a-z-]{0,8} [0-9-]{0,22} ?(right|wrong|)\n)|[ -~\n]{0,20}){0,8}") {
        if let Ok(progress) = Progress::read(&text) {
            prop_assert_eq!(Progress::read(&progress.write()), Ok(progress));
        }
    }
}
