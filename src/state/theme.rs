//! Light, dark, or as the system is.

use tongue::{say, word};

/// The colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The name on its button.
    pub fn name(self) -> &'static str {
        say(match self {
            Self::System => word!("system"),
            Self::Light => word!("light"),
            Self::Dark => word!("dark"),
        })
    }

    /// The name in the browser's storage and in the style sheet.
    pub fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this id; the system's for any other.
    pub fn from_id(id: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.id() == id).unwrap_or_default()
    }

    /// What the button switches to.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}
