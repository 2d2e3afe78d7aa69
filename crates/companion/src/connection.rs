//! One connection: HTTP by hyper, then frames if it was upgraded, then the end of the server's direction.

use std::convert::Infallible;
use std::future::Future;
use std::io::Result;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::timeout;

use crate::farewell::farewell;
use crate::feed::Feed;
use crate::limits::Limit;
use crate::metrics::Metrics;
use crate::reply::Reply;
use crate::stop::Stop;
use crate::talk::Talk;

/// Answers requests.
pub(crate) trait Handler: Send + Sync + 'static {
    /// The answer to one request.
    fn answer(&self, request: Request<Incoming>) -> impl Future<Output = Reply> + Send;
}

/// Bounds on a connection's HTTP.
#[derive(Clone, Debug)]
pub(crate) struct Manners {
    /// For a head to come in completely, counted from the end of the last answer.
    pub(crate) head: Duration,
    /// Octets in a head.
    pub(crate) head_size: usize,
    /// Field lines in a head.
    pub(crate) field_lines: usize,
    /// Who is told of every limit that is reached.
    pub(crate) metrics: Arc<Metrics>,
}

/// Serves `io` until either side is done or `stop`, and ends the server's direction. Hands `io` back,
/// so that the client's end of stream can still be waited for.
pub(crate) async fn serve<IO, H>(io: IO, handler: H, manners: Manners, mut stop: Stop) -> Lent<IO>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    H: Handler,
{
    let mut io = Lent(Arc::new(Mutex::new(Loan { io, unanswered: false })));
    let limit = match speak_http(io.clone(), handler, &manners, &mut stop).await {
        Ok(Some((talk, upgrade))) => match upgrade.await {
            Ok(upgraded) => talk.run(&mut TokioIo::new(upgraded), &mut stop).await,
            Err(_) => None,
        },
        Ok(None) => None,
        Err(error) if error.is_parse_too_large() => Some(Limit::Head),
        // A connection that merely rests between two requests ends without a word.
        Err(error) if error.is_timeout() && io.is_unanswered() => Some(Limit::HeadTime),
        Err(_) => None,
    };
    if let Some(limit) = limit {
        manners.metrics.refused(limit);
        farewell(&mut io, limit).await;
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
    manners: &Manners,
    stop: &mut Stop,
) -> hyper::Result<Option<(Talk, OnUpgrade)>>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    H: Handler,
{
    let handler = Arc::new(handler);
    let switched = Switched::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        let (handler, switched) = (Arc::clone(&handler), Arc::clone(&switched));
        let metrics = Arc::clone(&manners.metrics);
        async move {
            let upgrade = hyper::upgrade::on(&mut request);
            let answer: Response<Either<Full<Bytes>, Feed>> = match handler.answer(request).await {
                Reply::Answer(answer) => {
                    match answer.status() {
                        StatusCode::PAYLOAD_TOO_LARGE => metrics.refused(Limit::Content),
                        StatusCode::REQUEST_TIMEOUT => metrics.refused(Limit::ContentTime),
                        _ => {}
                    }
                    answer.map(Either::Left)
                }
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
        // A head that does not end is refused when it fills this.
        .max_buf_size(manners.head_size.max(SMALLEST_BUFFER))
        .max_headers(manners.field_lines);
    let connection = builder.serve_connection(TokioIo::new(io), service).with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => Some(done),
        () = stop.stopped() => None,
    };
    match done {
        Some(done) => done?,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await?;
        }
    }
    Ok(lock(&switched).take())
}

/// A stream that hyper may take, and that is still here when hyper is done with it.
pub(crate) struct Lent<IO>(Arc<Mutex<Loan<IO>>>);

struct Loan<IO> {
    io: IO,
    /// The client has said something since the server last did.
    unanswered: bool,
}

impl<IO> Lent<IO> {
    fn is_unanswered(&self) -> bool {
        lock(&self.0).unanswered
    }
}

impl<IO> Clone for Lent<IO> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Lent<IO> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let mut loan = lock(&self.0);
        ready!(Pin::new(&mut loan.io).poll_read(cx, buffer))?;
        loan.unanswered |= buffer.filled().len() > before;
        Poll::Ready(Ok(()))
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Lent<IO> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<Result<usize>> {
        let mut loan = lock(&self.0);
        let taken = ready!(Pin::new(&mut loan.io).poll_write(cx, octets))?;
        loan.unanswered = false;
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut lock(&self.0).io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut lock(&self.0).io).poll_shutdown(cx)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a client may take to end its direction once the companion or its run ends: a browser
/// leaves an idle connection open until it needs it again, and nobody wants to wait for that.
pub(crate) const LAST_LINGER: Duration = Duration::from_millis(100);
/// hyper takes no smaller one.
const SMALLEST_BUFFER: usize = 8192;
