//! What is left of the page when it is enlarged: at 400 % it is 320 pixels wide and 256 high (WCAG 1.4.10), and
//! whoever has chosen type of twice the size gets it (WCAG 1.4.4).

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::focus::round;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::Setting;
use e2e::views::VIEWS;
use serde_json::json;

/// 1280 by 1024 at 400 %.
const ENLARGED: (u32, u32) = (320, 256);

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_at_four_times_the_size() {
    check("zoom_enlarged", ENLARGED, async |page| {
        none(page, "scrolls sideways", SIDEWAYS, SCROLLS).await?;
        none(page, "takes more than half of the window", STUCK, &[]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_stays_in_sight_at_four_times_the_size() {
    check("zoom_focus", ENLARGED, async |page| {
        page.blur().await?;
        round(page).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_off_with_type_of_twice_the_size() {
    check("zoom_type", (1280, 1024), async |page| {
        none(page, "does not grow", GROWN, ELSEWHERE).await?;
        none(page, "scrolls sideways", SIDEWAYS, SCROLLS).await?;
        none(page, "is cut off", CUT, SHORT).await
    })
    .await;
}

/// Opens every view at this size and asks `judge` about it.
async fn check(name: &'static str, size: (u32, u32), judge: impl AsyncFn(&Page) -> Result<()> + 'static) {
    play(name, Setting::default(), Look { size, ..Look::default() }, move |show| async move {
        let mut found = Vec::new();
        for view in VIEWS {
            show.open(view).await?;
            if let Err(flaw) = judge(&show.page).await {
                found.push(format!("#{view}: {flaw:#}"));
            }
        }
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
    .await;
}

/// Asks a script for elements that are not as they should be; it gets the selectors of those that may be so.
async fn none(page: &Page, fault: &str, script: &str, meant: &[&str]) -> Result<()> {
    let found = page.js_with(&format!("{NAME}{script}"), vec![json!(meant.join(","))]).await?;
    let found = found.as_array().context("a list")?;
    ensure!(found.is_empty(), "{fault}: {}", json!(found));
    Ok(())
}

/// What scrolls sideways by itself because two dimensions are its meaning: tables, code and dumps.
const SCROLLS: &[&str] = &[".scroll", "pre", "textarea", ".dump-box"];

/// Type for a wall is a share of it, and type for paper is as large as on paper.
const ELSEWHERE: &[&str] = &[".presented *", ".join *", ".sheet *"];

/// What is shortened because the whole stands beside it as soon as it is chosen.
const SHORT: &[&str] = &[".fields .field"];

/// A name for an element that tells which one it is.
const NAME: &str = "
    const name = it => `${it.tagName.toLowerCase()}.${it.getAttribute('class') ?? ''} “${it.textContent.trim().slice(0, 30)}”`;
    const meant = it => arguments[0] && it.matches(arguments[0]);
";

/// Text whose size is not the visitor's: twice what they had is at least half as large again where type is large
/// already. Text in pictures is as large as they are.
const GROWN: &str = "
    const own = it => [...it.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
    const texts = [...document.querySelectorAll('body *:not(svg, svg *)')].filter(it => it.checkVisibility() && own(it));
    const size = it => parseFloat(getComputedStyle(it).fontSize), before = texts.map(size);
    document.documentElement.style.fontSize = '200%';
    return texts.filter((it, at) => size(it) < 1.5 * before[at] && !meant(it)).map(name);";

/// The page as a whole, or a part of it that has more than it shows.
const SIDEWAYS: &str = "
    const wider = it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1;
    const scrolls = it => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX);
    const parts = [...document.querySelectorAll('body *')].filter(it => it.checkVisibility() && scrolls(it));
    const found = parts.filter(it => wider(it) && !meant(it)).map(name);
    if (document.documentElement.scrollWidth > innerWidth) {
        const out = [...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right > innerWidth + 1);
        found.push(`the page, by ${document.documentElement.scrollWidth - innerWidth}: ${out.slice(0, 8).map(name)}`);
    }
    return found;";

/// Parts that stay where they are while the page moves under them.
const STUCK: &str = "
    const stays = it => ['sticky', 'fixed'].includes(getComputedStyle(it).position)
        && getComputedStyle(it).bottom + getComputedStyle(it).top !== 'autoauto';
    return [...document.querySelectorAll('body *')]
        .filter(it => it.checkVisibility() && stays(it) && it.getBoundingClientRect().height > innerHeight / 2)
        .map(it => `${name(it)}, ${it.getBoundingClientRect().height} pixels`);";

/// Text in a part that hides what it has no room for; not what is there to be heard alone.
const CUT: &str = "
    const hides = it => ['hidden', 'clip'].includes(getComputedStyle(it).overflowX) || getComputedStyle(it).overflowY === 'hidden';
    const more = it => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1;
    return [...document.querySelectorAll('body *:not(svg, svg *)')]
        .filter(it => it.checkVisibility() && it.textContent.trim() && it.clientWidth > 1)
        .filter(it => hides(it) && more(it) && !meant(it)).map(name);";
