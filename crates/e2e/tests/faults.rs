//! The fault lab, row by row: what the page's script learned, what the companion's tap saw and what the
//! doctor said, against what is written down for this browser.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, within};
use e2e::show::play;
use e2e::stage::Setting;
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
        open(page).await?;
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

async fn open(page: &Page) -> Result<()> {
    page.get_like("DisclosureTriangle", "Fault lab").await?.click().await
}

/// Runs a row's fault and reads what the table says of it.
async fn try_out(page: &Page, row: &Expectation) -> Result<Shown> {
    page.choose("Fault", row.name).await?;
    page.press("Run this fault").await?;
    within(Duration::from_secs(60), &format!("the end of “{}”", row.name), || async {
        let over = page.has("button", "Run this fault").await? && tried(page).await?;
        Ok(over.then_some(()))
    })
    .await?;
    let shown = page.get("table", "Fault lab").await?.ask(READ, Value::Null).await?;
    let lines = |name: &str| -> Result<Vec<String>> { Ok(serde_json::from_value(shown[name].clone())?) };
    Ok(Shown {
        script: lines("script")?,
        wire: lines("wire")?,
        doctor: shown["doctor"].as_str().unwrap_or_default().to_owned(),
    })
}

async fn tried(page: &Page) -> Result<bool> {
    let read = "return arguments[0].tBodies[0].rows[0].cells[3].textContent !== '–'";
    Ok(page.get("table", "Fault lab").await?.ask(read, Value::Null).await? == true)
}

const READ: &str = "const cells = arguments[0].tBodies[0].rows[0].cells;
    const lines = cell => [...cell.querySelectorAll('li:not(.pool)')].map(it => it.firstElementChild.textContent);
    return {script: lines(cells[1]), wire: lines(cells[2]), doctor: cells[3].querySelector('b')?.textContent};";
