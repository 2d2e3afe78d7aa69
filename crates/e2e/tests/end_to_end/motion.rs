//! Less motion: nothing is animated anywhere, and what is told is the same.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_animated() {
    on_page("calm_everywhere", true, |page| async move {
        for view in VIEWS {
            page.js(&format!("location.hash = '{view}'")).await?;
            page.reload().await?;
            if page.has("button", "Play").await? {
                page.press("Play").await?;
            }
            let seen = page.js_later(ANIMATED).await?;
            ensure!(seen.as_array().is_some_and(Vec::is_empty), "in #{view} these move: {seen}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_the_same() {
    let (lively, calm) = (told_of_a_run(false).await, told_of_a_run(true).await);
    assert!(lively.len() > 10, "{lively:?}");
    assert_eq!(lively, calm);
}

/// The captions of the default run, event by event.
async fn told_of_a_run(calm: bool) -> Vec<String> {
    let (tell, hear) = std::sync::mpsc::channel();
    on_page("captions", calm, move |page| async move {
        page.js("document.querySelector('[data-time]').focus()").await?;
        page.type_keys(thirtyfour::Key::Home + "").await?;
        for _ in 0..30 {
            let caption = page.js("return document.querySelector('.caption').textContent").await?;
            tell.send(caption.as_str().context("no caption")?.to_owned())?;
            page.press("Step forward").await?;
        }
        Ok(())
    })
    .await;
    hear.into_iter().collect()
}

async fn on_page<F, A>(name: &'static str, calm: bool, act: F)
where
    F: FnOnce(Page) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    play(name, Setting::default(), Look { calm, ..Look::default() }, move |show| async move {
        show.open("").await?;
        act(show.page).await
    })
    .await;
}

const VIEWS: &[&str] = &[
    "",
    "lesson=life&beat=4",
    "lesson=tcp&beat=4&present",
    "view=lessons",
    "card=keep-alive",
    "view=workbench",
    "view=compare",
    "teach",
];

/// What is animated or in transition in any frame of half a second.
const ANIMATED: &str = "
    const done = arguments[0], seen = new Set(), begin = performance.now();
    const look = () => {
        for (const it of document.getAnimations()) {
            if (it.playState === 'running') seen.add(it.effect?.target?.className || String(it.effect?.target));
        }
        performance.now() - begin < 500 ? requestAnimationFrame(look) : done([...seen]);
    };
    look();";
