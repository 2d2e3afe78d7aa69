//! A language made up for the test: whatever is told in it has no English left.

use tongue::Catalogue;
use trace::caption;
use trace::compare::break_even::break_even;
use trace::compare::chooser::{Answers, Large, Often, Soon, Who, choose};
use trace::compare::ledger::Parts;
use trace::compare::table::{table, told};
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::workbench::broken::Case;
use wire::Body;

use super::bypass::has_words;
use super::list::LIST;
use super::po;

/// Speaks a language in which every letter of a text is the same; gaps and code stay.
fn speak() {
    let foreign = |english: &str| {
        let part = |(place, part): (usize, &str)| match place % 2 {
            0 => part.replace(char::is_alphabetic, "•"),
            _ => part.to_owned(),
        };
        english.split('`').enumerate().map(part).collect::<Vec<_>>().join("`")
    };
    let pairs = LIST.iter().map(|text| po::pair(&text.english, &foreign(&text.english)));
    tongue::learn("xx", Catalogue::read(&pairs.collect::<String>()).expect("a catalogue"));
    tongue::speak("xx");
}

/// What is said by people and programs stays as it is, and so do names in capitals.
#[track_caller]
fn check(told: &str) {
    let spoken: String = told.split(['“', '”']).step_by(2).collect();
    let plain: String = spoken.split('`').step_by(2).collect();
    let small = |word: &&str| word.contains(char::is_lowercase);
    let plain = plain.split(' ').map(|word| Some(word).filter(small).unwrap_or("–"));
    let plain = plain.collect::<Vec<_>>().join(" ");
    assert!(!has_words(&plain), "still in English: {told}");
}

#[test]
fn runs_are_told_in_a_foreign_language() {
    speak();
    for workload in [Workload::Chat, Workload::Echo, Workload::Idle] {
        for transport in Transport::ALL {
            let network = Network { loss: 300, ..Network::default() };
            let scenario = Scenario {
                lanes: vec![transport, Transport::WebSocket],
                workload,
                network,
                ..Scenario::default()
            };
            let trace = simulate(&scenario);
            check(&caption::role(&scenario, transport));
            for event in trace.events() {
                let moment = caption::moment(&trace, event.start());
                for told in [moment.text, moment.emphasis, caption::title(event), caption::label(event)] {
                    check(&told);
                }
            }
            let sum = caption::summary(&trace);
            let notes = caption::notes(&trace).into_iter().map(|note| note.1);
            notes.chain([sum.text, sum.emphasis]).for_each(|told| check(&told));
        }
    }
}

#[test]
fn comparisons_are_told_in_a_foreign_language() {
    speak();
    let scenario = Scenario::default();
    for row in table(&scenario).rows {
        let cells = row.cells.iter().map(|cell| cell.text.as_str());
        cells.chain([row.name, row.exact]).chain(row.taught).for_each(check);
    }
    check(&break_even(&scenario, Transport::Persistent, Transport::WebSocket, Parts::ALL).sentence());
    let answers = Answers {
        who: Who::Both,
        often: Often::Often,
        large: Large::Words,
        soon: Soon::AtOnce,
        plain: false,
    };
    let advice = choose(&scenario, answers);
    check(&advice.recommendation());
    check(&advice.until());
    check(&advice.without_surcharges());
    check(&advice.compressed());
    check(&told());
    advice.grid().rows.concat().iter().for_each(|told| check(told));
}

#[test]
fn broken_rules_are_told_in_a_foreign_language() {
    speak();
    for case in Case::all() {
        let dissection = case.dissect();
        for exhibit in &dissection.exhibits {
            let reason = match &exhibit.unit.body {
                Body::Response(response) => response.reason.as_str(),
                _ => "",
            };
            check(&exhibit.title().replace(reason, ""));
            for span in &exhibit.fields {
                check(span.title());
                check(&span.meaning);
            }
        }
        if let Some(trouble) = dissection.trouble {
            let reaction = trouble.violation.reaction();
            [&trouble.violation.to_string(), reaction.wire, reaction.script]
                .into_iter()
                .for_each(|told| check(told));
        }
    }
}
