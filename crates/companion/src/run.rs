//! One live run: its lanes, from the moment their ports are open until they are closed.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;
use trace::live::Tap;
use tracing::info;

use crate::clock::Clock;
use crate::lane::Lane;
use crate::stop::{Stop, Stopper, signal};
use crate::tap::Budget;

/// A run. Its tap can be had for as long as this is kept.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) number: u32,
    lanes: Vec<Arc<Lane>>,
    stopper: Arc<Stopper>,
    ended: Stop,
}

impl Run {
    /// Opens the lanes. The run ends by itself after `idle` without any octet.
    pub(crate) fn start(
        number: u32,
        lanes: Vec<(Arc<Lane>, TcpListener)>,
        budget: Arc<Budget>,
        clock: Clock,
        idle: Duration,
    ) -> Self {
        let (stopper, stop) = signal();
        let (has_ended, ended) = signal();
        let stopper = Arc::new(stopper);
        let mut ports = JoinSet::new();
        let mut kept = Vec::with_capacity(lanes.len());
        for (lane, listener) in lanes {
            kept.push(Arc::clone(&lane));
            ports.spawn(lane.run(listener, stop.clone()));
        }
        let watchdog = Arc::clone(&stopper);
        tokio::spawn(async move {
            let all_closed = async { while ports.join_next().await.is_some() {} };
            tokio::select! {
                () = all_closed => {}
                () = silence(&budget, clock, idle) => {
                    watchdog.stop();
                    while ports.join_next().await.is_some() {}
                }
            }
            info!(run = number, "run ended");
            has_ended.stop();
        });
        Self { number, lanes: kept, stopper, ended }
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
        Tap { run: self.number, lanes: self.lanes.iter().map(|lane| lane.tap()).collect() }
    }
}

/// Returns when nothing has happened for `idle`.
async fn silence(budget: &Budget, clock: Clock, idle: Duration) {
    loop {
        let since = Duration::from_micros(clock.now().saturating_sub(budget.last()));
        let Some(rest) = idle.checked_sub(since).filter(|rest| !rest.is_zero()) else { return };
        sleep(rest).await;
    }
}
