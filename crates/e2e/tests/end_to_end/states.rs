//! What stands where something else would: before the program runs, where it cannot, where a language does
//! not come, where the browser keeps nothing, where a link is garbage, where nobody presents.

use std::sync::Arc;

use anyhow::{Result, ensure};
use e2e::browser::{Kind, Look};
use e2e::host::{self, Flaws};
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::{Setting, setting_of};
use tokio::sync::Notify;

/// Errors of the console are meant: something is missing.
fn flawed() -> Setting {
    Setting { failures: true, refusals: true, ..Setting::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_does_not_come_is_told() {
    let missing = Flaws { missing: Some(".wasm"), ..Flaws::default() };
    play("no_wasm", flawed(), Look::default(), |show| async move {
        go(&show.page, &host::start(missing).await?).await?;
        shows(&show.page, "A part of it could not be fetched.").await?;
        let link = show.page.get("link", "reload the page").await?;
        ensure!(link.attribute("href").await?.is_some(), "the link leads nowhere");
        // The trouble itself, once more, is for developers.
        show.page.errors().await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opened_as_a_file_or_without_webassembly_it_says_what_to_do() {
    // What `wasm-unsafe-eval` would allow is forbidden, as by a browser in a strict mode.
    let strict = Flaws { policy: Some("script-src 'self' 'unsafe-inline'"), ..Flaws::default() };
    play("not_started", flawed(), Look::default(), |show| async move {
        let file = setting_of("DUPLEX_HOSTED")?.join("index.html").canonicalize()?;
        show.page.visit(&format!("file://{}", file.display())).await?;
        shows(&show.page, "run cargo xtask serve, or any web server").await?;
        go(&show.page, &host::start(strict).await?).await?;
        shows(&show.page, "This browser runs no WebAssembly").await?;
        show.page.errors().await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_comes_late_is_awaited() {
    let gate = Arc::new(Notify::new());
    let held = Flaws { held: Some((".wasm", Arc::clone(&gate))), ..Flaws::default() };
    play("late_wasm", Setting::default(), Look::default(), |show| async move {
        let address = host::start(held).await?;
        go(&show.page, &address).await?;
        shows(&show.page, "Duplex is starting").await?;
        // Each of them: the page may ask twice, to load early and to run.
        gate.notify_waiters();
        eventually("the program in place of the words", || async {
            gate.notify_waiters();
            Ok(show.page.has("button", "Play").await?.then_some(()))
        })
        .await?;
        let left = show.page.js("return document.querySelectorAll('.starting').length").await?;
        ensure!(left == 0, "{left} of what stood before stays");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_page_says_so() {
    // Firefox is asked for its accessibility tree by a script.
    if Kind::wanted().is_ok_and(|kind| kind == Kind::Firefox) {
        return;
    }
    let sandboxed = Flaws { policy: Some("sandbox"), ..Flaws::default() };
    play("no_scripts", flawed(), Look::default(), |show| async move {
        go(&show.page, &host::start(sandboxed).await?).await?;
        show.page.get("heading", "Duplex needs scripts").await?;
        ensure!(show.page.names("status").await?.is_empty(), "the page says that it is starting");
        show.page.errors().await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_kept_the_learner_knows() {
    let sandboxed = Flaws { policy: Some("sandbox allow-scripts allow-downloads"), ..Flaws::default() };
    play("nothing_kept", flawed(), Look::default(), |show| async move {
        let address = host::start(sandboxed).await?;
        go(&show.page, &format!("{address}#view=lessons")).await?;
        shows(&show.page, "This browser keeps nothing for this page: export your progress").await?;
        // Everything else works.
        show.page.get("link", "Lab").await?.click().await?;
        ensure!(show.page.lanes().await?.len() == 2, "the Lab is gone");
        show.page.errors().await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_does_not_come_changes_nothing() {
    let missing = Flaws { missing: Some(".po"), ..Flaws::default() };
    play("no_words", flawed(), Look::default(), |show| async move {
        let page = &show.page;
        let address = host::start(missing).await?;
        page.open(&address).await?;
        page.choose("Language", "简体中文").await?;
        shows(page, "could not be fetched, so the page goes on as it is").await?;
        becomes("the choice", "English".to_owned(), || async {
            page.get("combobox", "Language").await?.chosen().await
        })
        .await?;
        // One who chose it on an earlier visit is told on opening.
        page.js("localStorage.setItem('duplex-language', 'zh-Hans')").await?;
        page.reload().await?;
        shows(page, "could not be fetched, so the page goes on as it is").await?;
        page.press("Dismiss").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_is_awaited_and_the_last_choice_holds() {
    let gate = Arc::new(Notify::new());
    let held = Flaws { held: Some((".po", Arc::clone(&gate))), ..Flaws::default() };
    play("late_words", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        page.open(&host::start(held).await?).await?;
        page.choose("Language", "简体中文").await?;
        shows(page, "Fetching the words of 简体中文.").await?;
        // A notice is said anew in the language that comes.
        page.js("location.hash = 'rtt=fast'").await?;
        shows(page, "“rtt=fast” (usable: 0 to 2000 ms)").await?;
        page.choose("Language", "English").await?;
        eventually("no fetching any more", || async {
            gate.notify_waiters();
            let left = page.js("return document.querySelector('.fetching').textContent").await?;
            Ok((left == "").then_some(()))
        })
        .await?;
        ensure!(
            page.js("return document.documentElement.lang").await? == "en",
            "an earlier choice came through"
        );
        page.choose("Language", "简体中文").await?;
        eventually("Chinese", || async {
            gate.notify_waiters();
            Ok((page.js("return document.documentElement.lang").await? == "zh-Hans").then_some(()))
        })
        .await?;
        let notice = page.js("return document.querySelector('.notice').textContent").await?;
        let notice = notice.as_str().unwrap_or_default();
        ensure!(notice.contains("rtt=fast") && !notice.contains("usable"), "the notice is {notice:?}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_in_a_link_opens_on_something() {
    play("garbage", Setting::default(), Look { size: (360, 740), ..Look::default() }, |show| async move {
        let long = format!("messages={}", "9".repeat(9_000));
        let check = async |fragment: &str, told: Option<&str>| {
            show.open(fragment).await?;
            let shown = show.page.js("return document.querySelector('.notice')?.textContent ?? ''").await?;
            let shown = shown.as_str().unwrap_or_default().to_owned();
            let good = told.map_or(shown.is_empty(), |told| shown.contains(told));
            ensure!(good, "{fragment:.40} says {shown:?}");
            let fits = "return document.documentElement.scrollWidth <= innerWidth";
            ensure!(show.page.js(fits).await? == true, "{fragment:.40} makes the page too wide");
            Ok(())
        };
        check("", None).await?;
        check("qwerty", Some("this page knows no such name")).await?;
        check("%%%&=&%ff", Some("this page knows no such name")).await?;
        check("rtt=fast", Some("Was the link copied whole?")).await?;
        check(&long, Some("…” (usable: 0 to 200)")).await?;
        check("lesson=dragon", Some("the name of a lesson")).await?;
        check("lesson=frame&beat=99", Some("the number of a step")).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_without_a_presentation_say_how_to_get_one() {
    play("no_presenter", Setting::default(), Look::default(), |show| async move {
        show.open("notes").await?;
        show.page.get("heading", "No lesson is presented").await?;
        shows(&show.page, "Press “Present to a class”").await?;
        show.page.get("link", "For teachers").await?.click().await?;
        show.page.get("heading", "For teachers").await?;
        show.open("lesson=frame&beat=2&notes").await?;
        shows(&show.page, "Press “Present to a class”").await?;
        show.page.press("Next").await?;
        becomes("the place", true, || async { Ok(show.page.fragment().await?.contains("beat=3")) }).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_knobs_leave_a_lessons_words_in_sight() {
    play("knobs_beside_words", Setting::default(), Look::default(), |show| async move {
        for size in [(1920, 1080), (1440, 900), (1100, 800), (1000, 800), (360, 740)] {
            show.page.look(Look { size, ..Look::default() }).await?;
            for link in ["view=lessons&lesson=cost&beat=8", "card=faster"] {
                show.open(link).await?;
                if link.starts_with("card") {
                    show.page.js("document.querySelector('button.choice').click()").await?;
                }
                show.page.open_knobs().await?;
                let clear = show.page.js(WORDS_IN_SIGHT).await?;
                ensure!(clear == true, "{link} at {size:?}: the knobs cover the words");
            }
        }
        Ok(())
    })
    .await;
}

/// Whether the knobs lie beside the words, or leave the upper half of the window to them.
const WORDS_IN_SIGHT: &str = "
    const [knobs, words] = ['#knobs', '.beat-words'].map(it => document.querySelector(it).getBoundingClientRect());
    const beside = knobs.right <= words.left;
    const below = knobs.top >= innerHeight / 2 && knobs.bottom <= innerHeight;
    return knobs.width > 0 && knobs.left >= 0 && knobs.right <= innerWidth && (beside || below);";

/// Goes to an address where the page may never be ready.
async fn go(page: &Page, address: &str) -> Result<()> {
    page.js_with("location.href = arguments[0]", vec![address.into()]).await.map(drop)
}

/// Waits until the words can be seen, by whoever looks.
async fn shows(page: &Page, words: &'static str) -> Result<()> {
    eventually(words, || async {
        let seen = page.js_with(SEEN, vec![words.into()]).await?;
        Ok((seen == true).then_some(()))
    })
    .await
}

/// Whether the innermost element with the words is neither hidden nor transparent.
const SEEN: &str = "
    const has = [...document.body?.querySelectorAll('*') ?? []].filter(it => it.textContent.includes(arguments[0]));
    const inner = has.at(-1);
    return !!inner && inner.checkVisibility({opacityProperty: true, visibilityProperty: true});";
