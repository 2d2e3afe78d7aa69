//! Colours, and what a strict content security policy asks for.

use anyhow::ensure;
use e2e::browser::Look;
use e2e::page::becomes;

use crate::{on_page, on_screen};

#[tokio::test(flavor = "multi_thread")]
async fn the_theme_switches_and_stays() {
    on_page("theme", "", |page| async move {
        let paper = || async { page.js("return getComputedStyle(document.body).backgroundColor").await };
        let system = paper().await?;
        page.press("Theme: system").await?;
        page.get("button", "Theme: light").await?;
        becomes("the light paper", system.clone(), paper).await?;
        page.press("Theme: light").await?;
        page.get("button", "Theme: dark").await?;
        let dark = paper().await?;
        ensure!(dark != system, "dark and light are both {dark}");
        page.reload().await?;
        page.get("button", "Theme: dark").await?;
        becomes("the paper after a reload", dark, paper).await?;
        page.press("Theme: dark").await?;
        page.get("button", "Theme: system").await?;
        becomes("the system's paper", system, paper).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dark_system_gets_a_dark_page() {
    on_screen("dark_system", "", Look { dark: true, ..Look::default() }, |page| async move {
        let script = "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number); return r + g + b";
        let light = page.js(script).await?.as_u64().unwrap_or(u64::MAX);
        ensure!(light < 3 * 80, "the page's paper adds up to {light} on a dark system");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_element_has_a_style_attribute() {
    on_page("no_style", "lanes=persistent.close.polling.websocket", |page| async move {
        page.open_knobs().await?;
        page.events('A').await?;
        page.lane('A').await?.press("Code").await?;
        page.choose("Speed", "Real time").await?;
        page.press("Play").await?;
        page.rest().await?;
        let styled = page
            .js("return [...document.querySelectorAll('[style]')].map(it => it.outerHTML.slice(0, 120))")
            .await?;
        ensure!(styled == serde_json::json!([]), "these have a style attribute: {styled:#}");
        Ok(())
    })
    .await;
}
