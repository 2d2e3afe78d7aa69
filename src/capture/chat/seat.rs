//! The visitor's seat at one lane: opened, lost, tried again after a while, left alone.

use std::collections::VecDeque;
use std::rc::Rc;

use tongue::Sentence;
use trace::chat::{Link, Turn};
use trace::retry::wait;
use trace::scenario::Speaker;

use super::room::Room;
use super::{http, socket, tell_link};
use crate::capture::address::Address;
use crate::capture::clock::{Waited, now, within};
use crate::capture::inbox::Inbox;

/// What the visitor wants of a lane.
#[derive(Clone)]
pub(super) enum Wish {
    Say(String),
    Leave,
    Again,
}

/// Why a lane is not open any more.
pub(super) enum Gone {
    /// It broke, in these words.
    Lost(Sentence),
    /// It did not even open.
    Unopened,
    /// The chat is over.
    Over,
}

pub(super) struct Seat {
    pub(super) room: Rc<Room>,
    pub(super) lane: u8,
    pub(super) wishes: Inbox<Wish>,
    /// What has been said and not been sent.
    pub(super) unsent: VecDeque<String>,
    /// How many lines of Ben's have come in this run.
    pub(super) heard: usize,
    /// Whether it has been lost before.
    pub(super) again: bool,
    /// How often it was tried since it was last open.
    attempts: u32,
    run: u32,
}

impl Seat {
    pub(super) fn new(room: Rc<Room>, lane: u8, wishes: Inbox<Wish>) -> Self {
        Self { room, lane, wishes, unsent: VecDeque::new(), heard: 0, again: false, attempts: 0, run: 0 }
    }

    /// Keeps the lane open until the chat is over.
    pub(super) async fn run(mut self) {
        loop {
            self.link(Link::Connecting);
            // The first time it is known to be there.
            let gone = match !self.again || self.room.is_open().await {
                true => self.sit().await,
                false => Gone::Unopened,
            };
            self.again = true;
            match gone {
                Gone::Over => return,
                Gone::Unopened => {}
                Gone::Lost(how) => self.link(Link::Lost(how)),
            }
            if self.rest().await.is_none() {
                return;
            }
        }
    }

    async fn sit(&mut self) -> Gone {
        let Some((run, address)) = self.room.place(self.lane) else { return Gone::Unopened };
        if run != self.run {
            (self.run, self.heard) = (run, 0);
        }
        self.talk(&address).await
    }

    async fn talk(&mut self, address: &Address) -> Gone {
        if self.room.transport(self.lane).is_http() {
            http::talk(self, address).await
        } else {
            socket::talk(self, address).await
        }
    }

    /// The lane is open.
    pub(super) fn opened(&mut self) {
        self.attempts = 0;
        self.link(Link::Connected { again: self.again });
    }

    /// The lane has brought a line of Ben's.
    pub(super) fn hear(&mut self, text: String, at: u64) {
        self.heard += 1;
        (self.room.tell)(Turn::Heard { lane: usize::from(self.lane), from: Speaker::Server, text, at });
    }

    pub(super) fn link(&self, link: Link) {
        tell_link(&self.room, self.lane, link);
    }

    /// Waits until the next attempt is due, or for ever if the visitor leaves the lane alone. `None`: the chat
    /// is over.
    async fn rest(&mut self) -> Option<()> {
        self.attempts += 1;
        let seed = self.room.meeting.seed ^ u64::from(self.lane) << 32;
        let wait = wait(self.attempts, seed);
        self.link(Link::Waiting { wait, attempt: self.attempts });
        let mut until = now().saturating_add(wait);
        loop {
            match within(self.wishes.next(), until, &self.room.stop).await {
                Waited::Done(Wish::Say(text)) => self.unsent.push_back(text),
                Waited::Done(Wish::Leave) => {
                    until = u64::MAX;
                    self.link(Link::Left);
                }
                Waited::Done(Wish::Again) => {
                    self.attempts = 0;
                    return Some(());
                }
                Waited::Late => return Some(()),
                Waited::Stopped => return None,
            }
        }
    }
}
