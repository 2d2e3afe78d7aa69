//! Less motion: the playhead jumps from event to event.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::Page;
use trace::layout::{TimeMap, Viewport};

use super::{on_page, on_screen, predicted};

#[tokio::test(flavor = "multi_thread")]
async fn a_calm_playhead_jumps_from_event_to_event() {
    on_screen("calm", "", Look { calm: true, ..Look::default() }, |page| async move {
        let seen = playheads(&page).await?;
        let trace = predicted();
        let map = TimeMap::of(&trace, Viewport::WIDE.height);
        let steps: Vec<f64> = trace.changes().into_iter().map(|step| map.y(step)).collect();
        ensure!(seen.len() > 2, "in four seconds the playhead was only at {seen:?}");
        for y in &seen[1..] {
            // Heights are written with one decimal.
            let nearest = steps.iter().map(|step| (step - y).abs()).fold(f64::INFINITY, f64::min);
            ensure!(nearest < 0.051, "the playhead stood at {y}, {nearest} from the next event");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn otherwise_it_travels() {
    on_page("travels", "", |page| async move {
        let seen = playheads(&page).await?;
        ensure!(seen.len() > 60, "in four seconds the playhead stood at {} places only", seen.len());
        Ok(())
    })
    .await;
}

/// Where the playhead stands in the frames of four seconds of playing.
async fn playheads(page: &Page) -> Result<Vec<f64>> {
    page.press("Restart").await?;
    let script = "const done = arguments[0], seen = [], begin = performance.now(); \
        const look = () => { \
            const at = document.querySelector('[data-playhead]').getAttribute('transform'); \
            if (seen.at(-1) !== at) seen.push(at); \
            performance.now() - begin < 4000 ? requestAnimationFrame(look) : done(seen); \
        }; look();";
    let seen = page.js_later(script).await?;
    let seen = seen.as_array().context("no frames")?;
    let y = |transform: &serde_json::Value| {
        let inner = transform.as_str()?.strip_prefix("translate(0 ")?.strip_suffix(')')?;
        inner.parse::<f64>().ok()
    };
    seen.iter().map(|it| y(it).with_context(|| format!("the playhead is at {it}"))).collect()
}
