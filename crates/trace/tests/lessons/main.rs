//! The lessons: whole, true in every figure, in plain sentences; tasks are seen to be done.

#[path = "../common/mod.rs"]
mod common;
mod deflate;
mod figures;
mod form;
mod pushed;
mod tcp;

use std::fmt::Write;

use trace::fragment::Link;
use trace::lesson::words::Words;
use trace::lesson::{Beat, Deed, Lesson, Moment, Seen, all, named};
use trace::scenario::{Network, Scenario, Speaker, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

/// Every beat with its lesson and its place.
fn beats() -> impl Iterator<Item = (&'static Lesson, usize, &'static Beat)> {
    all().into_iter().flat_map(|lesson| lesson.beats.iter().enumerate().map(move |(n, it)| (lesson, n, it)))
}

fn run(beat: &Beat) -> (Scenario, Trace) {
    let scenario = (beat.scenario)();
    let trace = simulate(&scenario);
    (scenario, trace)
}

/// The stage as a beat sets it.
fn entered<'a>(beat: &Beat, scenario: &'a Scenario, trace: &'a Trace) -> Seen<'a> {
    let at = beat.moment.at(trace);
    Seen { scenario, trace, at, selected: beat.selected(trace), field: beat.field }
}

/// The scenarios that a beat's task may lead to: one, or for what somebody says at any time, a few.
fn after(beat: &Beat) -> Vec<Scenario> {
    let own = (beat.scenario)();
    match beat.task.as_ref().map(|task| task.deed) {
        Some(Deed::Set(change)) => {
            let mut changed = own;
            change(&mut changed);
            vec![changed]
        }
        Some(Deed::Speak(from)) => {
            let said = |at: u64| Utterance { at, from, text: "Soup, then?".to_owned() };
            let with = |times: &[u64]| Scenario {
                added: own.added.iter().cloned().chain(times.iter().map(|&at| said(at))).collect(),
                ..own.clone()
            };
            [&[0][..], &[50_000], &[160_000], &[650_000], &[1_060_000], &[1_060_000, 1_500_000]]
                .map(with)
                .into()
        }
        _ => vec![own],
    }
}

#[test]
fn lessons_in_order() {
    let ids: Vec<&str> = all().iter().map(|lesson| lesson.id).collect();
    assert_eq!(ids, ["request", "hang-up", "life", "who-first", "cost", "tcp", "deflate"]);
    for lesson in all() {
        assert!(named(lesson.id).is_some_and(|it| std::ptr::eq(it, lesson)));
        assert!((4..=8).contains(&lesson.beats.len()), "{}", lesson.id);
        assert!(!lesson.about.is_empty() && lesson.about.ends_with('.') && lesson.about.len() < 100);
        for (n, beat) in lesson.beats.iter().enumerate() {
            assert!(beat.idea.split(' ').count() <= 7 && beat.idea.len() < 40, "{}", beat.idea);
            assert!(lesson.beats[..n].iter().all(|other| other.idea != beat.idea), "{}", beat.idea);
        }
    }
    assert!(named("webhook").is_none());
}

#[test]
fn everything_that_a_beat_points_at_is_there() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        let (scenario, trace) = run(beat);
        assert!(trace.end() < 4_000_000 && scenario.lanes.len() <= 2, "{name}: not a simple picture");
        let at = beat.moment.at(&trace);
        assert!(at <= trace.end(), "{name}");
        assert_eq!(at == 0, beat.moment == Moment::Start, "{name}: an event that is not there");
        assert_eq!(beat.selected(&trace).is_some(), beat.pick.is_some(), "{name}: nothing is selected");
        assert_eq!(beat.lit(&trace).is_some(), beat.field.is_some(), "{name}: no such field");
        if let Some(event) = beat.selected(&trace).and_then(|place| trace.events().get(place)) {
            assert!(event.start() <= at, "{name}: what is selected has not happened yet");
        }
        let from = lesson.from(n, &trace);
        assert_eq!(from < at, beat.plays, "{name}: plays from {from} to {at}");
    }
}

/// A lesson's pictures travel as links, before its task and after it.
#[test]
fn every_scenario_fits_into_a_link() {
    for (lesson, n, beat) in beats() {
        for scenario in after(beat).into_iter().chain([(beat.scenario)()]) {
            let link = Link { scenario, ..Link::default() };
            let (read, complaints) = Link::read(&link.write());
            assert!(complaints.is_empty(), "{} {n}: {complaints:?}", lesson.id);
            assert_eq!(read, link, "{} {n}", lesson.id);
        }
    }
}

#[test]
fn plays_from_the_moment_before() {
    let who = named("who-first").expect("a lesson");
    let trace = simulate(&(who.beats[2].scenario)());
    assert_eq!(who.from(2, &trace), who.beats[1].moment.at(&trace), "on from the beat before");
    let trace = simulate(&(who.beats[5].scenario)());
    assert_eq!(who.from(5, &trace), 0, "another scenario starts at zero");
    assert_eq!(who.from(99, &trace), 0);
    let hang_up = named("hang-up").expect("a lesson");
    let trace = simulate(&(hang_up.beats[3].scenario)());
    assert_eq!(hang_up.from(3, &trace), trace.end(), "what does not play starts where it rests");
    let cost = named("cost").expect("a lesson");
    let trace = simulate(&(cost.beats[4].scenario)());
    assert_eq!(cost.from(4, &trace), 0, "never backwards");
}

/// Each figure, of the beat's own run and of many others, is what the table's closed form says.
#[test]
fn every_figure_is_that_of_the_run() {
    for (lesson, n, beat) in beats() {
        for scenario in others((beat.scenario)()) {
            check(lesson, n, &beat.tell, false, &scenario);
        }
        let Some(task) = &beat.task else { continue };
        for scenario in after(beat).into_iter().flat_map(others) {
            check(lesson, n, &task.learned, true, &scenario);
        }
    }
}

fn check(lesson: &Lesson, n: usize, words: &Words, learned: bool, scenario: &Scenario) {
    let mut expected = words.text.to_owned();
    for figure in figures::expected(lesson.id, n, learned, scenario) {
        assert!(expected.contains("{}"), "{} {n}: {figure} has no gap", lesson.id);
        expected = expected.replacen("{}", &figure, 1);
    }
    assert_eq!(
        words.told(&simulate(scenario)),
        expected,
        "{} {n}, learned: {learned}, {scenario:?}",
        lesson.id
    );
}

/// A scenario and others like it, in which a typed figure would be wrong.
fn others(own: Scenario) -> Vec<Scenario> {
    let link = |round_trip, kilobits| Scenario {
        network: Network { round_trip, kilobits, ..own.network },
        ..own.clone()
    };
    let mut others = vec![link(40_000, 5_000), link(180_000, 50_000), link(80_000, 2_000)];
    if own.workload == Workload::Echo {
        let load = |messages, size| Scenario { messages, size: Some(size), ..own.clone() };
        others.extend([load(2, 1), load(7, 125), load(9, 126), load(4, 1_500), load(3, 16)]);
    } else if let Some(first) = own.added.first().filter(|_| own.messages == 0) {
        let first = Utterance { at: first.at + 60_000, text: "Bread and cheese".to_owned(), ..first.clone() };
        let added = std::iter::once(first).chain(own.added[1..].iter().cloned()).collect();
        others.push(Scenario { added, ..own.clone() });
    }
    others.push(own);
    others
}

/// The gaps are where the figures are: beside them no number is typed, in digits or in letters.
#[test]
fn no_figure_is_typed() {
    for (lesson, n, beat) in beats() {
        let (name, learned) = (format!("{} {n}", lesson.id), beat.task.as_ref().map(|task| &task.learned));
        for words in [Some(&beat.tell), learned].into_iter().flatten() {
            assert_eq!(words.text.matches("{}").count(), words.figures.len(), "{name}");
            let text = words
                .text
                .replace("HTTP/1.1", "")
                .replace("HTTP/1.0", "")
                .replace("HTTP/2", "")
                .replace("HTTP/3", "");
            assert!(!text.contains(|letter: char| letter.is_ascii_digit()), "{name}: {text}");
            let typed = text.split(|letter: char| !letter.is_alphabetic()).find(|it| NUMBERS.contains(it));
            assert_eq!(typed, None, "{name}: {text}");
        }
    }
}

#[test]
fn plain_sentences() {
    for (lesson, n, beat) in beats() {
        let (_, trace) = run(beat);
        check_prose(&format!("{} {n}", lesson.id), &beat.tell.told(&trace), 320);
        if let Some(task) = &beat.task {
            check_prose(&format!("{} {n}, the task", lesson.id), task.say, 140);
            for scenario in after(beat) {
                let learned = task.learned.told(&simulate(&scenario));
                check_prose(&format!("{} {n}, learned", lesson.id), &learned, 320);
            }
        }
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

#[test]
fn tasks_are_open_on_entering_and_done_when_they_are_done() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        let (own, trace) = run(beat);
        let seen = entered(beat, &own, &trace);
        for at in [seen.at, lesson.from(n, &trace)] {
            assert!(!beat.is_done(&Seen { at, ..seen }), "{name}: done before it was begun");
        }
        assert_eq!(beat.says(&seen), Some(beat.tell.told(&trace)), "{name}");
        let Some(task) = &beat.task else { continue };
        for scenario in after(beat) {
            let run = simulate(&scenario);
            let entered = Seen { scenario: &scenario, trace: &run, ..seen };
            let done = match task.deed {
                Deed::Watch => Seen { at: run.end(), ..entered },
                Deed::Field(name) => Seen { field: Some(name), ..entered },
                Deed::Select(pick) => Seen { selected: pick.place(&run), field: None, ..entered },
                Deed::Set(_) | Deed::Speak(_) => entered,
            };
            assert!(beat.is_done(&done), "{name}: not seen to be done, {scenario:?}");
            assert_eq!(beat.says(&done), Some(task.learned.told(&run)), "{name}");
            // Something else than what was asked for is neither done nor spoken of.
            let strayed = Scenario { seed: 7, ..scenario.clone() };
            let stray = Seen { scenario: &strayed, ..done };
            assert!(!beat.is_done(&stray), "{name}");
            assert_eq!(beat.says(&stray), None, "{name}");
        }
        if let Deed::Field(asked) = task.deed {
            let event = trace.events()[beat.selected(&trace).expect("an event")].clone();
            let (dissection, place) = trace::exhibit::of_event(&trace, &event).expect("octets");
            assert!(dissection.exhibits[place].fields.iter().any(|field| field.name == asked), "{name}");
            let elsewhere = Seen { selected: None, field: Some(asked), ..seen };
            assert!(!beat.is_done(&elsewhere), "{name}: the field of another event");
        }
    }
}

#[test]
fn somebody_else_may_not_do_the_speaking() {
    let (lesson, _, beat) = beats()
        .find(|(_, _, beat)| beat.task.as_ref().is_some_and(|it| matches!(it.deed, Deed::Speak(_))))
        .expect("a beat");
    let (own, _) = run(beat);
    let mine = Utterance { at: 500_000, from: Speaker::You, text: "Hm".to_owned() };
    let scenario = Scenario { added: own.added.iter().cloned().chain([mine]).collect(), ..own };
    let trace = simulate(&scenario);
    assert!(!beat.is_done(&entered(beat, &scenario, &trace)), "{}", lesson.id);
}

/// What the sentences claim without a figure.
#[test]
fn the_claims_between_the_figures_hold() {
    // Request: what the octets themselves take hardly shows.
    let one = (named("request").expect("a lesson").beats[6].scenario)();
    let heard = form::http(&one, false).last();
    assert!((heard - 2 * one.network.round_trip) * 50 < heard);
    // Cost: from the break-even on, and not before, the WebSocket lane has carried less; a message
    // later the lead is larger.
    let cost = (named("cost").expect("a lesson").beats[5].scenario)();
    for size in [1, 16, 125, 126, 1_000, 65_536] {
        let lead = |messages: u32| {
            let scenario = Scenario { messages, size: Some(size), ..cost.clone() };
            let trace = simulate(&scenario);
            let octets = |lane| trace::ledger::Account::at(&trace, lane, trace.end()).on_connections() as i64;
            octets(0) - octets(1)
        };
        let row = figures::expected("cost", 5, false, &Scenario { size: Some(size), ..cost.clone() });
        let first: u32 = row[3].parse().expect("a count");
        assert!(lead(first) > 0 && lead(first - 1) <= 0 && lead(first + 1) > lead(first), "{size}");
    }
    // On a narrow link the heads are felt, on a wide one they are not.
    let warm = |kilobits| {
        let network = Network { kilobits, ..cost.network };
        let scenario = Scenario { network, ..cost.clone() };
        let trip = |echo: form::Echo| echo.answers[1].1 - echo.answers[0].1;
        trip(form::http(&scenario, false)) - trip(form::websocket(&scenario))
    };
    assert!(warm(10_000) < 2_000 && warm(100) > 50_000);
}

/// All texts in one place, to be read.
#[test]
fn the_texts() {
    let mut out = String::new();
    for lesson in all() {
        writeln!(out, "# {}\n{}\n", lesson.title, lesson.about).expect("a string takes all");
        for (n, beat) in lesson.beats.iter().enumerate() {
            let (_, trace) = run(beat);
            let plays = if beat.plays { "plays to" } else { "rests at" };
            let at = beat.moment.at(&trace);
            let lit = beat.field.map_or(String::new(), |field| format!(", {field} is lit"));
            let selected = beat.selected(&trace).map_or("nothing".to_owned(), |place| {
                let event = &trace.events()[place];
                format!("lane {}, {}", event.key.lane, trace::caption::title(event))
            });
            writeln!(out, "{}. {}\n   ({plays} {at}; selected: {selected}{lit})", n + 1, beat.idea)
                .expect("takes");
            writeln!(out, "   {}\n   [{}]", beat.tell.told(&trace), beat.sections.join("; ")).expect("takes");
            if let Some(task) = &beat.task {
                let last = after(beat).pop().expect("a scenario");
                writeln!(out, "   > {}\n   = {}", task.say, task.learned.told(&simulate(&last)))
                    .expect("takes");
            }
            out.push('\n');
        }
    }
    common::golden("lessons.txt", &out);
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
