//! One live run: its lanes, from the moment their ports are open until they are closed.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;
use trace::live::Tap;
use tracing::info;

use crate::clock::Clock;
use crate::lane::Unplayed;
use crate::port::Port;
use crate::stop::{Stop, Stopper, signal};
use crate::tap::Budget;

/// A run. Its tap can be had for as long as this is kept.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) number: u32,
    ports: Vec<Port>,
    stopper: Arc<Stopper>,
    stop: Stop,
    ended: Stop,
}

impl Run {
    /// Opens the ports. The run ends by itself after `idle` without any octet.
    pub(crate) fn start(
        number: u32,
        opened: Vec<(Port, TcpListener)>,
        budget: Arc<Budget>,
        clock: Clock,
        idle: Duration,
    ) -> Self {
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
        Self { number, ports, stopper, stop, ended }
    }

    /// Plays lane `index`, of a kind in which no page takes part, to its end or to that of the run.
    pub(crate) async fn play(&self, index: usize) -> Result<(), Unplayed> {
        match self.ports.get(index) {
            Some(Port::Lane(lane)) => lane.play(&self.stop).await,
            _ => Err(Unplayed::ByPage),
        }
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

/// Returns when nothing has happened for `idle`; `last` is when something did.
pub(crate) async fn silence(last: impl Fn() -> u64, clock: Clock, idle: Duration) {
    loop {
        let since = Duration::from_micros(clock.now().saturating_sub(last()));
        let Some(rest) = idle.checked_sub(since).filter(|rest| !rest.is_zero()) else { return };
        sleep(rest).await;
    }
}
