//! What stands behind one of a run's ports.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::net::TcpListener;
use trace::live::LaneTap;

use crate::faulty::Faulty;
use crate::lane::Lane;
use crate::stop::Stop;

/// A lane that does what a browser expects, or a port that does not.
#[derive(Clone, Debug)]
pub(crate) enum Port {
    Lane(Arc<Lane>),
    Faulty(Arc<Faulty>),
}

impl Port {
    /// Serves the port until `stop`.
    pub(crate) fn run(self, listener: TcpListener, stop: Stop) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        match self {
            Self::Lane(lane) => Box::pin(lane.run(listener, stop)),
            Self::Faulty(faulty) => Box::pin(faulty.run(listener, stop)),
        }
    }

    /// What crossed its sockets so far.
    pub(crate) fn tap(&self) -> LaneTap {
        match self {
            Self::Lane(lane) => lane.tap(),
            Self::Faulty(faulty) => faulty.tap(),
        }
    }
}
