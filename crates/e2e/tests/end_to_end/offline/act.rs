//! The visitor acts: the same words on both lanes, and HTTP has to wait.

use anyhow::{Result, ensure};
use e2e::lab::EventRow;
use e2e::page::Page;

use super::on_page;

#[tokio::test(flavor = "multi_thread")]
async fn what_you_send_goes_out_on_both_lanes() {
    on_page("send", "", |page| async move {
        page.choose("Speed", "Real time").await?;
        let field = page.get("textbox", "Your message").await?;
        page.fill("textbox", "Your message", "Good morning").await?;
        ensure!(field.property("value").await? == "Good morning");
        page.press("Send").await?;
        page.rest().await?;
        for letter in ['A', 'B'] {
            let events = page.events(letter).await?;
            find(&events, "You said “Good morning”")?;
            find(&events, "Ben got “Good morning”")?;
        }
        let address = page.fragment().await?;
        ensure!(address.contains("you=") && address.contains("Good+morning"), "the address is {address}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_speaks_and_http_has_to_wait() {
    on_page("server_speaks", "", |page| async move {
        page.choose("Speed", "Real time").await?;
        speak_at_start(&page).await?;
        page.rest().await?;
        let said = "Ben said “News!”";
        let got = "You got “News!”";
        let (http, socket) = (page.events('A').await?, page.events('B').await?);
        let age = |events: &[EventRow]| -> Result<u64> {
            Ok(find(events, got)?.received.unwrap_or_default() - find(events, said)?.sent.unwrap_or_default())
        };
        let (waited, pushed) = (age(&http)?, age(&socket)?);
        ensure!((50..60).contains(&pushed), "the WebSocket lane took {pushed} ms for a delay of 50 ms");
        ensure!(waited > pushed, "HTTP took {waited} ms and WebSocket {pushed} ms");
        page.press("Forget what was added").await?;
        page.gone("button", "Forget what was added").await?;
        ensure!(page.fragment().await?.is_empty(), "the address still is {}", page.fragment().await?);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn acting_plays_from_the_moment_of_speaking() {
    on_page("acting_plays", "", |page| async move {
        page.press("Server speaks now").await?;
        page.get("button", "Pause").await?;
        // It was said at the end, where the picture stood: nothing is played over again.
        let said = page.at().await?;
        ensure!(said > 2_000_000, "the run plays again from {said}");
        page.press("Pause").await?;
        ensure!(page.fragment().await?.contains("ben="), "the address is {}", page.fragment().await?);
        Ok(())
    })
    .await;
}

/// Ben speaks right after he was asked, half a second into the run.
async fn speak_at_start(page: &Page) -> Result<()> {
    page.js("location.hash = 't=500000'").await?;
    e2e::page::becomes("the time", 500, || page.moment()).await?;
    page.press("Server speaks now").await
}

fn find<'a>(events: &'a [EventRow], what: &str) -> Result<&'a EventRow> {
    let found: Vec<_> = events.iter().filter(|event| event.what == what).collect();
    let all: Vec<_> = events.iter().map(|event| &event.what).collect();
    ensure!(found.len() == 1, "{what} is {} times among {all:#?}", found.len());
    Ok(found[0])
}
