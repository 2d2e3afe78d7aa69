//! One connection: HTTP by hyper, then frames if it was upgraded, then the end of the server's direction.

use std::convert::Infallible;
use std::future::Future;
use std::io::Result;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::timeout;

use crate::feed::Feed;
use crate::reply::Reply;
use crate::stop::Stop;
use crate::talk::Talk;

/// Answers requests.
pub(crate) trait Handler: Send + Sync + 'static {
    /// The answer to one request.
    fn answer(&self, request: Request<Incoming>) -> impl Future<Output = Reply> + Send;
}

/// Bounds on a connection's HTTP.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    /// For a head to come in completely, counted from the end of the last answer.
    pub(crate) head: Duration,
    /// Octets in a head.
    pub(crate) head_size: usize,
}

/// Serves `io` until either side is done or `stop`, and ends the server's direction. Hands `io` back,
/// so that the client's end of stream can still be waited for.
pub(crate) async fn serve<IO, H>(io: IO, handler: H, manners: Manners, mut stop: Stop) -> Lent<IO>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    H: Handler,
{
    let mut io = Lent(Arc::new(Mutex::new(io)));
    if let Some((talk, upgrade)) = speak_http(io.clone(), handler, manners, &mut stop).await
        && let Ok(upgraded) = upgrade.await
    {
        talk.run(&mut TokioIo::new(upgraded), &mut stop).await;
    }
    // Done already, unless hyper gave up or frames were spoken; to do it twice is harmless.
    let _ = io.shutdown().await;
    io
}

/// Reads what the client still sends, up to its end of stream or for `patience`. Closing a socket on
/// unread octets would reset the connection and could destroy the last answer on its way.
pub(crate) async fn linger<IO: AsyncRead + Unpin>(io: &mut IO, patience: Duration) {
    let drained = async {
        let mut octets = vec![0; 4096];
        while io.read(&mut octets).await.is_ok_and(|read| read > 0) {}
    };
    let _ = timeout(patience, drained).await;
}

type Switched = Arc<Mutex<Option<(Talk, OnUpgrade)>>>;

async fn speak_http<IO, H>(
    io: Lent<IO>,
    handler: H,
    manners: Manners,
    stop: &mut Stop,
) -> Option<(Talk, OnUpgrade)>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    H: Handler,
{
    let handler = Arc::new(handler);
    let switched = Switched::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        let (handler, switched) = (Arc::clone(&handler), Arc::clone(&switched));
        async move {
            let upgrade = hyper::upgrade::on(&mut request);
            let answer: Response<Either<Full<Bytes>, Feed>> = match handler.answer(request).await {
                Reply::Answer(answer) => answer.map(Either::Left),
                Reply::Events(answer) => answer.map(Either::Right),
                Reply::Switch(answer, talk) => {
                    *lock(&switched) = Some((talk, upgrade));
                    answer.map(Either::Left)
                }
            };
            Ok::<_, Infallible>(answer)
        }
    });
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(manners.head)
        .max_header_size(manners.head_size)
        .max_buf_size(BUFFER)
        .max_headers(HEADERS);
    let connection = builder.serve_connection(TokioIo::new(io), service).with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let done = tokio::select! {
        _ = connection.as_mut() => true,
        () = stop.stopped() => false,
    };
    if !done {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
    lock(&switched).take()
}

/// A stream that hyper may take, and that is still here when hyper is done with it.
pub(crate) struct Lent<IO>(Arc<Mutex<IO>>);

impl<IO> Clone for Lent<IO> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Lent<IO> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *lock(&self.0)).poll_read(cx, buffer)
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Lent<IO> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut *lock(&self.0)).poll_write(cx, octets)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *lock(&self.0)).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *lock(&self.0)).poll_shutdown(cx)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a client may take to end its direction once the companion or its run ends: a browser
/// leaves an idle connection open until it needs it again, and nobody wants to wait for that.
pub(crate) const LAST_LINGER: Duration = Duration::from_millis(100);
const HEADERS: usize = 100;
const BUFFER: usize = 128 * 1024;
