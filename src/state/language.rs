//! The languages that the page can speak.

/// A language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// The language of the code.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its tag of BCP 47, which is also the name of its catalogue.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => tongue::ENGLISH,
            Self::Chinese => "zh-Hans",
        }
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// The language with this tag.
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first language that a visitor reads and the page speaks, of tags such as `zh-CN`; English if
    /// there is none. Whoever asks for traditional characters is not offered simplified ones.
    pub fn preferred<S: AsRef<str>>(tags: impl IntoIterator<Item = S>) -> Self {
        let of = |tag: S| {
            let tag = tag.as_ref().to_ascii_lowercase();
            let mut parts = tag.split('-');
            match (parts.next()?, parts.next()) {
                ("en", _) => Some(Self::English),
                ("zh", None | Some("hans" | "cn" | "sg")) => Some(Self::Chinese),
                _ => None,
            }
        };
        tags.into_iter().find_map(of).unwrap_or_default()
    }
}
