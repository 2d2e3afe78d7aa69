//! Every view, in both themes, both languages and at two widths: nothing for axe-core to find, nothing
//! scrolls sideways, and nothing is left in English.

use std::io::Write;

use anyhow::{Context, Result, ensure};
use e2e::axe;
use e2e::browser::{Kind, Look};
use e2e::page::becomes;
use e2e::show::{Show, play};
use e2e::stage::Setting;
use e2e::views::VIEWS;

#[tokio::test(flavor = "multi_thread")]
async fn on_a_laptop() {
    for dark in [false, true] {
        check("everywhere_laptop", Look { dark, ..Look::default() }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    for dark in [false, true] {
        check("everywhere_phone", Look { dark, size: (360, 740), ..Look::default() }).await;
    }
}

async fn check(name: &'static str, look: Look) {
    let script = axe::script();
    if let Err(why) = &script {
        // Past the test harness, which keeps what a passing test prints to itself.
        let _ = writeln!(std::io::stderr(), "{name}: axe-core is not to be had: {why:#}");
    }
    play(name, Setting::default(), look, |show| async move {
        let mut found = Vec::new();
        for language in languages(look)? {
            show.open("").await?;
            show.page.js(&format!("localStorage.setItem('duplex-language', '{language}')")).await?;
            for view in VIEWS {
                if let Err(flaw) = one(&show, view, language, script.as_deref().ok()).await {
                    found.push(format!("#{view} in {language}: {flaw:#}"));
                }
            }
        }
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
    .await;
}

/// What axe-core finds is in markup and colours, which the browsers have from one source: Chromium sees all of it,
/// Firefox each view in each theme, in each language and at each width.
fn languages(look: Look) -> Result<&'static [&'static str]> {
    let other = look.dark != (look.size != Look::default().size);
    Ok(match (Kind::wanted()?, other) {
        (Kind::Chromium, _) => &["en", "zh-Hans"],
        (Kind::Firefox, false) => &["en"],
        (Kind::Firefox, true) => &["zh-Hans"],
    })
}

async fn one(show: &Show, view: &str, language: &str, axe: Option<&str>) -> Result<()> {
    show.open(view).await?;
    unfold(show).await?;
    let spoken = show.page.js("return document.documentElement.lang").await?;
    ensure!(spoken == language, "it speaks {spoken}");
    let wide = show.page.js("return document.documentElement.scrollWidth - innerWidth").await?;
    ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "it scrolls sideways by {wide}");
    if language != "en" {
        let left = show.page.js(LEFT).await?;
        let left: Vec<&str> =
            left.as_array().context("a list")?.iter().filter_map(|it| it.as_str()).collect();
        let left: Vec<&&str> = left.iter().filter(|it| !SAME.contains(it)).collect();
        ensure!(left.is_empty(), "still in English: {left:?}");
    }
    match axe {
        Some(axe) => axe::judge(&show.page, axe).await,
        None => Ok(()),
    }
}

/// Has everything drawn that comes only when it is opened: what stands in panels, and the tables of events.
async fn unfold(show: &Show) -> Result<()> {
    show.page.js(UNFOLD).await?;
    becomes("what stands in panels and tables", true.into(), || show.page.js(UNFOLDED)).await?;
    show.page.js(FOLD).await.map(drop)
}

/// Opens all that opens. One panel closes another.
const UNFOLD: &str = "
    for (const panel of document.querySelectorAll('[popover]')) { panel.showPopover(); panel.hidePopover(); }
    for (const fold of document.querySelectorAll('details.events')) fold.open = true;";

/// Whether all of it has something in it.
const UNFOLDED: &str = "
    return [...document.querySelectorAll('[popover], details.events')].every(it => it.querySelector('dl, label, td, p'));";

/// As it was.
const FOLD: &str = "
    for (const fold of document.querySelectorAll('details.events')) fold.open = false;";

/// Two words of Latin letters side by side where no character is Chinese, in what is read or named.
const LEFT: &str = "
    const words = /[A-Za-z]{2,} [a-z]{2,}/, chinese = /[\\u4e00-\\u9fff]/, left = new Set();
    const look = text => { if (words.test(text) && !chinese.test(text)) left.add(text.trim()); };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const own = walker.currentNode.parentElement;
        if (!own.closest('code, pre, kbd, script, .dump, .mono, [lang=en]')) look(walker.currentNode.textContent);
    }
    for (const own of document.querySelectorAll('[aria-label]')) look(own.getAttribute('aria-label'));
    return [...left];";

/// What is the same in every language: names of events and of standards.
const SAME: &[&str] = &["close 1006, wasClean false", "WHATWG WebSockets, Feedback from the protocol"];
