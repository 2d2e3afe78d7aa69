//! Lessons: runs and octets told in beats of one idea each. Data, and the little that reads it.
//!
//! A [`Beat`] sets a [`Scene`]: a moment of a run on the stage, or octets on the workbench. It says what
//! is lit there and what is told of it. No figure is typed: [`Words`] have gaps, and a
//! [`Figure`](words::Figure) fills each from what is shown. A beat may ask the visitor to do something;
//! [`Task`] knows whether it was done, and what is then to be seen. Absent on purpose: how any of it looks.

mod choose;
mod cost;
mod deed;
mod deflate;
mod faster;
mod finding;
mod frame;
mod goodbye;
mod hang_up;
mod key;
mod life;
mod mask;
mod octets;
pub mod pick;
pub mod plan;
mod production;
pub(crate) mod reading;
mod request;
mod scene;
mod talk;
pub mod taught;
mod tcp;
pub mod telling;
mod webhooks;
mod who_first;
pub mod words;

pub use deed::{Deed, Task};
pub use scene::{Moment, Run, Scene, Seen, Shown};

use words::Words;

use crate::exhibit;
use crate::sim::simulate;
use crate::teaching;
use crate::trace::Trace;
use crate::workbench::Desk;

/// A few beats on one question.
#[derive(Debug)]
pub struct Lesson {
    /// Its name in a link.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about, in one line.
    pub about: &'static str,
    /// Its beats, in order.
    pub beats: &'static [Beat],
}

/// One idea, and the picture that shows it.
#[derive(Debug)]
pub struct Beat {
    /// The idea, in a few words.
    pub idea: &'static str,
    /// What is shown.
    pub scene: Scene,
    /// Which field of the octets is lit, by its name: of the selected event's, or of the unit on the workbench.
    pub field: Option<&'static str>,
    /// What is told of the beat's own scene.
    pub tell: Words,
    /// For the teacher: what to say, what to ask the class, which answer to expect.
    pub notes: &'static str,
    /// Where the claims can be read: "RFC 9112 section 9.3".
    pub sections: &'static [&'static str],
    /// Something to do.
    pub task: Option<Task>,
}

/// Every lesson, in the order in which they are best taken.
pub fn all() -> Vec<&'static Lesson> {
    teaching::arrived(|it| it.lessons)
}

/// The lessons to start with, in order: what a WebSocket is and what it changes.
pub fn start() -> Vec<&'static Lesson> {
    teaching::arrived(|it| it.first)
}

/// See [`all`].
pub(crate) static ALL: [&Lesson; 16] = [
    &talk::LESSON,
    &request::LESSON,
    &hang_up::LESSON,
    &life::LESSON,
    &key::LESSON,
    &frame::LESSON,
    &mask::LESSON,
    &who_first::LESSON,
    &cost::LESSON,
    &faster::LESSON,
    &tcp::LESSON,
    &goodbye::LESSON,
    &deflate::LESSON,
    &webhooks::LESSON,
    &production::LESSON,
    &choose::LESSON,
];

/// See [`start`].
pub(crate) static FIRST: [&Lesson; 4] = [&talk::LESSON, &life::LESSON, &who_first::LESSON, &cost::LESSON];

/// The lesson to take after `own`: along those to start with, and then along the others; `None` after the last.
pub fn after(own: &Lesson) -> Option<&'static Lesson> {
    let first = start();
    let is_first = |lesson: &&Lesson| first.iter().any(|it| it.id == lesson.id);
    let others = all().into_iter().filter(|lesson| !is_first(lesson));
    first.iter().copied().chain(others).skip_while(|lesson| lesson.id != own.id).nth(1)
}

/// The lesson with this [`id`](Lesson::id).
pub fn named(id: &str) -> Option<&'static Lesson> {
    all().into_iter().find(|lesson| lesson.id == id)
}

impl Lesson {
    /// How long it takes, in minutes: about one for each beat.
    pub fn minutes(&self) -> usize {
        self.beats.len()
    }

    /// Where the playhead starts on entering a beat on the stage, whose run is `trace`: at the moment of
    /// the beat before, if that is an earlier one of the same scenario, or else at zero. A beat that does
    /// not play starts where it rests.
    pub fn from(&self, place: usize, trace: &Trace) -> u64 {
        let run = |place: usize| self.beats.get(place).and_then(|beat| beat.scene.run());
        let Some(own) = run(place) else { return 0 };
        let rests = own.moment.at(trace);
        if !own.plays {
            return rests;
        }
        let before = place.checked_sub(1).and_then(run);
        let same = before.filter(|before| (before.scenario)() == (own.scenario)());
        same.map(|before| before.moment.at(trace)).filter(|&at| at < rests).unwrap_or(0)
    }
}

impl Beat {
    /// The event that is selected: its place in the beat's own run.
    pub fn selected(&self, trace: &Trace) -> Option<usize> {
        self.scene.run()?.pick?.place(trace)
    }

    /// The field that is lit: its place among those of the octets that are shown.
    pub fn lit(&self, shown: Shown) -> Option<usize> {
        let name = self.field?;
        match shown {
            Shown::Run(trace) => {
                let event = trace.events().get(self.selected(trace)?)?;
                let (dissection, place) = exhibit::of_event(trace, event)?;
                dissection.exhibits.get(place)?.place_of(name)
            }
            Shown::Octets(desk) => desk.exhibit()?.place_of(name),
        }
    }

    /// Sets the beat by itself, as it is on entering, and lets `look` see it.
    pub fn set<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        let (scenario, bench) = match self.scene {
            Scene::Run(run) => ((run.scenario)(), Default::default()),
            Scene::Octets(bench) => (Default::default(), bench()),
        };
        let (trace, desk) = (simulate(&scenario), Desk::of(bench));
        let at = self.scene.run().map_or(0, |run| run.moment.at(&trace));
        let selected = self.selected(&trace);
        look(&Seen { scenario: &scenario, trace: &trace, at, selected, desk: &desk, field: self.field })
    }

    /// Whether what is to be done here has been done.
    pub fn is_done(&self, seen: &Seen) -> bool {
        self.task.as_ref().is_some_and(|task| task.deed.is_done(self, seen))
    }

    /// What is told of what is shown: the beat's own words for its own scene, what was learned once the
    /// task is done, and nothing of anything else.
    pub fn says(&self, seen: &Seen) -> Option<String> {
        let shown = self.scene.shown(seen);
        match &self.task {
            Some(task) if task.deed.is_done(self, seen) => Some(task.learned.told(shown)),
            _ => self.scene.is_set(seen).then(|| self.tell.told(shown)),
        }
    }
}
