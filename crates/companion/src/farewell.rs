//! Answers to clients whose request was not read: why the connection ends.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;
use trace::answer::TEXT;
use wire::Response;

use crate::connection::linger;
use crate::limits::Limit;

/// The last words to a client that came to `limit`; `None` where a client is let go without any.
fn words(limit: Limit) -> Option<(Response, &'static str)> {
    let later = |response: Response| response.with("retry-after", "1");
    let full = || Response::new(503, "Service Unavailable");
    Some(match limit {
        Limit::Connections => {
            (later(full()), "This companion has as many connections as it may have: try again in a moment.\n")
        }
        Limit::AddressConnections => (
            later(full()),
            "Your address has as many connections here as one may have: close some, and try again.\n",
        ),
        Limit::LaneConnections => {
            (full(), "This lane has had as many connections as it may have: start another run.\n")
        }
        Limit::HeadTime => (Response::new(408, "Request Timeout"), "The request's head took too long.\n"),
        _ => return None,
    })
}

/// Says what `limit` means for the client, ends the server's direction, and waits a moment so that
/// the words arrive.
pub(crate) async fn farewell<IO: AsyncRead + AsyncWrite + Unpin>(io: &mut IO, limit: Limit) {
    let Some((response, sentence)) = words(limit) else { return };
    let response = response
        .with("content-type", TEXT)
        .with("connection", "close")
        .with("content-length", sentence.len().to_string());
    let Ok(head) = response.encode() else { return };
    let answer = [&head, sentence.as_bytes()].concat();
    let said = async { io.write_all(&answer).await.is_ok() && io.shutdown().await.is_ok() };
    if timeout(PATIENCE, said).await == Ok(true) {
        linger(io, PATIENCE).await;
    }
}

const PATIENCE: Duration = Duration::from_secs(1);
