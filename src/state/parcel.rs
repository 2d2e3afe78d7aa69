//! The parcels of the program: what an action needs is fetched before it happens.
//!
//! What belongs to a parcel is behind a door of its own ([`late::Late`]); here stands which action has to wait for
//! which, and what waits. Where the program is whole, nothing ever does.

use std::rc::Rc;

use tongue::Sentence;
use trace::fragment::{Link, Page};
use trace::lesson::telling::Telling;
use trace::teaching;
use yew::Reducible;

use super::{Action, State, StudyAction, View};

/// A parcel of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parcel {
    /// All that is taught: lessons, cards, questions, plans, and the pages that tell them.
    Teaching,
}

/// What happens to a parcel.
#[derive(Clone, PartialEq, Debug)]
pub enum ParcelAction {
    /// It is there.
    Came,
    /// It could not be had: why, and what to do.
    Missed(Sentence),
}

impl Parcel {
    /// Whether it is there.
    pub fn is_here(self) -> bool {
        match self {
            Self::Teaching => teaching::is_here(),
        }
    }

    /// The parcel that a link leads to, unless it is there.
    pub fn of_link(address: &str) -> Option<Self> {
        let (link, _) = Link::read(address);
        let wanted = match link.page {
            _ if link.telling != Telling::Read => Some(Self::Teaching),
            Page::Lessons(_) | Page::Cards(_) | Page::Questions(_) | Page::Teach | Page::Join => {
                Some(Self::Teaching)
            }
            Page::Lab | Page::Workbench(_) | Page::Compare => None,
        };
        wanted.filter(|parcel| !parcel.is_here())
    }

    /// The parcel that an action needs, unless it is there.
    fn of(action: &Action) -> Option<Self> {
        let wanted = match action {
            Action::Open(address) => return Self::of_link(address),
            Action::View(View::Lessons | View::Teach | View::Join)
            | Action::Course(_)
            | Action::Class(_)
            | Action::Study(
                StudyAction::Shelf(_)
                | StudyAction::Card(_)
                | StudyAction::Predict(_)
                | StudyAction::Ask(..)
                | StudyAction::Answer(_)
                | StudyAction::Show
                | StudyAction::Kept(_)
                | StudyAction::Import(_)
                | StudyAction::Forget,
            ) => Some(Self::Teaching),
            _ => None,
        };
        wanted.filter(|parcel| !parcel.is_here())
    }
}

impl State {
    /// The parcel that is being fetched.
    pub fn fetching(&self) -> Option<Parcel> {
        self.awaited.as_deref().and_then(Parcel::of)
    }

    /// The state in which `action` waits for its parcel; `None` where it need not.
    pub(super) fn put_off(&self, action: &Action) -> Option<Rc<Self>> {
        Parcel::of(action)?;
        Some(Rc::new(Self { awaited: Some(Box::new(action.clone())), notice: None, ..self.clone() }))
    }

    /// What waited happens, or does not.
    pub(super) fn parcel(&self, action: ParcelAction) -> Rc<Self> {
        let mut next = self.clone();
        match (next.awaited.take(), action) {
            (Some(awaited), ParcelAction::Came) => return Rc::new(next).reduce(*awaited),
            (_, ParcelAction::Missed(why)) => next.notice = Some(why),
            (None, ParcelAction::Came) => {}
        }
        Rc::new(next)
    }
}
