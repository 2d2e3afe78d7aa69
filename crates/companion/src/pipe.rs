//! A one-way, in-memory pipe whose octets, and whose end, come out as late as an emulated link lets
//! them. Bounded: a writer that is too fast has to wait.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::link::Direction;

/// The end into which octets go.
pub(crate) struct PipeWriter(Arc<Pipe>);

/// The end at which they come out, when they are due.
pub(crate) struct PipeReader {
    pipe: Arc<Pipe>,
    timer: Pin<Box<Sleep>>,
}

/// A pipe over `direction` that holds no more than `bound` octets.
pub(crate) fn pipe(direction: Direction, bound: usize) -> (PipeWriter, PipeReader) {
    let state = State {
        direction,
        bound,
        parcels: VecDeque::new(),
        octets: 0,
        first_wait: None,
        ended: false,
        abandoned: false,
        reader: None,
        writer: None,
    };
    let pipe = Arc::new(Pipe(Mutex::new(state)));
    let timer = Box::pin(sleep_until(Instant::now()));
    (PipeWriter(Arc::clone(&pipe)), PipeReader { pipe, timer })
}

impl PipeWriter {
    /// Writes all of `octets`, in as many steps as the bound asks for.
    pub(crate) async fn send(&mut self, mut octets: &[u8]) -> Result<()> {
        while !octets.is_empty() {
            let taken = poll_fn(|cx| Pin::new(&mut *self).poll_write(cx, octets)).await?;
            octets = octets.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// How long the first octets had to wait for the link to open, once there were any.
    pub(crate) fn first_wait(&self) -> Option<Duration> {
        self.0.lock().first_wait
    }

    /// Ends the pipe the hard way: after what is under way, the reader finds the connection reset.
    pub(crate) fn reset(self) {
        self.0.end(Load::Reset);
    }
}

impl AsyncWrite for PipeWriter {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<Result<usize>> {
        let mut state = self.0.lock();
        if state.abandoned || state.ended {
            return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
        }
        let room = state.bound.saturating_sub(state.octets).min(octets.len());
        if room == 0 && !octets.is_empty() {
            state.writer = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let now = Instant::now();
        if room > 0 && state.first_wait.is_none() {
            state.first_wait = Some(state.direction.wait(now));
        }
        let piece = state.direction.piece();
        for octets in octets.get(..room).unwrap_or_default().chunks(piece) {
            let due = state.direction.send(now, octets.len());
            state.octets += octets.len();
            state.parcels.push_back(Parcel { due, load: Load::Octets(Bytes::copy_from_slice(octets)) });
        }
        state.wake_reader();
        Poll::Ready(Ok(room))
    }

    /// At once: what has been written is under way.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        self.0.end(Load::End);
        Poll::Ready(Ok(()))
    }
}

impl Drop for PipeWriter {
    fn drop(&mut self) {
        self.0.end(Load::End);
    }
}

impl AsyncRead for PipeReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        loop {
            let due = {
                let mut state = self.pipe.lock();
                match state.take(Instant::now(), buffer) {
                    Taken::Some => return Poll::Ready(Ok(())),
                    Taken::Reset => return Poll::Ready(Err(Error::from(ErrorKind::ConnectionReset))),
                    Taken::NothingBefore(due) => {
                        state.reader = Some(cx.waker().clone());
                        due
                    }
                }
            };
            let Some(due) = due else { return Poll::Pending };
            if self.timer.deadline() != due {
                self.timer.as_mut().reset(due);
            }
            ready!(self.timer.as_mut().poll(cx));
        }
    }
}

impl Drop for PipeReader {
    fn drop(&mut self) {
        let mut state = self.pipe.lock();
        state.abandoned = true;
        state.wake_writer();
    }
}

struct Pipe(Mutex<State>);

impl Pipe {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, load: Load) {
        let mut state = self.lock();
        if !state.ended {
            state.ended = true;
            let due = state.direction.send(Instant::now(), 0);
            state.parcels.push_back(Parcel { due, load });
            state.wake_reader();
        }
    }
}

struct State {
    direction: Direction,
    bound: usize,
    parcels: VecDeque<Parcel>,
    /// Octets in `parcels`.
    octets: usize,
    first_wait: Option<Duration>,
    ended: bool,
    /// Nobody will read any more.
    abandoned: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

struct Parcel {
    due: Instant,
    load: Load,
}

enum Load {
    Octets(Bytes),
    End,
    Reset,
}

enum Taken {
    /// Octets, or the end of the stream.
    Some,
    Reset,
    /// Nothing yet, and when the next parcel is due if there is one.
    NothingBefore(Option<Instant>),
}

impl State {
    fn take(&mut self, now: Instant, buffer: &mut ReadBuf<'_>) -> Taken {
        let before = buffer.filled().len();
        while let Some(parcel) = self.parcels.front_mut() {
            let some = buffer.filled().len() > before;
            if parcel.due > now {
                return if some { Taken::Some } else { Taken::NothingBefore(Some(parcel.due)) };
            }
            let octets = match &mut parcel.load {
                Load::Octets(octets) => octets,
                Load::Reset if !some => return Taken::Reset,
                Load::End | Load::Reset => return Taken::Some,
            };
            let length = octets.len().min(buffer.remaining());
            buffer.put_slice(octets.get(..length).unwrap_or_default());
            octets.advance(length);
            let used_up = octets.is_empty();
            self.octets = self.octets.saturating_sub(length);
            self.wake_writer();
            if !used_up {
                return Taken::Some;
            }
            self.parcels.pop_front();
        }
        if buffer.filled().len() > before { Taken::Some } else { Taken::NothingBefore(None) }
    }

    fn wake_reader(&mut self) {
        if let Some(waker) = self.reader.take() {
            waker.wake();
        }
    }

    fn wake_writer(&mut self) {
        if let Some(waker) = self.writer.take() {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use trace::scenario::Network;

    fn slow(round_trip: u64, kilobits: u32, bound: usize) -> (PipeWriter, PipeReader, Instant) {
        let now = Instant::now();
        let network = Network { round_trip, kilobits, ..Network::default() };
        let (writer, reader) = pipe(Direction::new(network, wire::Sender::Client, now), bound);
        (writer, reader, now)
    }

    #[tokio::test]
    async fn octets_and_end_come_late_and_in_order() {
        let (mut writer, mut reader, start) = slow(60_000, 10_000, 1 << 20);
        writer.send(b"one ").await.expect("room");
        writer.send(b"two").await.expect("room");
        writer.shutdown().await.expect("in memory");
        let mut got = Vec::new();
        reader.read_to_end(&mut got).await.expect("no reset");
        assert_eq!(got, b"one two");
        assert!(start.elapsed() >= Duration::from_millis(30), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_full_pipe_makes_the_writer_wait_and_loses_nothing() {
        let (mut writer, mut reader, start) = slow(0, 1_000, 100);
        let sent: Vec<u8> = (0..5_000_u32).map(|n| n as u8).collect();
        let expected = sent.clone();
        let writing = tokio::spawn(async move { writer.send(&sent).await });
        let mut got = Vec::new();
        reader.read_to_end(&mut got).await.expect("no reset");
        writing.await.expect("no panic").expect("room in the end");
        assert_eq!(got, expected);
        assert!(
            start.elapsed() >= Duration::from_millis(40),
            "5,000 octets at 1 Mbit/s: {:?}",
            start.elapsed()
        );
    }

    #[tokio::test]
    async fn a_reset_follows_what_was_under_way() {
        let (mut writer, mut reader, _) = slow(0, 10_000, 100);
        writer.send(b"last").await.expect("room");
        writer.reset();
        let mut got = [0; 4];
        reader.read_exact(&mut got).await.expect("four octets");
        assert_eq!(&got, b"last");
        let error = reader.read(&mut got).await.expect_err("reset");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }

    #[tokio::test]
    async fn a_writer_without_a_reader_is_told() {
        let (mut writer, reader, _) = slow(0, 10_000, 100);
        drop(reader);
        assert_eq!(writer.send(b"x").await.expect_err("gone").kind(), ErrorKind::BrokenPipe);
    }
}
