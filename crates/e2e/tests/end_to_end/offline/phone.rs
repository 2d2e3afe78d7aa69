//! A screen 360 pixels wide.

use std::time::Duration;

use anyhow::{Context, ensure};
use e2e::browser::Look;
use serde_json::json;

use super::on_screen;

const PHONE: Look = Look { size: (360, 740), dark: false, calm: false };

#[tokio::test(flavor = "multi_thread")]
async fn nothing_scrolls_sideways() {
    on_screen("phone_width", "", PHONE, |page| async move {
        let wide = "return [document.documentElement.scrollWidth, innerWidth]";
        for step in ["at rest", "with events", "with code", "with octets", "with knobs"] {
            match step {
                "with events" => drop(page.events('A').await?),
                "with code" => page.lane('A').await?.press("Code").await?,
                "with octets" => {
                    let row = page.lane('A').await?.get_like("button", "Request POST").await;
                    match row {
                        Ok(row) => row.click().await?,
                        Err(_) => {
                            page.lane('A')
                                .await?
                                .all("button")
                                .await?
                                .last()
                                .context("no row")?
                                .click()
                                .await?
                        }
                    }
                }
                "with knobs" => page.open_knobs().await?,
                _ => {}
            }
            let seen = page.js(wide).await?;
            let (scroll, inner) = (seen[0].as_u64(), seen[1].as_u64());
            ensure!(inner == Some(360) && scroll <= inner, "{step} the page is {scroll:?} wide on {inner:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_scrolls_sideways_after_a_live_run() {
    on_screen("phone_live", "scenario=echo&messages=2&rtt=20", PHONE, |page| async move {
        let problem = page.run_live(Duration::from_secs(20)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        let seen = page.js("return [document.documentElement.scrollWidth, innerWidth]").await?;
        ensure!(
            seen[0].as_u64() <= Some(360),
            "after a live run the page is {} wide on {}",
            seen[0],
            seen[1]
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_lies_over_the_player() {
    on_screen("phone_player", "", PHONE, |page| async move {
        for y in [0, 400, 900, 100_000] {
            page.js_with("scrollTo(0, arguments[0])", vec![json!(y)]).await?;
            for (role, name) in [
                ("button", "Play"),
                ("button", "Restart"),
                ("button", "Step back"),
                ("button", "Step forward"),
                ("slider", "Time"),
                ("combobox", "Speed"),
            ] {
                let control = page.get(role, name).await?;
                let hit = "const r = arguments[0].getBoundingClientRect(); \
                    const it = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); \
                    return [arguments[0].contains(it), it && it.outerHTML.slice(0, 100), r.x, r.y, r.width, r.height]";
                let seen = control.ask(hit, json!(null)).await?;
                ensure!(seen[0] == true, "scrolled to {y}, something lies over {}: {seen}", control.words());
                let (width, height) = (seen[4].as_f64().unwrap_or(0.0), seen[5].as_f64().unwrap_or(0.0));
                ensure!(width >= 24.0 && height >= 24.0, "{} is only {width} x {height}", control.words());
            }
        }
        page.press("Play").await?;
        page.get("button", "Pause").await.map(drop)
    })
    .await;
}
