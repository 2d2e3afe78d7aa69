//! What the lanes of a chat share: the companion's run, and how to come by another if that is lost.

use std::cell::{Cell, RefCell};

use tongue::{Sentence, say, word};
use trace::chat::Turn;
use trace::live::{Plan, Ticket};
use trace::scenario::{Transport, Workload};

use super::Meeting;
use crate::capture::Stop;
use crate::capture::address::{Address, HTTP, SOCKET};
use crate::capture::companion::{Companion, Found, HEALTH};
use crate::capture::conduct::find;
use crate::capture::doctor::Doctor;
use crate::capture::inbox::Inbox;
use crate::capture::stream::Stream;

/// Where a chat takes place.
pub(super) struct Room {
    pub(super) meeting: Meeting,
    pub(super) stop: Stop,
    pub(super) tell: Box<dyn Fn(Turn)>,
    /// Told when the run is another one.
    pub(super) moved: Inbox<()>,
    host: RefCell<Option<Host>>,
    /// Whether another run is being opened.
    moving: Cell<bool>,
}

/// The companion, and the run that it has opened.
#[derive(Clone)]
struct Host {
    companion: Companion,
    ticket: Ticket,
}

impl Room {
    pub(super) fn new(meeting: Meeting, stop: Stop, tell: Box<dyn Fn(Turn)>) -> Self {
        let (host, moving) = (RefCell::default(), Cell::default());
        Self { meeting, stop, tell, moved: Inbox::new(), host, moving }
    }

    /// Opens the first run, or says why that cannot be and what to do.
    pub(super) async fn open(&self) -> Result<(), Sentence> {
        let companion = find(&self.meeting.base, &Doctor::on_duty(), &self.stop, &|_| ()).await?;
        let ticket = companion.open(&self.plan(), &self.stop).await;
        let ticket = ticket.map_err(|why| {
            Sentence::of(move || say!("The companion opened no lanes{} Begin again.", why.said()))
        })?;
        self.host.replace(Some(Host { companion, ticket }));
        Ok(())
    }

    /// The number of the run, and where a lane listens.
    pub(super) fn place(&self, lane: u8) -> Option<(u32, Address)> {
        let host = self.host.borrow();
        let Host { companion, ticket } = host.as_ref()?;
        let port = ticket.lanes.iter().find(|it| it.lane == lane)?.port;
        let http = self.meeting.lanes.get(usize::from(lane)).is_some_and(|it| it.is_http());
        let scheme = if http { HTTP[0] } else { SOCKET[0] };
        Some((ticket.run, companion.address.on_port(scheme, port)))
    }

    /// Whether the run is still open; opens another if it is not. `false`: nobody answers, or not yet.
    pub(super) async fn is_open(&self) -> bool {
        let Some(Host { companion, ticket }) = self.host.borrow().clone() else { return false };
        match companion.ticket(ticket.run, &self.stop).await {
            Found::Open => true,
            Found::Silent => false,
            Found::Over => self.reopen(companion, ticket.run).await,
        }
    }

    async fn reopen(&self, companion: Companion, old: u32) -> bool {
        // Another lane may have come by a run meanwhile, or be about to.
        if self.host.borrow().as_ref().is_some_and(|host| host.ticket.run != old) {
            return true;
        }
        if self.moving.replace(true) {
            return false;
        }
        let opened = companion.open(&self.plan(), &self.stop).await;
        self.moving.set(false);
        let Ok(ticket) = opened else { return false };
        self.host.replace(Some(Host { companion, ticket }));
        (self.tell)(Turn::Anew);
        self.moved.tell(());
        true
    }

    /// Asks a service of the run; if it is refused, the end of a sentence says why.
    pub(super) async fn ask(&self, what: &str, content: &str) -> Result<(), Sentence> {
        let Some(Host { companion, ticket }) = self.host.borrow().clone() else {
            return Err(Sentence::text(word!(".")));
        };
        companion.serve(ticket.run, what, content, HEALTH, &self.stop).await
    }

    /// What the companion's side hears, from now on.
    pub(super) fn ear(&self) -> Option<Stream> {
        let host = self.host.borrow();
        let Host { companion, ticket } = host.as_ref()?;
        Stream::open(&companion.address.url(&format!("/runs/{}/heard", ticket.run)))
    }

    /// Ends the run; octets and connections of each lane, if the companion still tells.
    pub(super) async fn close(&self) -> Vec<(u64, usize)> {
        let Some(Host { companion, ticket }) = self.host.borrow().clone() else { return Vec::new() };
        let tap = companion.end(ticket.run, self.meeting.lanes.len()).await;
        tap.map_or_else(
            |_| Vec::new(),
            |tap| {
                let lanes = tap.lanes.iter().map(|lane| {
                    let octets = |it: &trace::live::ConnectionTap| {
                        it.dropped + it.chunks.iter().map(|chunk| chunk.octets.len() as u64).sum::<u64>()
                    };
                    (lane.connections.iter().map(octets).sum(), lane.connections.len())
                });
                lanes.collect()
            },
        )
    }

    /// What a lane is.
    pub(super) fn transport(&self, lane: u8) -> Transport {
        self.meeting.lanes.get(usize::from(lane)).copied().unwrap_or(Transport::WebSocket)
    }

    /// A run in which nobody has anything to say of their own accord.
    fn plan(&self) -> Plan {
        Plan {
            lanes: self.meeting.lanes.clone(),
            network: self.meeting.network,
            workload: Workload::Chat,
            script: Vec::new(),
            manner: self.meeting.manner,
        }
    }
}
