//! The accept loop: a bounded number of connections, each its own task, and an end to all of them.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::stop::Stop;

/// Accepts until `stop`; then closes the port and gives open connections `grace` before they are cut.
/// `serve` makes of each connection what is to run, or nothing to turn it away.
pub(crate) async fn accept<S, F>(
    listener: TcpListener,
    most: usize,
    mut stop: Stop,
    grace: Duration,
    mut serve: S,
) where
    S: FnMut(TcpStream, Instant) -> Option<F>,
    F: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.stopped() => break,
            accepted = listener.accept(), if connections.len() < most => match accepted {
                Ok((stream, _)) => {
                    let at = Instant::now();
                    // Without this the kernel would hold small writes back for an acknowledgement.
                    let _ = stream.set_nodelay(true);
                    if let Some(connection) = serve(stream, at) {
                        connections.spawn(connection);
                    }
                }
                // Out of descriptors, most likely: it passes when others end.
                Err(_) => sleep(PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let _ = timeout(grace, async { while connections.join_next().await.is_some() {} }).await;
    connections.shutdown().await;
}

const PAUSE: Duration = Duration::from_millis(50);
