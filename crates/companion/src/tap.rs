//! Copies every octet that crosses a connection, with the companion's time, before anything parses it.

use std::io::Result;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;
use trace::live::{Chunk, ConnectionTap, Speaker};

use crate::clock::Clock;
use crate::metrics::Metrics;
use crate::redact::redact;

/// What the taps of one run share: how much they may still keep, and when they last saw an octet.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicUsize,
    last: AtomicU64,
    metrics: Arc<Metrics>,
}

impl Budget {
    pub(crate) fn new(octets: usize, now: u64, metrics: Arc<Metrics>) -> Self {
        Self { left: AtomicUsize::new(octets), last: AtomicU64::new(now), metrics }
    }

    /// When the run's last octet was seen.
    pub(crate) fn last(&self) -> u64 {
        self.last.load(Ordering::Relaxed)
    }

    /// Notes that something happened.
    pub(crate) fn touch(&self, now: u64) {
        self.last.fetch_max(now, Ordering::Relaxed);
    }

    /// Takes `octets` off what is left, if there are so many.
    fn take(&self, octets: usize) -> bool {
        let less = |left: usize| left.checked_sub(octets);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }
}

/// One connection's recording. Keeps octets in one piece and marks where each read and write began.
#[derive(Debug)]
pub(crate) struct Recording {
    clock: Clock,
    budget: Arc<Budget>,
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    accepted: u64,
    client_ended: Option<u64>,
    server_ended: Option<u64>,
    reset: bool,
    /// When an octet was last seen.
    last: u64,
    held: u64,
    octets: Vec<u8>,
    marks: Vec<Mark>,
    dropped: u64,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    from: Speaker,
    at: u64,
    end: usize,
}

impl Recording {
    /// A recording of the connection that was accepted at `accepted`, of `limit` octets at most.
    pub(crate) fn new(clock: Clock, accepted: Instant, budget: Arc<Budget>, limit: usize) -> Self {
        let kept = Kept {
            accepted: clock.micros(accepted),
            client_ended: None,
            server_ended: None,
            reset: false,
            last: clock.micros(accepted),
            held: 0,
            octets: Vec::new(),
            marks: Vec::new(),
            dropped: 0,
        };
        Self { clock, budget, limit, kept: Mutex::new(kept) }
    }

    /// Notes for how long the first read was held back.
    pub(crate) fn hold(&self, held: Duration) {
        self.lock().held = u64::try_from(held.as_micros()).unwrap_or(u64::MAX);
    }

    /// Notes that the server ends both directions at once.
    pub(crate) fn reset(&self) {
        self.lock().reset = true;
    }

    /// When an octet was last seen, or the connection accepted.
    pub(crate) fn last(&self) -> u64 {
        self.lock().last
    }

    /// What the page gets to see: nothing that would let one visitor act as another.
    pub(crate) fn tap(&self, connection: u16) -> ConnectionTap {
        let kept = self.lock();
        let mut begin = 0;
        let mut chunks = Vec::with_capacity(kept.marks.len());
        for mark in &kept.marks {
            let octets = kept.octets.get(begin..mark.end).unwrap_or_default().to_vec();
            chunks.push(Chunk { from: mark.from, at: mark.at, octets });
            begin = mark.end;
        }
        redact(&mut chunks);
        ConnectionTap {
            connection,
            opened_by: Speaker::You,
            accepted: kept.accepted,
            client_ended: kept.client_ended,
            server_ended: kept.server_ended,
            reset: kept.reset,
            held: kept.held,
            chunks,
            far: Vec::new(),
            dropped: kept.dropped,
        }
    }

    /// What the page gets to see of a connection between two servers, whose other end is `far`. Recordings
    /// take whoever opened the connection for the visitor.
    pub(crate) fn tap_of_both(&self, connection: u16, opened_by: Speaker, far: &Self) -> ConnectionTap {
        let mut tap = self.tap(connection);
        tap.far = far.tap(connection).chunks;
        if opened_by == Speaker::Server {
            for chunk in tap.chunks.iter_mut().chain(&mut tap.far) {
                chunk.from = other(chunk.from);
            }
        }
        ConnectionTap { opened_by, ..tap }
    }

    fn note(&self, from: Speaker, octets: &[u8]) {
        let mut kept = self.lock();
        let at = self.clock.now();
        self.budget.touch(at);
        kept.last = at;
        match from {
            Speaker::You => self.budget.metrics.received(octets.len()),
            Speaker::Server => self.budget.metrics.sent(octets.len()),
        }
        // Once something is missing, all that follows is: redaction has to follow the heads.
        let cost = octets.len() + size_of::<Mark>();
        let fits = kept.octets.len() + kept.marks.len() * size_of::<Mark>() + cost <= self.limit;
        if kept.dropped > 0 || !fits || !self.budget.take(cost) {
            kept.dropped += octets.len() as u64;
            return;
        }
        kept.octets.extend_from_slice(octets);
        let end = kept.octets.len();
        kept.marks.push(Mark { from, at, end });
    }

    fn end(&self, from: Speaker) {
        let at = self.clock.now();
        self.budget.touch(at);
        let mut kept = self.lock();
        let ended = match from {
            Speaker::You => &mut kept.client_ended,
            Speaker::Server => &mut kept.server_ended,
        };
        ended.get_or_insert(at);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream made of two halves, both of them recorded.
pub(crate) struct Tapped<R, W> {
    reader: R,
    writer: W,
    recording: Arc<Recording>,
    /// Whose octets are read; the other's are written.
    heard: Speaker,
}

impl<R, W> Tapped<R, W> {
    /// The end of a connection that was accepted.
    pub(crate) fn new(reader: R, writer: W, recording: Arc<Recording>) -> Self {
        Self { reader, writer, recording, heard: Speaker::You }
    }

    /// The end of a connection that was opened from here.
    pub(crate) fn at_the_far_end(reader: R, writer: W, recording: Arc<Recording>) -> Self {
        Self { reader, writer, recording, heard: Speaker::Server }
    }
}

impl<R: AsyncRead + Unpin, W: Unpin> AsyncRead for Tapped<R, W> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        if buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        ready!(Pin::new(&mut self.reader).poll_read(cx, buffer))?;
        match buffer.filled().get(before..) {
            Some(octets) if !octets.is_empty() => self.recording.note(self.heard, octets),
            _ => self.recording.end(self.heard),
        }
        Poll::Ready(Ok(()))
    }
}

// Vectored writes are not offered: everything passes `poll_write`, so every octet is seen once.
impl<R: Unpin, W: AsyncWrite + Unpin> AsyncWrite for Tapped<R, W> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<Result<usize>> {
        let taken = ready!(Pin::new(&mut self.writer).poll_write(cx, octets))?;
        if taken > 0 {
            self.recording.note(other(self.heard), octets.get(..taken).unwrap_or_default());
        }
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.writer).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.recording.end(other(self.heard));
        Pin::new(&mut self.writer).poll_shutdown(cx)
    }
}

impl<R, W> Drop for Tapped<R, W> {
    fn drop(&mut self) {
        self.recording.end(other(self.heard));
    }
}

fn other(speaker: Speaker) -> Speaker {
    match speaker {
        Speaker::You => Speaker::Server,
        Speaker::Server => Speaker::You,
    }
}
