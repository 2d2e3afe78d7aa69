//! Two servers, each of which sends what it has to say to the other by `POST`, on a connection of its own
//! that it keeps open. No page takes part; both ends of both connections are tapped.

use std::collections::VecDeque;
use std::io::{Error, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use trace::answer::{HOOK, OCTETS, TEXT};
use trace::heads::Caller;
use trace::live::Speaker;
use wire::{Reader, Sender, Unit};

use super::Lane;
use crate::clock::due;
use crate::stop::Stop;
use crate::tap::Tapped;

/// What a webhook lane has beside any other.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Where the server's side listens, and the visitor's.
    server: SocketAddr,
    you: SocketAddr,
    /// The listener of the visitor's side, until the lane runs.
    back: Mutex<Option<TcpListener>>,
    inbox_of_server: mpsc::Sender<Heard>,
    inbox_of_you: mpsc::Sender<Heard>,
    /// What both sides read, until the lane is played.
    unread: Mutex<Option<(Inbox, Inbox)>>,
}

type Inbox = mpsc::Receiver<Heard>;

/// A message that has come in.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) n: usize,
    pub(crate) said: Vec<u8>,
}

/// Why a lane is not played to its end. The text is the answer's content.
#[derive(Debug, Error)]
pub(crate) enum Unplayed {
    #[error("There is no such lane here, or it is the page that plays it.\n")]
    ByPage,
    #[error("This lane has been played already: open another run.\n")]
    Already,
    #[error("One server could not reach the other: {0}.\n")]
    Broken(#[from] Error),
}

impl Webhook {
    pub(crate) fn new(server: SocketAddr, back: TcpListener) -> std::io::Result<Self> {
        let you = back.local_addr()?;
        let (inbox_of_server, heard_by_server) = mpsc::channel(INBOX);
        let (inbox_of_you, heard_by_you) = mpsc::channel(INBOX);
        Ok(Self {
            server: reachable(server),
            you: reachable(you),
            back: Mutex::new(Some(back)),
            inbox_of_server,
            inbox_of_you,
            unread: Mutex::new(Some((heard_by_you, heard_by_server))),
        })
    }

    /// The listener of the visitor's side, once.
    pub(super) fn take_back(&self) -> Option<TcpListener> {
        self.back.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Hands a message of `from` to the other side; `false` if that has heard too much already.
    pub(super) fn hand_over(&self, from: Speaker, heard: Heard) -> bool {
        let inbox = match from {
            Speaker::You => &self.inbox_of_server,
            Speaker::Server => &self.inbox_of_you,
        };
        inbox.try_send(heard).is_ok()
    }
}

impl Lane {
    /// Plays a webhook lane until both servers have parted, or until `stop`.
    pub(crate) async fn play(&self, stop: &Stop) -> Result<(), Unplayed> {
        let webhook = self.webhook.as_ref().ok_or(Unplayed::ByPage)?;
        let unread = webhook.unread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (heard_by_you, heard_by_server) = unread.ok_or(Unplayed::Already)?;
        let zero = Instant::now();
        self.begin(zero);
        let you = Peer::new(self, Speaker::You, webhook.server, zero, heard_by_you);
        let server = Peer::new(self, Speaker::Server, webhook.you, zero, heard_by_server);
        match tokio::try_join!(you.speak(stop.clone()), server.speak(stop.clone())) {
            Err(error) if !stop.is_stopped() => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// One of the two.
struct Peer<'a> {
    lane: &'a Lane,
    side: Speaker,
    other: SocketAddr,
    zero: Instant,
    inbox: Inbox,
    /// What is to be sent, and from when on.
    queue: VecDeque<(Instant, Vec<u8>)>,
    said: usize,
    heard: usize,
    out: Option<Out>,
}

/// The connection that it has opened.
struct Out {
    io: Tapped<OwnedReadHalf, OwnedWriteHalf>,
    answers: Reader,
}

impl<'a> Peer<'a> {
    fn new(lane: &'a Lane, side: Speaker, other: SocketAddr, zero: Instant, inbox: Inbox) -> Self {
        let own = lane.script.unasked(side).iter();
        let queue = own.map(|line| (zero + Duration::from_micros(line.at), line.text.clone().into_bytes()));
        Self { lane, side, other, zero, inbox, queue: queue.collect(), said: 0, heard: 0, out: None }
    }

    /// Says everything, hears everything, and ends its connection.
    async fn speak(mut self, mut stop: Stop) -> Result<(), Error> {
        let leaves_at = self.zero + Duration::from_micros(self.lane.manner.leaves_at);
        loop {
            let is_over = self.queue.is_empty() && self.heard >= self.lane.script.expected(self.side);
            let next = self.queue.front().map(|(at, _)| *at).or(is_over.then_some(leaves_at));
            tokio::select! {
                biased;
                () = stop.stopped() => return Ok(()),
                Some(heard) = self.inbox.recv() => self.hear(heard),
                () = due(next) => match self.queue.pop_front() {
                    Some((_, message)) => tokio::select! {
                        () = stop.stopped() => return Ok(()),
                        posted = self.post(&message) => posted?,
                    },
                    None => break,
                },
            }
        }
        match &mut self.out {
            Some(out) => out.io.shutdown().await,
            None => Ok(()),
        }
    }

    /// Takes a message, and prepares what it brings about.
    fn hear(&mut self, heard: Heard) {
        self.heard += 1;
        let now = Instant::now();
        match self.side {
            Speaker::Server => {
                let at = now + self.lane.think();
                let answers = self.lane.script.answers(heard.n, heard.said);
                self.queue.extend(answers.into_iter().map(|answer| (at, answer)));
            }
            Speaker::You => {
                let next = self.lane.script.next(self.heard);
                self.queue.extend(next.map(|line| (now, line.text.clone().into_bytes())));
            }
        }
    }

    async fn post(&mut self, message: &[u8]) -> Result<(), Error> {
        let kind = if self.lane.manner.binary { OCTETS } else { TEXT };
        let caller = Caller { host: self.other.to_string(), ..Caller::default() };
        let request = caller.hook(&format!("{HOOK}?n={}", self.said), kind, message.len());
        self.said += 1;
        let mut octets = request.encode().map_err(Error::other)?;
        octets.extend_from_slice(message);
        let mut out = match self.out.take() {
            Some(out) => out,
            None => self.open().await?,
        };
        out.answers.expect_response_to("POST");
        let answered = async {
            out.io.write_all(&octets).await?;
            out.io.flush().await?;
            out.answer().await
        };
        let patience = self.lane.limits.content + self.lane.grace() + self.lane.think();
        let status = match timeout(patience, answered).await {
            Ok(answer) => answer?.response().map_or(0, |response| response.status),
            Err(_) => return Err(ErrorKind::TimedOut.into()),
        };
        self.out = Some(out);
        if status / 100 == 2 { Ok(()) } else { Err(Error::other(format!("it answered {status}"))) }
    }

    /// Opens the connection. The kernel has finished the TCP handshake at once; on the emulated link it
    /// takes a round trip, and only then may whoever opened it send.
    async fn open(&self) -> Result<Out, Error> {
        let stream = TcpStream::connect(self.other).await?;
        stream.set_nodelay(true)?;
        let recording = Arc::new(self.lane.recording(Instant::now()));
        self.lane.note_far(stream.local_addr()?, Arc::clone(&recording));
        sleep(Duration::from_micros(self.lane.network.round_trip)).await;
        let (reader, writer) = stream.into_split();
        let io = Tapped::at_the_far_end(reader, writer, recording);
        Ok(Out { io, answers: Reader::new(Sender::Server) })
    }
}

impl Out {
    async fn answer(&mut self) -> Result<Unit, Error> {
        let mut octets = vec![0; 4096];
        loop {
            match self.answers.poll() {
                Some(Ok(unit)) => return Ok(unit),
                Some(Err(violation)) => return Err(Error::other(violation.to_string())),
                None => {}
            }
            let read = self.io.read(&mut octets).await?;
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            self.answers.feed(octets.get(..read).unwrap_or_default());
        }
    }
}

/// Where this computer itself reaches a listener.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// More messages than a script has.
const INBOX: usize = 2048;
