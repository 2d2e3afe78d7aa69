//! The lessons' side of the store: which beat is told, and what it has put on the stage.

use trace::lesson::{self, Beat, Lesson, Seen};

use super::{Source, State, View};

/// A place in a lesson.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The lesson: its id.
    pub lesson: &'static str,
    /// The beat, counted from 0.
    pub beat: usize,
}

impl Place {
    /// The place of these names in a link; the first lesson's start for a lesson that there is not.
    pub(super) fn named(lesson: &str, beat: usize) -> Self {
        let lesson = lesson::named(lesson).unwrap_or(lesson::all()[0]);
        Self { lesson: lesson.id, beat: beat.min(lesson.beats.len() - 1) }
    }

    /// The lesson and the beat; `None` past the end of either.
    pub fn told(self) -> Option<(&'static Lesson, &'static Beat)> {
        let lesson = lesson::named(self.lesson)?;
        Some((lesson, lesson.beats.get(self.beat)?))
    }
}

/// What can happen in a lesson.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CourseAction {
    /// Opens a lesson at a beat.
    Go(Place),
    /// Back to the list of lessons.
    List,
    /// Takes what is on the stage into the Lab.
    Explore,
}

impl State {
    pub(super) fn course(&mut self, action: CourseAction) {
        match action {
            CourseAction::Go(place) => {
                let onward = self.place.is_none_or(|now| now.lesson != place.lesson || now.beat < place.beat);
                self.go(place, onward && !self.reduced);
            }
            CourseAction::List => (self.place, self.playing) = (None, false),
            CourseAction::Explore => {
                self.parked = None;
                self.view = View::Lab;
            }
        }
    }

    /// Puts a beat on the stage, and plays up to its moment if it `plays` and the beat wants it.
    pub(super) fn go(&mut self, place: Place, plays: bool) {
        let Some((lesson, beat)) = place.told() else { return };
        self.parked.get_or_insert_with(|| self.scenario.clone());
        self.place = Some(place);
        let scenario = (beat.scenario)();
        if scenario != self.scenario || self.live.source != Source::Simulated {
            self.play(scenario);
        }
        let (from, rests) = (lesson.from(place.beat, &self.trace), beat.moment.at(&self.trace));
        self.selected = beat.selected(&self.trace);
        self.field = beat.lit(&self.trace);
        self.notice = None;
        let plays = plays && from < rests;
        (self.at, self.playing, self.until) =
            if plays { (from, true, Some(rests)) } else { (rests, false, None) };
        self.take += u32::from(plays);
    }

    /// Leaves the lessons with the Lab as it was before.
    pub(super) fn leave(&mut self) {
        self.place = None;
        if let Some(scenario) = self.parked.take()
            && scenario != self.scenario
        {
            self.play(scenario);
            self.at = self.trace.end();
        }
    }

    /// Whether the lanes are on show: in the Lab and in every lesson.
    pub fn has_stage(&self) -> bool {
        self.view == View::Lab || self.place.is_some()
    }

    /// What the visitor sees, for the beat to judge.
    pub fn seen<'a>(&'a self, field: Option<&'a str>) -> Seen<'a> {
        Seen { scenario: &self.scenario, trace: &self.trace, at: self.at, selected: self.selected, field }
    }
}
