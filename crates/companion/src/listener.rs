//! The accept loop: a bounded number of connections, each its own task, and an end to all of them.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tracing::{Instrument, info, info_span, warn};

use crate::farewell::farewell;
use crate::gate::{Gate, Permit};
use crate::limits::Limit;
use crate::stop::Stop;

/// Accepts until `stop`; then closes the port and gives open connections `grace` before they are cut.
/// `serve` makes of each connection what is to run, or gives it back if this port had enough of them.
pub(crate) async fn accept<S, F>(
    listener: TcpListener,
    gate: &Arc<Gate>,
    mut stop: Stop,
    grace: Duration,
    mut serve: S,
) where
    S: FnMut(TcpStream, Instant) -> Result<F, TcpStream>,
    F: Future<Output = ()> + Send + 'static,
{
    let port = listener.local_addr().map_or(0, |address| address.port());
    let mut connections = JoinSet::new();
    let mut turned_away = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.stopped() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, client)) => {
                    let at = Instant::now();
                    // Without this the kernel would hold small writes back for an acknowledgement.
                    let _ = stream.set_nodelay(true);
                    let number = gate.metrics.connection();
                    let span = info_span!("connection", number, %client, port);
                    let admitted = match gate.admit(client.ip()) {
                        Ok(permit) => match serve(stream, at) {
                            Ok(connection) => Ok(whole(connection, permit)),
                            Err(stream) => Err((stream, Limit::LaneConnections)),
                        },
                        Err(limit) => Err((stream, limit)),
                    };
                    match admitted {
                        Ok(connection) => {
                            connections.spawn(connection.instrument(span));
                        }
                        Err((mut stream, limit)) => {
                            span.in_scope(|| gate.metrics.refused(limit));
                            if turned_away.len() < MOST_TURNED_AWAY {
                                turned_away.spawn(async move { farewell(&mut stream, limit).await });
                            }
                        }
                    }
                }
                // Out of descriptors, most likely: it passes when others end.
                Err(error) => {
                    warn!(port, %error, "cannot accept");
                    sleep(PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
            Some(_) = turned_away.join_next() => {}
        }
    }
    drop(listener);
    let _ = timeout(grace, async { while connections.join_next().await.is_some() {} }).await;
    connections.shutdown().await;
}

/// A connection from its place at the gate to its last octet.
async fn whole(connection: impl Future<Output = ()>, permit: Permit) {
    info!("opened");
    connection.await;
    info!("closed");
    drop(permit);
}

const PAUSE: Duration = Duration::from_millis(50);
/// How many are told why at once; the others find their connection ended.
const MOST_TURNED_AWAY: usize = 64;
