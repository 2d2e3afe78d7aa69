//! The companion dies in the middle of a live run: the page says so and what to do, keeps what it
//! recorded, and goes on simulating; a companion that is back is used again.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually, within};
use e2e::show::play;
use e2e::stage::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn dies_and_comes_back() {
    let setting = Setting { failures: true, ..Setting::default() };
    play("companion_dies", setting, Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        page.press("Run live").await?;
        status(page, "Lane A").await?;
        // The first answers are in hand; the conversation has two more seconds to go.
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        show.stage.lock().await.kill();

        within(Duration::from_secs(30), "an alert and the end of the run", || async {
            let over = page.has("button", "Run live").await? && !page.names("alert").await?.is_empty();
            Ok(over.then_some(()))
        })
        .await?;
        let alert = page.names_or_texts("alert").await?.join(" ");
        for part in
            ["no longer answers", "start it again with `cargo xtask serve`", "then run again", "stays"]
        {
            ensure!(alert.contains(part), "the alert does not say {part:?}: {alert}");
        }
        let events = page.events('A').await?;
        let kept = |start: &str| events.iter().any(|event| event.what.starts_with(start));
        ensure!(
            kept("Request GET /news") && kept("You said “Hi Ben”"),
            "what was recorded is gone: {events:#?}"
        );
        ensure!(
            events.iter().any(|it| it.source == "measured"),
            "nothing is marked as measured: {events:#?}"
        );

        simulate(page).await?;
        page.choose("Speed", "Real time").await?;
        page.press("Restart").await?;
        eventually("Time to move", || async { Ok((page.at().await? > 0).then_some(())) }).await?;
        page.rest().await?;

        // With nobody there a run says at once what is the matter.
        let problem = page.run_live(Duration::from_secs(30)).await?.unwrap_or_default();
        ensure!(problem.contains("Nothing answers at"), "without a companion the page says {problem:?}");

        show.stage.lock().await.revive()?;
        let problem = page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "with the companion back the page says {problem:?}");
        page.to_end().await?;
        let ledger = page.ledger().await?;
        let delivered: Vec<u64> = ledger.iter().map(|row| row.delivered).collect();
        ensure!(delivered == [5, 5], "five messages were said on each lane, {delivered:?} were heard");
        Ok(())
    })
    .await;
}

async fn status(page: &Page, part: &str) -> Result<()> {
    eventually(&format!("the status to speak of {part}"), || async {
        Ok(page.names_or_texts("status").await?.iter().any(|text| text.contains(part)).then_some(()))
    })
    .await
}

/// Shows the simulation again, as one who uses the keyboard does.
async fn simulate(page: &Page) -> Result<()> {
    let radio = page.get("radiogroup", "Source").await?.get("radio", "Simulated").await?;
    radio.focus().await?;
    page.type_keys(" ").await?;
    becomes("the radio “Simulated”", serde_json::json!(true), || radio.property("checked")).await?;
    page.rest().await
}
