//! The comparison: a cell opens the run behind it, a knob turns the chart, the chooser answers.

use anyhow::ensure;
use e2e::browser::Look;
use e2e::page::{becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use trace::compare::chooser::{Answers, Who, choose};
use trace::compare::table::table;
use trace::scenario::{Scenario, Transport};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_compared_can_be_opened() {
    play("compare", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("view=compare").await?;
        let table = table(&Scenario::default());
        let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
        let shown = page.js("return document.querySelectorAll('.usual tr:not(.exact) td a').length").await?;
        ensure!(shown.as_u64() == Some(cells as u64) && table.transports.len() == Transport::ALL.len());

        page.choose("Turn", "Round trip").await?;
        page.choose("Read off", "Age when heard, 95 of 100").await?;
        page.get("columnheader", "Round trip").await?;

        page.choose("Who has something to say?", "Only the client asks, the server answers").await?;
        page.press("Run it on every transport").await?;
        let answer = || async {
            Ok(page
                .names_or_texts("status")
                .await?
                .join(" ")
                .contains("Take HTTP/1.1, persistent")
                .then_some(()))
        };
        eventually("a recommendation", answer).await?;

        // What it recommends opens in the Lab without a word of complaint, and the answers are there again.
        let given = Answers { who: Who::Client, ..Answers::default() };
        let advice = choose(&Scenario::default(), given);
        let names: Vec<&str> = advice.pair().into_iter().map(Transport::name).collect();
        let opens = format!("Open {} side by side in the Lab", names.join(" and "));
        page.get("link", &opens).await?;
        page.get("link", &opens).await?.click().await?;
        becomes("the link", advice.link().write(), || page.fragment()).await?;
        ensure!(!page.has("button", "Dismiss").await?, "the Lab complains about the chooser's link");
        page.js("history.back()").await?;
        page.get("link", &opens).await?;

        // The first cell opens the run and the event that it was counted in.
        page.js("document.querySelector('.usual tr:not(.exact) td a').click()").await?;
        becomes("the lanes", 2, || async { Ok(page.lanes().await?.len()) }).await?;
        let link = table.rows[0].cells[0].link.trim_start_matches('#').to_owned();
        becomes("the link", link, || page.fragment()).await?;

        page.press("Add a lane").await?;
        becomes("the lanes", 3, || async { Ok(page.lanes().await?.len()) }).await?;
        page.press("Remove lane C").await?;
        becomes("the lanes", 2, || async { Ok(page.lanes().await?.len()) }).await
    })
    .await;
}
