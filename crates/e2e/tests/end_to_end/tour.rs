//! The tour of a first visit: it is offered once, leads by keys alone past everything that it names, covers
//! none of it, and can be taken again.

use std::future::Future;

use anyhow::{Context, Result, ensure};
use e2e::axe;
use e2e::browser::Look;
use e2e::page::{Page, eventually};
use e2e::show::{Show, play};
use e2e::stage::Setting;
use thirtyfour::Key;

#[tokio::test(flavor = "multi_thread")]
async fn it_is_walked_by_keys_and_covers_nothing() {
    for (name, size, dark) in [
        ("tour_laptop", (1440, 900), false),
        ("tour_projector", (1920, 1080), true),
        ("tour_phone", (360, 740), true),
    ] {
        on_stage(name, Look { size, dark, calm: true }, |show| async move {
            show.open("").await?;
            let page = &show.page;
            judge(page, None).await?;
            page.get("button", "Take the tour").await?.focus().await?;
            page.type_keys(Key::Enter + "").await?;
            for (stop, title) in STOPS.iter().enumerate() {
                page.get("heading", title).await?;
                beside(page).await.with_context(|| format!("at “{title}”"))?;
                judge(page, Some(".tour")).await.with_context(|| format!("at “{title}”"))?;
                let onward = if stop + 1 == STOPS.len() { "End the tour" } else { "Next stop" };
                ensure!(page.get("button", onward).await?.has_focus().await?, "“{onward}” has no focus");
                page.type_keys(Key::Enter + "").await?;
            }
            page.gone("dialog", NAME).await?;
            ensure!(page.js(MARKED).await? == 0, "something is marked still");
            ensure!(page.get("button", "Play").await?.has_focus().await?, "the focus is lost");
            page.reload().await?;
            ensure!(!page.has("button", "Take the tour").await?, "it is offered again");
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_none_is_asked_once() {
    on_stage("tour_refused", Look::default(), |show| async move {
        show.open("").await?;
        let page = &show.page;
        // Unanswered, the question waits.
        page.reload().await?;
        page.press("No, thanks").await?;
        page.gone("button", "Take the tour").await?;
        page.reload().await?;
        page.get("button", "Play").await?;
        ensure!(!page.has("button", "Take the tour").await?, "it is offered again");
        // From wherever help is opened it starts in the Lab.
        show.open("view=compare").await?;
        page.press("Help and what this model leaves out").await?;
        page.press("Start the tour").await?;
        page.get("heading", STOPS[0]).await?;
        page.gone("dialog", "Help").await?;
        ensure!(page.get("button", "Next stop").await?.has_focus().await?, "the focus stays behind");
        // What lies over the page is closed first, and only then the tour.
        page.open_knobs().await?;
        page.type_keys(Key::Escape + "").await?;
        page.gone("spinbutton", "Round trip").await?;
        page.get("dialog", NAME).await?;
        page.type_keys(Key::Escape + "").await?;
        page.gone("dialog", NAME).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_not_for_being_shown_round() {
    on_stage("tour_links", Look::default(), |show| async move {
        for link in ["lesson=life&beat=4", "t=1400000", "view=workbench", "lesson=life&beat=4&present"] {
            show.open(link).await?;
            let asked = show.page.has("button", "Take the tour").await?;
            ensure!(!asked && !show.page.has("dialog", NAME).await?, "#{link} is covered");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_goes_on_around_it() {
    on_stage("tour_beside", Look { calm: true, ..Look::default() }, |show| async move {
        show.open("").await?;
        let page = &show.page;
        page.press("Take the tour").await?;
        page.get("heading", STOPS[0]).await?;
        // The player is under nothing, and its keys are its own.
        page.press("Play").await?;
        page.press("Pause").await?;
        page.to_end().await?;
        page.press("Next stop").await?;
        page.press("Next stop").await?;
        page.get("heading", STOPS[2]).await?;
        // Whoever does what it says is told of what comes.
        let ladder = page.lane('B').await?.get_like("listbox", "Ladder of Lane B").await?;
        ladder.focus().await?;
        page.type_keys(Key::Home + "").await?;
        page.type_keys(Key::Down + "").await?;
        page.get("heading", "Every octet of it").await?;
        beside(page).await?;
        ensure!(ladder.has_focus().await?, "the tour takes the focus away");
        page.press("Previous stop").await?;
        page.get("heading", STOPS[1]).await?;
        // Elsewhere there is nothing of what it tells.
        page.get("link", "Workbench").await?.click().await?;
        page.gone("dialog", NAME).await
    })
    .await;
}

/// Waits until what is pointed at lies whole in the window, neither under the panel nor under anything else.
async fn beside(page: &Page) -> Result<()> {
    let found = eventually("the panel beside what it points at", || async {
        Ok((page.js(BESIDE).await?["beside"] == true).then_some(()))
    })
    .await;
    match found {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(page.js(BESIDE).await?.to_string())),
    }
}

/// Asks axe-core about the page, or about it beneath what lies over it.
async fn judge(page: &Page, over: Option<&str>) -> Result<()> {
    // On a machine that cannot have it the accessibility tests say so.
    let Ok(script) = axe::script() else { return Ok(()) };
    match over {
        Some(over) => axe::judge_beneath(page, &script, over).await,
        None => axe::judge(page, &script).await,
    }
}

async fn on_stage<F, A>(name: &'static str, look: Look, act: F)
where
    F: FnOnce(Show) -> A,
    A: Future<Output = Result<()>> + 'static,
{
    play(name, Setting::default(), look, act).await;
}

const NAME: &str = "Tour of the Lab";

const STOPS: [&str; 6] = [
    "Start here",
    "Side by side, on one clock",
    "A message on its way",
    "Another way, another network",
    "Now with real traffic",
    "Where to go on",
];

const MARKED: &str = "return document.querySelectorAll('[data-toured]').length";

/// Boxes of the panel and of all that is marked, and whether they are as they should be: inside the window,
/// apart from each other, and nothing else over the middle or the corners of what is marked.
const BESIDE: &str = "
    const box = it => { const {left, top, right, bottom} = it.getBoundingClientRect(); return {left, top, right, bottom}; };
    const inside = it => it.left >= 0 && it.top >= 0 && it.right <= innerWidth && it.bottom <= innerHeight;
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    const bare = it => {
        const {left, top, right, bottom} = box(it);
        const points = [[.5, .5], [.02, .05], [.98, .05], [.02, .95], [.98, .95]];
        return points.every(([x, y]) => {
            const over = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
            return over && (it.contains(over) || over.contains(it));
        });
    };
    const panel = document.querySelector('.tour'), marked = [...document.querySelectorAll('[data-toured]')];
    const own = box(panel), boxes = marked.map(box);
    const beside = boxes.length > 0 && inside(own) && boxes.every(it => inside(it) && apart(it, own)) && marked.every(bare);
    return {beside, own, boxes, bare: marked.map(bare), window: [innerWidth, innerHeight]};";
