//! The lessons: whole, true in every figure, in plain sentences; tasks are seen to be done.

#[path = "../common/mod.rs"]
mod common;

mod choose;
mod claims;
mod deflate;
mod figures;
mod form;
mod more;
mod octets;
mod page;
mod production;
mod prose;
mod pushed;
mod tasks;
mod taught;
mod tcp;
mod webhooks;

use std::fmt::Write;

use page::{Page, after, beats};
use trace::fragment::{self, Link};
use trace::lesson::words::Words;
use trace::lesson::{Beat, Lesson, Moment, Scene, all, named, start};
use trace::scenario::{Network, Scenario, Speaker, Utterance, Workload};
use trace::workbench::draft::Draft;
use trace::workbench::{Bench, Tool};

#[test]
fn lessons_in_order() {
    let ids: Vec<&str> = all().iter().map(|lesson| lesson.id).collect();
    let order = "talk request hang-up life key frame mask who-first cost faster tcp goodbye deflate webhooks \
        production choose";
    assert_eq!(ids, order.split(' ').collect::<Vec<_>>());
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
fn each_lesson_leads_to_the_next() {
    let mut way = vec![start()[0].id];
    while let Some(next) = named(way[way.len() - 1]).and_then(trace::lesson::after) {
        assert!(way.len() < all().len(), "round in circles: {way:?}");
        way.push(next.id);
    }
    let order = "talk life who-first cost request hang-up key frame mask faster tcp goodbye deflate webhooks \
        production choose";
    assert_eq!(way, order.split(' ').collect::<Vec<_>>());
    assert_eq!(start().into_iter().map(Lesson::minutes).sum::<usize>(), 27);
}

#[test]
fn everything_that_a_beat_points_at_is_there() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        let page = Page::entered(beat);
        assert_eq!(beat.lit(page.shown(beat)).is_some(), beat.field.is_some(), "{name}: no such field");
        let Some(run) = beat.scene.run() else {
            assert!(page.desk.exhibit().is_some(), "{name}: no octets");
            continue;
        };
        let Page { scenario, trace, .. } = &page;
        assert!(trace.end() < 4_000_000 && scenario.lanes.len() <= 2, "{name}: not a simple picture");
        let at = run.moment.at(trace);
        assert!(at <= trace.end(), "{name}");
        assert_eq!(at == 0, run.moment == Moment::Start, "{name}: an event that is not there");
        assert_eq!(beat.selected(trace).is_some(), run.pick.is_some(), "{name}: nothing is selected");
        if let Some(event) = beat.selected(trace).and_then(|place| trace.events().get(place)) {
            assert!(event.start() <= at, "{name}: what is selected has not happened yet");
        }
        let from = lesson.from(n, trace);
        assert_eq!(from < at, run.plays, "{name}: plays from {from} to {at}");
    }
}

/// A lesson's pictures and octets travel as links, before its task and after it.
#[test]
fn every_scene_fits_into_a_link() {
    for (lesson, n, beat) in beats() {
        for page in after(beat).into_iter().chain([Page::entered(beat)]) {
            let link = match beat.scene {
                Scene::Run(_) => Link { scenario: page.scenario, ..Link::default() },
                Scene::Octets(_) => {
                    Link { page: fragment::Page::Workbench(page.desk.bench), ..Link::default() }
                }
            };
            let (read, complaints) = Link::read(&link.write());
            assert!(complaints.is_empty(), "{} {n}: {complaints:?}", lesson.id);
            assert_eq!(read, link, "{} {n}", lesson.id);
        }
    }
}

#[test]
fn plays_from_the_moment_before() {
    let run = |lesson: &Lesson, place: usize| *lesson.beats[place].scene.run().expect("a run");
    let trace = |lesson: &Lesson, place: usize| Page::playing((run(lesson, place).scenario)()).trace;
    let who = named("who-first").expect("a lesson");
    let played = trace(who, 2);
    assert_eq!(who.from(2, &played), run(who, 1).moment.at(&played), "on from the beat before");
    assert_eq!(who.from(5, &trace(who, 5)), 0, "another scenario starts at zero");
    assert_eq!(who.from(99, &played), 0);
    let hang_up = named("hang-up").expect("a lesson");
    let played = trace(hang_up, 3);
    assert_eq!(hang_up.from(3, &played), played.end(), "what does not play starts where it rests");
    let cost = named("cost").expect("a lesson");
    assert_eq!(cost.from(4, &trace(cost, 4)), 0, "never backwards");
}

/// Each figure, of the beat's own scene and of many others, is what the table's closed form says.
#[test]
fn every_figure_is_that_of_what_is_shown() {
    for (lesson, n, beat) in beats() {
        for page in others(Page::entered(beat), beat) {
            check(lesson, n, &beat.tell, false, &page);
        }
        let Some(task) = &beat.task else { continue };
        for page in after(beat).into_iter().flat_map(|page| others(page, beat)) {
            check(lesson, n, &task.learned, true, &page);
        }
    }
}

fn check(lesson: &Lesson, n: usize, words: &Words, learned: bool, page: &Page) {
    let mut expected = words.text.to_owned();
    for figure in figures::expected(lesson.id, n, learned, page) {
        assert!(expected.contains("{}"), "{} {n}: {figure} has no gap", lesson.id);
        expected = expected.replacen("{}", &figure, 1);
    }
    let beat = &lesson.beats[n];
    let told = words.told(page.shown(beat));
    assert_eq!(told, expected, "{} {n}, learned: {learned}, {}", lesson.id, page.set(beat));
}

/// A scene and others like it, in which a typed figure would be wrong.
fn others(page: Page, beat: &Beat) -> Vec<Page> {
    let mut others: Vec<Page> = match beat.scene {
        Scene::Run(_) => scenarios(&page.scenario).into_iter().map(Page::playing).collect(),
        Scene::Octets(_) => benches(&page.desk.bench).into_iter().map(Page::making).collect(),
    };
    others.push(page);
    others
}

fn scenarios(own: &Scenario) -> Vec<Scenario> {
    let link = |round_trip, kilobits| Scenario {
        network: Network { round_trip, kilobits, ..own.network },
        ..own.clone()
    };
    let mut others = vec![link(40_000, 5_000), link(180_000, 50_000), link(80_000, 2_000)];
    if own.workload == Workload::Echo {
        let load = |messages, size| Scenario { messages, size: Some(size), ..own.clone() };
        others.extend([load(2, 1), load(7, 125), load(9, 126), load(4, 1_500), load(3, 16)]);
    } else if let Some(first) = own.added.first().filter(|it| own.messages == 0 && it.from == Speaker::Server)
    {
        let first = Utterance { at: first.at + 60_000, text: "Bread and cheese".to_owned(), ..first.clone() };
        let added = std::iter::once(first).chain(own.added[1..].iter().cloned()).collect();
        others.push(Scenario { added, ..own.clone() });
    }
    others
}

fn benches(own: &Bench) -> Vec<Bench> {
    let Draft { payload, opcode, .. } = &own.draft;
    let most = if *opcode < 8 { 70_000 } else { 125 };
    if own.tool != Tool::Build || own.draft.hex {
        return Vec::new();
    }
    let longer = [2, 13, 30].map(|times| payload.repeat(times)).into_iter().filter(|it| it.len() <= most);
    let with = |payload| Bench { draft: Draft { payload, ..own.draft.clone() }, ..own.clone() };
    longer.map(with).collect()
}

/// All texts in one place, to be read.
#[test]
fn the_texts() {
    let mut out = String::new();
    for lesson in all() {
        writeln!(out, "# {}\n{}\n", lesson.title, lesson.about).expect("a string takes all");
        for (n, beat) in lesson.beats.iter().enumerate() {
            let page = Page::entered(beat);
            let lit = beat.field.map_or(String::new(), |field| format!("; {field} is lit"));
            let told = beat.tell.told(page.shown(beat));
            let sections = beat.sections.join("; ");
            write!(
                out,
                "{}. {}\n   ({}{lit})\n   {told}\n   [{sections}]\n",
                n + 1,
                beat.idea,
                setting(beat, &page)
            )
            .expect("takes");
            if let Some(task) = &beat.task {
                let last = after(beat).pop().expect("a page");
                let learned = task.learned.told(last.shown(beat));
                write!(out, "   > {}\n   = {learned}\n", task.say).expect("takes");
            }
            write!(out, "   ({})\n\n", beat.notes).expect("takes");
        }
    }
    common::golden("lessons.txt", &out);
}

/// What a beat sets, in short.
fn setting(beat: &Beat, page: &Page) -> String {
    let Some(run) = beat.scene.run() else {
        let shown = page.desk.exhibit().map_or(String::new(), |exhibit| exhibit.title());
        return format!("{}: {shown}", page.desk.bench.tool.name());
    };
    let plays = if run.plays { "plays to" } else { "rests at" };
    let selected = beat.selected(&page.trace).map_or("nothing".to_owned(), |place| {
        let event = &page.trace.events()[place];
        format!("lane {}, {}", event.key.lane, trace::caption::title(event))
    });
    format!("{plays} {}; selected: {selected}", run.moment.at(&page.trace))
}
