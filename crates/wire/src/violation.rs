//! Broken rules, as data.

mod asks;
mod browser;
mod reaction;
mod rule;
mod sentence;

pub use reaction::{Known, Reaction};
pub use rule::Rule;

pub(crate) use fault::Fault;

mod fault;

use std::fmt;

use tongue::{fill, word};

use crate::Sender;

/// A rule that a stream broke, and where. The stream's meaning is lost from here on: stop reading it, answer
/// with [`Rule::status`] while it is still HTTP or with [`Rule::close_code`] once it carries frames, and close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// Who broke it.
    pub sender: Sender,
    /// The octet that broke it, counted from 0 in the sender's stream; for [`Rule::Truncated`]
    /// and [`Rule::FrameTruncated`] the stream's length.
    pub offset: u64,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let pattern = match self.sender {
            Sender::Client => word!("{} (octet {} from the client)"),
            Sender::Server => word!("{} (octet {} from the server)"),
        };
        f.write_str(&fill(pattern, &[&self.rule, &self.offset]))
    }
}

impl std::error::Error for Violation {}

impl Violation {
    /// What it leads to at the other end and in a page's script, see [`Rule::reaction`].
    pub fn reaction(&self) -> Reaction {
        self.rule.reaction(self.sender)
    }
}
