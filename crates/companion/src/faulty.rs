//! A port that does one thing wrong, on command. Everything passes the tap.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use hyper::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::Instant;
use trace::live::{Fault, LaneTap};
use wire::handshake::{accept, accept_value, check_request, key_from};
use wire::{Request, Unit};

use crate::access::Access;
use crate::clock::Clock;
use crate::gate::Gate;
use crate::limits::Limits;
use crate::listener::accept as accept_all;
use crate::raw::{Raw, as_hyper, encode};
use crate::reply::Terms;
use crate::run::silence;
use crate::stop::Stop;
use crate::talk::{Line, Talk};
use crate::tap::{Budget, Recording, Tapped};

/// The port, for as long as its tap is kept.
#[derive(Debug)]
pub(crate) struct Faulty {
    pub(crate) fault: Fault,
    pub(crate) access: Arc<Access>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) connections: Mutex<Vec<Arc<Recording>>>,
}

/// How the server ends a connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Its own direction first, and in order.
    Fin,
    /// Both at once.
    Reset,
}

impl Faulty {
    /// Misbehaves on the port until `stop`. A port that refuses is closed when this returns, before
    /// anybody polls what it returns.
    pub(crate) fn run(
        self: Arc<Self>,
        listener: TcpListener,
        stop: Stop,
    ) -> impl Future<Output = ()> + Send + 'static {
        let held = if self.fault == Fault::Refuse { Err(hold(listener)) } else { Ok(listener) };
        async move {
            match held {
                Ok(listener) => self.listen(listener, stop).await,
                Err(port) => {
                    stop.clone().stopped().await;
                    drop(port);
                }
            }
        }
    }

    /// What crossed its sockets so far.
    pub(crate) fn tap(&self) -> LaneTap {
        let recordings = self.connections().clone();
        let taps = recordings.iter().zip(0..=u16::MAX).map(|(recording, number)| recording.tap(number));
        LaneTap { lane: 0, zero: None, connections: taps.collect() }
    }

    async fn listen(self: Arc<Self>, listener: TcpListener, stop: Stop) {
        let (gate, grace, connection_stop) = (Arc::clone(&self.gate), self.limits.grace, stop.clone());
        let serve = |stream, at| match self.accepted(at) {
            Some((number, recording)) => {
                Ok(Arc::clone(&self).serve(stream, number, recording, connection_stop.clone()))
            }
            None => Err(stream),
        };
        accept_all(listener, &gate, stop, grace, serve).await;
    }

    fn accepted(&self, at: Instant) -> Option<(u16, Arc<Recording>)> {
        let mut connections = self.connections();
        if connections.len() >= self.limits.lane_connections {
            return None;
        }
        let number = u16::try_from(connections.len()).ok()?;
        self.budget.touch(self.clock.micros(at));
        let budget = Arc::clone(&self.budget);
        let recording = Arc::new(Recording::new(self.clock, at, budget, self.limits.tap_connection));
        connections.push(Arc::clone(&recording));
        Some((number, recording))
    }

    async fn serve(
        self: Arc<Self>,
        mut stream: TcpStream,
        number: u16,
        recording: Arc<Recording>,
        mut stop: Stop,
    ) {
        let Ok(reached) = stream.local_addr() else { return };
        let (reader, writer) = stream.split();
        let mut io = Tapped::new(reader, writer, Arc::clone(&recording));
        let mut raw = Raw::new(&mut io, &mut stop, &self.limits);
        match self.misbehave(&mut raw, reached.ip(), number, &recording).await {
            End::Fin => raw.finish().await,
            End::Reset => {
                recording.reset();
                drop(io);
                let _ = stream.set_zero_linger();
            }
        }
    }

    async fn misbehave<IO: AsyncRead + AsyncWrite + Unpin>(
        &self,
        raw: &mut Raw<'_, IO>,
        reached: IpAddr,
        connection: u16,
        recording: &Recording,
    ) -> End {
        match self.fault {
            Fault::Reset => return End::Reset,
            Fault::Stall => {
                raw.until_end().await;
                return End::Fin;
            }
            Fault::NotHttp => {
                raw.write(MAIL).await;
                raw.until_end().await;
                return End::Fin;
            }
            _ => {}
        }
        let mut answered = false;
        while let Some(unit) = raw.unit().await {
            let Some(request) = unit.request() else { return End::Fin };
            let (uri, headers) = as_hyper(request);
            let terms = |origin| Terms { origin, connection, closes: false, no_timing: false };
            let goes_on = match self.access.check(&uri, &headers, reached) {
                Err(refusal) => {
                    raw.answer(terms(None).text(StatusCode::FORBIDDEN, refusal.to_string())).await
                }
                Ok(origin) => match self.fault {
                    Fault::DropReused if answered => return End::Fin,
                    Fault::Answer { .. } | Fault::DropReused | Fault::CutShort { .. } => {
                        self.http(raw, &unit, &terms(origin)).await
                    }
                    _ => match self.open(raw, request, &terms(origin)).await {
                        Some(true) => return self.after_open(raw, recording).await,
                        Some(false) => true,
                        None => false,
                    },
                },
            };
            if !goes_on {
                return End::Fin;
            }
            answered = true;
        }
        End::Fin
    }

    /// Answers over HTTP. `false`: nothing can follow.
    async fn http<IO: AsyncRead + AsyncWrite + Unpin>(
        &self,
        raw: &mut Raw<'_, IO>,
        unit: &Unit,
        terms: &Terms,
    ) -> bool {
        match self.fault {
            Fault::Answer { status } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
                let mut answer =
                    terms.text(status, format!("This port answers {status}, as it was told to.\n"));
                if status.is_redirection() {
                    answer.headers_mut().insert("location", ELSEWHERE);
                }
                raw.answer(answer).await
            }
            Fault::CutShort { announced, sent } => {
                let length = |octets| usize::try_from(octets).unwrap_or_default();
                let answer = terms.text(StatusCode::OK, Bytes::from(vec![b'x'; length(announced)]));
                let (head, content) = encode(answer).await;
                let cut = content.get(..length(sent)).unwrap_or_default();
                raw.write(&[&head, cut].concat()).await;
                false
            }
            _ => raw.answer(terms.text(StatusCode::OK, unit.content.clone())).await,
        }
    }

    /// Answers an opening handshake, with its fault if it has one. `Some(false)`: it was none, and the
    /// connection goes on with HTTP; `None`: nothing can follow.
    async fn open<IO: AsyncRead + AsyncWrite + Unpin>(
        &self,
        raw: &mut Raw<'_, IO>,
        request: &Request,
        terms: &Terms,
    ) -> Option<bool> {
        let offer = match check_request(request) {
            Ok(offer) => offer,
            Err(refusal) => {
                let status =
                    StatusCode::from_u16(refusal.response().status).unwrap_or(StatusCode::BAD_REQUEST);
                let answer = terms.text(status, format!("No WebSocket: {}.\n", refusal.rule));
                return raw.answer(answer).await.then_some(false);
            }
        };
        let mut response = accept(&offer);
        match self.fault {
            Fault::WrongAccept => {
                response.fields.set("Sec-WebSocket-Accept", accept_value(&key_from(OTHER)));
            }
            Fault::NoAccept => response.fields.remove("Sec-WebSocket-Accept"),
            Fault::Subprotocol => response.fields.push("Sec-WebSocket-Protocol", "graphql-ws"),
            Fault::Extension => response.fields.push("Sec-WebSocket-Extensions", "x-shout"),
            _ => {}
        }
        let head = response.encode().ok()?;
        raw.upgrade();
        raw.write(&head).await.then_some(true)
    }

    async fn after_open<IO: AsyncRead + AsyncWrite + Unpin>(
        &self,
        raw: &mut Raw<'_, IO>,
        recording: &Recording,
    ) -> End {
        match self.fault {
            // Not before the client has spoken: else a script may find the end before the opening.
            Fault::ResetAfterOpen | Fault::Drop | Fault::Broken { .. } | Fault::Close { .. } => {
                if raw.unit().await.is_some() {
                    return self.strike(raw).await;
                }
            }
            Fault::Silent => raw.until_end().await,
            Fault::Greet | Fault::CutAfter { .. } => self.echo(raw).await,
            Fault::CutIdle { after } => tokio::select! {
                () = self.echo(raw) => {}
                () = silence(|| recording.last(), self.clock, Duration::from_micros(after)) => {}
            },
            _ => raw.until_close().await,
        }
        End::Fin
    }

    /// What a port does when the first frame has come.
    async fn strike<IO: AsyncRead + AsyncWrite + Unpin>(&self, raw: &mut Raw<'_, IO>) -> End {
        match self.fault {
            Fault::ResetAfterOpen => return End::Reset,
            Fault::Drop => {}
            _ if raw.write(&self.fault.frames()).await => raw.until_close().await,
            _ => {}
        }
        End::Fin
    }

    async fn echo<IO: AsyncRead + AsyncWrite + Unpin>(&self, raw: &mut Raw<'_, IO>) {
        let mut talk = Talk::echo(self.limits.run_idle, &self.limits);
        match self.fault {
            Fault::Greet => talk.lines.push_back(Line::text(Instant::now(), GREETING)),
            Fault::CutAfter { after } => talk.cut = Some(Duration::from_micros(after)),
            _ => {}
        }
        let (io, stop) = raw.parts();
        if let Some(limit) = talk.run(io, stop).await {
            self.gate.metrics.refused(limit);
        }
    }

    fn connections(&self) -> MutexGuard<'_, Vec<Arc<Recording>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the port, and keeps it from others with a socket that does not listen.
fn hold(listener: TcpListener) -> Option<TcpSocket> {
    let address = listener.local_addr().ok()?;
    drop(listener);
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.ok()?;
    socket.set_reuseaddr(true).ok()?;
    socket.bind(address).ok()?;
    Some(socket)
}

/// Somebody else's nonce.
const OTHER: [u8; 16] = *b"another question";
const MAIL: &[u8] = b"220 mail.example ESMTP\r\n";
const GREETING: &str = "Request served by duplex";
const ELSEWHERE: hyper::header::HeaderValue = hyper::header::HeaderValue::from_static("/elsewhere");
