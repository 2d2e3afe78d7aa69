//! Pictures for people to look at, in `target/e2e/shots`: at rest, in the middle of playing, and live;
//! wide, on a projector, on a phone; light and dark. It tests only that they can be taken.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::page::becomes;
use e2e::show::{Show, play};
use e2e::stage::Setting;

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
