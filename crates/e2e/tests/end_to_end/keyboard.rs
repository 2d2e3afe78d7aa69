//! The keyboard alone: through a lesson, the Lab and the Workbench, and out of every view again.

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Look;
use e2e::focus::{FOCUS, round};
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use serde_json::json;
use thirtyfour::Key;

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_from_its_list_to_its_end() {
    on_page("keys_lesson", "", |page| async move {
        tab_to(&page, "Lessons").await?;
        page.type_keys(Key::Enter + "").await?;
        tab_to(&page, "Start: A WebSocket’s life in six steps").await?;
        page.type_keys(Key::Enter + "").await?;
        let ideas =
            ["TCP connects", "A request asks to switch", "The server agrees", "Either side may speak"];
        for idea in ideas {
            page.get("heading", idea).await?;
            tab_to(&page, "Next").await?;
            page.type_keys(Key::Enter + "").await?;
        }
        // A task, done by the keys: the frame that you sent is chosen in the ladder.
        page.get("heading", "Messages travel in frames").await?;
        tab_to(&page, "Ladder of Lane A: WebSocket: arrow keys move from mark to mark").await?;
        for _ in 0..40 {
            if page.js("return !!document.querySelector('.task.done')").await? == true {
                break;
            }
            page.type_keys(Key::Up + "").await?;
        }
        page.get("heading", "Text frame, 12 octets, carries “Hi Ben”").await?;
        ensure!(page.js("return !!document.querySelector('.task.done')").await? == true, "it is not done");
        tab_to(&page, "Next").await?;
        page.type_keys(Key::Enter + "").await?;
        tab_to(&page, "Done").await?;
        page.type_keys(Key::Enter + "").await?;
        page.get("heading", "Lessons").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lab_is_played_changed_and_read() {
    on_page("keys_lab", "", |page| async move {
        tab_to(&page, "Play").await?;
        page.type_keys(Key::Enter + "").await?;
        page.get("button", "Pause").await?;
        page.type_keys(Key::Enter + "").await?;
        page.get("button", "Play").await?;
        // By a control that uses the arrow keys itself.
        tab_to(&page, "Time").await?;
        page.type_keys(Key::Home + "").await?;
        becomes("the playhead at zero", json!("0"), || async { page.js(TIME).await }).await?;
        tab_to(&page, "Scenario and network: 100 ms round trip · 10 Mbit/s · no loss, no TLS").await?;
        page.type_keys(Key::Enter + "").await?;
        tab_to(&page, "Round trip").await?;
        write(&page, "40").await?;
        page.type_keys(Key::Enter + "").await?;
        page.type_keys(Key::Escape + "").await?;
        eventually("the link to say so", || async {
            Ok(page.fragment().await?.contains("rtt=40").then_some(()))
        })
        .await?;
        tab_to(&page, "Ladder of Lane B: WebSocket: arrow keys move from mark to mark").await?;
        page.type_keys(Key::Home + "").await?;
        page.type_keys(Key::Down + "").await?;
        let title =
            || async { page.js("return document.querySelector('section.octets h2')?.textContent").await };
        eventually("a mark to be explained", || async {
            Ok(title().await?.as_str().is_some_and(|title| !title.is_empty()).then_some(()))
        })
        .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_is_made_on_the_workbench() {
    on_page("keys_bench", "", |page| async move {
        tab_to(&page, "Workbench").await?;
        page.type_keys(Key::Enter + "").await?;
        tab_to(&page, "Payload").await?;
        write(&page, "By keys").await?;
        tab_to(&page, "Masked").await?;
        let masked = || async { page.js("return document.activeElement.checked").await };
        let before = masked().await?;
        page.type_keys(" ").await?;
        becomes("the other choice", json!(before != true), masked).await?;
        page.get_like("heading", "Text frame, “By keys”").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_stop_leads_past_what_every_view_has() {
    let views = [
        ("", "Skip to the player", ".play"),
        ("t=1400000&event=7", "Skip to the player", ".play"),
        ("present=forty", "Skip to the player", ".play"),
        ("lesson=life&beat=4", "Skip to the content", "main"),
        ("view=lessons", "Skip to the content", "main"),
        ("view=workbench", "Skip to the content", "main"),
        ("view=compare", "Skip to the content", "main"),
        ("teach", "Skip to the content", "main"),
    ];
    on_page("keys_skip", "", move |page| async move {
        for (view, skip, place) in views {
            page.js(&format!("location.hash = '{view}'")).await?;
            page.reload().await?;
            let address = page.fragment().await?;
            page.type_keys(Key::Tab + "").await?;
            let first = page.js(&format!("{FOCUS} return now.name;")).await?;
            ensure!(first == skip, "#{view} begins with {first}");
            page.type_keys(Key::Enter + "").await?;
            let there = page.js(&format!("return document.activeElement.matches('{place}')")).await?;
            ensure!(there == true, "#{view}: it does not lead to {place}");
            page.type_keys(Key::Tab + "").await?;
            let on =
                page.js("return document.activeElement.closest('main') && document.activeElement.tagName");
            let on = on.await?;
            ensure!(on.is_string() && on != "MAIN", "#{view}: Tab leads on to {on}");
            ensure!(page.fragment().await? == address, "#{view} became #{}", page.fragment().await?);
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_view_is_a_trap() {
    let views = [
        "",
        "lesson=life&beat=4",
        "view=lessons",
        "card=keep-alive",
        "view=workbench",
        "view=compare",
        "teach",
        "lesson=life&beat=4&present",
    ];
    play("keys_out", Setting::default(), Look::default(), move |show| async move {
        for view in views {
            // Anew each time: Tab has led into the browser's own bars, and from there it may not lead back.
            show.open(view).await?;
            show.page.blur().await?;
            round(&show.page).await.with_context(|| format!("in #{view}"))?;
        }
        Ok(())
    })
    .await;
}

/// Writes into the field that has the focus, instead of the little that it holds.
async fn write(page: &Page, text: &str) -> Result<()> {
    page.type_keys(Key::End + "").await?;
    for _ in 0..12 {
        page.type_keys(Key::Backspace + "").await?;
    }
    page.type_keys(text).await
}

/// By the Tab key, or with Shift where it lies behind: round the end leads through the browser's own bars.
async fn tab_to(page: &Page, name: &str) -> Result<()> {
    let mut seen = Vec::new();
    for _ in 0..200 {
        let now = page
            .js(&format!("{FOCUS} return [now, all.findIndex(it => named(it) === wanted)];")
                .replace("wanted", &json!(name).to_string()))
            .await?;
        let (now, wanted) = (&now[0], now[1].as_i64());
        if now["name"] == name {
            return Ok(());
        }
        seen.push(now["name"].as_str().unwrap_or_default().to_owned());
        let back = wanted.zip(now["place"].as_i64()).is_some_and(|(wanted, now)| wanted < now);
        match back {
            true => page.press_with(Key::Shift, Key::Tab).await?,
            false => page.type_keys(Key::Tab + "").await?,
        }
    }
    seen.dedup();
    bail!("the Tab key does not lead to “{name}”, but to {seen:?}")
}

async fn on_page<F, A>(name: &'static str, fragment: &'static str, act: F)
where
    F: FnOnce(Page) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    play(name, Setting::default(), Look::default(), move |show| async move {
        show.open(fragment).await?;
        act(show.page).await
    })
    .await;
}

const TIME: &str = "return document.querySelector('[data-time]').value";
