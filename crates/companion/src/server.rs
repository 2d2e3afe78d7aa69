//! Starting and stopping.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::access::Access;
use crate::clock::Clock;
use crate::config::Config;
use crate::front::Front;
use crate::gate::Gate;
use crate::lan::reachable;
use crate::listener::accept;
use crate::page::Page;
use crate::runs::Runs;
use crate::stop::{Stopper, signal};

/// Why a companion did not start. The text says what to do.
#[derive(Debug, Error)]
pub enum StartError {
    /// The folder with the page cannot be used.
    #[error("There is no page in {}: build it with `cargo xtask serve`, or name another folder with --page.", .0.display())]
    Page(PathBuf),
    /// Another program listens on the main port.
    #[error("Port {0} is taken: stop the program that uses it, or choose another one with --port.")]
    PortTaken(u16),
    /// The address or port may not be used.
    #[error("Cannot listen on {address}: {error}. Choose another --bind address or --port.")]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
}

/// A companion that accepts connections. Dropping it closes the main port; runs then end when they fall silent.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stopper: Stopper,
    runs: Arc<Runs>,
    front: JoinHandle<()>,
}

/// Starts a companion; it accepts connections as soon as this returns.
///
/// # Errors
/// The page's folder or the port cannot be had.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let Config { page, inside, bind, port, lane_ports, allow_origins, behave, limits, .. } = config;
    let page = Page::new(page.as_deref(), inside).map_err(|_| StartError::Page(page.unwrap_or_default()))?;
    let address = SocketAddr::new(bind, port);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => StartError::PortTaken(port),
        _ => StartError::Listen { address, error },
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;

    let page = page.reachable(&reachable(address));
    let clock = Clock::start();
    let access = Arc::new(Access::new(&allow_origins));
    let gate = Gate::new(&limits);
    let runs = Runs::new(bind, lane_ports, limits.clone(), Arc::clone(&access), Arc::clone(&gate), clock);
    let runs = Arc::new(runs);
    let grace = 2 * limits.grace;
    let front = Arc::new(Front {
        page,
        access,
        gate: Arc::clone(&gate),
        runs: Arc::clone(&runs),
        behave,
        limits,
        clock,
    });
    let (stopper, stop) = signal();
    let connection_stop = stop.clone();
    let mut next = 0_u16;
    let serve = move |stream, _| {
        let connection = next;
        next = next.wrapping_add(1);
        Ok(Arc::clone(&front).serve(stream, connection, connection_stop.clone()))
    };
    let front = tokio::spawn(async move { accept(listener, &gate, stop, grace, serve).await });
    Ok(Running { address, stopper, runs, front })
}

impl Running {
    /// Where the main port can be reached from this computer.
    pub fn address(&self) -> SocketAddr {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
        }
        address
    }

    /// Where others on the network reach the main port, the likeliest address first; nothing if it is
    /// open to this computer only.
    pub fn reachable(&self) -> Vec<SocketAddr> {
        reachable(self.address)
    }

    /// Closes all ports, sends Close 1001 on every open WebSocket, lets answers finish, and returns
    /// when every connection is closed.
    pub async fn stop(self) {
        self.stopper.stop();
        self.runs.end_all().await;
        // An error would mean that the accept loop has failed, and then it is closed all the same.
        let _ = self.front.await;
    }
}
