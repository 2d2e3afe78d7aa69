//! Requests that are under way at once. Dropping one hangs up.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Stop;
use super::agenda::Ask;
use super::call::{Answer, Call, NoAnswer};

/// What is under way.
#[derive(Default)]
pub(super) struct Flights(Vec<Flight>);

struct Flight {
    place: usize,
    ask: Ask,
    answer: Pin<Box<dyn Future<Output = Result<Answer, NoAnswer>>>>,
}

impl Flights {
    /// Sends `call`, which asks `ask`; `place` is its place among the lane's requests.
    pub(super) fn start(&mut self, place: usize, ask: Ask, call: Call, until: u64, stop: &Stop) {
        let stop = stop.clone();
        let answer = Box::pin(async move { call.send(until, &stop).await });
        self.0.push(Flight { place, ask, answer });
    }

    /// The next answer, to whichever request it comes.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<(usize, Ask, Result<Answer, NoAnswer>)> {
        for index in 0..self.0.len() {
            if let Poll::Ready(answer) = self.0[index].answer.as_mut().poll(context) {
                let Flight { place, ask, .. } = self.0.remove(index);
                return Poll::Ready((place, ask, answer));
            }
        }
        Poll::Pending
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether nothing is under way but, at most, a question for news.
    pub(super) fn only_ask(&self) -> bool {
        self.0.iter().all(|flight| flight.ask == Ask::News)
    }

    /// Hangs up on all of them.
    pub(super) fn hang_up(&mut self) {
        self.0.clear();
    }
}
