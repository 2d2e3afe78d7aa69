//! WCAG 2.2 A and AA, as far as axe-core can tell, where something has been done; views as they open are in
//! `everywhere`. It comes by npm into the user's cache; on a machine without npm, or that cannot reach its
//! registry, this test says so and passes.

use std::future::Future;
use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::axe;
use e2e::browser::Look;
use e2e::page::eventually;
use e2e::show::{Show, play};
use e2e::stage::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_open() {
    check("axe_open", &[WIDE], |show| async move {
        show.open("t=1400000").await?;
        let page = &show.page;
        page.lane('A').await?.press("Code").await?;
        page.events('B').await?;
        page.lane('B').await?.get_like("button", "Request GET /ws").await?.click().await?;
        page.open_knobs().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_something_is_saved() {
    check("axe_save", &[WIDE, SMALL], |show| async move {
        show.open("").await?;
        show.page.open_knobs().await?;
        show.page.press("Save as…").await?;
        show.page.press("Save as Mermaid").await?;
        eventually("the file", || async {
            let text = show.page.js("return document.querySelector('.saved').textContent").await?;
            Ok(text.as_str().is_some_and(|text| text.contains("Saved as ")).then_some(()))
        })
        .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_two_people_talk() {
    check("axe_two_people", &[WIDE, DARK], |show| async move {
        show.open("").await?;
        let page = &show.page;
        page.get("radiogroup", "Source").await?.get("radio", "Live").await?.focus().await?;
        page.type_keys(" ").await?;
        page.press("Begin the chat").await?;
        page.get("textbox", "You say").await?.focus().await?;
        page.type_keys("Hi Ben").await?;
        page.type_keys(thirtyfour::Key::Enter + "").await?;
        eventually("Ben to hear it", || async {
            let told = page.names_or_texts("status").await?.join(" ");
            Ok(told.contains("“Hi Ben” reached Ben").then_some(()))
        })
        .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_class() {
    let setting = Setting { options: vec!["--lan".to_owned()], ..Setting::default() };
    let small = Look { dark: false, ..SMALL };
    check_on(setting, "axe_before_a_class", &[WIDE, DARK, small], |show| async move {
        let script = axe::script()?;
        for link in CLASS {
            show.open(link).await?;
            axe::judge(&show.page, &script).await.context(link)?;
        }
        Ok(())
    })
    .await;
}

/// What a teacher shows and reads, beside what is a view of its own.
const CLASS: [&str; 5] = [
    "lesson=frame&beat=2&present=forty",
    "present=forty",
    "lesson=life&beat=3&notes=forty",
    "teach&handout=forty",
    "join",
];

#[tokio::test(flavor = "multi_thread")]
async fn with_cards_and_questions() {
    let small = Look { dark: false, ..SMALL };
    let looks = [WIDE, DARK, small].map(|look| Look { calm: true, ..look });
    check("axe_card", &looks, |show| async move {
        show.open("card=faster").await?;
        show.page.press("Half as long or less").await
    })
    .await;
    check("axe_question", &looks, |show| async move {
        show.open("question=turn.1").await?;
        show.page.press("Nobody").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_help() {
    check("axe_help", &[WIDE], |show| async move {
        show.open("rtt=fast").await?;
        show.page.press("Help and what this model leaves out").await?;
        show.page.get("dialog", "Help").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_live_run() {
    check("axe_live", &[WIDE], |show| async move {
        show.open("scenario=echo&messages=2&rtt=20").await?;
        let problem = show.page.run_live(Duration::from_secs(20)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        show.page.to_end().await?;
        show.page.get("DisclosureTriangle", "See it in your own tools").await?.click().await?;
        show.page.get("table", "Lane B: WebSocket, filters for Wireshark").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_fault_lab() {
    check("axe_fault", &[WIDE, DARK, Look { dark: false, ..SMALL }], |show| async move {
        show.open("").await?;
        let page = &show.page;
        page.open_fault_lab().await?;
        page.try_fault("A reused connection is dropped").await?;
        page.get("table", "Fault lab").await?.get("button", "2 → Request POST /echo").await?.click().await?;
        page.get("region", "Octets of the fault").await.map(drop)
    })
    .await;
}

/// Brings the page where `go` leads and asks axe-core about it, in each look.
async fn check<F, A>(name: &'static str, looks: &[Look], go: F)
where
    F: Fn(Show) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    check_on(Setting::default(), name, looks, go).await;
}

/// The same on a stage that is set up otherwise.
async fn check_on<F, A>(setting: Setting, name: &'static str, looks: &[Look], go: F)
where
    F: Fn(Show) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    let script = match axe::script() {
        Ok(script) => script,
        Err(why) => {
            // Past the test harness, which keeps what a passing test prints to itself.
            let _ =
                writeln!(std::io::stderr(), "{name}: skipped, because axe-core is not to be had: {why:#}");
            return;
        }
    };
    let looks = looks.to_vec();
    play(name, setting, Look::default(), |show| async move {
        for look in looks {
            show.page.look(look).await?;
            go(show.clone()).await?;
            axe::judge(&show.page, &script).await.with_context(|| format!("{look:?}"))?;
            if show.page.has("button", "End the chat").await? {
                // A chat that goes on would miss the companion, which goes now, and say so in the console.
                show.page.press("End the chat").await?;
                show.page.get("button", "Begin the chat").await?;
            }
        }
        Ok(())
    })
    .await;
}

const WIDE: Look = Look { size: (1440, 900), dark: false, calm: false };
const DARK: Look = Look { dark: true, ..WIDE };
const SMALL: Look = Look { size: (360, 740), ..DARK };
