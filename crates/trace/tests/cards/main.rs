//! The cards: every row of the list of misconceptions, settled by its experiment, true in every figure.

#[path = "../common/mod.rs"]
mod common;
mod figures;
#[path = "../lessons/form.rs"]
#[allow(dead_code, reason = "the lessons use all of it")]
mod form;

use std::collections::BTreeSet;
use std::fmt::Write;

use trace::card::{self, Card, Experiment};
use trace::fragment::{Link, Page};
use trace::lesson::{Scene, Shown};
use trace::scenario::Scenario;
use trace::sim::simulate;
use trace::trace::Trace;
use trace::workbench::Desk;

/// What a card sets up.
pub(crate) struct Set {
    scenario: Scenario,
    trace: Trace,
    desk: Desk,
    scene: Scene,
}

impl Set {
    fn of(card: &Card) -> Self {
        let scene = card.scene().unwrap_or_else(|| panic!("{}: its beat is gone", card.id));
        let (scenario, bench) = match scene {
            Scene::Run(run) => ((run.scenario)(), Default::default()),
            Scene::Octets(bench) => (Scenario::default(), bench()),
        };
        Self { trace: simulate(&scenario), scenario, desk: Desk::of(bench), scene }
    }

    fn shown(&self) -> Shown<'_> {
        match self.scene {
            Scene::Run(_) => Shown::Run(&self.trace),
            Scene::Octets(_) => Shown::Octets(&self.desk),
        }
    }
}

#[test]
fn thirty_cards_and_each_of_its_own() {
    let ids: BTreeSet<&str> = card::all().map(|card| card.id).collect();
    assert_eq!((card::all().count(), ids.len()), (30, 30));
    for card in card::all() {
        assert!(card::named(card.id).is_some_and(|it| std::ptr::eq(it, card)));
        assert!((2..=4).contains(&card.answers.len()), "{}", card.id);
        let answers: BTreeSet<&&str> = card.answers.iter().collect();
        assert_eq!(answers.len(), card.answers.len(), "{}", card.id);
        assert!(card.claim.ends_with('.') && card.ask.ends_with('?'), "{}", card.id);
        assert!(card.claim.chars().count() < 90 && card.ask.chars().count() < 180, "{}", card.id);
        assert!((1..=4).contains(&card.sections.len()), "{}", card.id);
    }
    assert!(card::named("dragon").is_none());
    let mut walked = Vec::new();
    let mut at = card::all().next().expect("a card");
    for _ in 0..30 {
        walked.push(at.id);
        at = card::after(at.id).expect("another");
    }
    assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), ids, "one after the other, all come round");
}

#[test]
fn the_experiments_are_there() {
    for card in card::all() {
        let set = Set::of(card);
        match set.scene {
            Scene::Run(run) => {
                let trace = &set.trace;
                assert!(run.moment.at(trace) > 0 && set.scenario.lanes.len() <= 2, "{}", card.id);
                let selected = run.pick.and_then(|pick| pick.place(trace));
                assert_eq!(selected.is_some(), run.pick.is_some(), "{}: nothing is selected", card.id);
                if let Some(name) = card.field() {
                    let event = &trace.events()[selected.expect("an event")];
                    let (shown, place) = trace::exhibit::of_event(trace, event).expect("octets");
                    assert!(shown.exhibits[place].place_of(name).is_some(), "{}: no field {name}", card.id);
                }
            }
            Scene::Octets(_) => {
                let exhibit = set.desk.exhibit().unwrap_or_else(|| panic!("{}: no octets", card.id));
                let field = card.field().expect("a field is lit");
                let names: Vec<_> = exhibit.fields.iter().map(|it| &it.name).collect();
                assert!(exhibit.place_of(field).is_some(), "{}: no {field} in {names:?}", card.id);
            }
        }
    }
}

/// The stage and the workbench of a card can be linked to by themselves, too.
#[test]
fn what_is_shown_fits_into_a_link() {
    for card in card::all() {
        let Set { scenario, desk, scene, .. } = Set::of(card);
        let link = match scene {
            Scene::Run(_) => Link { scenario, ..Link::default() },
            Scene::Octets(_) => Link { page: Page::Workbench(desk.bench), ..Link::default() },
        };
        assert_eq!(Link::read(&link.write()), (link, Vec::new()), "{}", card.id);
    }
}

/// Where a lesson shows the matter, its beat is the experiment.
#[test]
fn beats_that_cards_use() {
    let used = card::all().filter(|card| matches!(card.experiment, Experiment::Beat(..)));
    let mut number = 0;
    for card in used {
        number += 1;
        assert!(card.beat().is_some(), "{}: {:?} is gone", card.id, card.experiment);
    }
    assert!(number >= 17, "only {number} cards reuse a beat");
}

#[test]
fn figures_are_read_and_prose_is_plain() {
    for card in card::all() {
        let told = card.verdict.told(Set::of(card).shown());
        assert_eq!(card.verdict.text.matches("{}").count(), card.verdict.figures.len(), "{}", card.id);
        let names = ["HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/3", "base64", "the 101"];
        let text = names.iter().fold(card.verdict.text.to_owned(), |text, name| text.replace(name, ""));
        assert!(!text.contains(|letter: char| letter.is_ascii_digit()), "{}: {text}", card.id);
        assert!(told.chars().count() < 440, "{}: {} characters", card.id, told.chars().count());
        assert!(told.ends_with('.') && !told.contains("  ") && !told.contains("{}"), "{}: {told}", card.id);
        assert!(told.matches('`').count().is_multiple_of(2), "{}: {told}", card.id);
    }
}

/// The figures and the right prediction, against closed forms; and a wrong prediction stays possible.
#[test]
fn every_figure_is_what_a_closed_form_says() {
    for card in card::all() {
        let set = Set::of(card);
        let (right, figures) = figures::expected(card.id, &set.scenario);
        let mut expected = card.verdict.text.to_owned();
        for figure in figures {
            assert!(expected.contains("{}"), "{}: {figure} has no gap", card.id);
            expected = expected.replacen("{}", &figure, 1);
        }
        assert_eq!(card.verdict.told(set.shown()), expected, "{}", card.id);
        assert_eq!(card.truth(set.shown()), Some(right), "{}", card.id);
        assert!(right < card.answers.len(), "{}", card.id);
        let other = match set.scene {
            Scene::Run(_) => Shown::Octets(&set.desk),
            Scene::Octets(_) => Shown::Run(&set.trace),
        };
        assert_eq!(card.truth(other), None, "{}: settled by what is not its experiment", card.id);
    }
}

/// All texts in one place, to be read.
#[test]
fn the_texts() {
    let mut out = String::new();
    for pile in card::piles() {
        writeln!(out, "# {}\n", pile.title).expect("a string takes all");
        for card in pile.cards {
            let set = Set::of(card);
            let right = card.truth(set.shown()).expect("settled");
            write!(out, "{}\n   {}\n", card.claim, card.ask).expect("takes");
            for (place, answer) in card.answers.iter().enumerate() {
                writeln!(out, "   {} {answer}", if place == right { '*' } else { '-' }).expect("takes");
            }
            let told = card.verdict.told(set.shown());
            write!(out, "   = {told}\n   [{}]\n\n", card.sections.join("; ")).expect("takes");
        }
    }
    common::golden("cards.txt", &out);
}
