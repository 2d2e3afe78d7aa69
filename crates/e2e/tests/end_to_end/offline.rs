//! The page without any network but its own files: everything that a visitor can do before the first
//! live run.

mod act;
mod calm;
mod ladder;
mod link;
mod look;
mod phone;
mod player;
mod scenario;

use std::future::Future;

use anyhow::Result;
use e2e::browser::Look;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::Setting;
use trace::scenario::Scenario;
use trace::sim::simulate;
use trace::trace::Trace;

/// Plays `act` on the page that opens on `fragment`.
async fn on_page<F, A>(name: &'static str, fragment: &'static str, act: F)
where
    F: FnOnce(Page) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    on_screen(name, fragment, Look::default(), act).await;
}

/// The same on another screen.
async fn on_screen<F, A>(name: &'static str, fragment: &'static str, look: Look, act: F)
where
    F: FnOnce(Page) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    play(name, Setting::default(), look, |show| async move {
        show.open(fragment).await?;
        act(show.page.clone()).await
    })
    .await;
}

/// What the page should play by default.
fn predicted() -> Trace {
    simulate(&Scenario::default())
}
