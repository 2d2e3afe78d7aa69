//! All that is taught, behind one door: lessons, cards, plans, questions and the words of the trade. It is the largest
//! part of the page by far, and comes when it is asked for; until then nothing is taught.

use late::Late;

use crate::card::{self, Pile};
use crate::lesson::plan::{self, Plan};
use crate::lesson::{self, Lesson};
use crate::question::{Kind, Question};

/// What is taught.
pub(crate) struct Teaching {
    pub(crate) lessons: &'static [&'static Lesson],
    pub(crate) first: &'static [&'static Lesson],
    pub(crate) piles: &'static [&'static Pile],
    pub(crate) plans: &'static [&'static Plan],
    ask: fn(Kind, u64) -> Question,
}

/// Whether it is there.
pub fn is_here() -> bool {
    TEACHING.get().is_some()
}

/// It has come. The part that brings it is the one to call this.
pub fn come() {
    TEACHING.arrive(&ALL);
}

/// The question of a kind that is drawn from a seed; `None` until what is taught is there.
pub fn ask(kind: Kind, seed: u64) -> Option<Question> {
    TEACHING.get().map(|it| (it.ask)(kind, seed))
}

/// One of its tables, or nothing.
pub(crate) fn arrived<T>(table: impl FnOnce(&Teaching) -> &'static [&'static T]) -> Vec<&'static T> {
    TEACHING.get().map(|it| table(it).to_vec()).unwrap_or_default()
}

static TEACHING: Late<Teaching> = Late::of(&ALL);

static ALL: Teaching = Teaching {
    lessons: &lesson::ALL,
    first: &lesson::FIRST,
    piles: &card::PILES,
    plans: &plan::ALL,
    ask: Question::new,
};
