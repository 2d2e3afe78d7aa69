//! All live runs: a fresh port for each lane, and no more of anything than there is room for.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::IpAddr;
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify};
use trace::live::{Fault, LanePort, Plan, Ticket};
use trace::scenario::Transport;
use tracing::info;

use crate::access::Access;
use crate::board::Board;
use crate::clock::Clock;
use crate::config::LanePorts;
use crate::faulty::Faulty;
use crate::gate::Gate;
use crate::lane::{Lane, Webhook};
use crate::limits::Limits;
use crate::port::Port;
use crate::run::Run;
use crate::script::Script;
use crate::tap::Budget;

/// Opens runs, finds them again, ends them.
#[derive(Debug)]
pub(crate) struct Runs {
    bind: IpAddr,
    ports: LanePorts,
    limits: Limits,
    access: Arc<Access>,
    gate: Arc<Gate>,
    clock: Clock,
    /// Runs, oldest first.
    kept: StdMutex<VecDeque<Arc<Run>>>,
    /// Held while a run opens, so that runs open one after another.
    next: Mutex<Next>,
}

#[derive(Debug)]
struct Next {
    /// Where the search for a free port begins; `None` once nothing may open any more.
    port: Option<u16>,
}

/// Why a run cannot be opened. The text is the answer's content.
#[derive(Debug, Error)]
pub(crate) enum Unopened {
    #[error(
        "No lane port is free between {0} and {1}: close what uses them, or start with other --lane-ports.\n"
    )]
    NoPort(u16, u16),
    #[error("No lane port could be opened: {0}.\n")]
    Port(std::io::Error),
    #[error("The companion is stopping.\n")]
    Stopping,
}

impl Runs {
    pub(crate) fn new(
        bind: IpAddr,
        ports: LanePorts,
        limits: Limits,
        access: Arc<Access>,
        gate: Arc<Gate>,
        clock: Clock,
    ) -> Self {
        let first = match ports {
            LanePorts::Any => 0,
            LanePorts::Range(first, _) => first,
        };
        let next = Next { port: Some(first) };
        Self { bind, ports, limits, access, gate, clock, kept: StdMutex::default(), next: Mutex::new(next) }
    }

    /// Opens a lane port for each lane of `plan`; if need be, the oldest run ends for it.
    pub(crate) async fn open(&self, plan: Plan) -> Result<Ticket, Unopened> {
        let mut next = self.next.lock().await;
        let webhooks = plan.lanes.iter().filter(|lane| **lane == Transport::Webhook).count();
        let mut listeners = self.listeners(&mut next, plan.lanes.len() + webhooks).await?;
        let mut backs = listeners.split_off(plan.lanes.len()).into_iter();
        let budget = self.budget();
        let script = Script::new(plan.workload, plan.script.clone());
        let heard = Arc::new(Board::new(self.clock));
        let mut lanes = Vec::with_capacity(listeners.len());
        for ((index, transport), listener) in (0..=u8::MAX).zip(&plan.lanes).zip(listeners) {
            let back = if *transport == Transport::Webhook { backs.next() } else { None };
            let address = listener.local_addr().map_err(Unopened::Port)?;
            let webhook = back.map(|back| Webhook::new(address, back)).transpose();
            let webhook = webhook.map_err(Unopened::Port)?;
            let heard = Arc::clone(&heard);
            let lane = Lane { webhook, heard, ..self.lane(index, *transport, &plan, &script, &budget) };
            lanes.push((Port::Lane(Arc::new(lane)), listener));
        }
        self.start(lanes, Arc::clone(&budget))
    }

    /// Opens a port that does what `fault` says; if need be, the oldest run ends for it.
    pub(crate) async fn open_fault(&self, fault: Fault) -> Result<Ticket, Unopened> {
        let mut next = self.next.lock().await;
        let listeners = self.listeners(&mut next, 1).await?;
        let budget = self.budget();
        let faulty = Port::Faulty(Arc::new(Faulty {
            fault,
            access: Arc::clone(&self.access),
            gate: Arc::clone(&self.gate),
            budget: Arc::clone(&budget),
            limits: self.limits.clone(),
            clock: self.clock,
            connections: StdMutex::default(),
        }));
        self.start(std::iter::once(faulty).zip(listeners).collect(), budget)
    }

    /// The run of this number, if it is still kept.
    pub(crate) fn find(&self, number: u32) -> Option<Arc<Run>> {
        self.kept().iter().find(|run| run.number == number).cloned()
    }

    /// How many runs have open ports.
    pub(crate) fn open_now(&self) -> usize {
        self.live().len()
    }

    /// Ends all runs, and lets none open any more.
    pub(crate) async fn end_all(&self) {
        self.next.lock().await.port = None;
        let mut ending = tokio::task::JoinSet::new();
        for run in self.live() {
            ending.spawn(async move { run.end().await });
        }
        while ending.join_next().await.is_some() {}
    }

    /// As many listeners; runs end for them, the oldest first.
    async fn listeners(&self, next: &mut Next, number: usize) -> Result<Vec<TcpListener>, Unopened> {
        while self.live().len() >= self.limits.live_runs.max(1) {
            self.end_oldest().await;
        }
        let mut listeners = Vec::with_capacity(number);
        while listeners.len() < number {
            match self.listen(next).await {
                Ok(listener) => listeners.push(listener),
                Err(Unopened::NoPort(..)) if !self.live().is_empty() => self.end_oldest().await,
                Err(error) => return Err(error),
            }
        }
        Ok(listeners)
    }

    fn budget(&self) -> Arc<Budget> {
        let metrics = Arc::clone(&self.gate.metrics);
        Arc::new(Budget::new(self.limits.tap_run, self.clock.now(), metrics))
    }

    /// Starts a run of these ports.
    fn start(&self, ports: Vec<(Port, TcpListener)>, budget: Arc<Budget>) -> Result<Ticket, Unopened> {
        let number = self.unused_number();
        let mut lanes = Vec::with_capacity(ports.len());
        for (lane, (_, listener)) in (0..=u8::MAX).zip(&ports) {
            let port = listener.local_addr().map_err(Unopened::Port)?.port();
            lanes.push(LanePort { lane, port });
        }
        let ticket = Ticket { run: number, lanes };
        let run = Arc::new(Run::start(ticket.clone(), ports, budget, self.clock, self.limits.run_idle));
        self.gate.metrics.run();
        info!(run = number, lanes = ticket.lanes.len(), "run opened");
        self.keep(run);
        Ok(ticket)
    }

    /// A listener on the next free port. A port rests as long as possible before it is used again,
    /// because a browser remembers what it knows about one.
    async fn listen(&self, next: &mut Next) -> Result<TcpListener, Unopened> {
        let Some(port) = next.port else { return Err(Unopened::Stopping) };
        let LanePorts::Range(first, last) = self.ports else {
            return TcpListener::bind((self.bind, 0)).await.map_err(Unopened::Port);
        };
        for candidate in (port..=last).chain(first..port) {
            if let Ok(listener) = TcpListener::bind((self.bind, candidate)).await {
                next.port = Some(if candidate >= last { first } else { candidate + 1 });
                return Ok(listener);
            }
        }
        Err(Unopened::NoPort(first, last))
    }

    fn lane(
        &self,
        index: u8,
        transport: Transport,
        plan: &Plan,
        script: &Script,
        budget: &Arc<Budget>,
    ) -> Lane {
        Lane {
            index,
            transport,
            network: plan.network,
            manner: plan.manner,
            script: script.clone(),
            access: Arc::clone(&self.access),
            gate: Arc::clone(&self.gate),
            budget: Arc::clone(budget),
            limits: self.limits.clone(),
            clock: self.clock,
            state: StdMutex::default(),
            board: Arc::new(Board::new(self.clock)),
            heard: Arc::new(Board::new(self.clock)),
            cut: Notify::new(),
            webhook: None,
        }
    }

    /// A number that neither another visitor nor a page that still speaks of an earlier companion
    /// comes upon by counting.
    fn unused_number(&self) -> u32 {
        loop {
            let number = (RandomState::new().build_hasher().finish() >> 32) as u32;
            if self.find(number).is_none() {
                return number;
            }
        }
    }

    fn keep(&self, run: Arc<Run>) {
        let mut kept = self.kept();
        kept.push_back(run);
        while kept.len() > self.limits.kept_runs.max(1) {
            let Some(ended) = kept.iter().position(|run| run.has_ended()) else { return };
            kept.remove(ended);
        }
    }

    async fn end_oldest(&self) {
        if let Some(run) = self.live().into_iter().next() {
            run.end().await;
        }
    }

    fn live(&self) -> Vec<Arc<Run>> {
        self.kept().iter().filter(|run| !run.has_ended()).cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<Run>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
