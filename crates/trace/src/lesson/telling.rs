//! How a place is told: to one who reads, to a class, or on paper.

use tongue::word;

use super::plan::{self, Plan};

/// How a place is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Telling {
    /// To whoever reads it.
    #[default]
    Read,
    /// To a class, on a projector; by a plan of this id, or else a lesson from its start to its end.
    Presented(Option<&'static str>),
    /// To the one who presents, in a window of their own; by the same plan.
    Noted(Option<&'static str>),
    /// On paper, at once: a plan of this id, or else a lesson.
    Printed(Option<&'static str>),
}

impl Telling {
    /// The plan that is followed.
    pub fn plan(self) -> Option<&'static Plan> {
        match self {
            Self::Presented(plan) | Self::Noted(plan) | Self::Printed(plan) => plan::named(plan?),
            Self::Read => None,
        }
    }

    /// Its name and value in a link.
    pub fn pair(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Read => None,
            Self::Presented(plan) => Some((PRESENTED, plan.unwrap_or_default())),
            Self::Noted(plan) => Some((NOTED, plan.unwrap_or_default())),
            Self::Printed(plan) => Some((PRINTED, plan.unwrap_or_default())),
        }
    }

    /// What a pair of a link says of it; `None` if that is about something else.
    ///
    /// # Errors
    /// What the value should have been.
    pub fn read(name: &str, value: &str) -> Option<Result<Self, &'static str>> {
        let plan = || match value {
            "" => Ok(None),
            _ => plan::named(value).map(|plan| Some(plan.id)).ok_or(word!("nothing, ten or forty")),
        };
        match name {
            PRESENTED => Some(plan().map(Self::Presented)),
            NOTED => Some(plan().map(Self::Noted)),
            PRINTED => Some(plan().map(Self::Printed)),
            _ => None,
        }
    }
}

const PRESENTED: &str = "present";
const NOTED: &str = "notes";
const PRINTED: &str = "handout";
