//! The main port: the page, the services behind its live runs, and a bare echo without emulated link.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use tokio::net::TcpStream;
use tokio::time::Instant;
use trace::live::ClockReading;

use crate::access::Access;
use crate::clock::Clock;
use crate::config::Behave;
use crate::connection::{Handler, LAST_LINGER, Manners, linger, serve};
use crate::counted::Counted;
use crate::feed::{Feed, last_event};
use crate::gate::Gate;
use crate::limits::Limits;
use crate::page::Page;
use crate::patient::Patient;
use crate::plan;
use crate::reply::{Reply, Terms, content, number};
use crate::runs::Runs;
use crate::stop::Stop;
use crate::talk::{Line, Talk};
use crate::upgrade::upgrade;
use crate::wrap::wrap;

/// What all connections to the main port share.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) page: Page,
    pub(crate) access: Arc<Access>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) runs: Arc<Runs>,
    pub(crate) behave: Behave,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
}

impl Front {
    /// Serves one connection.
    pub(crate) async fn serve(self: Arc<Self>, stream: TcpStream, connection: u16, stop: Stop) {
        let (Ok(reached), Ok(client)) = (stream.local_addr(), stream.peer_addr()) else { return };
        let metrics = &self.gate.metrics;
        let manners = Manners {
            head: self.limits.head,
            head_size: self.limits.head_size,
            field_lines: self.limits.field_lines,
            metrics: Arc::clone(metrics),
        };
        let stream = Counted::new(stream, Arc::clone(metrics));
        let (grace, patience) = (self.limits.grace, self.limits.content);
        let handler = Connection { front: self, connection, reached: reached.ip(), client: client.ip() };
        let stream = Patient::new(stream, patience);
        let mut io = serve(stream, handler, manners, stop.clone()).await;
        linger(&mut io, if stop.is_stopped() { LAST_LINGER } else { grace }).await;
    }

    /// An echo; compressed, if the query asks for that and the client can.
    fn talk(&self, query: Option<&str>) -> Talk {
        let greeting = self.behave.greet.then(|| Line::text(Instant::now(), "Request served by duplex"));
        Talk {
            lines: greeting.into_iter().collect(),
            cut: self.behave.cut,
            deflates: query.is_some_and(|query| query.split('&').any(|flag| flag == "deflate")),
            ..Talk::echo(self.limits.idle, &self.limits)
        }
    }
}

/// One connection to the main port.
struct Connection {
    front: Arc<Front>,
    connection: u16,
    reached: IpAddr,
    client: IpAddr,
}

impl Handler for Connection {
    async fn answer(&self, request: Request<Incoming>) -> Reply {
        let front = &self.front;
        let terms = |origin| Terms { origin, connection: self.connection, closes: false, no_timing: false };
        let mut terms = match front.access.check(request.uri(), request.headers(), self.reached) {
            Ok(origin) => terms(origin),
            Err(refusal) => {
                return Reply::Answer(terms(None).text(StatusCode::FORBIDDEN, refusal.to_string()));
            }
        };
        if is_echo(request.uri().path()) {
            terms.no_timing = front.behave.no_timing;
        }
        match request.uri().path() {
            "/ws" | "/websocket/echo" => upgrade(&request, &terms, front.talk(request.uri().query())),
            path if is_echo(path) => Reply::Answer(self.echo(request, &terms).await),
            path => match path.strip_prefix("/runs/").and_then(|rest| rest.split_once('/')) {
                Some((run, what)) => {
                    let (run, what) = (run.to_owned(), what.to_owned());
                    self.run(request, &run, &what, &terms).await
                }
                None => Reply::Answer(self.route(request, &terms).await),
            },
        }
    }
}

impl Connection {
    async fn route(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let front = &self.front;
        let get = request.method() == Method::GET || request.method() == Method::HEAD;
        let path = request.uri().path();
        match path {
            "/health" if get => {
                let (uptime, metrics) = (front.clock.now(), &front.gate.metrics);
                let report = metrics.report(uptime, front.gate.open(), front.runs.open_now());
                terms.json(serde_json::to_string(&report))
            }
            "/clock" if get => terms.json(serde_json::to_string(&ClockReading { now: front.clock.now() })),
            "/runs" | "/faults" if request.method() == Method::POST => self.open(request, terms).await,
            "/health" | "/clock" | "/runs" | "/faults" => {
                terms.text(StatusCode::METHOD_NOT_ALLOWED, WRONG_METHOD)
            }
            _ if get => front.page.file(path, request.headers()).await,
            _ => terms.text(StatusCode::METHOD_NOT_ALLOWED, WRONG_METHOD),
        }
    }

    /// Opens a run, or a port with a fault.
    async fn open(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let limits = &self.front.limits;
        let is_fault = request.uri().path() == "/faults";
        let content = match content(request.into_body(), limits.plan_size, limits.content).await {
            Ok(content) => content,
            Err((status, sentence)) => return terms.text(status, sentence),
        };
        let runs = &self.front.runs;
        let opened = if is_fault {
            match plan::read_fault(&content) {
                Ok(fault) => runs.open_fault(fault).await,
                Err(unfit) => return terms.text(StatusCode::BAD_REQUEST, unfit.to_string()),
            }
        } else {
            match plan::read(&content) {
                Ok(plan) => runs.open(plan).await,
                Err(unfit) => return terms.text(StatusCode::BAD_REQUEST, unfit.to_string()),
            }
        };
        match opened {
            Ok(ticket) => terms.json(serde_json::to_string(&ticket)),
            Err(unopened) => terms.text(StatusCode::SERVICE_UNAVAILABLE, unopened.to_string()),
        }
    }

    /// A service of one run.
    async fn run(&self, request: Request<Incoming>, run: &str, what: &str, terms: &Terms) -> Reply {
        let limits = &self.front.limits;
        let found = run.parse().ok().and_then(|number| self.front.runs.find(number));
        let Some(run) = found else {
            if matches!(what, "ticket" | "heard") && request.method() == Method::GET {
                return Reply::Answer(terms.nothing());
            }
            let sentence =
                "There is no such run here: it is too long ago, or the companion was started anew.\n";
            return Reply::Answer(terms.text(StatusCode::NOT_FOUND, sentence));
        };
        let conflict = |sentence: String| terms.text(StatusCode::CONFLICT, sentence);
        let (what, lane) = what.split_once('/').unwrap_or((what, ""));
        let lane: usize = lane.parse().unwrap_or(usize::MAX);
        Reply::Answer(match (what, request.method()) {
            ("play", &Method::POST) => match run.play(lane).await {
                Ok(()) => terms.nothing(),
                Err(unplayed) => conflict(unplayed.to_string()),
            },
            ("cut", &Method::POST) if run.cut(lane) => terms.nothing(),
            ("cut", &Method::POST) => terms.text(StatusCode::NOT_FOUND, "This run has no such lane.\n"),
            ("say", &Method::POST) => {
                match content(request.into_body(), limits.content_size, limits.content).await {
                    Ok(line) => match run.say(&String::from_utf8_lossy(&line)) {
                        Ok(()) => terms.nothing(),
                        Err(unsaid) => conflict(unsaid.to_string()),
                    },
                    Err((status, sentence)) => terms.text(status, sentence),
                }
            }
            ("end", &Method::POST) => {
                run.end().await;
                terms.nothing()
            }
            ("tap", &Method::GET) => terms.json(serde_json::to_string(&run.tap())),
            ("ticket", &Method::GET) => match run.ticket() {
                Some(ticket) => terms.json(serde_json::to_string(ticket)),
                None => terms.nothing(),
            },
            ("heard", &Method::GET) => match run.heard() {
                Some((board, stop)) => {
                    let heard = last_event(&request);
                    return Reply::Events(terms.events(Feed::of(board, heard, false, stop)));
                }
                // A browser that opens a stream again by itself stops at that (HTML Standard section 9.2.1).
                None => terms.nothing(),
            },
            ("play" | "cut" | "say" | "end" | "tap" | "ticket" | "heard", _) => {
                terms.text(StatusCode::METHOD_NOT_ALLOWED, WRONG_METHOD)
            }
            _ => terms.text(StatusCode::NOT_FOUND, "A run has no such service.\n"),
        })
    }

    async fn echo(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let limits = &self.front.limits;
        if let Err(sentence) = number(request.uri().query(), "n") {
            return terms.text(StatusCode::BAD_REQUEST, sentence);
        }
        let (head, body) = request.into_parts();
        match content(body, limits.content_size, limits.content).await {
            Ok(content) if self.front.behave.wrap => {
                terms.json(wrap(&head, &content, &self.client.to_string()))
            }
            Ok(content) => terms.text(StatusCode::OK, content),
            Err((status, sentence)) => terms.text(status, sentence),
        }
    }
}

fn is_echo(path: &str) -> bool {
    matches!(path, "/echo" | "/anything")
}

const WRONG_METHOD: &str = "This is not to be asked in that way.\n";
