//! What the usual texts say: each row leads somewhere.

use trace::lesson::named;
use trace::lesson::taught::{CLAIMS, Place};

#[test]
fn every_row_names_a_beat_that_exists() {
    // The rows of the source material's own list of what has to be more exact.
    assert!(CLAIMS.len() >= 18);
    for (n, claim) in CLAIMS.iter().enumerate() {
        assert!(!claim.shown.is_empty(), "{}", claim.said);
        assert!(CLAIMS[..n].iter().all(|other| other.said != claim.said), "{}", claim.said);
        for text in [claim.said, claim.so] {
            assert!(text.ends_with('.') && text.len() < 140, "{text}");
            assert!(text.matches('`').count().is_multiple_of(2), "{text}");
        }
        for place in claim.shown {
            let Place::Beat(lesson, beat) = *place else { continue };
            let found = named(lesson).and_then(|lesson| lesson.beats.get(beat.checked_sub(1)?));
            assert!(found.is_some(), "{}: {lesson} {beat}", claim.said);
        }
    }
}

/// Every lesson sets something right.
#[test]
fn no_lesson_is_left_out() {
    let leads = |id: &str| {
        CLAIMS
            .iter()
            .flat_map(|claim| claim.shown)
            .any(|it| matches!(it, Place::Beat(lesson, _) if *lesson == id))
    };
    let missing: Vec<&str> = trace::lesson::all().iter().map(|it| it.id).filter(|id| !leads(id)).collect();
    assert_eq!(missing, NOT_IN_THE_TEXTS);
}

/// What the texts do not speak of.
const NOT_IN_THE_TEXTS: [&str; 3] = ["mask", "deflate", "production"];
