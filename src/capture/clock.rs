//! The page's clock in whole microseconds, and waiting that always ends.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

use gloo::timers::callback::Timeout;
use gloo::utils::window;

use super::Stop;

/// How a wait ended.
pub(super) enum Waited<T> {
    /// With what was waited for.
    Done(T),
    /// At its limit.
    Late,
    /// By the visitor.
    Stopped,
}

/// The page's time.
pub(super) fn now() -> u64 {
    micros(window().performance().map_or(0.0, |performance| performance.now()))
}

/// The browser's milliseconds as whole microseconds.
pub(super) fn micros(milliseconds: f64) -> u64 {
    (milliseconds * 1_000.0).round() as u64
}

/// Waits for `work`, but no longer than `until` and not beyond `stop`.
pub(super) async fn within<T>(work: impl Future<Output = T>, until: u64, stop: &Stop) -> Waited<T> {
    let mut work = pin!(work);
    let mut alarm: Option<Timeout> = None;
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Waited::Done(done));
        }
        if stop.poll(context) {
            return Poll::Ready(Waited::Stopped);
        }
        let now = now();
        if now >= until {
            return Poll::Ready(Waited::Late);
        }
        let waker = context.waker().clone();
        // Setting an alarm takes the one before away.
        alarm = Some(Timeout::new(milliseconds(until - now), move || waker.wake()));
        let _ = &alarm;
        Poll::Pending
    })
    .await
}

/// Sleeps until `at`; whether nobody stopped it.
pub(super) async fn sleep_until(at: u64, stop: &Stop) -> bool {
    !matches!(within(pending::<()>(), at, stop).await, Waited::Stopped)
}

/// For a timer: whole milliseconds, rounded up, as many as it takes at most.
fn milliseconds(micros: u64) -> u32 {
    micros.div_ceil(1_000).min(LONGEST_TIMER) as u32
}

/// A browser takes a longer time-out for none.
const LONGEST_TIMER: u64 = i32::MAX as u64;
