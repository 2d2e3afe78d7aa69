//! The stage within another page: nothing but lanes, player and the way to the whole; and the code that another page
//! needs for it.

use anyhow::{Context, Result, ensure};
use e2e::axe;
use e2e::browser::Look;
use e2e::page::{Page, eventually};
use e2e::show::{Show, play};
use e2e::site::{Files, Site};
use e2e::stage::Setting;
use serde_json::json;
use thirtyfour::Key;

const FRAME: &str = "scenario=echo&t=200000";

#[tokio::test(flavor = "multi_thread")]
async fn the_stage_alone() {
    play("embed", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let script = axe::script()?;
        for (size, dark) in [((600, 400), false), ((360, 740), true), ((1440, 900), false)] {
            page.look(Look { size, dark, ..Look::default() }).await?;
            open(&show).await?;
            ensure!(
                page.js("return document.activeElement === document.body").await? == true,
                "it takes the focus"
            );
            for role in ["navigation", "radiogroup", "textbox"] {
                ensure!(page.names(role).await?.is_empty(), "it has a {role}");
            }
            let wide = page.js("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(wide.as_i64() <= Some(0), "at {size:?} it is {wide} pixels too wide");
            axe::judge(page, &script).await.with_context(|| format!("at {size:?}"))?;
        }
        stands_at(page, 200_000).await?;
        page.get("button", "Play").await?.focus().await?;
        page.type_keys(" ").await?;
        page.get("button", "Pause").await?;
        page.type_keys(Key::Space + "").await?;
        let link = page.get("link", "Open this run in Duplex").await?.attribute("href").await?;
        let link = link.context("it leads nowhere")?;
        ensure!(link.starts_with("./#") && link.contains("scenario=echo"), "{link}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_page_shows_it() {
    play("embed_code", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open(FRAME).await?;
        page.js(
            "Object.defineProperty(navigator, 'clipboard', { configurable: true,
                value: { writeText: text => { window.copied = text; return Promise.resolve(); } } });",
        )
        .await?;
        page.open_knobs().await?;
        page.press("Copy embed code").await?;
        let code = eventually("the code", || async {
            Ok(page.js("return window.copied ?? null").await?.as_str().map(str::to_owned))
        })
        .await?;
        let notes = format!("<!doctype html><title>Notes</title><link rel=icon href=\"data:,\"><h1>Notes</h1>{code}");
        let site = Site::open(Files::read()?.with("notes.html", notes)).await?;
        page.visit(&format!("{}notes.html", site.url())).await?;
        page.into_frame().await?;
        let read = "return [document.querySelectorAll('.embed .lane').length, document.querySelector('input.time').value]";
        let shown = page.js(read).await?;
        ensure!(shown == json!([2, "200000"]), "it shows {shown}");
        Ok(())
    })
    .await;
}

async fn open(show: &Show) -> Result<()> {
    show.page.open(&format!("{}?embed#{FRAME}", show.url)).await
}

async fn stands_at(page: &Page, micros: u64) -> Result<()> {
    let time = page.get("slider", "Time").await?.property("value").await?;
    ensure!(time == micros.to_string().as_str(), "it stands at {time}");
    page.get("button", "Play").await.map(drop)
}
