//! Lines put up one after another, for whoever waits for the next.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use crate::clock::{Clock, due};
use crate::news::{Full, News};
use crate::stop::Stop;

/// What there is to tell, and who waits for it.
#[derive(Debug)]
pub(crate) struct Board {
    clock: Clock,
    news: Mutex<News>,
    /// Given whenever there may be news.
    told: Notify,
}

impl Board {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, news: Mutex::default(), told: Notify::new() }
    }

    /// Adds a line that is due at `at`; lines come in that order.
    pub(crate) fn add(&self, at: u64, line: String) -> Result<(), Full> {
        self.news().add(at, line)?;
        self.told.notify_waiters();
        Ok(())
    }

    /// Adds a line that is due now.
    pub(crate) fn tell(&self, line: String) -> Result<(), Full> {
        self.add(self.clock.now(), line)
    }

    /// Adds what answers message `n`, once, due at `at`.
    pub(crate) fn answer(&self, n: Option<u64>, at: u64, lines: Vec<String>) -> Result<(), Full> {
        self.news().answer(n, at, lines)?;
        self.told.notify_waiters();
        Ok(())
    }

    /// Every line from the `after`th on that is due by now.
    pub(crate) fn after(&self, after: usize) -> Vec<String> {
        self.news().after(after, self.clock.now())
    }

    /// The same, and waits for it, `until` then at most; empty if nothing has come by then, or at `stop`.
    pub(crate) async fn wait(&self, after: usize, until: Option<Instant>, stop: &mut Stop) -> Vec<String> {
        loop {
            let mut told = std::pin::pin!(self.told.notified());
            // From here on nothing that is told is missed.
            told.as_mut().enable();
            let (news, next) = {
                let news = self.news();
                (news.after(after, self.clock.now()), news.due(after))
            };
            if !news.is_empty() {
                return news;
            }
            tokio::select! {
                () = stop.stopped() => return news,
                () = told => {}
                () = due(next.map(|at| self.clock.at(at))) => {}
                () = due(until) => return news,
            }
        }
    }

    /// Every line from the `after`th on as it comes, until `stop`.
    pub(crate) fn lines(self: Arc<Self>, after: usize, stop: Stop) -> mpsc::Receiver<String> {
        // No more than one line waits for a page that does not read.
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(self.hand_out(after, stop, sender));
        receiver
    }

    async fn hand_out(self: Arc<Self>, mut after: usize, mut stop: Stop, sender: mpsc::Sender<String>) {
        loop {
            let news = tokio::select! {
                () = sender.closed() => return,
                news = self.wait(after, None, &mut stop) => news,
            };
            if news.is_empty() {
                return;
            }
            for line in news {
                after += 1;
                if sender.send(line).await.is_err() {
                    return;
                }
            }
        }
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the server hears on one lane, for whoever sits there.
#[derive(Clone, Debug)]
pub(crate) struct Ears {
    pub(crate) lane: u8,
    pub(crate) board: Arc<Board>,
}

impl Ears {
    /// A whole message has arrived.
    pub(crate) fn hear(&self, said: &[u8]) -> Result<(), Full> {
        self.board.tell(format!("{} {}", self.lane, String::from_utf8_lossy(said)))
    }
}
