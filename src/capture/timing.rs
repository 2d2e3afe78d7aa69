//! Resource Timing: what the browser wrote down about each `fetch`.
//!
//! An observer, not the page's buffer: the buffer stops at 250 entries, the observer never does.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit, PerformanceResourceTiming,
};

use super::clock::{micros, now, within};
use super::{Stop, clear};

/// One entry, in microseconds of the page's clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sight {
    /// What was asked for.
    pub url: String,
    /// When.
    pub start: u64,
    /// When the request began, where the server lets the page know.
    pub request_start: Option<u64>,
    /// When the answer began, likewise.
    pub response_start: Option<u64>,
    /// When the answer was complete.
    pub response_end: Option<u64>,
    /// Whether the connection was there before, where the server lets the page know.
    pub reused: Option<bool>,
    /// Whether a service worker stood between.
    pub worker: bool,
}

/// Watches from its start until it is dropped.
pub struct Sightings {
    observer: PerformanceObserver,
    seen: Rc<RefCell<Seen>>,
    _callback: Closure<dyn FnMut(PerformanceObserverEntryList)>,
}

#[derive(Default)]
struct Seen {
    sights: Vec<Sight>,
    waker: Option<Waker>,
}

impl Sightings {
    /// Begins to watch, where the browser can.
    pub fn start() -> Option<Self> {
        let seen = Rc::<RefCell<Seen>>::default();
        let kept = Rc::clone(&seen);
        let callback = Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(
            move |list: PerformanceObserverEntryList| {
                keep(&kept, &list.get_entries());
                // Not where entries are asked for: whoever asks would wake itself again and again.
                if let Some(waker) = kept.borrow_mut().waker.take() {
                    waker.wake();
                }
            },
        );
        let observer: PerformanceObserver = clear::construct("PerformanceObserver", callback.as_ref())?;
        observer.observe(&PerformanceObserverInit::new(&Array::of1(&JsValue::from_str("resource"))));
        Some(Self { observer, seen, _callback: callback })
    }

    /// What was seen of each of `asked` (URL and time of the call, in the order of the calls). The
    /// browser hands entries in some time after the answers: this waits a moment for the last ones.
    pub async fn of(&self, asked: &[(String, u64)]) -> Vec<Option<Sight>> {
        let all_seen = poll_fn(|context| {
            keep(&self.seen, &self.observer.take_records());
            let mut seen = self.seen.borrow_mut();
            seen.waker = Some(context.waker().clone());
            let missing = pair(asked, &seen.sights).contains(&None);
            if missing { Poll::Pending } else { Poll::Ready(()) }
        });
        within(all_seen, now() + PATIENCE, &Stop::new()).await;
        let sights = &self.seen.borrow().sights;
        pair(asked, sights).into_iter().map(|place| place.and_then(|it| sights.get(it).cloned())).collect()
    }
}

impl Drop for Sightings {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn keep(seen: &RefCell<Seen>, entries: &Array) {
    let mut seen = seen.borrow_mut();
    // Nothing else was observed.
    seen.sights.extend(entries.iter().map(|entry| sight(&entry.unchecked_into())));
}

fn sight(entry: &PerformanceResourceTiming) -> Sight {
    // Zero stands for "not for this page to know".
    let known = |milliseconds: f64| (milliseconds > 0.0).then(|| micros(clear::on_page(milliseconds)));
    let request_start = known(entry.request_start());
    let same = |one: f64| one.to_bits() == entry.fetch_start().to_bits();
    let reused =
        same(entry.domain_lookup_start()) && same(entry.connect_start()) && same(entry.connect_end());
    Sight {
        url: entry.name(),
        start: micros(clear::on_page(entry.start_time())),
        request_start,
        response_start: known(entry.response_start()),
        response_end: known(entry.response_end()),
        reused: request_start.map(|_| reused),
        worker: entry.worker_start() > 0.0,
    }
}

/// For each of `asked` the place of its entry among `sights`: same URL, not begun before the call, and
/// none twice. Calls for the same URL take theirs in order.
pub fn pair(asked: &[(String, u64)], sights: &[Sight]) -> Vec<Option<usize>> {
    let mut order = trace::order::by(sights.iter().map(|sight| sight.start));
    let mut pairs = Vec::with_capacity(asked.len());
    for (url, called) in asked {
        let fits = |place: &usize| sights[*place].url == *url && sights[*place].start + SLACK >= *called;
        let found = order.iter().position(fits).map(|at| order.remove(at));
        pairs.push(found);
    }
    pairs
}

/// In microseconds: how far two readings of one moment may differ, for browsers that blur their clock.
const SLACK: u64 = 2_000;

/// In microseconds: how long after a lane its last entries may come.
const PATIENCE: u64 = 500_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &[(&str, u64)], sights: &[(&str, u64)], expected: &[Option<usize>]) {
        let asked: Vec<_> = asked.iter().map(|&(url, called)| (url.to_owned(), called)).collect();
        let sights: Vec<_> = sights
            .iter()
            .map(|&(url, start)| Sight { url: url.to_owned(), start, ..Sight::default() })
            .collect();
        assert_eq!(pair(&asked, &sights), expected, "{asked:?}");
    }

    #[test]
    fn each_call_has_its_own_entry() {
        check(&[("a", 10_000), ("b", 20_000)], &[("b", 20_100), ("a", 10_100)], &[Some(1), Some(0)]);
        // The same URL: in order. From an earlier run on the same port: never.
        check(&[("a", 10_000), ("a", 20_000)], &[("a", 20_000), ("a", 10_000)], &[Some(1), Some(0)]);
        check(&[("a", 10_000)], &[("a", 7_000)], &[None]);
        check(&[("a", 10_000), ("a", 20_000)], &[("a", 9_000)], &[Some(0), None]);
        check(&[("a", 0)], &[], &[None]);
    }
}
