//! The questions, in plain words, and what each answer means in figures.

use tongue::{say, word};

use super::Need;

/// One answer to each question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answers {
    /// Who has something to say?
    pub who: Who,
    /// How often?
    pub often: Often,
    /// How large is it?
    pub large: Large,
    /// How soon must it be heard?
    pub soon: Soon,
    /// Must it pass through old proxies and caches, or be simple to host?
    pub plain: bool,
}

/// Who has something to say?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Only the client, and it waits for an answer.
    Client,
    /// Only the server.
    Server,
    /// Either, at any time.
    Both,
}

/// How often does somebody have something to say?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Often {
    /// Once a minute.
    Rarely,
    /// Every five seconds.
    Sometimes,
    /// Once a second.
    Steadily,
    /// Four times a second.
    Often,
}

/// How large is a message?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Large {
    /// A few words.
    Words,
    /// A paragraph.
    Paragraph,
    /// A page of text.
    Page,
}

/// How soon must it be heard?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Soon {
    /// As in a conversation.
    AtOnce,
    /// In some seconds.
    Seconds,
    /// In a minute.
    Minute,
}

impl Default for Answers {
    /// A chat: what most people have in mind when they ask.
    fn default() -> Self {
        Self {
            who: Who::Both,
            often: Often::Sometimes,
            large: Large::Words,
            soon: Soon::AtOnce,
            plain: false,
        }
    }
}

impl Answers {
    /// The questions, in English, in the order in which the page asks them.
    pub const QUESTIONS: [&'static str; 5] = [
        word!("Who has something to say?"),
        word!("How often?"),
        word!("How large is it?"),
        word!("How soon must it be heard?"),
        word!("Must it pass through old proxies, or be simple to host?"),
    ];

    /// The answers in figures.
    pub fn need(self) -> Need {
        Need {
            who: self.who,
            gap: self.often.gap(),
            size: self.large.octets(),
            within: self.soon.within(),
            plain: self.plain,
        }
    }

    /// `plain` in words.
    pub fn plain_words(plain: bool) -> &'static str {
        if plain { say!("Yes: anything that speaks HTTP must do") } else { say!("No: the way is clear") }
    }
}

impl Who {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Client, Self::Server, Self::Both];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Client => say!("Only the client asks, the server answers"),
            Self::Server => say!("The server has news"),
            Self::Both => say!("Either side, at any time"),
        }
    }
}

impl Often {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Rarely, Self::Sometimes, Self::Steadily, Self::Often];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rarely => say!("Rarely: once a minute"),
            Self::Sometimes => say!("Now and then: every 5 seconds"),
            Self::Steadily => say!("Steadily: once a second"),
            Self::Often => say!("Often: 4 times a second"),
        }
    }

    fn gap(self) -> u64 {
        match self {
            Self::Rarely => 60_000_000,
            Self::Sometimes => 5_000_000,
            Self::Steadily => 1_000_000,
            Self::Often => 250_000,
        }
    }
}

impl Large {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Words, Self::Paragraph, Self::Page];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Words => say!("A few words: 16 octets"),
            Self::Paragraph => say!("A paragraph: 200 octets"),
            Self::Page => say!("A page: 4,000 octets"),
        }
    }

    fn octets(self) -> u32 {
        match self {
            Self::Words => 16,
            Self::Paragraph => 200,
            Self::Page => 4_000,
        }
    }
}

impl Soon {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Seconds, Self::Minute];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtOnce => say!("At once: within half a second"),
            Self::Seconds => say!("Soon: within 5 seconds"),
            Self::Minute => say!("It can wait: within a minute"),
        }
    }

    fn within(self) -> u64 {
        match self {
            Self::AtOnce => 500_000,
            Self::Seconds => 5_000_000,
            Self::Minute => 60_000_000,
        }
    }
}
