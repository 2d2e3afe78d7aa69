//! “Save as…”: what is on the stage leaves in every format, and comes back as what it was, or is read as others do.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::npm;
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use interchange::{Format, Origin, Run, Secrets};
use serde_json::{Value, json};
use thirtyfour::Key;
use trace::event::Kind;
use trace::fragment::Link;
use trace::scenario::Scenario;
use trace::sim::simulate;

/// A run with a secret in its heads.
const LINK: &str = "scenario=echo&add=Authorization:Bearer+0123456789abcdef";
const SECRET: &str = "0123456789abcdef";
const NAME: &str = "duplex-echo-persistent-websocket";

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_in_every_format() {
    play("save_simulated", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open(LINK).await?;
        watch(page).await?;
        open_panel(page).await?;
        for kept in [false, true] {
            if kept {
                page.get("checkbox", "Keep secrets").await?.click().await?;
            }
            let expect = |format: Format| {
                let scenario = Link::read(LINK).0.scenario;
                let secrets = if kept { Secrets::Kept } else { Secrets::Stripped };
                let run = Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated };
                interchange::write(format, &run, secrets, 0).file
            };
            for (name, format) in FORMATS {
                let file = saved(page, name, format, NAME).await?;
                let text = String::from_utf8_lossy(&file);
                let has_heads = matches!(format, Format::Har | Format::Capture);
                ensure!(!has_heads || text.contains(SECRET) == kept, "{name}: {kept}");
                // An archive and a capture have the time of day.
                if matches!(format, Format::Har | Format::Capture) {
                    let read = read(&file, format)?;
                    ensure!(read.trace.lanes().len() == 2, "{name} has other lanes");
                    ensure!(requests(&read) == requests(&own()), "{name} has other requests");
                } else {
                    let expect = expect(format);
                    ensure!(file == expect, "{name}: {text}\nand not\n{}", String::from_utf8_lossy(&expect));
                }
            }
        }
        for (name, format) in [("Markdown", Format::Markdown), ("Mermaid", Format::Mermaid)] {
            let text = copied(page, name).await?;
            let file = saved(page, name, format, NAME).await?;
            ensure!(text.as_bytes() == file, "what is copied as {name} is {text}");
        }
        page.type_keys(Key::Escape + "").await?;
        page.gone("dialog", "Save as…").await?;
        page.get("spinbutton", "Round trip").await.context("the knobs are gone with it")?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mermaid_reads_the_diagram() {
    play("save_mermaid", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        let script = npm::script("mermaid", MERMAID, "dist/mermaid.min.js")?;
        let mut texts = Vec::new();
        for link in ["", "lanes=sse.long.deflate.websocket&scenario=ticker&loss=300"] {
            show.open(link).await?;
            watch(page).await?;
            open_panel(page).await?;
            texts.push(copied(page, "Mermaid").await?);
        }
        page.leave().await?;
        let add = "const it = document.createElement('script'); it.textContent = arguments[0]; document.head.append(it);";
        page.js_with(add, vec![script.into()]).await?;
        for text in texts.into_iter().chain(["sequenceDiagram\n A->>".to_owned()]) {
            let sound = text.len() > 100;
            page.js_with("window.diagram = arguments[0]", vec![json!(text)]).await?;
            let told = page
                .js_later(
                    "const done = arguments[0]; mermaid.parse(window.diagram) \
                        .then(it => done(it.diagramType), error => done('not read: ' + error))",
                )
                .await?;
            ensure!((told == "sequence") == sound, "Mermaid says {told} of {text}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_run_in_every_format() {
    play("save_live", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("scenario=echo&messages=3&rtt=20").await?;
        let problem = page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        page.to_end().await?;
        let octets: u64 = page.ledger().await?.iter().map(|row| row.messages + row.framing).sum();
        watch(page).await?;
        open_panel(page).await?;
        let name = format!("duplex-live-{}", NAME.trim_start_matches("duplex-"));
        for (format, kind) in FORMATS {
            let file = saved(page, format, kind, &name).await?;
            match kind {
                Format::Json | Format::Har | Format::Capture => {
                    let run = read(&file, kind)?;
                    let asked = requests(&run);
                    ensure!(asked.len() == 4, "as {format} it has the requests {asked:?}");
                    if kind == Format::Json {
                        ensure!(run.origin == Origin::Live("the companion".to_owned()), "{:?}", run.origin);
                        let sum: u64 = run.trace.events().iter().filter_map(|event| event.size()).sum();
                        ensure!(sum >= octets, "{sum} octets and not {octets}");
                    }
                }
                Format::Csv => {
                    let text = String::from_utf8(file)?;
                    ensure!(text.lines().count() == 3 && text.contains("witnessed"), "{text}");
                }
                Format::Markdown => {
                    let text = String::from_utf8(file)?;
                    ensure!(text.starts_with("# A live run of Duplex, with the companion\n"), "{text}");
                }
                Format::Mermaid => ensure!(file.starts_with(b"sequenceDiagram\n"), "no diagram"),
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_as_a_picture() {
    play("save_picture", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        for (link, size, dark) in [
            ("scenario=echo", (1440, 900), false),
            ("scenario=echo&t=200000&zoom=100000-400000", (1440, 900), true),
            ("scenario=echo&t=200000", (360, 740), false),
        ] {
            page.look(Look { size, dark, ..Look::default() }).await?;
            show.open(link).await?;
            watch(page).await?;
            open_panel(page).await?;
            let svg = offered(page, "SVG", &format!("{NAME}.svg"), "image/svg+xml").await?;
            let svg = String::from_utf8(svg)?;
            page.js_with("window.drawing = arguments[0]", vec![json!(svg)]).await?;
            let read = page.js(READ_SVG).await?;
            ensure!(read["root"] == "svg" && read["styles"] == 0, "{read}");
            // What the lanes say, the sheet says: the reader is the browser's own.
            let text = read["text"].as_str().unwrap_or_default();
            for told in ["HTTP/1.1, persistent", "WebSocket", "simulated"] {
                ensure!(text.contains(told), "without “{told}”: {text}");
            }
            let href = read["link"].as_str().unwrap_or_default();
            let here = page.fragment().await?;
            ensure!(href.ends_with(&format!("#{here}")), "it leads to {href} and not to {here}");
            let png = offered(page, "PNG", &format!("{NAME}.png"), "image/png").await?;
            ensure!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "no PNG");
            let side = |at: usize| -> Option<u64> {
                Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?).into())
            };
            let expect = ["width", "height"].map(|it| read[it].as_u64().map(|it| it * 2));
            ensure!([side(16), side(20)] == expect, "{:?} pixels, of {read}", [side(16), side(20)]);
        }
        Ok(())
    })
    .await;
}

/// What the browser reads of a drawing by itself.
const READ_SVG: &str = "
    const read = new DOMParser().parseFromString(window.drawing, 'image/svg+xml');
    const root = read.documentElement;
    return { root: root.localName, text: root.textContent, width: root.width.baseVal.value, height: root.height.baseVal.value,
        styles: read.querySelectorAll('[style], style, [class]').length, link: read.querySelector('a')?.getAttribute('href') ?? '' };";

const FORMATS: [(&str, Format); 6] = [
    ("JSON", Format::Json),
    ("HAR", Format::Har),
    ("pcapng", Format::Capture),
    ("CSV", Format::Csv),
    ("Markdown", Format::Markdown),
    ("Mermaid", Format::Mermaid),
];

/// What `cargo xtask bench` measures the page beside.
const MERMAID: &str = "12.3.0";

fn own() -> Run {
    let scenario: Scenario = Link::read(LINK).0.scenario;
    Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated }
}

fn read(file: &[u8], format: Format) -> Result<Run> {
    ensure!(interchange::sniff(file) == Some(format), "it is taken for {:?}", interchange::sniff(file));
    let read = interchange::read("it", file, &mut |_| {}).map_err(|why| anyhow::anyhow!("{why}"))?;
    ensure!(read.problems.is_empty(), "of it cannot be read: {:?}", read.problems);
    Ok(read.run)
}

/// What was asked on all lanes, sorted.
fn requests(run: &Run) -> Vec<String> {
    let asked = run.trace.events().iter().filter_map(|event| match &event.kind {
        Kind::Request { method, target } => Some(format!("{method} {target}")),
        _ => None,
    });
    let mut asked: Vec<String> = asked.collect();
    asked.sort();
    asked
}

async fn open_panel(page: &Page) -> Result<()> {
    page.open_knobs().await?;
    page.press("Save as…").await?;
    page.get("dialog", "Save as…").await.map(drop)
}

/// Keeps what the page offers as files and puts on the clipboard, which a test cannot read in every browser.
async fn watch(page: &Page) -> Result<()> {
    page.js(
        "const make = URL.createObjectURL; window.offered = []; window.texts = [];
         URL.createObjectURL = blob => {
             const file = { type: blob.type }; window.offered.push(file);
             blob.arrayBuffer().then(it => { file.octets = Array.from(new Uint8Array(it)); });
             return make.call(URL, blob);
         };
         const click = HTMLAnchorElement.prototype.click;
         HTMLAnchorElement.prototype.click = function () { window.offered.at(-1).name = this.download; click.call(this); };
         Object.defineProperty(navigator, 'clipboard', { configurable: true,
             value: { writeText: text => { window.texts.push(text); return Promise.resolve(); } } });",
    )
    .await
    .map(drop)
}

/// Saves in a format, and answers the file, which must have this name and its media type.
async fn saved(page: &Page, format: &str, kind: Format, stem: &str) -> Result<Vec<u8>> {
    offered(page, format, &format!("{stem}.{}", kind.extension()), kind.media_type()).await
}

/// Saves in a form, and answers the file, which must have this name and this media type.
async fn offered(page: &Page, form: &str, name: &str, media_type: &str) -> Result<Vec<u8>> {
    page.js("window.offered = []").await?;
    page.press(&format!("Save as {form}")).await?;
    let file = eventually("the file", || async {
        let file = page.js("return window.offered.find(it => it.octets && it.name) ?? null").await?;
        Ok(Some(file).filter(|file| !file.is_null()))
    })
    .await?;
    ensure!(file["name"] == name && file["type"] == media_type, "it is {} {}", file["name"], file["type"]);
    becomes("the status", json!(format!("Saved as {name}.")), || status(page)).await?;
    serde_json::from_value(file["octets"].clone()).context("these are no octets")
}

async fn copied(page: &Page, format: &str) -> Result<String> {
    page.js("window.texts = []").await?;
    page.press(&format!("Copy as {format}")).await?;
    becomes("the status", json!("Copied."), || status(page)).await?;
    let text = page.js("return window.texts[0] ?? null").await?;
    text.as_str().map(str::to_owned).context("nothing was copied")
}

async fn status(page: &Page) -> Result<Value> {
    page.js("return document.querySelector('.saved p')?.textContent ?? ''").await
}
