//! One lane of a live run: its port's connections, and what it answers on them.

mod port;
mod webhook;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::Instant;
use trace::live::{LaneTap, Manner, Speaker};
use trace::scenario::{Network, Transport};
use wire::Opcode;

use crate::access::Access;
use crate::board::{Board, Ears};
use crate::clock::Clock;
use crate::connection::{LAST_LINGER, Manners, serve};
use crate::emulate::emulate;
use crate::gate::Gate;
use crate::limits::Limits;
use crate::listener::accept;
use crate::script::Script;
use crate::stop::Stop;
use crate::talk::{News, Talk};
use crate::tap::{Budget, Recording};
use port::Connection;
pub(crate) use webhook::{Unplayed, Webhook};

/// A lane, for as long as its tap is kept.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) index: u8,
    pub(crate) transport: Transport,
    pub(crate) network: Network,
    pub(crate) manner: Manner,
    pub(crate) script: Script,
    pub(crate) access: Arc<Access>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) state: Mutex<State>,
    /// What its server has to tell of its own accord, or over HTTP in answer.
    pub(crate) board: Arc<Board>,
    /// What the servers of the run's lanes have heard, where they answer nothing to it.
    pub(crate) heard: Arc<Board>,
    /// Given when the connections that are open are to be dropped.
    pub(crate) cut: Notify,
    /// What it has if no page takes part.
    pub(crate) webhook: Option<Webhook>,
}

/// What happened on a lane so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// When its first connection was accepted, or when it was begun to be played.
    zero: Option<Instant>,
    connections: Vec<Accepted>,
    /// The other ends of those that were opened from here, each by its address.
    far: Vec<(SocketAddr, Arc<Recording>)>,
}

/// One connection.
#[derive(Clone, Debug)]
struct Accepted {
    number: u16,
    opened_by: Speaker,
    from: SocketAddr,
    recording: Arc<Recording>,
}

impl Lane {
    /// Serves the lane's ports until `stop`.
    pub(crate) async fn run(self: Arc<Self>, listener: TcpListener, stop: Stop) {
        let back = self.webhook.as_ref().and_then(Webhook::take_back);
        let front = Arc::clone(&self).listen(listener, Speaker::You, stop.clone());
        match back {
            Some(back) => {
                tokio::join!(front, self.listen(back, Speaker::Server, stop));
            }
            None => front.await,
        }
    }

    async fn listen(self: Arc<Self>, listener: TcpListener, opener: Speaker, stop: Stop) {
        let grace = self.grace();
        let gate = Arc::clone(&self.gate);
        let connection_stop = stop.clone();
        let serve = |stream: TcpStream, at| {
            let Some(accepted) = self.accepted(&stream, opener, at) else { return Err(stream) };
            Ok(Arc::clone(&self).serve(stream, at, accepted, connection_stop.clone()))
        };
        accept(listener, &gate, stop, grace, serve).await;
    }

    /// What crossed its sockets so far.
    pub(crate) fn tap(&self) -> LaneTap {
        let (accepted, far, zero) = {
            let state = self.state();
            (state.connections.clone(), state.far.clone(), state.zero)
        };
        let tap = |it: &Accepted| match far.iter().find(|(address, _)| *address == it.from) {
            Some((_, far)) => it.recording.tap_of_both(it.number, it.opened_by, far),
            None => it.recording.tap(it.number),
        };
        let zero = zero.filter(|_| self.webhook.is_some()).map(|zero| self.clock.micros(zero));
        LaneTap { lane: self.index, zero, connections: accepted.iter().map(tap).collect() }
    }

    /// How long its connections may take to end: the companion's patience and two round trips.
    fn grace(&self) -> Duration {
        self.limits.grace + 2 * Duration::from_micros(self.network.round_trip)
    }

    /// Counts a connection; `None` if there have been too many.
    fn accepted(&self, stream: &TcpStream, opened_by: Speaker, at: Instant) -> Option<Accepted> {
        let from = stream.peer_addr().ok()?;
        let mut state = self.state();
        if state.connections.len() >= self.limits.lane_connections {
            return None;
        }
        let number = u16::try_from(state.connections.len()).ok()?;
        if state.zero.is_none() {
            state.zero = Some(at);
            let zero = self.clock.micros(at);
            for line in self.script.unasked(Speaker::Server) {
                self.board.add(zero.saturating_add(line.at), line.text.clone()).ok()?;
            }
        }
        let accepted = Accepted { number, opened_by, from, recording: Arc::new(self.recording(at)) };
        state.connections.push(accepted.clone());
        Some(accepted)
    }

    /// Sets the lane's zero, where nobody has to connect for that.
    fn begin(&self, zero: Instant) {
        self.budget.touch(self.clock.micros(zero));
        self.state().zero = Some(zero);
    }

    /// A recording of a connection that is there since `at`.
    fn recording(&self, at: Instant) -> Recording {
        self.budget.touch(self.clock.micros(at));
        Recording::new(self.clock, at, Arc::clone(&self.budget), self.limits.tap_connection)
    }

    /// Keeps the recording of the end from which a connection was opened.
    fn note_far(&self, address: SocketAddr, recording: Arc<Recording>) {
        self.state().far.push((address, recording));
    }

    async fn serve(self: Arc<Self>, stream: TcpStream, at: Instant, accepted: Accepted, stop: Stop) {
        let Ok(reached) = stream.local_addr() else { return };
        let Accepted { number, opened_by, recording, .. } = accepted;
        let (io, pumps) = emulate(stream, self.network, opened_by.sender(), at, &recording);
        // The run's own idle bound ends a silent connection; a poll may be a minute away.
        let manners = Manners {
            head: self.limits.run_idle,
            head_size: self.limits.head_size,
            field_lines: self.limits.field_lines,
            metrics: Arc::clone(&self.gate.metrics),
        };
        let (grace, round_trip) = (self.grace(), Duration::from_micros(self.network.round_trip));
        let (reached, own_stop, lane) = (reached.ip(), stop.clone(), Arc::clone(&self));
        let cut = &lane.cut;
        let handler = Connection { lane: self, number, opened_by, reached, stop: own_stop };
        let speaking = async {
            let mut io = serve(io, handler, manners, stop.clone()).await;
            pumps.finish(&mut io, if stop.is_stopped() { round_trip + LAST_LINGER } else { grace }).await;
        };
        tokio::select! {
            () = speaking => {}
            // What goes with it closes the socket, without a word.
            () = cut.notified() => {}
        }
    }

    /// What the server says on a WebSocket that opens now, from line `after` on.
    fn talk(&self, after: usize, stop: Stop) -> Talk {
        let opcode = if self.manner.binary { Opcode::Binary } else { Opcode::Text };
        Talk {
            script: Some(self.script.clone()),
            news: Some(News { opcode, lines: Arc::clone(&self.board).lines(after, stop) }),
            ears: self.ears(),
            think: self.think(),
            fragment: self.manner.fragment.map_or(usize::MAX, |most| most as usize),
            ping: self.manner.ping.map(Duration::from_micros),
            deflates: self.transport == Transport::Deflate,
            grace: self.grace(),
            ..Talk::echo(self.limits.run_idle, &self.limits)
        }
    }

    /// Takes what was said in message `n`. Where it is not answered in place, the answers become news.
    fn say(&self, n: Option<u64>, message: Vec<u8>) -> Result<(), &'static str> {
        if let Some(ears) = self.ears() {
            return ears.hear(&message).map_err(|_| HEARD_ENOUGH);
        }
        if self.transport.answers_in_place() {
            return Ok(());
        }
        let lines = self.script.answers(place(n), message).into_iter().map(String::from_utf8);
        let lines: Result<Vec<String>, _> = lines.collect();
        let lines = lines.map_err(|_| NOT_A_LINE)?;
        if lines.iter().any(|line| line.contains(['\r', '\n'])) {
            return Err(NOT_A_LINE);
        }
        let at = self.clock.now().saturating_add(self.network.think);
        self.board.answer(n, at, lines).map_err(|_| HEARD_ENOUGH)
    }

    /// Who listens where the server answers nothing by itself.
    fn ears(&self) -> Option<Ears> {
        let board = Arc::clone(&self.heard);
        (!self.script.answers_back()).then_some(Ears { lane: self.index, board })
    }

    /// How long the server thinks before it answers.
    fn think(&self) -> Duration {
        Duration::from_micros(self.network.think)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A number out of a query as a place among messages; the first without one.
fn place(number: Option<u64>) -> usize {
    usize::try_from(number.unwrap_or(0)).unwrap_or(usize::MAX)
}

const HEARD_ENOUGH: &str = "This lane has heard enough.\n";
const NOT_A_LINE: &str = "A message that is to be news must be one line of text.\n";
