//! WCAG 2.2 A and AA, as far as axe-core can tell. It comes by npm into the user's cache; on a machine
//! without npm, or that cannot reach its registry, this test says so and passes.

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
async fn at_rest() {
    check("axe_rest", Look::default(), |show| async move { show.open("").await }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_rest_in_the_dark() {
    check("axe_dark", Look { dark: true, ..Look::default() }, |show| async move { show.open("").await })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    let look = Look { size: (360, 740), ..Look::default() };
    check("axe_phone", look, |show| async move { show.open("").await }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_open() {
    check("axe_open", Look::default(), |show| async move {
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
    let small = Look { dark: true, size: (360, 740), ..Look::default() };
    for look in [Look::default(), small] {
        check("axe_save", look, |show| async move {
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
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_workbench() {
    for (name, tool) in [
        ("axe_build", "build&deflate=1&fragment=3&field=2"),
        ("axe_paste", "paste&octets=zz"),
        ("axe_accept", "accept&accept=x"),
        ("axe_break", "break&case=utf8-split"),
    ] {
        for dark in [false, true] {
            check(name, Look { dark, ..Look::default() }, move |show| async move {
                show.open(&format!("view=workbench&tool={tool}")).await
            })
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_two_people_talk() {
    for dark in [false, true] {
        check("axe_two_people", Look { dark, ..Look::default() }, |show| async move {
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
}

#[tokio::test(flavor = "multi_thread")]
async fn in_lessons_and_comparisons() {
    for (name, link) in [
        ("axe_lessons", "view=lessons"),
        ("axe_beat", "view=lessons&lesson=life&beat=3"),
        ("axe_compare", "view=compare"),
        ("axe_four", "lanes=sse.long.six.deflate&scenario=ticker&tls=1.3&loss=100"),
    ] {
        for dark in [false, true] {
            check(name, Look { dark, ..Look::default() }, move |show| async move { show.open(link).await })
                .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_class() {
    for (dark, size) in [(false, (1440, 900)), (true, (1440, 900)), (false, (360, 740))] {
        let look = Look { dark, size, ..Look::default() };
        let setting = Setting { options: vec!["--lan".to_owned()], ..Setting::default() };
        check_on(setting, "axe_before_a_class", look, |show| async move {
            let script = axe::script()?;
            for link in CLASS {
                show.open(link).await?;
                axe::judge(&show.page, &script).await.context(link)?;
            }
            Ok(())
        })
        .await;
    }
}

/// What a teacher shows, reads and hands out.
const CLASS: [&str; 8] = [
    "teach",
    "lesson=life&beat=3&present",
    "lesson=frame&beat=2&present=forty",
    "present=forty",
    "lesson=life&beat=3&notes=forty",
    "lesson=life&handout",
    "teach&handout=forty",
    "join",
];

#[tokio::test(flavor = "multi_thread")]
async fn with_cards_and_questions() {
    let small = Look { size: (360, 740), ..Look::default() };
    for look in [Look::default(), Look { dark: true, ..Look::default() }, small] {
        let calm = Look { calm: true, ..look };
        check("axe_shelf", calm, |show| async move { show.open("view=cards").await }).await;
        check("axe_card", calm, |show| async move {
            show.open("card=faster").await?;
            show.page.press("Half as long or less").await
        })
        .await;
        check("axe_question", calm, |show| async move {
            show.open("question=turn.1").await?;
            show.page.press("Nobody").await
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_help() {
    check("axe_help", Look::default(), |show| async move {
        show.open("rtt=fast").await?;
        show.page.press("Help and what this model leaves out").await?;
        show.page.get("dialog", "Help").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_live_run() {
    check("axe_live", Look::default(), |show| async move {
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
    for (name, look) in [
        ("axe_fault", Look::default()),
        ("axe_fault_dark", Look { dark: true, ..Look::default() }),
        ("axe_fault_phone", Look { size: (360, 740), ..Look::default() }),
    ] {
        check(name, look, |show| async move {
            show.open("").await?;
            let page = &show.page;
            page.open_fault_lab().await?;
            page.try_fault("A reused connection is dropped").await?;
            page.get("table", "Fault lab")
                .await?
                .get("button", "2 → Request POST /echo")
                .await?
                .click()
                .await?;
            page.get("region", "Octets of the fault").await.map(drop)
        })
        .await;
    }
}

/// Brings the page where `go` leads and asks axe-core about it.
async fn check<F, A>(name: &'static str, look: Look, go: F)
where
    F: FnOnce(Show) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    check_on(Setting::default(), name, look, go).await;
}

/// The same on a stage that is set up otherwise.
async fn check_on<F, A>(setting: Setting, name: &'static str, look: Look, go: F)
where
    F: FnOnce(Show) -> A + 'static,
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
    play(name, setting, look, |show| async move {
        go(show.clone()).await?;
        axe::judge(&show.page, &script).await?;
        if show.page.has("button", "End the chat").await? {
            // A chat that goes on would miss the companion, which goes now, and say so in the console.
            show.page.press("End the chat").await?;
            show.page.get("button", "Begin the chat").await?;
        }
        Ok(())
    })
    .await;
}
