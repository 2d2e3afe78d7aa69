//! A signal that is given once and seen by everyone who holds its other end.

use tokio::sync::watch;

/// Gives the signal; dropping it gives it too.
#[derive(Debug)]
pub(crate) struct Stopper(watch::Sender<bool>);

/// Sees the signal.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

/// A signal that has not been given yet.
pub(crate) fn signal() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Waits for the signal, or returns at once if it has been given.
    pub(crate) async fn stopped(&mut self) {
        // An error means that nobody can give it any more: then too, stop.
        let _ = self.0.wait_for(|stopped| *stopped).await;
    }

    pub(crate) fn is_stopped(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }
}
