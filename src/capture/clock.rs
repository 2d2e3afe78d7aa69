//! The page's clock in whole microseconds, and waiting that always ends.

use std::cell::Cell;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use web_sys::Performance;

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
    thread_local! {
        // Asked for several times a message: the way to it through the window costs more than the time itself.
        static CLOCK: Option<Performance> = window().performance();
    }
    micros(CLOCK.with(|clock| clock.as_ref().map_or(0.0, Performance::now)))
}

/// The browser's milliseconds as whole microseconds.
pub(super) fn micros(milliseconds: f64) -> u64 {
    (milliseconds * 1_000.0).round() as u64
}

/// Waits for `work`, but no longer than `until` and not beyond `stop`.
pub(super) async fn within<T>(work: impl Future<Output = T>, until: u64, stop: &Stop) -> Waited<T> {
    Alarm::default().within(work, until, stop).await
}

/// A timer that outlives one wait. Most waits end long before their limit: whoever waits again and again
/// need not set and clear a timer for each.
#[derive(Default)]
pub(super) struct Alarm(Option<Timer>);

struct Timer {
    at: u64,
    rung: Rc<Cell<bool>>,
    waker: Waker,
    _timeout: Timeout,
}

impl Alarm {
    /// Waits for `work`, but no longer than `until` and not beyond `stop`.
    pub(super) async fn within<T>(
        &mut self,
        work: impl Future<Output = T>,
        until: u64,
        stop: &Stop,
    ) -> Waited<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Waited::Done(done));
            }
            if stop.poll(context) {
                return Poll::Ready(Waited::Stopped);
            }
            if self.is_set(until, context.waker()) {
                return Poll::Pending;
            }
            let now = now();
            if now >= until {
                return Poll::Ready(Waited::Late);
            }
            self.set(until, now, context.waker());
            Poll::Pending
        })
        .await
    }

    /// Whether `waker` will be woken no later than at `until`. Earlier does no harm: then it is set once more.
    fn is_set(&self, until: u64, waker: &Waker) -> bool {
        let serves = |it: &Timer| it.at <= until && !it.rung.get() && it.waker.will_wake(waker);
        self.0.as_ref().is_some_and(serves)
    }

    /// Has `waker` woken at `until`.
    fn set(&mut self, until: u64, now: u64, waker: &Waker) {
        let rung = Rc::<Cell<bool>>::default();
        let (ring, woken) = (Rc::clone(&rung), waker.clone());
        let timeout = Timeout::new(milliseconds(until - now), move || {
            ring.set(true);
            woken.wake();
        });
        // The one before goes with this.
        self.0 = Some(Timer { at: until, rung, waker: waker.clone(), _timeout: timeout });
    }
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
