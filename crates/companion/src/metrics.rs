//! What the companion has done so far, in numbers, as `/health` tells it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use trace::live::{COMPANION, Health};

use crate::limits::Limit;

/// Counters that only grow.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    connections: AtomicU64,
    runs: AtomicU64,
    octets_in: AtomicU64,
    octets_out: AtomicU64,
    refused: [AtomicU64; Limit::ALL.len()],
}

/// What `/health` answers: who this is, and the numbers.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    #[serde(flatten)]
    health: Health,
    /// Seconds since the start.
    uptime: u64,
    connections: Connections,
    runs: Runs,
    octets: Octets,
    /// How often each limit was reached.
    refused: BTreeMap<&'static str, u64>,
}

#[derive(Debug, Serialize)]
struct Connections {
    open: usize,
    total: u64,
}

#[derive(Debug, Serialize)]
struct Runs {
    open: usize,
    total: u64,
}

/// Octets that crossed the sockets, TCP and IP not counted.
#[derive(Debug, Serialize)]
struct Octets {
    r#in: u64,
    out: u64,
}

impl Metrics {
    pub(crate) fn connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn run(&self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn received(&self, octets: usize) {
        self.octets_in.fetch_add(octets as u64, Ordering::Relaxed);
    }

    pub(crate) fn sent(&self, octets: usize) {
        self.octets_out.fetch_add(octets as u64, Ordering::Relaxed);
    }

    /// Counts and writes down that somebody came to `limit`.
    pub(crate) fn refused(&self, limit: Limit) {
        if let Some(counter) = self.refused.get(limit as usize) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        tracing::info!(limit = limit.name(), "refused");
    }

    /// The numbers now, with those that others know: `uptime` in microseconds, what is open.
    pub(crate) fn report(&self, uptime: u64, connections: usize, runs: usize) -> Report {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let names = Limit::ALL.into_iter().map(Limit::name);
        Report {
            health: Health { duplex: COMPANION.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            uptime: uptime / 1_000_000,
            connections: Connections { open: connections, total: read(&self.connections) },
            runs: Runs { open: runs, total: read(&self.runs) },
            octets: Octets { r#in: read(&self.octets_in), out: read(&self.octets_out) },
            refused: names.zip(self.refused.iter().map(read)).collect(),
        }
    }
}
