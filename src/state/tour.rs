//! The tour of a first visit: what it stops at, and where it stands.

use tongue::word;

use super::{State, View};

/// How far the visitor is with the tour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tour {
    /// Nobody has spoken of it.
    #[default]
    Away,
    /// It is offered, and waits for an answer.
    Offered,
    /// At this stop, counted from 0.
    At(usize),
    /// Walked or refused on this visit.
    Over,
}

/// What can happen to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TourAction {
    /// Starts at the first stop, in the Lab.
    Start,
    /// On to the next stop; behind the last one it is over.
    Next,
    /// Back to the stop before.
    Back,
    /// Ends it, or does without.
    End,
}

/// What a stop points at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Play, the time, the pace.
    Player,
    /// The pictures of the lanes, and the times between them.
    Lanes,
    /// The picture of the last lane.
    Ladder,
    /// The drawer with what was chosen there.
    Octets,
    /// What a lane runs over, and the network that all share.
    Knobs,
    /// Where a live run starts.
    Live,
    /// The ways to the lessons and to help.
    Ways,
}

/// A stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stop {
    /// What it points at.
    pub part: Part,
    /// What that is, in short.
    pub title: &'static str,
    /// What it is for and what to do there.
    pub text: &'static str,
}

/// All stops, in their order.
pub const STOPS: &[Stop] = &[
    Stop {
        part: Part::Player,
        title: word!("Start here"),
        text: word!(
            "Press Play: one conversation runs on every lane at once. Drag the slider to look at any moment of it."
        ),
    },
    Stop {
        part: Part::Lanes,
        title: word!("Side by side, on one clock"),
        text: word!(
            "Each lane carries the same conversation another way: you on the left, the server on the right. Time runs down the page, to the same scale for all."
        ),
    },
    Stop {
        part: Part::Ladder,
        title: word!("A message on its way"),
        text: word!("Each band is something that travels, and as steep as it is slow. Click one."),
    },
    Stop {
        part: Part::Knobs,
        title: word!("Another way, another network"),
        text: word!(
            "Give a lane another transport in its title. In the bar, choose what is said and how far, fast and lossy the network is: everything is computed anew."
        ),
    },
    Stop {
        part: Part::Live,
        title: word!("Now with real traffic"),
        text: word!(
            "“Run live” sends the same conversation from your browser to a real server and measures it. “Source”, above the lanes, leads back to the simulation."
        ),
    },
    Stop {
        part: Part::Ways,
        title: word!("Where to go on"),
        text: word!(
            "Lessons tell it one idea at a time. “?” opens help: the keys, the marks, what this model leaves out, and this tour."
        ),
    },
];

/// What stands at the stop of the message, once one has been chosen.
const CHOSEN: Stop = Stop {
    part: Part::Octets,
    title: word!("Every octet of it"),
    text: word!("This is what you have chosen, taken apart. Choose a field to read what it says, and why."),
};

impl Tour {
    /// The number of the stop, counted from 0.
    pub fn at(self) -> Option<usize> {
        match self {
            Self::At(stop) => Some(stop),
            _ => None,
        }
    }

    /// Whether the visitor has answered: nobody is asked twice.
    pub fn is_answered(self) -> bool {
        matches!(self, Self::At(_) | Self::Over)
    }
}

impl State {
    /// The state in which the tour is offered, if what is shown is what everybody sees first.
    pub fn welcoming(self) -> Self {
        let tour = if self.link().write().is_empty() { Tour::Offered } else { self.tour };
        Self { tour, ..self }
    }

    /// Where the tour stands and what is told there.
    pub fn tour_stop(&self) -> Option<(usize, Stop)> {
        let at = self.tour.at()?;
        let stop = *STOPS.get(at)?;
        let chosen = stop.part == Part::Ladder && self.selected.is_some();
        Some((at, if chosen { CHOSEN } else { stop }))
    }

    pub(super) fn tour(&mut self, action: TourAction) {
        self.tour = match (action, self.tour) {
            (TourAction::Start, _) => {
                if !self.is_lab() {
                    self.turn_to(View::Lab);
                }
                Tour::At(0)
            }
            (TourAction::Next, Tour::At(stop)) if stop + 1 < STOPS.len() => Tour::At(stop + 1),
            (TourAction::Back, Tour::At(stop)) => Tour::At(stop.saturating_sub(1)),
            (TourAction::Next | TourAction::End, _) => Tour::Over,
            (TourAction::Back, tour) => tour,
        };
    }

    /// The tour ends wherever its stops are not.
    pub(super) fn tour_on(&mut self) {
        if self.tour.at().is_some() && !self.is_lab() {
            self.tour = Tour::Over;
        }
    }

    /// Whether the Lab is on show, for the visitor alone.
    pub fn is_lab(&self) -> bool {
        self.view == View::Lab && !self.is_for_class()
    }
}
