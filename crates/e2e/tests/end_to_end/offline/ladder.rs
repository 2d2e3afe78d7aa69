//! The ladder by keyboard, and its equal in text.

use anyhow::{Context, Result, ensure};
use e2e::page::{Page, Place, becomes};
use thirtyfour::prelude::*;

use super::{on_page, predicted};

#[tokio::test(flavor = "multi_thread")]
async fn arrow_keys_move_from_mark_to_mark() {
    on_page("ladder_keys", "", |page| async move {
        let ladder = ladder(&page, 'A').await?;
        ladder.focus().await?;
        ensure!(
            ladder.attribute("aria-activedescendant").await?.is_none(),
            "a mark is active before any key"
        );
        let mut seen = Vec::new();
        for _ in 0..5 {
            page.type_keys(Key::Down + "").await?;
            let known = seen.last().cloned();
            e2e::page::eventually("another active mark", || async {
                let active = active(&page, &ladder).await?;
                Ok((active.is_some() && active != known).then_some(()))
            })
            .await?;
            seen.extend(active(&page, &ladder).await?);
        }
        page.type_keys(Key::Up + "").await?;
        becomes("the active mark after one back", Some(seen[3].clone()), || active(&page, &ladder)).await?;
        page.type_keys(Key::Home + "").await?;
        becomes("the first mark", Some(seen[0].clone()), || active(&page, &ladder)).await?;
        page.type_keys(Key::End + "").await?;
        let marks = ladder.names("option").await?;
        ensure!(marks.contains(&seen[0]), "the ladder's options {marks:?} do not have {:?}", seen[0]);
        // A key that moved within the ladder has not moved the player.
        ensure!(page.is_at_rest().await?, "the keys led the player to {}", page.meaning().await?);
        // The next tab stop is behind the ladder: it is one stop and no trap.
        page.type_keys(Key::Tab + "").await?;
        ensure!(!ladder.has_focus().await?, "Tab does not leave the ladder");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_selected_mark_shows_its_octets() {
    on_page("octets", "", |page| async move {
        let octets = page.get("region", "Octets").await?;
        ensure!(!octets.has("table", DUMP).await?, "octets are shown before anything is selected");
        let trace = predicted();
        let (index, request) = trace
            .events()
            .iter()
            .enumerate()
            .find(|(_, event)| event.raw.is_some() && event.key.lane == 0)
            .context("the default run has no request")?;
        let title = trace::caption::title(request);
        let row = page.events('A').await?.iter().position(|event| event.what == title);
        row.with_context(|| format!("the table of events has no {title:?}"))?;
        let ladder = ladder(&page, 'A').await?;
        ladder.focus().await?;
        let mark = format!("mark-A-{index}");
        for _ in 0..20 {
            if ladder.attribute("aria-activedescendant").await?.as_deref() == Some(mark.as_str()) {
                break;
            }
            page.type_keys(Key::Down + "").await?;
        }
        // What invites to select gives way to what was selected.
        let octets = page.get("region", "Octets").await?;
        octets.get("heading", &title).await?;
        let rows = octets.get("table", DUMP).await?.rows().await?;
        let text: String = rows.iter().skip(1).filter_map(|row| row.get(2)).map(String::as_str).collect();
        let raw = request.raw.clone().unwrap_or_default();
        ensure!(text.starts_with("GET /news"), "the octets' text begins {:?}", text.get(..40));
        let hex: Vec<u8> = rows
            .iter()
            .skip(1)
            .filter_map(|row| row.get(1))
            .flat_map(|line| line.split_whitespace())
            .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
            .collect();
        ensure!(hex[..] == raw[..], "{} octets are shown, the simulator sent {}", hex.len(), raw.len());
        octets.press("Close").await?;
        page.get("region", "Octets").await?.gone("table", DUMP).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_the_text_equal_of_the_ladder() {
    on_page("events", "", |page| async move {
        let trace = predicted();
        for (letter, lane) in [('A', 0), ('B', 1)] {
            let rows: Vec<String> = page.events(letter).await?.into_iter().map(|row| row.what).collect();
            let expected: Vec<String> = trace.lane(lane).map(|event| trace::caption::title(event)).collect();
            ensure!(rows == expected, "lane {letter} has the rows {rows:#?}, the run has {expected:#?}");
            let mut marks = ladder(&page, letter).await?.names("option").await?;
            marks.sort();
            // Every mark has a row. What has a row and no mark needs none: an acknowledgement
            // on its own, and the arrival that the end of another mark shows.
            let mut drawn: Vec<String> = rows
                .into_iter()
                .filter(|what| !what.contains(" got “") && !what.contains("only acknowledge"))
                .collect();
            drawn.sort();
            ensure!(marks == drawn, "lane {letter} has the marks {marks:#?} and the rows {drawn:#?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_the_table_selects_its_mark() {
    on_page("row_selects", "", |page| async move {
        let rows = page.events('B').await?;
        let frame = rows.iter().find(|row| row.what.starts_with("Text frame")).context("no text frame")?;
        let lane = page.lane('B').await?;
        lane.get_like("button", "Request GET /ws").await?.click().await?;
        page.get("region", "Octets").await?.get_like("heading", "Request GET /ws").await?;
        lane.get("button", &frame.what).await?.click().await?;
        page.get("region", "Octets").await?.get("heading", &frame.what).await?;
        let ladder = ladder(&page, 'B').await?;
        becomes("the active mark", Some(frame.what.clone()), || active(&page, &ladder)).await
    })
    .await;
}

async fn ladder(page: &Page, letter: char) -> Result<Place> {
    page.lane(letter).await?.get_like("listbox", &format!("Ladder of Lane {letter}: ")).await
}

/// The name of the mark that `aria-activedescendant` points to.
async fn active(page: &Page, ladder: &Place) -> Result<Option<String>> {
    let Some(id) = ladder.attribute("aria-activedescendant").await? else { return Ok(None) };
    let script = "return document.getElementById(arguments[0])?.getAttribute('aria-label')";
    Ok(page.js_with(script, vec![id.into()]).await?.as_str().map(str::to_owned))
}

const DUMP: &str = "Octets in hexadecimal and as text";
