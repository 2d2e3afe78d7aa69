//! Asks the public echo servers of the page's presets whether they still answer, through the page
//! itself in a real browser: only that shows whether CORS lets a page read them. Run by hand, where
//! there is internet, by `cargo xtask probe-public`; nothing else in the project leaves this computer.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use e2e::browser::{Browser, Look};
use e2e::page::Page;
use e2e::stage::{Setting, Stage};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!(
                "error: {failed} of the presets did not pass: see above. Without internet none can; a server that stays away leaves src/state/live.rs."
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<usize> {
    let stage = Stage::start(Setting::default()).await?;
    let browser = Browser::start(Look::default()).await?;
    let page = Page::new(browser.session());
    let outcome = probe(&page, &stage.url()).await;
    browser.quit().await;
    outcome
}

/// Tries each preset; answers how many failed.
async fn probe(page: &Page, url: &str) -> Result<usize> {
    page.open(&format!("{url}#scenario=echo&messages=3")).await?;
    let options = page.js("return [...document.querySelector('select[aria-label=Server]').options].filter(o => /^[0-9]+$/.test(o.value)).map(o => o.text)").await?;
    let presets: Vec<String> = serde_json::from_value(options)?;
    let mut failed = 0;
    for preset in presets {
        page.choose("Server", &preset).await?;
        match page.run_live(PATIENCE).await {
            Ok(None) => {
                println!("passed  {preset}");
                for row in page.live_runs().await? {
                    let cells: Vec<String> =
                        row.iter().map(|(column, cell)| format!("{column}: {cell}")).collect();
                    println!("        {}", cells.join("; "));
                }
            }
            Ok(Some(problem)) => {
                failed += 1;
                println!("FAILED  {preset}\n        {problem}");
            }
            Err(error) => {
                failed += 1;
                println!("FAILED  {preset}\n        {error:#}");
            }
        }
    }
    Ok(failed)
}

/// Three echoes on each of two lanes, each bounded by the page itself.
const PATIENCE: Duration = Duration::from_secs(120);
