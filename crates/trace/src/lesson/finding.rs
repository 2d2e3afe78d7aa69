//! What a class will find: a beat's task, done by the page itself.

use super::{Beat, Deed, Scene, Seen};
use crate::scenario::Scenario;
use crate::sim::simulate;
use crate::workbench::{Bench, Desk};

impl Beat {
    /// What is learned from the task, done one way that it may be done. `None` without a task, or where
    /// what is learned depends on the moment at which somebody speaks.
    pub fn finding(&self) -> Option<String> {
        let task = self.task.as_ref()?;
        let (mut scenario, mut bench) = match self.scene {
            Scene::Run(run) => ((run.scenario)(), Bench::default()),
            Scene::Octets(bench) => (Scenario::default(), bench()),
        };
        match task.deed {
            Deed::Watch | Deed::Field(_) | Deed::Select(_) => {}
            Deed::Set(change) => change(&mut scenario),
            Deed::Change(change) | Deed::Make { such_as: change, .. } => change(&mut bench),
            Deed::Speak(_) => return None,
        }
        let (trace, desk) = (simulate(&scenario), Desk::of(bench));
        let at = trace.end();
        let seen =
            Seen { scenario: &scenario, trace: &trace, at, selected: None, desk: &desk, field: self.field };
        Some(task.learned.told(self.scene.shown(&seen)))
    }
}
