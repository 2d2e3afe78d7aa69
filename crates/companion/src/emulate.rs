//! Puts an emulated link between a socket and whoever serves it.
//!
//! ```text
//! socket -> read -> link's inbound pipe  -> tap -> served
//! socket <- write <- link's outbound pipe <- tap <- served
//! ```
//!
//! The tap stands on the companion's side of the delay: a client's octets are stamped when they have
//! "arrived", the server's when they "leave".

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use trace::scenario::Network;
use wire::Sender;

use crate::connection::linger;
use crate::link::Direction;
use crate::pipe::{PipeReader, PipeWriter, pipe};
use crate::tap::{Recording, Tapped};

/// The served end of an emulated link.
pub(crate) type Served = Tapped<PipeReader, PipeWriter>;

/// What carries octets between the socket and the link, for as long as this lives.
pub(crate) struct Pumps {
    inbound: JoinHandle<()>,
    outbound: JoinHandle<()>,
}

/// Emulates `network` in front of `stream`, which `opener` opened and which was accepted at `accepted`.
///
/// The kernel has finished the TCP handshake before anybody here sees the connection. On the emulated
/// link it takes a round trip, so nothing enters the link before that has passed.
pub(crate) fn emulate(
    stream: TcpStream,
    network: Network,
    opener: Sender,
    accepted: Instant,
    recording: &Arc<Recording>,
) -> (Served, Pumps) {
    let open_at = accepted + Duration::from_micros(network.round_trip);
    let way = |sender| pipe(Direction::new(network, sender, open_at), bound(network, sender));
    let (from_client, read_end) = way(opener);
    let (write_end, to_client) = way(opener.other());
    let (reader, writer) = stream.into_split();
    let pumps = Pumps {
        inbound: tokio::spawn(pump_in(reader, from_client, Arc::clone(recording))),
        outbound: tokio::spawn(pump_out(to_client, writer)),
    };
    (Tapped::new(read_end, write_end, Arc::clone(recording)), pumps)
}

impl Pumps {
    /// Waits until the link has delivered everything and the client has ended its direction too, the
    /// latter for `patience` at most; then closes the socket.
    pub(crate) async fn finish<IO>(mut self, io: &mut IO, patience: Duration)
    where
        IO: tokio::io::AsyncRead + Unpin,
    {
        let delivered = timeout(DELIVERY, &mut self.outbound);
        tokio::select! {
            _ = delivered => linger(io, patience).await,
            () = linger(io, DELIVERY) => {
                let _ = timeout(DELIVERY, &mut self.outbound).await;
            }
        }
    }
}

impl Drop for Pumps {
    fn drop(&mut self) {
        self.inbound.abort();
        self.outbound.abort();
    }
}

async fn pump_in(mut socket: OwnedReadHalf, mut link: PipeWriter, recording: Arc<Recording>) {
    let mut octets = vec![0; READ];
    loop {
        match socket.read(&mut octets).await {
            Ok(0) => {
                let _ = link.shutdown().await;
                return;
            }
            Ok(read) => {
                if link.send(octets.get(..read).unwrap_or_default()).await.is_err() {
                    return;
                }
                recording.hold(link.first_wait().unwrap_or_default());
            }
            Err(_) => return link.reset(),
        }
    }
}

async fn pump_out(mut link: PipeReader, mut socket: OwnedWriteHalf) {
    let mut octets = vec![0; READ];
    loop {
        match link.read(&mut octets).await {
            Ok(read) if read > 0 => {
                if socket.write_all(octets.get(..read).unwrap_or_default()).await.is_err() {
                    return;
                }
            }
            _ => {
                let _ = socket.shutdown().await;
                return;
            }
        }
    }
}

/// Twice what the link holds when it is full, so that the bound does not slow it, within reason.
fn bound(network: Network, sender: Sender) -> usize {
    let octets = network.rate(sender) * 125 * network.round_trip / 1_000_000;
    usize::try_from(octets).unwrap_or(MOST).clamp(LEAST, MOST)
}

const READ: usize = 16 * 1024;
const LEAST: usize = 64 * 1024;
const MOST: usize = 4 * 1024 * 1024;
/// The longest that a link may take for what is under way: 4 MiB at half a megabit per second.
const DELIVERY: Duration = Duration::from_secs(64);
