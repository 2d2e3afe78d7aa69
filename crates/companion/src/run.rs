//! One live run: its lanes, from the moment their ports are open until they are closed.

use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;
use trace::live::{Tap, Ticket};
use tracing::info;

use crate::board::Board;
use crate::clock::Clock;
use crate::lane::{Lane, Unplayed};
use crate::port::Port;
use crate::stop::{Stop, Stopper, signal};
use crate::tap::Budget;

/// A run. Its tap can be had for as long as this is kept.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) number: u32,
    ticket: Ticket,
    ports: Vec<Port>,
    stopper: Arc<Stopper>,
    stop: Stop,
    ended: Stop,
}

impl Run {
    /// Opens the ports. The run ends by itself after `idle` without any octet.
    pub(crate) fn start(
        ticket: Ticket,
        opened: Vec<(Port, TcpListener)>,
        budget: Arc<Budget>,
        clock: Clock,
        idle: Duration,
    ) -> Self {
        let number = ticket.run;
        let (stopper, stop) = signal();
        let (has_ended, ended) = signal();
        let stopper = Arc::new(stopper);
        let mut serving = JoinSet::new();
        let mut ports = Vec::with_capacity(opened.len());
        for (port, listener) in opened {
            ports.push(port.clone());
            serving.spawn(port.run(listener, stop.clone()));
        }
        let watchdog = Arc::clone(&stopper);
        tokio::spawn(async move {
            let all_closed = async { while serving.join_next().await.is_some() {} };
            tokio::select! {
                () = all_closed => {}
                () = silence(|| budget.last(), clock, idle) => {
                    watchdog.stop();
                    while serving.join_next().await.is_some() {}
                }
            }
            info!(run = number, "run ended");
            has_ended.stop();
        });
        Self { number, ticket, ports, stopper, stop, ended }
    }

    /// Plays lane `index`, of a kind in which no page takes part, to its end or to that of the run.
    pub(crate) async fn play(&self, index: usize) -> Result<(), Unplayed> {
        match self.ports.get(index) {
            Some(Port::Lane(lane)) => lane.play(&self.stop).await,
            _ => Err(Unplayed::ByPage),
        }
    }

    /// Where its lanes listen; `None` once they are closed.
    pub(crate) fn ticket(&self) -> Option<&Ticket> {
        (!self.stop.is_stopped()).then_some(&self.ticket)
    }

    /// Has the server say `line` on every lane that a page takes part in, now.
    pub(crate) fn say(&self, line: &str) -> Result<(), Unsaid> {
        let line = line.trim();
        if line.is_empty() || line.len() > LONGEST_LINE || line.contains(['\r', '\n']) {
            return Err(Unsaid::Line);
        }
        if self.ticket().is_none() {
            return Err(Unsaid::Over);
        }
        let mut lanes = self.lanes().peekable();
        if lanes.peek().is_none_or(|lane| lane.script.answers_back()) {
            return Err(Unsaid::Unasked);
        }
        lanes.try_for_each(|lane| lane.board.tell(line.to_owned())).map_err(|_| Unsaid::Enough)
    }

    /// What its servers hear where they answer nothing to it, a line for each message: the lane's index, a
    /// space, the message. And the signal at which that ends.
    pub(crate) fn heard(&self) -> Option<(Arc<Board>, Stop)> {
        self.ticket()?;
        let lane = self.lanes().next()?;
        Some((Arc::clone(&lane.heard), self.stop.clone()))
    }

    /// Drops the connections that are open on lane `index`; answers whether there is such a lane.
    pub(crate) fn cut(&self, index: usize) -> bool {
        let Some(Port::Lane(lane)) = self.ports.get(index) else { return false };
        lane.cut.notify_waiters();
        true
    }

    fn lanes(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.ports.iter().filter_map(|port| match port {
            Port::Lane(lane) => Some(lane),
            Port::Faulty(_) => None,
        })
    }

    /// Closes the lanes, and returns when that is done.
    pub(crate) async fn end(&self) {
        self.stopper.stop();
        self.ended.clone().stopped().await;
    }

    /// Whether its lanes are closed.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.is_stopped()
    }

    /// What crossed its sockets so far.
    pub(crate) fn tap(&self) -> Tap {
        Tap { run: self.number, lanes: self.ports.iter().map(Port::tap).collect() }
    }
}

/// Why the server cannot say what it is given to say. The text is the answer's content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub(crate) enum Unsaid {
    #[error("What is to be said is one line of 1 to {LONGEST_LINE} octets.\n")]
    Line,
    #[error("On the lanes of this run the server only answers.\n")]
    Unasked,
    #[error("This run is over.\n")]
    Over,
    #[error("This run has said enough.\n")]
    Enough,
}

/// In octets: a line that somebody types.
const LONGEST_LINE: usize = 4096;

/// Returns when nothing has happened for `idle`; `last` is when something did.
pub(crate) async fn silence(last: impl Fn() -> u64, clock: Clock, idle: Duration) {
    loop {
        let since = Duration::from_micros(clock.now().saturating_sub(last()));
        let Some(rest) = idle.checked_sub(since).filter(|rest| !rest.is_zero()) else { return };
        sleep(rest).await;
    }
}
