//! The flights of a TLS handshake.

use tongue::say;

/// What one side sends of a TLS handshake before it has to wait for the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Flight {
    /// The client's first (RFC 8446 section 4.1.2).
    ClientHello,
    /// The server's, with its certificates: to Finished (RFC 8446 section 2) or, in TLS 1.2, to
    /// ServerHelloDone (RFC 5246 section 7.3).
    ServerHello,
    /// The server's where both know each other from before: no certificate (RFC 8446 section 2.2).
    ServerHelloResumed,
    /// The client's last: Finished, in TLS 1.2 with its share of the key.
    ClientFinished,
    /// TLS 1.2 only: the server's last.
    ServerFinished,
}

impl Flight {
    /// The messages of the flight.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClientHello => "ClientHello",
            Self::ServerHello => say!("ServerHello, certificates"),
            Self::ServerHelloResumed => say!("ServerHello, no certificate"),
            Self::ClientFinished => say!("client’s Finished"),
            Self::ServerFinished => say!("server’s Finished"),
        }
    }
}
