//! The lessons' side of the store: which beat is told, and what it has put on the stage.

use trace::lesson::{self, Beat, Lesson, Scene, Seen, Shown};
use trace::scenario::Scenario;
use trace::workbench::{Bench, Desk};

use super::{Classroom, Shelf, Source, State, View};

/// A place in a lesson.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The lesson: its id.
    pub lesson: &'static str,
    /// The beat, counted from 0.
    pub beat: usize,
}

impl Place {
    /// The place of these names in a link; the first lesson's start for a lesson that there is not. `None`: there
    /// are no lessons yet.
    pub(super) fn named(lesson: &str, beat: usize) -> Option<Self> {
        let lesson = lesson::named(lesson).or_else(|| lesson::all().into_iter().next())?;
        Some(Self { lesson: lesson.id, beat: beat.min(lesson.beats.len() - 1) })
    }

    /// The lesson and the beat; `None` past the end of either.
    pub fn told(self) -> Option<(&'static Lesson, &'static Beat)> {
        let lesson = lesson::named(self.lesson)?;
        Some((lesson, lesson.beats.get(self.beat)?))
    }
}

/// What the visitor gets back when a lesson is over.
#[derive(Clone, PartialEq, Debug)]
pub struct Parked {
    /// The Lab's scenario.
    pub scenario: Scenario,
    /// What lies on the workbench.
    pub bench: Bench,
}

/// What can happen in a lesson.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CourseAction {
    /// Opens a lesson at a beat.
    Go(Place),
    /// Back to the list of lessons.
    List,
    /// The same, from the last beat.
    Done,
    /// On to the next lesson, from the last beat.
    Onward,
    /// Takes what is on the stage into the Lab, or what is on the workbench there.
    Explore,
}

impl State {
    pub(super) fn course(&mut self, action: CourseAction) {
        match action {
            CourseAction::Go(place) => {
                if self.place.is_some_and(|now| now.lesson == place.lesson && now.beat < place.beat) {
                    self.finish();
                }
                let onward = self.place.is_none_or(|now| now.lesson != place.lesson || now.beat < place.beat);
                self.go(place, onward && !self.reduced);
            }
            CourseAction::List | CourseAction::Done => {
                if action == CourseAction::Done {
                    self.finish();
                }
                (self.place, self.playing, self.class) = (None, false, Classroom::default());
            }
            CourseAction::Onward => {
                self.finish();
                let told = self.place.and_then(Place::told);
                if let Some(next) = told.and_then(|(lesson, _)| lesson::after(lesson)) {
                    self.go(Place { lesson: next.id, beat: 0 }, !self.reduced);
                }
            }
            CourseAction::Explore => {
                let (view, field) = (self.subject(), self.field);
                // What the visitor would get back is what they take along.
                if let Some(parked) = &mut self.parked {
                    match view {
                        View::Workbench => parked.bench = self.desk.bench.clone(),
                        _ => parked.scenario = self.scenario.clone(),
                    }
                }
                self.leave();
                self.class = Classroom::default();
                self.view = view;
                self.field = field;
            }
        }
    }

    /// Marks the beat that is told as done.
    fn finish(&mut self) {
        if let Some(place) = self.place {
            self.progress.finish(place.lesson, place.beat);
        }
    }

    /// Puts a beat on the stage, and plays up to its moment if it `plays` and the beat wants it; or puts
    /// its octets on the workbench.
    pub(super) fn go(&mut self, place: Place, plays: bool) {
        let Some((lesson, beat)) = place.told() else { return };
        self.park();
        (self.study, self.shelf) = (None, Shelf::Lessons);
        // What the pointer happens to rest on is of the step before.
        self.camera.hushed += 1;
        (self.place, self.notice, self.playing, self.until) = (Some(place), None, false, None);
        match beat.scene {
            Scene::Octets(bench) => {
                self.desk = Desk::of(bench());
                self.field = beat.lit(Shown::Octets(&self.desk));
            }
            Scene::Run(run) => {
                let scenario = (run.scenario)();
                if scenario != self.scenario || self.live.source != Source::Simulated {
                    self.play(scenario);
                }
                let (from, rests) = (lesson.from(place.beat, &self.trace), run.moment.at(&self.trace));
                self.selected = beat.selected(&self.trace);
                self.field = beat.lit(Shown::Run(&self.trace));
                self.at = rests;
                if plays && from < rests {
                    (self.at, self.playing, self.until) = (from, true, Some(rests));
                    self.take += 1;
                }
            }
        }
    }

    /// Leaves the lessons with the Lab and the workbench as they were before.
    pub(super) fn leave(&mut self) {
        (self.place, self.study) = (None, None);
        let Some(Parked { scenario, bench }) = self.parked.take() else { return };
        if scenario != self.scenario {
            self.play(scenario);
            self.at = self.trace.end();
        }
        if bench != self.desk.bench {
            self.desk = Desk::of(bench);
        }
    }

    /// Whether the stage or the workbench stands beside words that have set it.
    pub fn is_told(&self) -> bool {
        self.view == View::Lessons && self.subject() != View::Lessons
    }

    /// What is on show: in a lesson the Lab's stage or the workbench, and otherwise the view.
    pub fn subject(&self) -> View {
        if let Some(study) = &self.study {
            return study.subject().unwrap_or(self.view);
        }
        match self.place.and_then(Place::told) {
            Some((_, Beat { scene: Scene::Run(_), .. })) => View::Lab,
            Some((_, Beat { scene: Scene::Octets(_), .. })) => View::Workbench,
            None => self.view,
        }
    }

    /// What the visitor sees, for the beat to judge. `chosen` is the name of the field that is explained
    /// on the stage.
    pub fn seen<'a>(&'a self, chosen: Option<&'a str>) -> Seen<'a> {
        let on_desk = || Some(&*self.desk.exhibit()?.fields.get(self.field?)?.name);
        Seen {
            scenario: &self.scenario,
            trace: &self.trace,
            at: self.at,
            selected: self.selected,
            desk: &self.desk,
            field: if self.subject() == View::Workbench { on_desk() } else { chosen },
        }
    }
}
