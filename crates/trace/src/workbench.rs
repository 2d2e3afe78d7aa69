//! What the visitor makes and breaks: frames that they build, octets that they paste, the handshake's
//! arithmetic, and rules to break. All of it ends as pieces that a [`Dissection`] takes apart.

pub mod accept;
pub mod broken;
pub mod draft;
pub mod notation;
pub mod paste;

mod desk;
mod link;

pub use desk::Desk;

use accept::Machine;
use broken::Case;
use draft::Draft;
use paste::Paste;
use tongue::say;

use crate::exhibit::{Dissection, Piece};

/// What lies on the workbench.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bench {
    /// The tool in use.
    pub tool: Tool,
    /// The frame that is being built.
    pub draft: Draft,
    /// The octets that were pasted.
    pub paste: Paste,
    /// The handshake's arithmetic.
    pub machine: Machine,
    /// The rule that is broken: its [`Case::id`].
    pub case: &'static str,
    /// Which unit of what was made is shown; `None`: the one that breaks a rule, or else the first.
    pub unit: Option<usize>,
}

/// The tools.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// Build a frame.
    #[default]
    Build,
    /// Paste octets.
    Paste,
    /// The Accept machine.
    Accept,
    /// Break the rules.
    Break,
}

impl Tool {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Build, Self::Paste, Self::Accept, Self::Break];

    /// Its name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Paste => "paste",
            Self::Accept => "accept",
            Self::Break => "break",
        }
    }

    /// Its name on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Build => say!("Build a frame"),
            Self::Paste => say!("Paste octets"),
            Self::Accept => say!("Accept machine"),
            Self::Break => say!("Break the rules"),
        }
    }
}

impl Default for Bench {
    fn default() -> Self {
        Self {
            tool: Tool::default(),
            draft: Draft::default(),
            paste: Paste::default(),
            machine: Machine::default(),
            case: broken::FIRST,
            unit: None,
        }
    }
}

impl Bench {
    /// What the tool in use has made, taken apart.
    ///
    /// # Errors
    /// A sentence on why there are no octets to take apart.
    pub fn dissect(&self) -> Result<Dissection, String> {
        match self.tool {
            Tool::Build => self.draft.dissect().map_err(|refusal| refusal.to_string()),
            Tool::Paste => self.paste.dissect().map_err(|nonsense| nonsense.to_string()),
            Tool::Accept => self.machine.dissect().map_err(str::to_owned),
            Tool::Break => Ok(Case::named(self.case).map(Case::dissect).unwrap_or_default()),
        }
    }

    /// Whether another has the same on it, whichever unit is shown.
    pub fn is_alike(&self, other: &Self) -> bool {
        *self == Self { unit: self.unit, ..other.clone() }
    }

    /// The octets that the tool in use has made, as a text that "Paste octets" reads.
    pub fn octets(&self) -> String {
        let pieces: Vec<Piece> = match self.tool {
            Tool::Build => self.draft.build().into_iter().collect(),
            Tool::Paste => return self.paste.text.clone(),
            Tool::Accept => self.machine.pieces().unwrap_or_default(),
            Tool::Break => Case::named(self.case).map(Case::pieces).unwrap_or_default(),
        };
        Paste::of(&pieces).text
    }
}
