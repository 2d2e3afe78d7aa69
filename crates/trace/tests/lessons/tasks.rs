//! What is to be done is open on entering, and done when it is done.

use super::page::{Page, after, beats};
use trace::lesson::{Deed, Scene, Seen};
use trace::scenario::{Scenario, Speaker, Utterance};
use trace::workbench::Bench;

#[test]
fn tasks_are_open_on_entering_and_done_when_they_are_done() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        let page = Page::entered(beat);
        let seen = page.seen(beat);
        for at in [seen.at, lesson.from(n, &page.trace)] {
            assert!(!beat.is_done(&Seen { at, ..seen }), "{name}: done before it was begun");
        }
        assert_eq!(beat.says(&seen), Some(beat.tell.told(page.shown(beat))), "{name}");
        let Some(task) = &beat.task else { continue };
        for after in after(beat) {
            let entered = Seen { at: seen.at, ..after.seen(beat) };
            let done = match task.deed {
                Deed::Watch => Seen { at: after.trace.end(), ..entered },
                Deed::Field(name) => Seen { field: Some(name), ..entered },
                Deed::Select(pick) => Seen { selected: pick.place(&after.trace), field: None, ..entered },
                Deed::Set(_) | Deed::Speak(_) | Deed::Change(_) | Deed::Make { .. } => entered,
            };
            assert!(beat.is_done(&done), "{name}: not seen to be done, {}", after.set(beat));
            assert_eq!(beat.says(&done), Some(task.learned.told(after.shown(beat))), "{name}");
            // Something else than what was asked for is neither done nor spoken of.
            let strayed = astray(&after, beat.scene);
            let stray = Seen { scenario: &strayed.scenario, desk: &strayed.desk, ..done };
            assert!(!beat.is_done(&stray), "{name}");
            assert_eq!(beat.says(&stray), None, "{name}");
        }
    }
}

/// Neither what a beat sets nor what it asks for.
fn astray(page: &Page, scene: Scene) -> Page {
    match scene {
        Scene::Run(_) => Page::playing(Scenario { seed: 7, ..page.scenario.clone() }),
        Scene::Octets(_) => {
            let mut bench = Bench { tool: page.desk.bench.tool, ..Bench::default() };
            (bench.draft.payload, bench.draft.key) = ("Stray".to_owned(), "01 02 03 04".to_owned());
            (bench.machine.key, bench.machine.guid) = ("Stray".to_owned(), "Stray".to_owned());
            bench.case = "";
            Page::making(bench)
        }
    }
}

/// The field of a beat's task is there to be chosen, and the same field of another event is not meant.
#[test]
fn the_field_that_is_asked_for() {
    for (lesson, n, beat) in beats() {
        let name = format!("{} {n}", lesson.id);
        let Some(Deed::Field(asked)) = beat.task.as_ref().map(|task| task.deed) else { continue };
        let page = Page::entered(beat);
        let dissection = match beat.selected(&page.trace).and_then(|place| page.trace.events().get(place)) {
            Some(event) => trace::exhibit::of_event(&page.trace, event).expect("octets").0,
            None => (*page.desk.dissection).clone(),
        };
        assert!(dissection.exhibits.iter().any(|it| it.place_of(asked).is_some()), "{name}");
        if beat.scene.run().is_some() {
            let elsewhere = Seen { selected: None, field: Some(asked), ..page.seen(beat) };
            assert!(!beat.is_done(&elsewhere), "{name}: the field of another event");
        }
    }
}

#[test]
fn somebody_else_may_not_do_the_speaking() {
    for (lesson, _, beat) in beats() {
        let Some(Deed::Speak(asked)) = beat.task.as_ref().map(|task| task.deed) else { continue };
        let from = if asked == Speaker::You { Speaker::Server } else { Speaker::You };
        let own = Page::entered(beat).scenario;
        let said = Utterance { at: 500_000, from, text: "Hm".to_owned() };
        let page =
            Page::playing(Scenario { added: own.added.iter().cloned().chain([said]).collect(), ..own });
        assert!(!beat.is_done(&page.seen(beat)), "{}", lesson.id);
    }
}
