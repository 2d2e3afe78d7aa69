//! What a page knows of each of its connections.

use wire::{Reader, Sender};

use super::stream::Stream;

/// One connection of a page, from the moment at which it was asked for.
pub(super) struct Line<Ask> {
    pub(super) connection: u16,
    /// It stands for one that was cut before it was open.
    pub(super) again: bool,
    pub(super) state: State<Ask>,
    pub(super) reader: Reader,
    pub(super) stream: Stream,
}

/// What it is doing.
pub(super) enum State<Ask> {
    Opening,
    Free,
    Busy(Ask),
    /// Its last answer has said that it ends.
    Ended,
}

impl<Ask> Line<Ask> {
    pub(super) fn new(connection: u16, again: bool) -> Self {
        Self {
            connection,
            again,
            state: State::Opening,
            reader: Reader::new(Sender::Server),
            stream: Stream::default(),
        }
    }

    pub(super) fn is_free(&self) -> bool {
        matches!(self.state, State::Free)
    }

    pub(super) fn is_opening(&self) -> bool {
        matches!(self.state, State::Opening)
    }

    /// A request goes out on it.
    pub(super) fn takes(&mut self, ask: Ask) {
        self.state = State::Busy(ask);
    }

    /// An answer has come: to what, if anything was asked.
    pub(super) fn frees(&mut self, persists: bool) -> Option<Ask> {
        let next = if persists { State::Free } else { State::Ended };
        match std::mem::replace(&mut self.state, next) {
            State::Busy(ask) => Some(ask),
            _ => None,
        }
    }
}
