//! The third witness: a TCP relay between browser and companion. It listens on another loopback
//! address and the companion's own port numbers, so the page passes through it without knowing.
//!
//! It knows nothing of HTTP: it forwards octets and keeps a copy.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// Where the relay listens. All of 127.0.0.0/8 is this computer.
pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A relay; dropping it ends it and every connection through it.
pub struct Relay {
    seen: Arc<Mutex<Vec<Connection>>>,
    _listening: JoinSet<()>,
}

/// What one connection carried so far.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The port on which it came in.
    pub port: u16,
    /// What the browser sent.
    pub up: Vec<u8>,
    /// What the companion sent.
    pub down: Vec<u8>,
    /// When it came in.
    pub opened: Instant,
    /// When either side last sent something.
    pub moved: Instant,
    /// Whether both directions have ended.
    pub ended: bool,
}

impl Relay {
    /// Listens on every one of `ports` and forwards to the same port of 127.0.0.1, each way after
    /// `delay`.
    ///
    /// # Errors
    /// If a port is taken.
    pub async fn start(ports: impl IntoIterator<Item = u16>, delay: Duration) -> Result<Self> {
        let seen = Arc::default();
        let mut listening = JoinSet::new();
        for port in ports {
            let listener = TcpListener::bind((ADDRESS, port))
                .await
                .with_context(|| format!("the relay cannot listen on {ADDRESS}:{port}"))?;
            listening.spawn(listen(listener, port, delay, Arc::clone(&seen)));
        }
        Ok(Self { seen, _listening: listening })
    }

    /// The connections so far, in the order in which they came in.
    pub fn connections(&self) -> Vec<Connection> {
        lock(&self.seen).clone()
    }

    /// The connections to one port.
    pub fn on(&self, port: u16) -> Vec<Connection> {
        lock(&self.seen).iter().filter(|connection| connection.port == port).cloned().collect()
    }

    /// Waits until nothing has moved on any of `ports` for a moment.
    pub async fn settled(&self, ports: &[u16]) {
        while self
            .connections()
            .iter()
            .any(|it| ports.contains(&it.port) && !it.ended && it.moved.elapsed() < SETTLED)
        {
            sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn listen(listener: TcpListener, port: u16, delay: Duration, seen: Arc<Mutex<Vec<Connection>>>) {
    let mut carrying = JoinSet::new();
    while let Ok((browser, _)) = listener.accept().await {
        carrying.spawn(carry(browser, port, delay, Arc::clone(&seen)));
    }
}

async fn carry(browser: TcpStream, port: u16, delay: Duration, seen: Arc<Mutex<Vec<Connection>>>) {
    // Without a companion behind it the browser's connection just ends, as with any proxy.
    let Ok(companion) = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await else {
        return;
    };
    let _ = browser.set_nodelay(true).and_then(|()| companion.set_nodelay(true));
    let index = {
        let now = Instant::now();
        let mut seen = lock(&seen);
        seen.push(Connection {
            port,
            up: Vec::new(),
            down: Vec::new(),
            opened: now,
            moved: now,
            ended: false,
        });
        seen.len() - 1
    };
    let (from_browser, to_browser) = browser.into_split();
    let (from_companion, to_companion) = companion.into_split();
    let keep = |up: bool| {
        let seen = Arc::clone(&seen);
        move |octets: &[u8]| {
            if let Some(connection) = lock(&seen).get_mut(index) {
                connection.moved = Instant::now();
                if up { &mut connection.up } else { &mut connection.down }.extend_from_slice(octets);
            }
        }
    };
    tokio::join!(
        forward(from_browser, to_companion, delay, keep(true)),
        forward(from_companion, to_browser, delay, keep(false))
    );
    if let Some(connection) = lock(&seen).get_mut(index) {
        connection.ended = true;
    }
}

async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration, keep: impl Fn(&[u8])) {
    let mut octets = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut octets).await {
        let read = octets.get(..read).unwrap_or_default();
        keep(read);
        sleep(delay).await;
        if to.write_all(read).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

fn lock(seen: &Mutex<Vec<Connection>>) -> MutexGuard<'_, Vec<Connection>> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So long without an octet counts as quiet.
const SETTLED: Duration = Duration::from_millis(150);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn octets_pass_unchanged_and_are_kept() {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let port = server.local_addr().expect("its number").port();
        let relay = Relay::start([port], Duration::ZERO).await.expect("the same port on the other address");
        let answer = tokio::spawn(async move {
            let (mut stream, _) = server.accept().await.expect("a connection");
            let mut asked = [0; 4];
            stream.read_exact(&mut asked).await.expect("a question");
            stream.write_all(b"pong!").await.expect("an answer");
            asked
        });
        let mut client = TcpStream::connect((ADDRESS, port)).await.expect("the relay");
        client.write_all(b"ping").await.expect("a question");
        let mut heard = Vec::new();
        client.read_to_end(&mut heard).await.expect("an answer");
        drop(client);
        assert_eq!((&heard[..], &answer.await.expect("no panic")[..]), (&b"pong!"[..], &b"ping"[..]));
        relay.settled(&[port]).await;
        let seen = relay.on(port);
        assert_eq!(seen.len(), 1);
        assert_eq!((&seen[0].up[..], &seen[0].down[..]), (&b"ping"[..], &b"pong!"[..]));
    }

    #[tokio::test]
    async fn nobody_behind_it_ends_the_connection() {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let port = free.local_addr().expect("its number").port();
        drop(free);
        let relay = Relay::start([port], Duration::ZERO).await.expect("a relay");
        let mut client = TcpStream::connect((ADDRESS, port)).await.expect("the relay");
        let mut heard = Vec::new();
        let _ = client.read_to_end(&mut heard).await;
        assert!(heard.is_empty() && relay.connections().is_empty());
    }
}
