//! The plans for a class: as long as they say, every place there is, every figure one of the lessons'.

use std::collections::BTreeSet;

use trace::fragment::{Link, Page};
use trace::lesson::plan::{Plan, Step, Stop, all, named};
use trace::lesson::telling::Telling;
use trace::lesson::{Deed, Lesson, Seen};

/// Every step with its plan.
fn steps() -> impl Iterator<Item = (&'static Plan, &'static Step)> {
    all().into_iter().flat_map(|plan| plan.steps.iter().map(move |step| (plan, step)))
}

#[test]
fn as_long_as_they_say() {
    let minutes: Vec<(&str, u32)> = all().iter().map(|plan| (plan.id, plan.minutes())).collect();
    assert_eq!(minutes, [("ten", 10), ("forty", 40)]);
    for plan in all() {
        assert!(named(plan.id).is_some_and(|it| std::ptr::eq(it, plan)));
        let ends: Vec<u32> = plan.steps.iter().map(|step| plan.until(step)).collect();
        assert!(ends.is_sorted() && ends.last() == Some(&plan.minutes()), "{}: {ends:?}", plan.id);
        assert!(plan.steps.iter().all(|step| step.minutes > 0), "{}", plan.id);
    }
    assert!(named("eleven").is_none());
}

/// And a clicker knows where it stands: no place comes twice.
#[test]
fn every_place_is_there() {
    for (plan, step) in steps() {
        assert!(!step.stops.is_empty(), "{}", step.title);
        for &stop in step.stops {
            assert!(stop.beat().is_some() != matches!(stop, Stop::Page(_)), "{}: no {stop:?}", plan.id);
            for telling in [Telling::Presented(Some(plan.id)), Telling::Noted(Some(plan.id))] {
                let link = Link { telling, ..stop.link() };
                assert_eq!(Link::read(&link.write()), (link, Vec::new()), "{}: {stop:?}", plan.id);
            }
        }
    }
    for plan in all() {
        let pages: Vec<Page> = plan.stops().map(|(_, stop)| stop.link().page).collect();
        for (place, page) in pages.iter().enumerate() {
            assert!(!pages[..place].contains(page), "{}: {page:?} comes twice", plan.id);
        }
    }
}

#[test]
fn a_link_says_to_whom() {
    let check = |fragment: &str, page: Page, telling: Telling| {
        let (link, complaints) = Link::read(fragment);
        assert_eq!((&link.page, link.telling, complaints.len()), (&page, telling, 0), "{fragment}");
        assert_eq!(Link::read(&link.write()).0, link, "{fragment}");
    };
    let beat = |n: usize| Page::Lessons(Some(("life".to_owned(), n)));
    check("teach", Page::Teach, Telling::Read);
    check("join", Page::Join, Telling::Read);
    check("lesson=life&beat=3&present", beat(2), Telling::Presented(None));
    check("lesson=life&beat=3&present=ten", beat(2), Telling::Presented(Some("ten")));
    check("view=compare&present=forty", Page::Compare, Telling::Presented(Some("forty")));
    check("lesson=life&notes=forty", beat(0), Telling::Noted(Some("forty")));
    check("lesson=life&handout", beat(0), Telling::Printed(None));
    check("teach&handout=ten", Page::Teach, Telling::Printed(Some("ten")));
    let (link, complaints) = Link::read("lesson=life&present=eleven");
    assert_eq!((link.telling, complaints.len()), (Telling::Read, 1));
}

/// What a step expects is told of the run that it begins with. Each of its figures is one that the lesson
/// tells too, where a closed form checks it.
#[test]
fn every_figure_is_one_of_the_lessons() {
    let mut seen = 0;
    for (plan, step) in steps() {
        assert_eq!(step.expect.text.matches("{}").count(), step.expect.figures.len(), "{}", step.title);
        let typed = |text: &str| text.replace("HTTP/1.1", "").contains(|it: char| it.is_ascii_digit());
        for text in [step.expect.text, step.ask, step.say] {
            assert!(!typed(text), "{}, {}: {text}", plan.id, step.title);
        }
        let told = step.stops.iter().find_map(|stop| stop.beat()).map(|(lesson, ..)| told(lesson));
        for figure in figures(&step.expected()) {
            seen += 1;
            let known = told.as_ref().unwrap_or(&overall()).contains(&figure);
            assert!(known, "{}, {}: {figure} in “{}”", plan.id, step.title, step.expected());
        }
    }
    assert!(seen > 20, "only {seen} figures were looked at");
}

/// The figures of the lesson's beats, and of what their tasks teach about the same run.
fn told(lesson: &Lesson) -> BTreeSet<String> {
    let texts = lesson.beats.iter().flat_map(|beat| {
        beat.set(|seen| {
            let shown = beat.scene.shown(seen);
            let learned = beat.task.as_ref().map(|task| task.learned.told(shown));
            [Some(beat.tell.told(shown)), learned]
        })
    });
    texts.flatten().flat_map(|text| figures(&text)).collect()
}

/// The default run's waits for news, as the Lab's ledger has them.
fn overall() -> BTreeSet<String> {
    let trace = trace::sim::simulate(&trace::scenario::Scenario::default());
    let wait = |lane| trace::ledger::Account::at(&trace, lane, trace.end()).longest_wait;
    [0, 1]
        .map(|lane| trace::caption::seconds(wait(lane)).split(' ').next().unwrap_or_default().to_owned())
        .into()
}

/// Every number in a text, as it is written.
fn figures(text: &str) -> Vec<String> {
    let numbers = text.split(|it: char| !(it.is_ascii_digit() || ".,".contains(it)));
    let trimmed = numbers.map(|it| it.trim_matches(['.', ',']).to_owned());
    trimmed.filter(|it| it.contains(|digit: char| digit.is_ascii_digit())).collect()
}

/// What the class guesses has something before which the picture can wait. On paper stands a run that has not
/// come to its answer.
#[test]
fn what_is_guessed_is_played() {
    for plan in all() {
        for stop in plan.stops().map(|(_, stop)| stop).filter(|stop| stop.asks()) {
            let (lesson, place, beat) = stop.beat().expect("a beat");
            let run = beat.scene.run().expect("a run");
            let trace = trace::sim::simulate(&(run.scenario)());
            assert!(lesson.from(place, &trace) < run.moment.at(&trace), "{}: {stop:?}", plan.id);
        }
        let run = *plan.drawn.beat().expect("a beat").2.scene.run().expect("a run");
        let trace = trace::sim::simulate(&(run.scenario)());
        assert!(run.moment.at(&trace) < trace.end(), "{}", plan.id);
    }
}

/// On a slide and on paper there are no knobs: what is asked there can be answered there.
#[test]
fn tasks_away_from_the_screen() {
    let check = |lesson: &'static str, idea: &'static str, slide: bool, question: Option<&str>| {
        let (_, _, beat) = Stop::Beat(lesson, idea).beat().expect("a beat");
        let task = beat.task.as_ref().expect("a task");
        assert_eq!(task.fits_a_slide(&beat.scene), slide, "{idea}");
        assert_eq!(task.question().as_deref(), question, "{idea}");
    };
    let first = "On which lane will you hear it first, and how much later on the other?";
    check("who-first", "Ben has news", true, Some(first));
    check("who-first", "Then ask more often?", false, Some("What is gained, and what does it cost?"));
    check("who-first", "Now you are Ben", false, None);
    check("life", "A request asks to switch", false, None);
    check("life", "Messages travel in frames", true, Some("What has it that Ben’s has not?"));
    check("faster", "News that nobody asked for", false, Some("Must it be WebSocket?"));
    check("faster", "An unfair race", false, None);
    let mut asked = 0;
    for beat in trace::lesson::all().into_iter().flat_map(|lesson| lesson.beats) {
        let Some(question) = beat.task.as_ref().and_then(|task| task.question()) else { continue };
        asked += 1;
        assert!(question.starts_with(char::is_uppercase) && question.ends_with('?'), "{question}");
        for screen in ["press ", "Press ", "set ", "Set ", "Choose", "choose", "Select", "select"] {
            assert!(!question.contains(screen), "on paper: {question}");
        }
    }
    assert!(asked > 20, "only {asked} tasks ask something");
}

#[test]
fn plain_sentences() {
    for (plan, step) in steps() {
        for text in [step.say, step.ask, &step.expected()] {
            assert!(text.ends_with(['.', '?']) && !text.contains("  ") && !text.contains("{}"), "{text}");
            assert!(text.chars().count() < 260, "{}, {}: {text}", plan.id, step.title);
        }
        assert!(step.ask.contains('?'), "{} asks nothing", step.title);
    }
}

/// What the notes say that a class finds is what the page says once the task is done.
#[test]
fn what_a_class_finds() {
    let mut found = 0;
    for beat in trace::lesson::all().into_iter().flat_map(|lesson| lesson.beats) {
        let Some(finding) = beat.finding() else { continue };
        found += 1;
        let Some(Deed::Set(change)) = beat.task.as_ref().map(|task| task.deed) else { continue };
        let done = beat.set(|seen| {
            let mut scenario = seen.scenario.clone();
            change(&mut scenario);
            let trace = trace::sim::simulate(&scenario);
            beat.says(&Seen { scenario: &scenario, trace: &trace, ..*seen })
        });
        assert_eq!(Some(finding), done, "{}", beat.idea);
    }
    assert!(found > 30, "only {found} tasks");
}
