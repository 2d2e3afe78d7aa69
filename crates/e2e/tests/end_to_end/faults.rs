//! The fault lab, row by row: what the page's script learned, what the companion's tap saw and what the
//! doctor said, against what is written down for this browser.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::{Setting, Stage};
use serde_json::Value;
use trace::trial::{Engine, Expectation, rows};

/// What the row "Really" shows.
#[derive(PartialEq, Debug)]
struct Shown {
    script: Vec<String>,
    wire: Vec<String>,
    doctor: String,
}

impl Shown {
    fn expected(row: &Expectation, engine: Engine) -> Self {
        let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        Self {
            script: lines(row.script.by(engine)),
            wire: lines(row.wire.by(engine)),
            doctor: row.doctor.by(engine).name().to_owned(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_what_was_measured() {
    let setting = Setting { failures: true, refusals: true, ..Setting::default() };
    play("faults", setting, Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        page.open_fault_lab().await?;
        let engine = Engine::of(page.js("return navigator.userAgent").await?.as_str().unwrap_or_default());
        let rows = rows();
        ensure!(rows.len() >= 14, "only {} faults", rows.len());
        let mut wrong = Vec::new();
        for row in &rows {
            let shown = try_out(page, row).await?;
            let expected = Shown::expected(row, engine);
            if shown != expected {
                wrong.push(format!("{}:\n  shown {shown:?}\n  expected {expected:?}", row.name));
            }
        }
        ensure!(wrong.is_empty(), "{} of {} otherwise:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
        Ok(())
    })
    .await;
}

/// Runs a row's fault and reads what the table says of it.
async fn try_out(page: &Page, row: &Expectation) -> Result<Shown> {
    let shown = page.try_fault(row.name).await?.ask(READ, Value::Null).await?;
    let lines = |name: &str| -> Result<Vec<String>> { Ok(serde_json::from_value(shown[name].clone())?) };
    Ok(Shown {
        script: lines("script")?,
        wire: lines("wire")?,
        doctor: shown["doctor"].as_str().unwrap_or_default().to_owned(),
    })
}

/// A live run that fails is examined, too: somebody knocks where no WebSocket opened.
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_comes_to_a_live_run() {
    let setting = Setting { failures: true, refusals: true, ..Setting::default() };
    play("doctor", setting, Look::default(), |show| async move {
        let page = &show.page;
        let mut elsewhere = Stage::start(Setting::default()).await?;
        show.open("scenario=echo&messages=2").await?;
        page.choose("Server", "Two URLs of your own").await?;
        let (http, host) = (format!("http://{}/anything", elsewhere.host()), elsewhere.host());
        page.fill("textbox", "HTTP URL", &http).await?;
        for (path, parts) in [
            ("/echo", ["with status 200, and opens no WebSocket here", "Check path and port"]),
            ("/nowhere", ["Something answers HTTP at", "no Access-Control-Allow-Origin"]),
        ] {
            page.fill("textbox", "WebSocket URL", &format!("ws://{host}{path}")).await?;
            says(page, &["Lane B (WebSocket) broke off", "No WebSocket opened at", parts[0], parts[1]])
                .await?;
        }
        elsewhere.kill();
        says(page, &["broke off", "A plain `fetch` fails at", "nothing there speaks HTTP", "online"]).await
    })
    .await;
}

async fn says(page: &Page, parts: &[&str]) -> Result<()> {
    let problem = page.run_live(Duration::from_secs(60)).await?.unwrap_or_default();
    for part in parts {
        ensure!(problem.contains(part), "the page does not say {part:?}: {problem}");
    }
    Ok(())
}

const READ: &str = "const cells = arguments[0].tBodies[0].rows[0].cells;
    const lines = cell => [...cell.querySelectorAll('li:not(.pool)')].map(it => it.firstElementChild.textContent);
    return {script: lines(cells[1]), wire: lines(cells[2]), doctor: cells[3].querySelector('b')?.textContent};";
