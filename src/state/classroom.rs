//! The classroom's side of the store: to whom the page speaks, and where a clicker leads.

use trace::lesson::plan::Stop;
use trace::lesson::telling::Telling;

use super::{Place, State, View};

/// How the page stands before a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Classroom {
    /// To whom the page speaks.
    pub telling: Telling,
    /// Whether the projector shows nothing for now.
    pub blank: bool,
}

/// What a clicker, a link or a button does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassAction {
    /// Tells the same place to others, or again to one who reads.
    Tell(Telling),
    /// To the next stop.
    Next,
    /// To the stop before.
    Back,
    /// Blanks the screen, or brings the picture back.
    Blank,
    /// Again to one who reads: the way out.
    Leave,
}

impl State {
    /// Where a clicker stops, in order: at the stops of the plan, or else at every beat of the lesson.
    pub fn stops(&self) -> Vec<Stop> {
        if let Some(plan) = self.class.telling.plan() {
            return plan.stops().map(|(_, stop)| stop).collect();
        }
        let told = self.place.and_then(Place::told);
        let beats = |lesson: &'static trace::lesson::Lesson| {
            lesson.beats.iter().map(|beat| Stop::Beat(lesson.id, beat.idea)).collect()
        };
        told.map_or_else(Vec::new, |(lesson, _)| beats(lesson))
    }

    /// At which of [`Self::stops`] the page stands; `None` where the visitor has strayed from them.
    pub fn stop(&self) -> Option<usize> {
        let page = self.link().page;
        self.stops().into_iter().position(|stop| stop.link().page == page)
    }

    /// The stop that is shown: one of [`Self::stops`], or the beat to which the visitor has strayed.
    pub fn here(&self) -> Option<Stop> {
        let own = self.stop().and_then(|at| self.stops().get(at).copied());
        let told = || self.place.and_then(Place::told);
        own.or_else(|| told().map(|(lesson, beat)| Stop::Beat(lesson.id, beat.idea)))
    }

    /// Whether the page speaks to a class, on a projector.
    pub fn presents(&self) -> bool {
        matches!(self.class.telling, Telling::Presented(_))
    }

    /// Whether the whole page is made for a class, a speaker or paper.
    pub fn is_for_class(&self) -> bool {
        match self.class.telling {
            Telling::Read => false,
            Telling::Noted(_) => true,
            Telling::Presented(_) => self.place.is_some() || self.class.blank,
            Telling::Printed => self.place.is_some(),
        }
    }

    pub(super) fn class(&mut self, action: ClassAction) {
        match action {
            ClassAction::Tell(telling) => self.class = Classroom { telling, blank: false },
            ClassAction::Leave => self.class = Classroom::default(),
            ClassAction::Blank => self.class.blank = !self.class.blank,
            // Whoever wants to go on wants to see something first.
            ClassAction::Next | ClassAction::Back if self.class.blank => self.class.blank = false,
            ClassAction::Next => {
                let next = self.stop().map_or(0, |at| at + 1);
                self.walk(next, true);
            }
            ClassAction::Back => {
                if let Some(before) = self.stop().and_then(|at| at.checked_sub(1)) {
                    self.walk(before, false);
                }
            }
        }
    }

    /// Goes to a stop; past the last one there is nowhere to go.
    fn walk(&mut self, to: usize, onward: bool) {
        let Some(stop) = self.stops().get(to).copied() else { return };
        let class = self.class;
        match stop.beat() {
            Some((lesson, beat, _)) => {
                self.view = View::Lessons;
                self.go(Place { lesson: lesson.id, beat }, onward && !self.reduced);
            }
            None => {
                self.leave();
                self.follow(&stop.link().write());
            }
        }
        self.class = class;
    }
}
