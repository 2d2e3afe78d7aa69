//! What a visitor to a beat has before them, on entering it and after its task.

use trace::lesson::{Beat, Deed, Lesson, Scene, Seen, Shown, all};
use trace::scenario::{Scenario, Utterance};
use trace::sim::simulate;
use trace::trace::Trace;
use trace::workbench::{Bench, Desk};

/// The stage and the workbench.
pub(crate) struct Page {
    pub(crate) scenario: Scenario,
    pub(crate) trace: Trace,
    pub(crate) desk: Desk,
}

impl Page {
    /// What was set, for a message: no run and no octets.
    pub(crate) fn set(&self, beat: &Beat) -> String {
        match beat.scene {
            Scene::Run(_) => format!("{:?}", self.scenario),
            Scene::Octets(_) => format!("{:?}", self.desk.bench),
        }
    }

    pub(crate) fn playing(scenario: Scenario) -> Self {
        Self { trace: simulate(&scenario), scenario, desk: Desk::of(Bench::default()) }
    }

    pub(crate) fn making(bench: Bench) -> Self {
        Self { desk: Desk::of(bench), ..Self::playing(Scenario::default()) }
    }

    pub(crate) fn entered(beat: &Beat) -> Self {
        match beat.scene {
            Scene::Run(run) => Self::playing((run.scenario)()),
            Scene::Octets(bench) => Self::making(bench()),
        }
    }

    /// What the beat sees of this page, where it rests.
    pub(crate) fn seen(&self, beat: &Beat) -> Seen<'_> {
        Seen {
            scenario: &self.scenario,
            trace: &self.trace,
            at: beat.scene.run().map_or(0, |run| run.moment.at(&self.trace)),
            selected: beat.selected(&self.trace),
            desk: &self.desk,
            field: beat.field,
        }
    }

    pub(crate) fn shown(&self, beat: &Beat) -> Shown<'_> {
        beat.scene.shown(&self.seen(beat))
    }
}

/// Every beat with its lesson and its place.
pub(crate) fn beats() -> impl Iterator<Item = (&'static Lesson, usize, &'static Beat)> {
    all().into_iter().flat_map(|lesson| lesson.beats.iter().enumerate().map(move |(n, it)| (lesson, n, it)))
}

/// What a beat's task may lead to: one page, or for what somebody says at any time, a few.
pub(crate) fn after(beat: &Beat) -> Vec<Page> {
    let Page { scenario: own, desk, .. } = Page::entered(beat);
    match beat.task.as_ref().map(|task| task.deed) {
        Some(Deed::Set(change)) => {
            let mut changed = own;
            change(&mut changed);
            vec![Page::playing(changed)]
        }
        Some(Deed::Speak(from)) => {
            let said = |at: u64| Utterance { at, from, text: "Soup, then?".to_owned() };
            let with = |times: &[u64]| Scenario {
                added: own.added.iter().cloned().chain(times.iter().map(|&at| said(at))).collect(),
                ..own.clone()
            };
            [&[0][..], &[50_000], &[160_000], &[650_000], &[1_060_000], &[1_060_000, 1_500_000]]
                .map(|times| Page::playing(with(times)))
                .into()
        }
        Some(Deed::Change(change) | Deed::Make { such_as: change, .. }) => {
            let mut bench = desk.bench;
            change(&mut bench);
            vec![Page::making(bench)]
        }
        _ => vec![Page::entered(beat)],
    }
}
