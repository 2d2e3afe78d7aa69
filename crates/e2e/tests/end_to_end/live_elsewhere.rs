//! Predict, then witness: after the first exchange every octet comes as foretold, on this computer and
//! on another host, to which the same browser sends other heads.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::elsewhere::Elsewhere;
use e2e::show::{Show, play};
use e2e::stage::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn on_this_computer() {
    play("foretold_here", Setting::default(), Look::default(), |show| async move {
        foretold(&show).await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_host() {
    let elsewhere = match Elsewhere::make() {
        Ok(elsewhere) => elsewhere,
        Err(why) => {
            // Said past the test's own capture: nobody should take this for a test that ran.
            let said = writeln!(std::io::stderr(), "on_another_host: skipped, because {why:#}");
            return said.expect("a standard error");
        }
    };
    let setting = Setting { elsewhere: Some(elsewhere.into()), ..Setting::default() };
    play("foretold_there", setting, Look::default(), |show| async move {
        let there = foretold(&show).await?;
        let here = show.page.js("return window.isSecureContext").await?;
        ensure!(here == false, "a plain address on a network is no secure context");
        // Chromium leaves out its client hints and Sec-Fetch there, Firefox the latter.
        ensure!(there.iter().all(|&size| size < LEAST_HERE), "heads of {there:?} octets");
        Ok(())
    })
    .await;
}

/// Runs the chat and an echo on two lanes each; the sizes of the heads that were fitted.
async fn foretold(show: &Show) -> Result<BTreeSet<usize>> {
    let mut sizes = BTreeSet::new();
    for fragment in
        ["rtt=40", "scenario=echo&messages=8&rtt=40", "lanes=close.websocket&scenario=echo&rtt=40"]
    {
        show.open(fragment).await?;
        show.page.reload().await?;
        let problem = show.page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "{fragment}: the page says: {problem:?}");
        let told = show.page.get("region", "Predicted, then witnessed").await?.text().await?;
        let exact = told.matches("exactly those foretold").count();
        ensure!(exact == 2, "{fragment}: {told}");
        sizes.extend(heads(&told).with_context(|| format!("{fragment}: {told}"))?);
    }
    Ok(sizes)
}

/// The sizes in “its heads have 526 octets and 581 octets”, smallest of each lane.
fn heads(told: &str) -> Result<Vec<usize>> {
    let parts = told.split("its heads have ").skip(1);
    parts
        .map(|part| {
            let number: String = part.chars().take_while(char::is_ascii_digit).collect();
            number.parse().context("no size of a head")
        })
        .collect()
}

/// No head of either browser is smaller on its own computer.
const LEAST_HERE: usize = 495;
