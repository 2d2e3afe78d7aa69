//! Pictures for people to look at, in `target/e2e/shots`: at rest, in the middle of playing, and live;
//! wide, on a projector, on a phone; light and dark. Of them it tests only that they can be taken; what
//! nobody should have to look for is tested by itself: the ruler stands on the lanes' grid, and on a phone
//! the player's controls stand in two rows.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::becomes;
use e2e::show::{Show, play};
use e2e::stage::Setting;
use serde_json::Value;

const SIZES: [(u32, u32); 3] = [(1440, 900), (1920, 1080), (360, 740)];

#[tokio::test(flavor = "multi_thread")]
async fn shots() {
    play("shots", Setting::default(), Look::default(), |show| async move {
        show.open("").await?;
        everywhere(&show, "rest").await?;
        show.open("t=1400000").await?;
        becomes("the time", 1_400, || show.page.moment()).await?;
        everywhere(&show, "mid-play").await?;
        show.open("view=workbench&tool=build&deflate=1&fragment=4&payload=Hello+Hello").await?;
        everywhere(&show, "built").await?;
        show.open("view=workbench&tool=break&case=utf8-split").await?;
        everywhere(&show, "broken").await?;
        for (name, link) in [
            ("lesson", "view=lessons&lesson=who-first&beat=3"),
            ("compare", "view=compare"),
            ("four", "lanes=sse.long.deflate.websocket&scenario=ticker"),
            ("lossy", "tls=1.3&loss=300&messages=10"),
        ] {
            show.open(link).await?;
            everywhere(&show, name).await?;
        }
        show.open("").await?;
        let problem = show.page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        show.page.to_end().await?;
        everywhere(&show, "live").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ruler_stands_on_the_grid() {
    play("ruler", Setting::default(), Look::default(), |show| async move {
        for size in [(1000, 800), (1440, 900), (1920, 1080), (2560, 1440)] {
            show.page.look(Look { size, ..Look::default() }).await?;
            for link in [
                "",
                "lanes=websocket",
                "view=lessons&lesson=cost&beat=8",
                "view=lessons&lesson=request&beat=3",
                "scenario=idle&lanes=long.websocket&hold=60000",
            ] {
                show.open(link).await?;
                let apart = show.page.js(OFF_THE_GRID).await?;
                let apart = apart.as_f64().filter(|apart| *apart < 3.0);
                ensure!(apart.is_some(), "{link:?} at {size:?}: a time stands beside its line: {apart:?}");
            }
        }
        Ok(())
    })
    .await;
}

/// How far the middle of a time on the ruler is at most from the nearest line of the first lane's grid, in
/// pixels; nothing without a time.
const OFF_THE_GRID: &str = "
    const middle = shape => { const box = shape.getBoundingClientRect(); return (box.top + box.bottom) / 2; };
    const lines = [...document.querySelector('.overlay').querySelectorAll('.grid')].map(middle);
    const times = [...document.querySelectorAll('.ruler text:not(.stretch, .silent)')].map(middle);
    const off = times.map(at => Math.min(...lines.map(line => Math.abs(line - at))));
    return off.length ? Math.max(...off) : null;";

#[tokio::test(flavor = "multi_thread")]
async fn the_player_has_two_rows_on_a_phone() {
    play(
        "player_on_a_phone",
        Setting::default(),
        Look { size: (360, 740), ..Look::default() },
        |show| async move {
            for link in ["", "scenario=idle", "view=lessons&lesson=cost&beat=8"] {
                show.open(link).await?;
                let rows = show.page.js(ROWS).await?;
                ensure!(rows == 2, "{link:?}: the player's controls stand in {rows} rows");
            }
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_help_begins_with_its_first_line() {
    play("help", Setting::default(), Look::default(), |show| async move {
        for size in [(360, 740), (1000, 600), (1440, 900), (1920, 1080)] {
            show.page.look(Look { size, ..Look::default() }).await?;
            show.open("").await?;
            show.page.press("Help and what this model leaves out").await?;
            let filled = || async { show.page.js("return !!document.querySelector('#help h2')").await };
            becomes("what is in the help", Value::from(true), filled).await?;
            let inside = show.page.js(HELP_INSIDE).await?;
            ensure!(inside == true, "at {size:?} a part of the help cannot be reached");
            show.page.js("document.getElementById('help').hidePopover()").await?;
        }
        for view in ["", "view=workbench&tool=paste", "view=lessons&lesson=key"] {
            show.open(view).await?;
            for open in [true, false] {
                show.page.type_keys("?").await?;
                let helps = || async { show.page.js(HELP_IS_OPEN).await };
                becomes("whether help is open", Value::from(open), helps).await.context(view)?;
            }
        }
        Ok(())
    })
    .await;
}

const HELP_IS_OPEN: &str = "return document.getElementById('help').matches(':popover-open')";

/// Whether the panel lies inside the window and shows its first heading, or scrolls down from there, not
/// sideways.
const HELP_INSIDE: &str = "
    const help = document.getElementById('help');
    const [box, first] = [help, help.querySelector('h2')].map(it => it.getBoundingClientRect());
    return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
        && help.scrollWidth <= help.clientWidth && first.height > 0 && first.top >= box.top;";

/// In how many rows the player's controls stand: those whose middles are close share one.
const ROWS: &str = "
    const shown = [...document.querySelector('.player').children].map(it => it.getBoundingClientRect());
    const middles = shown.filter(box => box.height > 0).map(box => (box.top + box.bottom) / 2).sort((a, b) => a - b);
    return middles.filter((at, n) => n == 0 || at - middles[n - 1] > 8).length;";

async fn everywhere(show: &Show, moment: &str) -> Result<()> {
    for size in SIZES {
        for dark in [false, true] {
            show.page.look(Look { size, dark, calm: false }).await?;
            show.page.js("document.activeElement?.blur(); scrollTo(0, 0)").await?;
            show.page.point_nowhere().await?;
            // Two frames, so that the page has been laid out anew.
            show.page
                .js_later(
                    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))",
                )
                .await?;
            let colours = if dark { "dark" } else { "light" };
            show.page.picture(&format!("shots/{moment}-{}x{}-{colours}", size.0, size.1)).await?;
        }
    }
    Ok(())
}
