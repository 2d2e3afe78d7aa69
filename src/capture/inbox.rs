//! What an object of the browser's tells, in its order, kept until somebody asks for it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gloo::events::EventListener;
use web_sys::{Event, EventTarget};

use super::clear;
use super::clock::{micros, now};
use super::course::Pace;

/// What was told and not yet asked for. Its clones are one and the same.
pub(super) struct Inbox<T>(Rc<RefCell<Kept<T>>>);

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

struct Kept<T> {
    told: VecDeque<T>,
    waker: Option<Waker>,
    /// How many are to gather before somebody has to look, and how often one looks meanwhile.
    gather: usize,
    pace: Pace,
}

impl<T: Clone + 'static> Inbox<T> {
    pub(super) fn new() -> Self {
        let (told, pace) = (VecDeque::new(), Pace::of(Pace::FRAME));
        Self(Rc::new(RefCell::new(Kept { told, waker: None, gather: 0, pace })))
    }

    /// Keeps what `read` makes of each event `name` of `target`, for as long as the listener lives.
    pub(super) fn listen(
        &self,
        target: &EventTarget,
        name: &'static str,
        read: impl Fn(&Event) -> Option<T> + 'static,
    ) -> EventListener {
        self.keep(target, name, |_| true, read)
    }

    /// The same for what may come in floods: it can wait until as many have come as are to
    /// [gather](Self::gather), or for a frame of the screen.
    pub(super) fn listen_to_many(
        &self,
        target: &EventTarget,
        name: &'static str,
        read: impl Fn(&Event) -> Option<T> + 'static,
    ) -> EventListener {
        self.keep(target, name, |kept| kept.told.len() >= kept.gather || kept.pace.allows(now()), read)
    }

    /// Nobody has to be woken before so many of many have come.
    pub(super) fn gather(&self, number: usize) {
        self.0.borrow_mut().gather = number;
    }

    fn keep(
        &self,
        target: &EventTarget,
        name: &'static str,
        at_once: impl Fn(&Kept<T>) -> bool + 'static,
        read: impl Fn(&Event) -> Option<T> + 'static,
    ) -> EventListener {
        let kept = Rc::clone(&self.0);
        EventListener::new(target, name, move |event| {
            let mut kept = kept.borrow_mut();
            kept.told.extend(read(event));
            if at_once(&kept)
                && let Some(waker) = kept.waker.take()
            {
                waker.wake();
            }
        })
    }

    /// Keeps this.
    pub(super) fn tell(&self, told: T) {
        let mut kept = self.0.borrow_mut();
        kept.told.push_back(told);
        if let Some(waker) = kept.waker.take() {
            waker.wake();
        }
    }

    /// Waits for the first of what was told, and takes it.
    pub(super) async fn next(&self) -> T {
        poll_fn(|context| self.poll(context, |_| true)).await
    }

    /// The first of what was told. It is gone then if it is `done` with; or else it stays until it is
    /// [taken](Self::take).
    pub(super) fn poll(&self, context: &Context<'_>, done: impl FnOnce(&T) -> bool) -> Poll<T> {
        let mut kept = self.0.borrow_mut();
        if let Some(first) = kept.told.pop_front() {
            if !done(&first) {
                kept.told.push_front(first.clone());
            }
            return Poll::Ready(first);
        }
        kept.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// Takes the first of what was told.
    pub(super) fn take(&self) {
        self.0.borrow_mut().told.pop_front();
    }
}

/// When the browser made the event, which is a little before anybody hears of it.
pub(super) fn stamp(event: &Event) -> u64 {
    stamp_by(event, now())
}

/// The same of what happened where requests are made.
pub(super) fn stamp_there(event: &Event) -> u64 {
    sound(micros(clear::on_page(event.time_stamp())), now())
}

/// The same for whoever has just asked for the time.
pub(super) fn stamp_by(event: &Event, now: u64) -> u64 {
    sound(micros(event.time_stamp()), now)
}

fn sound(stamp: u64, now: u64) -> u64 {
    if (1..=now).contains(&stamp) { stamp } else { now }
}
