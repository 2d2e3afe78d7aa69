//! The page on a static host, below a path: every view without a request elsewhere or a breach of its policy,
//! then without a network, then as another version; and live runs that no service worker stands in front of.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::files::fixture;
use e2e::page::{Page, becomes, eventually, within};
use e2e::show::{Show, play};
use e2e::site::{Files, NEXT_STYLE, Site};
use e2e::stage::Setting;
use e2e::views::VIEWS;

#[tokio::test(flavor = "multi_thread")]
async fn every_view_keeps_to_its_folder() {
    play("hosted_views", Setting::default(), Look::default(), |show| async move {
        let (page, site) = (&show.page, Site::open(Files::read()?).await?);
        for language in ["English", "简体中文"] {
            page.open(&site.url()).await?;
            choose_language(page, language).await?;
            for view in VIEWS {
                page.open(&format!("{}#{view}", site.url())).await?;
                // Whoever leaves sooner breaks off what the page still asks for, and Firefox calls that an error.
                eventually("the parts of this view", || async {
                    let waits = "return document.querySelector('.fetching')?.childElementCount > 0";
                    Ok((page.js(waits).await? == false).then_some(()))
                })
                .await?;
                let elsewhere = page.js_with(ELSEWHERE, vec![site.url().into()]).await?;
                ensure!(elsewhere == serde_json::json!([]), "#{view} asks elsewhere: {elsewhere}");
            }
        }
        kept(page).await?;
        site.in_order()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_without_a_network() {
    let setting = Setting { failures: true, ..Setting::default() };
    play("hosted_offline", setting, Look::default(), |show| async move {
        let page = &show.page;
        let mut site = Site::open(Files::read()?).await?;
        page.open(&site.url()).await?;
        kept(page).await?;
        site.in_order()?;
        site.close().await;

        reload(page).await?;
        page.choose("Speed", "Real time").await?;
        page.press("Restart").await?;
        page.rest().await?;
        for view in VIEWS {
            page.open(&format!("{}#{view}", site.url())).await?;
        }
        page.open(&format!("{}index.html?from=mail#lesson=frame&beat=3", site.url())).await?;
        page.open(&site.url()).await?;
        choose_language(page, "简体中文").await?;
        choose_language(page, "English").await?;

        // Files go in and out.
        page.choose_file(&fixture("chrome.har")).await?;
        told(page, "From the file chrome.har").await?;
        save(page, "JSON").await?;
        told(page, "Saved as duplex-file-").await?;
        page.open(&site.url()).await?;

        // There is a companion, but no way past the worker: the run says so.
        companion(&show).await?;
        let problem = page.run_live(PATIENCE).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        ensure!(tells_of_a_worker(page).await?, "nothing is said of the worker that stood between");
        show.stage.lock().await.kill();
        let problem = page.run_live(PATIENCE).await?.context("nobody answers, and nothing is said")?;
        ensure!(problem.contains("Nothing answers at") && problem.contains("cargo xtask serve"), "{problem}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_come_is_told() {
    let setting = Setting { refusals: true, ..Setting::default() };
    play("hosted_in_part", setting, Look::default(), |show| async move {
        let page = &show.page;
        let files = Files::read()?;
        let (part, worker) =
            ("This part of the page could not be fetched", "reads and writes files could not be loaded");
        let site = Site::open(files.without("part-")?).await?;
        page.open(&format!("{}#t=1400000", site.url())).await?;
        page.events('B').await?;
        page.lane('B').await?.get_like("button", "Request GET /ws").await?.click().await?;
        told(page, part).await?;
        site.publish(files.without("porter")?);
        page.open(&site.url()).await?;
        page.choose_file(&fixture("chrome.har")).await?;
        told(page, worker).await?;
        save(page, "JSON").await?;
        told(page, worker).await?;
        // Once everything is there, nothing has to be opened again.
        site.publish(files);
        save(page, "JSON").await?;
        told(page, "Saved as duplex-").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn live_requests_go_past_the_worker() {
    play("hosted_live", Setting::default(), Look::default(), |show| async move {
        let (page, site) = (&show.page, Site::open(Files::read()?).await?);
        for lanes in ["persistent.websocket", "sse.long"] {
            page.open(&format!("{}#lanes={lanes}", site.url())).await?;
            kept(page).await?;
            companion(&show).await?;
            let problem = page.run_live(PATIENCE).await?;
            ensure!(problem.is_none(), "{lanes}: the page says: {problem:?}");
            ensure!(!tells_of_a_worker(page).await?, "{lanes}: a worker is said to have stood between");
            // The page is under its worker, and nothing of the run was asked for from there; where it was, no
            // worker wakes.
            let host = show.stage.lock().await.host();
            let host = host.split(':').next().unwrap_or_default().to_owned();
            let seen = page.js_with(ASKED, vec![host.into(), site.url().into()]).await?;
            let count = |name: &str| seen[name].as_u64().context("no number");
            ensure!(count("page")? == 0 && count("frame")? > 8, "{lanes}: {seen}");
            ensure!(count("workers")? == 0 && seen["idle"] == true, "{lanes}: {seen}");
        }
        site.in_order()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_comes_whole_or_not_at_all() {
    play("hosted_update", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let files = Files::read()?;
        let site = Site::open(files.clone()).await?;
        page.open(&site.url()).await?;
        kept(page).await?;
        site.publish(files.next()?);

        // Whoever has the page open keeps all of it, also what comes only now.
        choose_language(page, "简体中文").await?;
        choose_language(page, "English").await?;
        reload(page).await?;
        ensure!(!is_next(page).await?, "a page that is kept asks its host first");
        within(PATIENCE, "the next version beside this one", || async {
            let waits = page.js_later(
                "navigator.serviceWorker.getRegistration('./').then(it => arguments[0](!!it?.waiting), String)",
            );
            Ok((waits.await? == true).then_some(()))
        })
        .await?;
        ensure!(!is_next(page).await?, "the next version has come into an open page");

        // Two windows: neither is taken from under its visitor.
        page.js("window.second = open(location.href)").await?;
        page.other_window().await?;
        kept(page).await?;
        ensure!(!is_next(page).await?, "the next version comes while the other window has this one");
        page.other_window().await?;
        page.js("window.second.close()").await?;

        ensure!(page.errors().await?.is_empty(), "the console has errors before the next version comes");

        // Opened alone, it is the next one as a whole, and without a network as well.
        let lesson = format!("{}#lesson=frame&beat=3", site.url());
        eventually("the next version", || async {
            page.open(&lesson).await?;
            Ok(is_next(page).await?.then_some(()))
        })
        .await?;
        ensure!(page.fragment().await?.contains("beat=3"), "the place is lost");
        // It starts anew while it is being fetched, and Firefox calls what that breaks off an error.
        let errors = page.errors().await?;
        let broken_off = |it: &String| it.contains("intercepted the request") || it.contains("AbortError");
        ensure!(errors.iter().all(broken_off), "the console has errors: {errors:#?}");
        let mut site = site;
        site.in_order()?;
        site.close().await;
        page.open(&site.url()).await?;
        ensure!(is_next(page).await?, "without a network it is the older one again");
        becomes("the number of versions that are kept", 1, || async {
            let count = page.js_later("caches.keys().then(keys => arguments[0](keys.length))").await?;
            count.as_u64().context("no number")
        })
        .await
    })
    .await;
}

async fn told(page: &Page, expect: &str) -> Result<()> {
    eventually(expect, || async {
        let text = page.js("return document.body.textContent").await?;
        Ok(text.as_str().is_some_and(|text| text.contains(expect)).then_some(()))
    })
    .await
}

async fn save(page: &Page, format: &str) -> Result<()> {
    if !page.has("dialog", "Save as…").await? {
        page.get_like("button", "Scenario and network: ").await?.click().await?;
        page.press("Save as…").await?;
    }
    page.press(&format!("Save as {format}")).await
}

/// Waits until the page is kept.
async fn kept(page: &Page) -> Result<()> {
    within(PATIENCE, "a service worker that keeps the page", || async {
        let script = "return navigator.serviceWorker.controller?.scriptURL ?? ''";
        Ok(page.js(script).await?.as_str().is_some_and(|it| it.ends_with("/offline.js")).then_some(()))
    })
    .await
}

/// Reloads as a visitor does; Firefox's driver goes past every service worker.
async fn reload(page: &Page) -> Result<()> {
    page.js("window.before = true; location.reload()").await?;
    eventually("the page anew", || async {
        let ready = "return !window.before && document.documentElement.dataset.ready === 'true'";
        Ok((page.js(ready).await? == true).then_some(()))
    })
    .await
}

async fn choose_language(page: &Page, language: &'static str) -> Result<()> {
    let select = if page.has("combobox", "Language").await? { "Language" } else { "语言" };
    page.choose(select, language).await?;
    let tag = if language == "English" { "en" } else { "zh-Hans" };
    becomes("the language", tag.to_owned(), || async {
        let spoken = page.js("return document.documentElement.lang").await?;
        Ok(spoken.as_str().unwrap_or_default().to_owned())
    })
    .await
}

/// Has live runs go to the companion, which is another origin.
async fn companion(show: &Show) -> Result<()> {
    let host = show.stage.lock().await.host();
    show.page.choose("Server", "A companion elsewhere").await?;
    show.page.fill("textbox", "Address of the companion", &format!("http://{host}")).await
}

async fn tells_of_a_worker(page: &Page) -> Result<bool> {
    let text = page.js("return document.body.textContent").await?;
    Ok(text.as_str().is_some_and(|text| text.contains("A service worker of this page stood between")))
}

/// Whether the page is the next version; an error if its parts are of two.
async fn is_next(page: &Page) -> Result<bool> {
    let script = "return [document.querySelector('link[rel=stylesheet]').href, \
        [...document.styleSheets].every(it => it.cssRules.length > 0)]";
    let seen = page.js(script).await?;
    ensure!(seen[1] == true, "a style sheet did not come: {seen}");
    Ok(seen[0].as_str().is_some_and(|href| href.ends_with(NEXT_STYLE)))
}

/// What this document has asked for that is not below the address.
const ELSEWHERE: &str = "
    return performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith(arguments[0]));";

/// What page and frame have asked a host for besides the page, and what workers were woken by the latter.
const ASKED: &str = "
    const [host, own] = arguments;
    const asked = window => window.performance.getEntriesByType('resource')
        .filter(it => new URL(it.name).hostname === host && !it.name.startsWith(own));
    const frame = document.querySelector('iframe').contentWindow;
    return {
        page: asked(window).length,
        frame: asked(frame).length,
        workers: asked(frame).filter(it => it.workerStart > 0).length,
        idle: frame.navigator.serviceWorker.controller.scriptURL.endsWith('/clear.js'),
    };";

/// For a live run, and for the page to be fetched once more in peace.
const PATIENCE: Duration = Duration::from_secs(30);
