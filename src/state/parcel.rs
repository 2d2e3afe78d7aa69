//! The parcels of the program: what an action needs is fetched before it happens.
//!
//! What belongs to a parcel is behind a door of its own ([`late::Late`]); here stands which action has to wait for
//! which, and what waits. Where the program is whole, nothing ever does.

use std::rc::Rc;

use tongue::Sentence;
use trace::fragment::{Link, Page};
use trace::lesson::telling::Telling;
use trace::scenario::{Scenario, Transport};
use trace::{apart, teaching, trial};
use yew::Reducible;

use super::{Action, Endpoint, Faults, ImportAction, LiveAction, Source, State, StudyAction, View, address};

/// A parcel of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parcel {
    /// All that takes octets apart: the inspector and the workbench.
    Octets,
    /// All that talks to servers, and what shows how that went.
    Live,
    /// All that is taught: lessons, cards, questions, plans, comparisons, help, and the pages that tell them.
    Teaching,
}

/// What happens to a parcel.
#[derive(Clone, PartialEq, Debug)]
pub enum ParcelAction {
    /// It is to be there.
    Wanted(Parcel),
    /// It is there.
    Came,
    /// It could not be had: why, and what to do.
    Missed(Parcel, Sentence),
}

impl Parcel {
    /// Whether it is there.
    pub fn is_here(self) -> bool {
        match self {
            Self::Octets => apart::is_here(),
            Self::Live => trial::is_here(),
            Self::Teaching => teaching::is_here(),
        }
    }

    /// The parcel that a link leads to, unless it is there.
    pub fn of_link(address: &str) -> Option<Self> {
        let (link, complaints) = Link::read(address);
        // The names of cards and plans are known only once these are there.
        let named = |name: &str| name == "card" || Telling::read(name, "").is_some();
        let wanted = match link.page {
            _ if link.telling != Telling::Read => Some(Self::Teaching),
            _ if complaints.iter().any(|it| named(&it.name)) => Some(Self::Teaching),
            Page::Lessons(_) | Page::Cards(_) | Page::Questions(_) | Page::Teach | Page::Join => {
                Some(Self::Teaching)
            }
            Page::Compare => Some(Self::Teaching),
            Page::Workbench(_) => Some(Self::Octets),
            Page::Lab if link.selected.is_some() || is_compressed(&link.scenario) => Some(Self::Octets),
            Page::Lab => None,
        };
        wanted.filter(|parcel| !parcel.is_here())
    }

    /// The parcel that an action needs, unless it is there.
    fn of(action: &Action) -> Option<Self> {
        let wanted = match action {
            Action::Open(address) => return Self::of_link(address),
            Action::File(octets) => return address::of_file(octets).ok().and_then(Self::of_link),
            Action::View(View::Lessons | View::Compare | View::Teach | View::Join)
            | Action::Term(_)
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
            Action::View(View::Workbench) | Action::Desk(_) | Action::Select(Some(_)) => Some(Self::Octets),
            Action::Import(ImportAction::Read(import)) if is_compressed(&import.scenario) => {
                Some(Self::Octets)
            }
            Action::Live(LiveAction::Source(Source::Live)) => Some(Self::Live),
            _ => None,
        };
        wanted.filter(|parcel| !parcel.is_here())
    }
}

/// Whether messages are compressed in it: what does that comes with the inspector.
fn is_compressed(scenario: &Scenario) -> bool {
    scenario.lanes.contains(&Transport::Deflate)
}

/// What waits for a parcel.
#[derive(Clone, PartialEq, Default)]
pub struct Waiting {
    /// What was asked for, and happens once its parcel is there.
    pub action: Option<Box<Action>>,
    /// The parcel of an open panel, or of something that is under way.
    pub parcel: Option<Parcel>,
    /// Why what was asked for last did not come.
    pub missed: Option<Sentence>,
    /// Counts how often anything was asked for: what did not come is then fetched once more.
    pub asked: u32,
}

impl Waiting {
    fn asks(&mut self) {
        self.missed = None;
        self.asked += 1;
    }

    /// Nothing, after whatever there was.
    pub(super) fn none_after(before: &Self) -> Self {
        Self { asked: before.asked, ..Self::default() }
    }
}

impl State {
    /// Whether anything waits for a parcel that the visitor has asked for.
    pub fn waits(&self) -> bool {
        self.awaited.action.is_some() || self.awaited.parcel.is_some()
    }

    /// The parcels that are wanted and not there.
    pub fn fetching(&self) -> Vec<Parcel> {
        let action = self.awaited.action.as_deref().and_then(|it| self.parcel_of(it));
        let parcel = self.awaited.parcel.filter(|it| !it.is_here());
        // The fault lab is on the page from the start.
        let lab = matches!(self.live.endpoint, Endpoint::Companion(_)) && !Parcel::Live.is_here();
        let mut wanted: Vec<Parcel> = action.into_iter().chain(parcel).collect();
        wanted.extend(lab.then_some(Parcel::Live));
        wanted.dedup();
        wanted
    }

    /// The state in which `action` waits for its parcel; `None` where it need not.
    pub(super) fn put_off(&self, action: &Action) -> Option<Rc<Self>> {
        self.parcel_of(action)?;
        let mut next = Self { notice: None, ..self.clone() };
        next.awaited.action = Some(Box::new(action.clone()));
        next.awaited.asks();
        Some(Rc::new(next))
    }

    /// A mark that is still to be chosen means nothing in another run.
    pub(super) fn choose_no_more(&mut self, before: &Self) {
        let chooses = matches!(self.awaited.action.as_deref(), Some(Action::Select(_)));
        if chooses && !Rc::ptr_eq(&self.trace, &before.trace) {
            self.awaited.action = None;
        }
    }

    /// The parcel that an action needs in this state, unless it is there.
    fn parcel_of(&self, action: &Action) -> Option<Parcel> {
        let compresses = match action {
            Action::Transport(_, transport) => *transport == Transport::Deflate,
            Action::AddLane => self.next_lane() == Some(Transport::Deflate),
            _ => false,
        };
        let octets = Some(Parcel::Octets).filter(|parcel| compresses && !parcel.is_here());
        Parcel::of(action).or(octets)
    }

    /// What waited happens, or does not.
    pub(super) fn parcel(&self, action: ParcelAction) -> Rc<Self> {
        let mut next = self.clone();
        match action {
            ParcelAction::Wanted(parcel) if parcel.is_here() => {}
            ParcelAction::Wanted(parcel) => {
                (next.awaited.parcel, next.notice) = (Some(parcel), None);
                next.awaited.asks();
            }
            ParcelAction::Missed(parcel, why) => {
                let awaited = next.awaited.action.take();
                // What waits for another one may still happen.
                next.awaited.action = awaited.filter(|it| self.parcel_of(it) != Some(parcel));
                next.awaited.parcel = next.awaited.parcel.filter(|it| *it != parcel);
                next.awaited.missed = Some(why.clone());
                next.notice = Some(why);
            }
            ParcelAction::Came => {
                next.awaited.parcel = next.awaited.parcel.filter(|it| !it.is_here());
                if next.faults.rows.is_empty() {
                    next.faults = Faults::default();
                }
                // What lies on the workbench, too, may only now be taken apart.
                if next.desk.exhibit().is_none() {
                    next.desk.make();
                }
                if let Some(awaited) = next.awaited.action.take() {
                    return Rc::new(next).reduce(*awaited);
                }
            }
        }
        Rc::new(next)
    }
}
