//! Plans for a class: steps with their minutes, what is shown, what is asked, and what the answer is.
//!
//! A plan is also the order in which a clicker walks through its places. Its figures are read off the
//! run or the octets that a step begins with, as those of a beat are.

mod forty;
mod ten;

use super::words::Words;
use super::{Beat, Lesson, Shown, named as lesson};
use crate::fragment::{Link, Page};
use crate::scenario::Scenario;
use crate::sim::simulate;
use crate::teaching;

/// A plan.
#[derive(Debug)]
pub struct Plan {
    /// Its name in a link.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Whom and what it is for, in one line.
    pub about: &'static str,
    /// Its steps, in order.
    pub steps: &'static [Step],
    /// The beat whose run is on its handout, up to the beat's moment: the class draws what follows.
    pub drawn: Stop,
}

/// A part of a plan: one question and its answer.
#[derive(Debug)]
pub struct Step {
    /// What it is about, in a few words.
    pub title: &'static str,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What is shown, in order; never nothing.
    pub stops: &'static [Stop],
    /// What to do and to say.
    pub say: &'static str,
    /// What to ask the class.
    pub ask: &'static str,
    /// What it should find.
    pub expect: Words,
}

/// A place at which a clicker stops.
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    /// The beat of a lesson, by the lesson's id and the beat's idea.
    Beat(&'static str, &'static str),
    /// The same, but the class guesses first: it plays and tells with the next press.
    Guess(&'static str, &'static str),
    /// The same, but it is not played: with the next press it stands there as it rests. For little time.
    Still(&'static str, &'static str),
    /// Another part of the page, as a link has it.
    Page(fn() -> Link),
}

/// Every plan, the shortest first.
pub fn all() -> Vec<&'static Plan> {
    teaching::arrived(|it| it.plans)
}

/// See [`all`].
pub(crate) static ALL: [&Plan; 2] = [&ten::PLAN, &forty::PLAN];

/// The plan with this [`id`](Plan::id).
pub fn named(id: &str) -> Option<&'static Plan> {
    all().into_iter().find(|plan| plan.id == id)
}

impl Plan {
    /// How long all of it takes, in minutes.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|step| step.minutes).sum()
    }

    /// Every stop with its step, in order.
    pub fn stops(&self) -> impl Iterator<Item = (&'static Step, Stop)> {
        self.steps.iter().flat_map(|step| step.stops.iter().map(move |&stop| (step, stop)))
    }

    /// When a step should be over, in minutes since the start; 0 for a step of another plan.
    pub fn until(&self, step: &Step) -> u32 {
        let place = self.steps.iter().position(|own| std::ptr::eq(own, step));
        self.steps.iter().take(place.map_or(0, |place| place + 1)).map(|step| step.minutes).sum()
    }
}

impl Step {
    /// What the class should find, with the figures of the run that the step begins with.
    pub fn expected(&self) -> String {
        match self.stops.iter().find_map(|stop| stop.beat()) {
            Some((_, _, beat)) => beat.set(|seen| self.expect.told(beat.scene.shown(seen))),
            None => self.expect.told(Shown::Run(&simulate(&Scenario::default()))),
        }
    }
}

impl Stop {
    /// The lesson, the beat's place and the beat; `None` for another part of the page.
    pub fn beat(self) -> Option<(&'static Lesson, usize, &'static Beat)> {
        let (Self::Beat(id, idea) | Self::Guess(id, idea) | Self::Still(id, idea)) = self else {
            return None;
        };
        let lesson = lesson(id)?;
        let (place, beat) = lesson.beats.iter().enumerate().find(|(_, beat)| beat.idea == idea)?;
        Some((lesson, place, beat))
    }

    /// Whether the class guesses before anything is told.
    pub fn asks(self) -> bool {
        matches!(self, Self::Guess(..) | Self::Still(..))
    }

    /// Where it is.
    pub fn link(self) -> Link {
        match self {
            Self::Beat(id, _) | Self::Guess(id, _) | Self::Still(id, _) => {
                let place = self.beat().map_or(0, |(_, place, _)| place);
                Link { page: Page::Lessons(Some((id.to_owned(), place))), ..Link::default() }
            }
            Self::Page(link) => link(),
        }
    }
}

/// The comparison.
fn compare() -> Link {
    Link { page: Page::Compare, ..Link::default() }
}
