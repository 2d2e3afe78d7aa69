//! One test's performance: stage and browser set up before it, a picture if it fails, and everything
//! taken down after it.

use std::future::Future;
use std::process;
use std::sync::Arc;

use anyhow::{Result, ensure};
use tokio::sync::Mutex;
use tokio::task::LocalSet;

use crate::browser::{Browser, Look};
use crate::page::Page;
use crate::stage::{Setting, Stage};

/// What a test has in hand.
#[derive(Clone)]
pub struct Show {
    /// The page; not opened yet.
    pub page: Page,
    /// Where the browser should go.
    pub url: String,
    /// The companion, and the relay if there is one.
    pub stage: Arc<Mutex<Stage>>,
}

impl Show {
    /// Opens the page on `fragment`.
    ///
    /// # Errors
    /// If it does not get ready.
    pub async fn open(&self, fragment: &str) -> Result<()> {
        self.page.open(&format!("{}#{fragment}", self.url)).await
    }
}

/// Plays `act` with a browser and a companion of its own.
///
/// # Panics
/// If it fails, or if the console has errors in the end; with a sentence, and a picture `<name>.png`.
pub async fn play<F, A>(name: &str, setting: Setting, look: Look, act: F)
where
    F: FnOnce(Show) -> A,
    A: Future<Output = Result<()>> + 'static,
{
    let outcome = tokio::select! {
        outcome = perform(name, setting, look, act) => outcome,
        // By now the performance has been dropped, and with it every program that it had started. They
        // are groups of their own, so nobody else would have told them.
        Ok(()) = interrupted() => process::exit(130),
    };
    if let Err(error) = outcome {
        panic!("{error:#}");
    }
}

/// Returns when this program is told to end.
#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut end) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = end.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

async fn perform<F, A>(name: &str, setting: Setting, look: Look, act: F) -> Result<()>
where
    F: FnOnce(Show) -> A,
    A: Future<Output = Result<()>> + 'static,
{
    let (failures, refusals) = (setting.failures, setting.refusals);
    let stage = Stage::start(setting).await?;
    let url = stage.url();
    let browser = Browser::ready(look).await?;
    let page = Page::new(browser.session());
    let show = Show { page: page.clone(), url, stage: Arc::new(Mutex::new(stage)) };
    // On a task of its own, so that a panic does not keep the browser alive; on this thread, because a
    // trace is not for several.
    let outcome = LocalSet::new().run_until(async { tokio::task::spawn_local(act(show)).await }).await;
    let (errors, kind) = (page.errors().await, browser.session().kind());
    let good = matches!(outcome, Ok(Ok(())));
    if !good {
        let picture = page.picture(name).await;
        eprintln!("{name}: picture {picture:?}, console {errors:?}");
    }
    // A browser that saw connections fail may hesitate before its next ones.
    if good && !failures {
        browser.leave()
    } else {
        browser.quit().await
    }
    match outcome {
        Ok(acted) => acted?,
        Err(crash) => std::panic::resume_unwind(crash.into_panic()),
    }
    let mut errors = errors?;
    errors.retain(|error| {
        !(failures && kind.tells_of_connections(error) || refusals && kind.tells_of_answers(error))
    });
    ensure!(errors.is_empty(), "the console has errors: {errors:#?}");
    Ok(())
}
