//! Files of others: chosen, dropped and pasted; whole, damaged, strange and too large.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::axe;
use e2e::browser::Look;
use e2e::files::{File, fixture};
use e2e::page::{Page, becomes, eventually, within};
use e2e::show::{Show, play};
use e2e::stage::Setting;
use interchange::{Format, Origin, Run, Secrets};
use serde_json::json;
use trace::scenario::{Scenario, Transport};

/// A run of ours as a file of others.
fn written(format: Format) -> Vec<u8> {
    let lanes = vec![Transport::Persistent, Transport::WebSocket];
    let scenario = Scenario { lanes, ..Scenario::default() };
    let trace = trace::sim::simulate(&scenario);
    interchange::write(format, &Run { scenario, trace, origin: Origin::Simulated }, Secrets::Stripped, 0).file
}

/// An archive of so many octets, or a little more: one answer of a kilobyte after the other.
fn archive(size: usize) -> Vec<u8> {
    let mut text =
        String::from(r#"{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":["#);
    let content = "x".repeat(1_000);
    let mut entries = 0;
    while text.len() < size {
        let (second, millisecond) = (entries / 1_000 % 60, entries % 1_000);
        let minute = entries / 60_000;
        let comma = if entries == 0 { "" } else { "," };
        text.push_str(&format!(
            r#"{comma}{{"startedDateTime":"2026-01-01T00:{minute:02}:{second:02}.{millisecond:03}Z","time":1,"request":{{"method":"GET","url":"http://a.example/{entries}","httpVersion":"HTTP/1.1","headers":[],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0}},"response":{{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"content":{{"size":1000,"mimeType":"text/plain","text":"{content}"}},"redirectURL":"","headersSize":-1,"bodySize":1000}},"cache":{{}},"timings":{{"send":0,"wait":1,"receive":0}},"connection":"1"}}"#
        ));
        entries += 1;
    }
    text.push_str("]}}");
    text.into_bytes()
}

/// Waits until the stage shows the file of this name.
async fn shows(page: &Page, name: &str) -> Result<()> {
    let radio =
        || async { page.js("return document.querySelector('.source .chosen')?.textContent ?? ''").await };
    becomes("the source", json!("File"), radio).await?;
    let end = format!("rom the file {name}");
    eventually("the panel of the file", || async {
        let headings = page.names("heading").await?;
        Ok(headings.iter().any(|heading| heading.ends_with(&end)).then_some(()))
    })
    .await
}

/// Everything about a run must work on one from a file.
async fn works(page: &Page) -> Result<()> {
    ensure!(page.is_at_end().await?, "it does not lie at its end");
    let rows = page.events('A').await?;
    ensure!(!rows.is_empty(), "lane A has no events");
    let text = page.js("return document.querySelector('main').textContent").await?;
    let text = text.as_str().context("the stage has no text")?;
    ensure!(!text.contains("simulated"), "something is called simulated: {text}");
    page.js("document.querySelector('.lane tbody button.link').click()").await?;
    page.get_like("region", "Octets").await?;
    let ledger = page.get("table", "Ledger").await?.rows().await?;
    ensure!(ledger.len() == page.lanes().await?.len() + 1, "the ledger has other lanes: {ledger:?}");
    page.press("Zoom in").await?;
    page.to_start().await?;
    page.press("Step forward").await?;
    page.to_end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_browsers_and_captures_hold_is_shown() {
    play("import_files", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let capture = File::of("chat.pcapng", &written(Format::Capture))?;
        let files = [
            (fixture("chrome.har"), "Lane B: WebSocket, "),
            (fixture("firefox.har"), "Lane B: WebSocket, "),
            (fixture("playwright.har"), "Lane B: WebSocket, "),
            (capture.path.clone(), "Lane B: WebSocket, "),
        ];
        for (file, lane) in files {
            show.open("").await?;
            page.choose_file(&file).await?;
            let name = file.file_name().context("a name")?.to_string_lossy();
            shows(page, &name).await?;
            let lanes = page.lanes().await?;
            ensure!(lanes.iter().any(|known| known.starts_with(lane)), "{name}: {lanes:?}");
            works(page).await.with_context(|| format!("with {name}"))?;
            // It stays at hand.
            source(page, "Simulated").await?;
            becomes("the lanes", 2, || async { Ok(page.js(TRANSPORTS).await?.as_u64().unwrap_or(0)) })
                .await?;
            source(page, "File").await?;
            shows(page, &name).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_dropped_and_its_text_pasted() {
    play("import_drop", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let har = std::fs::read_to_string(fixture("chrome.har"))?;
        show.open("view=compare").await?;
        page.js(DRAG).await?;
        eventually("the target", || async { Ok((page.js(TARGET).await? == true).then_some(())) }).await?;
        page.js_with(DROP, vec![json!("dropped.har"), json!(har)]).await?;
        shows(page, "dropped.har").await?;
        ensure!(page.js(TARGET).await? == false, "the target stays");
        show.open("").await?;
        // Where somebody writes, a text is a text.
        page.js_with(PASTE, vec![json!(".live input"), json!(har)]).await?;
        page.js_with(PASTE, vec![json!("body"), json!("no file")]).await?;
        let quiet = page.js("return document.querySelectorAll('.reading, .notice').length").await?;
        ensure!(quiet == 0, "something was read that nobody has opened");
        let ours = String::from_utf8(written(Format::Json))?;
        for text in [har, ours] {
            page.js_with(PASTE, vec![json!("body"), json!(text)]).await?;
            shows(page, "what was pasted").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_told() {
    play("import_refused", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let rows: [(&str, Vec<u8>, &str); 4] = [
            (
                "strange.har",
                b"\x00\x01\x02 nothing of ours".to_vec(),
                "This is no file that can be opened here",
            ),
            ("none.har", br#"{"log":{"entries":[]}}"#.to_vec(), "There is no HTTP and no WebSocket"),
            ("huge.pcap", vec![0; 20_000_001], "at most 20 MB can be opened"),
            ("empty.json", Vec::new(), "This is no file that can be opened here"),
        ];
        show.open("").await?;
        let before = page.frame().await?;
        for (name, octets, expect) in rows {
            let file = File::of(name, &octets)?;
            page.choose_file(&file.path).await?;
            told(page, expect).await.with_context(|| name.to_owned())?;
            ensure!(page.frame().await? == before, "{name}: the stage shows something else");
            page.press("Dismiss").await?;
        }
        // As far as it goes, and where it ends.
        let whole = std::fs::read(fixture("chrome.har"))?;
        let half = File::of("half.har", &whole[..whole.len() / 2])?;
        page.choose_file(&half.path).await?;
        shows(page, "half.har").await?;
        page.get("heading", "What could not be read").await?;
        told(page, "damaged or cut off").await?;
        works(page).await?;
        // It is told in whatever language is chosen then.
        page.choose("Language", "简体中文").await?;
        eventually("the other language", || async {
            let text = page.js("return document.querySelector('.import')?.textContent ?? ''").await?;
            let text = text.as_str().unwrap_or_default().to_owned();
            Ok((text.contains("half.har") && !text.contains("What could not")).then_some(()))
        })
        .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_leaves_the_page_alive_and_can_be_given_up() {
    play("import_large", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let large = File::of("large.har", &archive(19_000_000))?;
        show.open("").await?;
        let before = page.frame().await?;
        page.choose_file(&large.path).await?;
        page.get("progressbar", "Reading large.har").await?;
        page.press("Cancel").await?;
        page.gone("progressbar", "Reading large.har").await?;
        ensure!(page.frame().await? == before, "what was given up has changed the stage");
        // Once more, to its end; a page that waits for it draws nothing meanwhile.
        page.js(COUNT).await?;
        page.choose_file(&large.path).await?;
        within(Duration::from_secs(120), "the large file", || async {
            Ok((page.js("return window.framesUntil !== undefined").await? == true).then_some(()))
        })
        .await?;
        shows(page, "large.har").await?;
        let frames = page.js("return window.framesUntil").await?.as_u64().unwrap_or(0);
        ensure!(frames >= 20, "the page drew {frames} times while it was read");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing() {
    let axe = match axe::script() {
        Ok(axe) => axe,
        // Past the test harness, which keeps what a passing test prints to itself.
        Err(why) => {
            let _ = writeln!(
                std::io::stderr(),
                "import_axe: skipped, because axe-core is not to be had: {why:#}"
            );
            return;
        }
    };
    for (dark, size) in [(false, (1440, 900)), (true, (360, 740))] {
        let (axe, look) = (axe.clone(), Look { dark, size, ..Look::default() });
        play("import_axe", Setting::default(), look, |show| async move { judged(&show, &axe).await }).await;
    }
}

async fn judged(show: &Show, axe: &str) -> Result<()> {
    let whole = std::fs::read(fixture("chrome.har"))?;
    let half = File::of("half.har", &whole[..whole.len() / 2])?;
    show.open("").await?;
    show.page.choose_file(&half.path).await?;
    shows(&show.page, "half.har").await?;
    axe::judge(&show.page, axe).await
}

async fn source(page: &Page, name: &str) -> Result<()> {
    let script =
        "[...document.querySelectorAll('.source label')].find(it => it.textContent === arguments[0]).click()";
    page.js_with(script, vec![json!(name)]).await.map(drop)
}

async fn told(page: &Page, expect: &str) -> Result<()> {
    eventually(expect, || async {
        let text = page.js("return document.querySelector('main').textContent").await?;
        Ok(text.as_str().unwrap_or_default().contains(expect).then_some(()))
    })
    .await
}

const TRANSPORTS: &str = "return document.querySelectorAll('select.transport').length";
const TARGET: &str = "return !!document.querySelector('.drop-target')";
const DRAG: &str = "const data = new DataTransfer(); data.items.add(new File(['x'], 'x')); \
    document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }))";
const DROP: &str = "const data = new DataTransfer(); data.items.add(new File([arguments[1]], arguments[0])); \
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))";
// Chromium takes the clipboard as a whole, Firefox its text and what kind that is.
const PASTE: &str = "const data = new DataTransfer(); data.setData('text/plain', arguments[1]); \
    document.querySelector(arguments[0]).dispatchEvent( \
        new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data, \
        dataType: 'text/plain', data: arguments[1] }))";
const COUNT: &str = "let frames = 0, begun = false; const tick = () => { \
    begun ||= !!document.querySelector('.reading'); frames += begun; \
    if (begun && !document.querySelector('.reading')) window.framesUntil = frames; \
    else requestAnimationFrame(tick); }; tick()";
