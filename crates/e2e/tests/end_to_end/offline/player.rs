//! The player, by mouse and by keyboard.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::page::{Page, becomes, eventually};
use thirtyfour::prelude::*;
use tokio::time::sleep;

use super::{on_page, predicted};

#[tokio::test(flavor = "multi_thread")]
async fn opens_at_rest_on_the_default_run() {
    on_page("opens_at_rest", "", |page| async move {
        page.get("heading", "HTTP answers. WebSocket talks.").await?;
        page.get("navigation", "Views").await?.get("link", "Lab").await?;
        let lanes = page.lanes().await?;
        ensure!(lanes == ["Lane A: HTTP/1.1, persistent", "Lane B: WebSocket"], "the lanes are {lanes:?}");
        ensure!(page.is_at_rest().await?, "it opens at {} and not at rest", page.meaning().await?);
        ensure!(
            page.fragment().await?.is_empty(),
            "the address of the default run is {}",
            page.fragment().await?
        );
        let trace = predicted();
        for (letter, lane) in [('A', 0), ('B', 1)] {
            let account = trace::ledger::Account::at(&trace, lane, u64::MAX);
            let octets = page.lane(letter).await?.counter("octets").await?;
            let expected = trace::caption::count(account.on_connections());
            ensure!(octets == expected, "lane {letter} counts {octets} octets, predicted are {expected}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn play_moves_time_and_ends_at_rest() {
    on_page("play_ends_at_rest", "", |page| async move {
        page.choose("Speed", "Real time").await?;
        page.press("Play").await?;
        page.get("button", "Pause").await?;
        let early = page.at().await?;
        eventually("Time to move", || async { Ok((page.at().await? > early).then_some(())) }).await?;
        ensure!(!page.invites().await?, "it invites to act while it plays");
        page.rest().await?;
        page.get("button", "Server speaks now").await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pause_stands_still_and_steps_go_from_event_to_event() {
    on_page("pause_and_steps", "", |page| async move {
        page.press("Restart").await?;
        eventually("Time to move", || async { Ok((page.at().await? > 0).then_some(())) }).await?;
        page.press("Pause").await?;
        page.get("button", "Play").await?;
        stands_still(&page).await?;
        page.to_start().await?;
        let steps: Vec<u64> = predicted().steps().into_iter().filter(|&step| step > 0).collect();
        for (step, next) in steps.iter().zip(1..).take(6) {
            page.press("Step forward").await?;
            becomes(&format!("the time after {next} steps"), (step + 500) / 1_000, || page.moment()).await?;
        }
        page.press("Step back").await?;
        becomes("the time after a step back", (steps[4] + 500) / 1_000, || page.moment()).await?;
        stands_still(&page).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_control_the_player() {
    on_page("keys", "", |page| async move {
        page.blur().await?;
        page.type_keys(" ").await?;
        page.get("button", "Pause").await?;
        page.type_keys(" ").await?;
        page.get("button", "Play").await?;
        page.to_start().await?;
        page.type_keys(Key::Right + "").await?;
        let first = predicted().steps().into_iter().find(|&step| step > 0).unwrap_or_default();
        becomes("the time after one step", (first + 500) / 1_000, || page.moment()).await?;
        page.type_keys(Key::Left + "").await?;
        becomes("the time after a step back", 0, || page.moment()).await?;
        page.type_keys(Key::End + "").await?;
        page.rest().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_belong_to_the_control_that_has_the_focus() {
    on_page("keys_of_controls", "", |page| async move {
        let field = page.get("textbox", "Your message").await?;
        field.click().await?;
        page.type_keys(Key::End + " ").await?;
        stands_still(&page).await?;
        let text = field.property("value").await?;
        ensure!(text.as_str().is_some_and(|text| text.ends_with("? ")), "a space in the field gives {text}");
        // A space on a button presses that button and nothing else.
        page.get("button", "Step back").await?.focus().await?;
        page.type_keys(" ").await?;
        page.get("button", "Play").await?;
        ensure!(
            page.moment().await? > 0 && !page.is_at_rest().await?,
            "Step back led to {}",
            page.meaning().await?
        );
        // The slider moves by its own keys, to both ends.
        page.get("slider", "Time").await?.focus().await?;
        page.type_keys(Key::Home + "").await?;
        becomes("Time", 0, || page.at()).await?;
        page.type_keys(Key::End + "").await?;
        page.rest().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_can_be_turned_off() {
    on_page("keys_off", "", |page| async move {
        switch_keys(&page).await?;
        for (name, key) in [("space", ' '), ("Home", Key::Home.value()), ("an arrow", Key::Left.value())] {
            page.blur().await?;
            page.type_keys(key.to_string()).await?;
            stands_still(&page).await?;
            ensure!(page.is_at_rest().await?, "{name} led to {}", page.meaning().await?);
        }
        switch_keys(&page).await?;
        page.to_start().await
    })
    .await;
}

async fn switch_keys(page: &Page) -> Result<()> {
    page.press("Help and what this model leaves out").await?;
    let help = page.get("dialog", "Help").await?;
    help.get("checkbox", "Single keys control the player").await?.click().await?;
    page.type_keys(Key::Escape + "").await?;
    page.gone("dialog", "Help").await
}

/// Nothing moves: the one claim that takes waiting.
async fn stands_still(page: &Page) -> Result<()> {
    let before = page.at().await?;
    sleep(Duration::from_millis(300)).await;
    let after = page.at().await?;
    ensure!(before == after && page.has("button", "Play").await?, "Time went from {before} to {after}");
    Ok(())
}
