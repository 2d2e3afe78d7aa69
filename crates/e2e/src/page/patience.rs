//! Waiting for what should come by itself.

use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use tokio::time::{Instant, sleep};

/// Asks again and again until there is an answer.
///
/// # Errors
/// If there is none in good time, with the last error if that is why.
pub async fn eventually<T, F>(what: &str, ask: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    within(PATIENCE, what, ask).await
}

/// The same with a time of one's own.
///
/// # Errors
/// If there is none in that time, with the last error if that is why.
pub async fn within<T, F>(patience: Duration, what: &str, mut ask: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let deadline = Instant::now() + patience;
    loop {
        let outcome = ask().await;
        if let Ok(Some(found)) = outcome {
            return Ok(found);
        }
        if Instant::now() > deadline {
            let last =
                outcome.err().map(|error| format!("; the last error was: {error:#}")).unwrap_or_default();
            bail!("waited {patience:?} in vain for {what}{last}");
        }
        sleep(STEP).await;
    }
}

/// Waits until `ask` answers what is expected, and says what it answered instead.
///
/// # Errors
/// If it never does.
pub async fn becomes<T, F>(what: &str, expected: T, mut ask: impl FnMut() -> F) -> Result<()>
where
    T: PartialEq + Debug,
    F: Future<Output = Result<T>>,
{
    let deadline = Instant::now() + PATIENCE;
    loop {
        let seen = ask().await?;
        if seen == expected {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "{what} should be {expected:?} and stayed {seen:?}");
        sleep(STEP).await;
    }
}

/// How long a test waits for what should come at once.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// How often it looks.
pub(super) const STEP: Duration = Duration::from_millis(25);
