//! One connection to a lane's port: what it answers.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use tokio::time::{Instant, sleep};
use trace::answer::{ECHO, EVENTS, HOOK, NEWS, SAY, SOCKET};
use trace::live::Speaker;
use trace::scenario::Transport;

use super::webhook::Heard;
use super::{Lane, place};
use crate::connection::Handler;
use crate::feed::{Feed, last_event};
use crate::reply::{Reply, Terms, content, number, response};
use crate::stop::Stop;
use crate::upgrade::upgrade;

/// One connection of a lane.
pub(super) struct Connection {
    pub(super) lane: Arc<Lane>,
    pub(super) number: u16,
    pub(super) opened_by: Speaker,
    pub(super) reached: IpAddr,
    pub(super) stop: Stop,
}

impl Handler for Connection {
    async fn answer(&self, request: Request<Incoming>) -> Reply {
        let lane = &self.lane;
        let terms = |origin| Terms {
            origin,
            connection: self.number,
            closes: lane.transport.closes(),
            no_timing: false,
        };
        let terms = match lane.access.check(request.uri(), request.headers(), self.reached) {
            Ok(origin) => terms(origin),
            Err(refusal) => {
                return Reply::Answer(terms(None).text(StatusCode::FORBIDDEN, refusal.to_string()));
            }
        };
        if lane.transport == Transport::Webhook {
            return Reply::Answer(self.hook(request, &terms).await);
        }
        let (path, streams) = (request.uri().path(), lane.transport == Transport::Sse);
        let expected = if matches!(path, NEWS | EVENTS) { Method::GET } else { Method::POST };
        match (path, lane.transport.is_http()) {
            (SOCKET, false) => self.socket(&request, &terms),
            (ECHO | SAY | NEWS | EVENTS, true) if path != EVENTS || streams => {
                if request.method() != expected {
                    let sentence = format!("{path} takes {expected} only.\n");
                    Reply::Answer(terms.text(StatusCode::METHOD_NOT_ALLOWED, sentence))
                } else if path == EVENTS {
                    self.stream(&request, &terms).await
                } else {
                    Reply::Answer(self.http(request, &terms).await)
                }
            }
            _ => Reply::Answer(terms.text(StatusCode::NOT_FOUND, NO_SUCH_PATH)),
        }
    }
}

impl Connection {
    /// A WebSocket; one that is opened again says with `after` how many lines its page has heard.
    fn socket(&self, request: &Request<Incoming>, terms: &Terms) -> Reply {
        match number(request.uri().query(), "after") {
            Ok(after) => upgrade(request, terms, self.lane.talk(place(after), self.stop.clone())),
            Err(sentence) => Reply::Answer(terms.text(StatusCode::BAD_REQUEST, sentence)),
        }
    }

    async fn http(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let lane = &self.lane;
        let query = |name| number(request.uri().query(), name);
        let (n, after) = match (query("n"), query("after")) {
            (Ok(n), Ok(after)) => (n, after),
            (Err(sentence), _) | (_, Err(sentence)) => return terms.text(StatusCode::BAD_REQUEST, sentence),
        };
        if request.uri().path() == NEWS {
            return self.news(place(after), terms).await;
        }
        let is_echo = request.uri().path() == ECHO;
        let message = match content(request.into_body(), lane.limits.content_size, lane.limits.content).await
        {
            Ok(message) => message,
            Err((status, sentence)) => return terms.text(status, sentence),
        };
        if !is_echo && let Err(sentence) = lane.say(n, message.to_vec()) {
            return terms.text(StatusCode::BAD_REQUEST, sentence);
        }
        self.think().await;
        if !is_echo {
            return terms.nothing();
        }
        if !lane.script.answers_back() {
            return terms.message(lane.manner.binary, message);
        }
        self.told(&lane.script.answers(place(n), message.to_vec()), terms)
    }

    /// News at once, or as soon as there is any, or none: as the transport has it.
    async fn news(&self, after: usize, terms: &Terms) -> Response<Full<Bytes>> {
        let lane = &self.lane;
        let mut news = lane.board.after(after);
        if news.is_empty() && lane.transport == Transport::Long {
            let until = Instant::now() + Duration::from_micros(lane.manner.hold);
            news = lane.board.wait(after, Some(until), &mut self.stop.clone()).await;
            if !lane.script.answers_back() {
                // Whoever waits is told at once; what is said at the same moment waits for the next question.
                news.truncate(1);
            }
        } else {
            self.think().await;
        }
        self.told(&news, terms)
    }

    /// An answer with these messages, a line each; 204 if there are none.
    fn told<S: AsRef<[u8]>>(&self, messages: &[S], terms: &Terms) -> Response<Full<Bytes>> {
        if messages.is_empty() {
            return terms.nothing();
        }
        let lines: Vec<&[u8]> = messages.iter().map(AsRef::as_ref).collect();
        terms.message(self.lane.manner.binary, lines.join(&b'\n'))
    }

    /// One server tells the other: the answer has a status and a date, and nothing that a browser needs.
    async fn hook(&self, request: Request<Incoming>, terms: &Terms) -> Response<Full<Bytes>> {
        let lane = &self.lane;
        let Some(webhook) = lane.webhook.as_ref().filter(|_| request.uri().path() == HOOK) else {
            return terms.text(StatusCode::NOT_FOUND, NO_SUCH_PATH);
        };
        if request.method() != Method::POST {
            return terms.text(StatusCode::METHOD_NOT_ALLOWED, format!("{HOOK} takes POST only.\n"));
        }
        let n = match number(request.uri().query(), "n") {
            Ok(n) => place(n),
            Err(sentence) => return terms.text(StatusCode::BAD_REQUEST, sentence),
        };
        let said = match content(request.into_body(), lane.limits.content_size, lane.limits.content).await {
            Ok(said) => said.to_vec(),
            Err((status, sentence)) => return terms.text(status, sentence),
        };
        if !webhook.hand_over(self.opened_by, Heard { n, said }) {
            return terms.text(StatusCode::SERVICE_UNAVAILABLE, "This server has heard enough.\n");
        }
        self.think().await;
        response(StatusCode::NO_CONTENT, Vec::new(), Bytes::new())
    }

    async fn stream(&self, request: &Request<Incoming>, terms: &Terms) -> Reply {
        let heard = last_event(request);
        self.think().await;
        let board = Arc::clone(&self.lane.board);
        Reply::Events(terms.events(Feed::of(board, heard, self.lane.manner.binary, self.stop.clone())))
    }

    async fn think(&self) {
        if self.lane.network.think > 0 {
            sleep(self.lane.think()).await;
        }
    }
}

const NO_SUCH_PATH: &str = "This lane does not answer at that path.\n";
