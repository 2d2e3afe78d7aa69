//! Two people at this page, over two transports at once: one is the visitor, the other sits with the companion.
//!
//! Each lane has a task of its own, which tries again when its connection breaks. What the companion's side
//! hears comes back by a stream of events of its main port, which no link delays.

mod http;
mod room;
mod seat;
mod socket;

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use tongue::{Sentence, say};
use trace::chat::{Link, Turn};
use trace::live::Manner;
use trace::scenario::{Network, Speaker, Transport};
use wasm_bindgen_futures::spawn_local;

use super::Stop;
use super::clock::{Waited, now, within};
use super::inbox::Inbox;
use super::stream;
use room::Room;
use seat::{Seat, Wish};

/// A chat, asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Meeting {
    /// The companion's origin.
    pub base: String,
    /// A lane each.
    pub lanes: Vec<Transport>,
    /// The link that is emulated.
    pub network: Network,
    /// How often a lane asks for news that must ask, in microseconds.
    pub poll: u64,
    /// How the companion speaks.
    pub manner: Manner,
    /// What chance depends on, where a lane waits before it tries again.
    pub seed: u64,
}

/// A chat that is under way; dropping it ends it.
pub struct Chat {
    stop: Stop,
    lanes: Vec<Inbox<Wish>>,
    ben: Inbox<String>,
    room: Rc<Room>,
}

impl Chat {
    /// Begins one; `tell` is told of everything that happens.
    pub fn begin(meeting: Meeting, tell: impl Fn(Turn) + 'static) -> Self {
        let (stop, ben) = (Stop::new(), Inbox::new());
        let lanes: Vec<_> = meeting.lanes.iter().map(|_| Inbox::new()).collect();
        tell(Turn::Begun(meeting.lanes.clone()));
        let room = Rc::new(Room::new(meeting, stop.clone(), Box::new(tell)));
        spawn_local(meet(Rc::clone(&room), lanes.clone(), ben.clone()));
        Self { stop, lanes, ben, room }
    }

    /// Somebody says something, on every lane.
    pub fn say(&self, from: Speaker, text: &str) {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST_LINE {
            return;
        }
        (self.room.tell)(Turn::Said(from, text.to_owned(), now()));
        match from {
            Speaker::You => self.lanes.iter().for_each(|lane| lane.tell(Wish::Say(text.to_owned()))),
            Speaker::Server => self.ben.tell(text.to_owned()),
        }
    }

    /// Has the companion drop what is open on a lane.
    pub fn cut(&self, lane: usize) {
        let room = Rc::clone(&self.room);
        spawn_local(async move {
            // Where nobody answers there is nothing left to cut.
            let _ = room.ask(&format!("cut/{lane}"), "").await;
        });
    }

    /// Leaves a lane alone that is tried again.
    pub fn leave(&self, lane: usize) {
        self.wish(lane, Wish::Leave);
    }

    /// Tries a lane again now.
    pub fn again(&self, lane: usize) {
        self.wish(lane, Wish::Again);
    }

    /// Ends it; what the wire carried is told then.
    pub fn end(&self) {
        self.stop.stop();
    }

    fn wish(&self, lane: usize, wish: Wish) {
        if let Some(inbox) = self.lanes.get(lane) {
            inbox.tell(wish);
        }
    }
}

impl Drop for Chat {
    fn drop(&mut self) {
        self.end();
    }
}

/// From the opening to the end.
async fn meet(room: Rc<Room>, lanes: Vec<Inbox<Wish>>, ben: Inbox<String>) {
    if let Err(why) = room.open().await {
        return (room.tell)(Turn::Over(Err(why)));
    }
    (room.tell)(Turn::Opened);
    spawn_local(speak(Rc::clone(&room), ben));
    for (lane, wishes) in (0..).zip(lanes) {
        spawn_local(Seat::new(Rc::clone(&room), lane, wishes).run());
    }
    listen(&room).await;
    (room.tell)(Turn::Over(Ok(room.close().await)));
}

/// Hands over what Ben says, a line after the other, so that none overtakes the one before.
async fn speak(room: Rc<Room>, ben: Inbox<String>) {
    loop {
        let Waited::Done(line) = within(ben.next(), u64::MAX, &room.stop).await else { return };
        if let Err(why) = room.ask("say", &line).await {
            let why = Sentence::of(move || {
                say!("Ben could not be heard: the companion did not take what he said{}", why.said())
            });
            (room.tell)(Turn::Unsaid(line, why));
        }
    }
}

/// Tells what the companion's side hears, until the end.
async fn listen(room: &Room) {
    let mut ear = room.ear();
    loop {
        let turn = poll_fn(|context| {
            if room.moved.poll(context, |_| true).is_ready() {
                return Poll::Ready(None);
            }
            ear.as_ref().map_or(Poll::Pending, |ear| ear.poll(context).map(Some))
        });
        match within(turn, u64::MAX, &room.stop).await {
            Waited::Done(None) => ear = room.ear(),
            Waited::Done(Some(stream::Turn::Event(at, _, line))) => {
                if let Some((lane, text)) = line.split_once(' ')
                    && let Ok(lane) = lane.parse()
                {
                    (room.tell)(Turn::Heard { lane, from: Speaker::You, text: text.to_owned(), at });
                }
            }
            Waited::Done(Some(stream::Turn::Over)) => ear = None,
            Waited::Done(Some(_)) => {}
            Waited::Late | Waited::Stopped => return,
        }
    }
}

/// Tells how a lane's connection is.
fn tell_link(room: &Room, lane: u8, link: Link) {
    (room.tell)(Turn::Link(usize::from(lane), link));
}

/// Octets that the companion takes for a line.
const LONGEST_LINE: usize = 4096;
