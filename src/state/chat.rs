//! The chat that two people at this page can have, and how it is to go.

use trace::chat::Chat;
use trace::scenario::Transport;

/// What is chosen, and what happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChatDesk {
    /// What carries the messages of each lane, next time.
    pub lanes: [Transport; 2],
    /// The chat.
    pub chat: Chat,
}

impl Default for ChatDesk {
    fn default() -> Self {
        Self { lanes: [Transport::Persistent, Transport::WebSocket], chat: Chat::default() }
    }
}

impl ChatDesk {
    /// Everything that a browser takes part in.
    pub fn choices() -> impl Iterator<Item = Transport> {
        Transport::ALL.into_iter().filter(|&it| it != Transport::Webhook)
    }

    pub(super) fn choose(&mut self, lane: usize, transport: Transport) {
        if let Some(known) = self.lanes.get_mut(lane) {
            *known = transport;
        }
    }
}
