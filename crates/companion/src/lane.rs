//! One lane of a live run: its port's connections, and what it answers on them.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use trace::answer::{ECHO, NEWS, SAY, SOCKET};
use trace::live::LaneTap;
use trace::scenario::{Network, Transport, Utterance, Workload};

use crate::access::Access;
use crate::clock::Clock;
use crate::connection::{Handler, LAST_LINGER, Manners, serve};
use crate::emulate::emulate;
use crate::gate::Gate;
use crate::limits::Limits;
use crate::listener::accept;
use crate::news::News;
use crate::reply::{Reply, Terms, content, number};
use crate::stop::Stop;
use crate::talk::Talk;
use crate::tap::{Budget, Recording};
use crate::upgrade::upgrade;

/// A lane, for as long as its tap is kept.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) index: u8,
    pub(crate) transport: Transport,
    pub(crate) workload: Workload,
    pub(crate) network: Network,
    /// What the server says, in the order in which it is due.
    pub(crate) script: Arc<[Utterance]>,
    pub(crate) access: Arc<Access>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) state: Mutex<State>,
}

/// What happened on a lane so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// When its first connection was accepted.
    zero: Option<Instant>,
    connections: Vec<Arc<Recording>>,
    news: News,
}

impl Lane {
    /// Serves the lane's port until `stop`.
    pub(crate) async fn run(self: Arc<Self>, listener: TcpListener, stop: Stop) {
        let grace = self.grace();
        let gate = Arc::clone(&self.gate);
        let connection_stop = stop.clone();
        let serve = |stream, at| {
            let Some((connection, recording)) = self.accepted(at) else { return Err(stream) };
            Ok(Arc::clone(&self).serve(stream, at, connection, recording, connection_stop.clone()))
        };
        accept(listener, &gate, stop, grace, serve).await;
    }

    /// What crossed its sockets so far.
    pub(crate) fn tap(&self) -> LaneTap {
        let recordings = self.state().connections.clone();
        let connections = recordings
            .iter()
            .zip(0..=u16::MAX)
            .map(|(recording, connection)| recording.tap(connection))
            .collect();
        LaneTap { lane: self.index, connections }
    }

    /// How long its connections may take to end: the companion's patience and two round trips.
    fn grace(&self) -> Duration {
        self.limits.grace + 2 * Duration::from_micros(self.network.round_trip)
    }

    /// Counts a connection; `None` if there have been too many.
    fn accepted(&self, at: Instant) -> Option<(u16, Arc<Recording>)> {
        let mut state = self.state();
        if state.connections.len() >= self.limits.lane_connections {
            return None;
        }
        let connection = u16::try_from(state.connections.len()).ok()?;
        if state.zero.is_none() {
            state.zero = Some(at);
            if self.workload.is_open() {
                let zero = self.clock.micros(at);
                for line in self.script.iter() {
                    state.news.add(zero.saturating_add(line.at), line.text.clone()).ok()?;
                }
            }
        }
        self.budget.touch(self.clock.micros(at));
        let recording = Recording::new(self.clock, at, Arc::clone(&self.budget), self.limits.tap_connection);
        let recording = Arc::new(recording);
        state.connections.push(Arc::clone(&recording));
        Some((connection, recording))
    }

    async fn serve(
        self: Arc<Self>,
        stream: TcpStream,
        at: Instant,
        connection: u16,
        recording: Arc<Recording>,
        stop: Stop,
    ) {
        let Ok(reached) = stream.local_addr() else { return };
        let (io, pumps) = emulate(stream, self.network, at, &recording);
        // The run's own idle bound ends a silent connection; a poll may be a minute away.
        let manners = Manners {
            head: self.limits.run_idle,
            head_size: self.limits.head_size,
            field_lines: self.limits.field_lines,
            metrics: Arc::clone(&self.gate.metrics),
        };
        let (grace, round_trip) = (self.grace(), Duration::from_micros(self.network.round_trip));
        let handler = Connection { lane: self, connection, reached: reached.ip() };
        let mut io = serve(io, handler, manners, stop.clone()).await;
        pumps.finish(&mut io, if stop.is_stopped() { round_trip + LAST_LINGER } else { grace }).await;
    }

    /// What the server says on a WebSocket that opens now.
    fn talk(&self) -> Talk {
        let zero = self.state().zero.unwrap_or_else(Instant::now);
        let echo = self.workload == Workload::Echo;
        let due = |line: &Utterance| (zero + Duration::from_micros(line.at), line.text.clone());
        Talk {
            echo,
            lines: if echo { [].into() } else { self.script.iter().map(due).collect() },
            cut: None,
            idle: self.limits.run_idle,
            grace: self.grace(),
            frame_limit: self.limits.frame_size,
            limit: self.limits.message_size,
        }
    }

    /// Takes what was said in message `n`. In an echo, a polling lane fetches it as news.
    fn say(&self, n: Option<u64>, message: &[u8]) -> Result<(), &'static str> {
        if self.transport != Transport::Polling || self.workload != Workload::Echo {
            return Ok(());
        }
        let line = std::str::from_utf8(message).map_err(|_| NOT_A_LINE)?;
        if line.contains(['\r', '\n']) {
            return Err(NOT_A_LINE);
        }
        let now = self.clock.now();
        self.state().news.say(n, now, line.to_owned()).map_err(|_| "This lane has heard enough.\n")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection of a lane.
struct Connection {
    lane: Arc<Lane>,
    connection: u16,
    reached: IpAddr,
}

impl Handler for Connection {
    async fn answer(&self, request: Request<Incoming>) -> Reply {
        let lane = &self.lane;
        let terms = |origin| Terms {
            origin,
            connection: self.connection,
            closes: lane.transport.closes(),
            no_timing: false,
        };
        let terms = match lane.access.check(request.uri(), request.headers(), self.reached) {
            Ok(origin) => terms(origin),
            Err(refusal) => {
                return Reply::Answer(terms(None).text(StatusCode::FORBIDDEN, refusal.to_string()));
            }
        };
        match (request.uri().path(), lane.transport.is_http()) {
            (SOCKET, false) => upgrade(&request, &terms, lane.talk()),
            (ECHO | SAY | NEWS, true) => Reply::Answer(self.http(request, &terms).await),
            _ => {
                Reply::Answer(terms.text(StatusCode::NOT_FOUND, "This lane does not answer at that path.\n"))
            }
        }
    }
}

impl Connection {
    async fn http(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let lane = &self.lane;
        let query = |name| number(request.uri().query(), name);
        let path = request.uri().path();
        let expected = if path == NEWS { Method::GET } else { Method::POST };
        if request.method() != expected {
            return terms.text(StatusCode::METHOD_NOT_ALLOWED, format!("{path} takes {expected} only.\n"));
        }
        let (n, after) = match (query("n"), query("after")) {
            (Ok(n), Ok(after)) => (n, after),
            (Err(sentence), _) | (_, Err(sentence)) => return terms.text(StatusCode::BAD_REQUEST, sentence),
        };
        if path == NEWS {
            let news = lane.state().news.after(after.unwrap_or(0), lane.clock.now());
            return news.map_or_else(|| terms.nothing(), |news| terms.text(StatusCode::OK, news));
        }
        let is_echo = path == ECHO;
        let message = match content(request.into_body(), lane.limits.content_size, lane.limits.content).await
        {
            Ok(message) => message,
            Err((status, sentence)) => return terms.text(status, sentence),
        };
        if is_echo {
            return terms.text(StatusCode::OK, message);
        }
        match lane.say(n, &message) {
            Ok(()) => terms.nothing(),
            Err(sentence) => terms.text(StatusCode::BAD_REQUEST, sentence),
        }
    }
}

const NOT_A_LINE: &str = "A message that is to be news must be one line of text.\n";
