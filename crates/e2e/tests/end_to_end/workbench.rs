//! The workbench and the inspector: octets that follow what is typed, fields that the keyboard alone
//! reaches, links that open on a field, and nothing that blanks the page.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, Place, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use thirtyfour::prelude::*;

async fn on_page<F, A>(name: &'static str, fragment: &'static str, act: F)
where
    F: FnOnce(Page) -> A + 'static,
    A: Future<Output = Result<()>> + 'static,
{
    play(name, Setting::default(), Look::default(), |show| async move {
        show.open(fragment).await?;
        act(show.page.clone()).await
    })
    .await;
}

async fn octets(page: &Page) -> Result<Place> {
    page.get("region", "Octets").await
}

/// The names of the field buttons.
async fn fields(page: &Page) -> Result<Vec<String>> {
    let script = "return [...arguments[0].querySelectorAll('.fields button')].map(it => it.innerText)";
    Ok(serde_json::from_value(octets(page).await?.ask(script, ().into()).await?)?)
}

/// The hexadecimal column.
async fn hex(page: &Page) -> Result<String> {
    let script = "return [...arguments[0].querySelectorAll('.dump td:nth-child(2)')].map(it => it.textContent.trim()).join(' ')";
    Ok(octets(page).await?.ask(script, ().into()).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn octets_follow_what_is_built() {
    on_page("bench_build", "", |page| async move {
        page.get("link", "Workbench").await?.click().await?;
        // RFC 6455 section 5.7: a single-frame masked text message.
        becomes("Hello, masked", "81 85 37 fa 21 3d 7f 9f 4d 51 58".to_owned(), || hex(&page)).await?;
        page.fill("textbox", "Payload", "Hi").await?;
        becomes("Hi, masked", "81 82 37 fa 21 3d 7f 93".to_owned(), || hex(&page)).await?;
        page.choose("Sent by", "Server").await?;
        becomes("Hi from the server", "81 02 48 69".to_owned(), || hex(&page)).await?;
        page.choose("Opcode", "9: Ping").await?;
        page.get("checkbox", "FIN").await?.click().await?;
        becomes("a fragmented Ping", "09 02 48 69".to_owned(), || hex(&page)).await?;
        let alert = page.names_or_texts("alert").await?.join(" ");
        for part in ["must not be fragmented", "RFC 6455 section 5.5", "1002", "script sees"] {
            ensure!(alert.contains(part), "the alert does not say {part:?}: {alert}");
        }
        page.fill("textbox", "Masking key", "37 fa").await?;
        page.get("checkbox", "Masked").await?.click().await?;
        let told = || async { Ok(page.names_or_texts("status").await?.join(" ").contains("four octets")) };
        becomes("a word on the key", true, told).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_is_reached_by_the_keyboard_alone() {
    let link = "view=workbench&tool=accept";
    on_page("bench_keys", link, |page| async move {
        let all = fields(&page).await?;
        ensure!(all.len() > 8, "a request has more fields than {all:?}");
        tab_to_the_fields(&page).await?;
        walk(&page, &all).await?;
        // And so in the drawer of the lab.
        page.js("location.hash = 'event=7'").await?;
        page.get("button", "Play").await?;
        let all = fields(&page).await?;
        ensure!(all.len() > 8, "a handshake has more fields than {all:?}");
        page.blur().await?;
        tab_to_the_fields(&page).await?;
        walk(&page, &all).await
    })
    .await;
}

async fn tab_to_the_fields(page: &Page) -> Result<()> {
    for _ in 0..120 {
        page.type_keys(Key::Tab + "").await?;
        if page.js("return !!document.activeElement.closest('.fields')").await? == true {
            return Ok(());
        }
    }
    anyhow::bail!("the Tab key does not lead to the fields")
}

/// From the first field to the last with the arrow key; each is chosen and explained.
async fn walk(page: &Page, all: &[String]) -> Result<()> {
    page.type_keys(Key::Home + "").await?;
    for (place, name) in all.iter().enumerate() {
        let focus = || async {
            let script = "return [document.activeElement.innerText, document.activeElement.getAttribute('aria-pressed')]";
            page.js(script).await
        };
        becomes(&format!("field {place}"), serde_json::json!([name, "true"]), focus).await?;
        let script = "return document.querySelector('.explained h3')?.textContent";
        let explained = page.js(script).await?;
        let explained = explained.as_str().unwrap_or_default();
        ensure!(!explained.is_empty() && name.starts_with(explained), "{name} is explained as {explained:?}");
        page.type_keys(Key::Down + "").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_on_its_field() {
    let check = |name: &'static str, fragment: &'static str, field: &'static str| {
        on_page(name, fragment, move |page| async move {
            let script = "const it = document.querySelector('.fields [aria-pressed=true]'); \
                if (!it) return null; const r = it.getBoundingClientRect(); \
                const list = it.closest('.fields').getBoundingClientRect(); \
                return [it.innerText, list.top <= r.top + 1 && r.bottom <= list.bottom + 1, r.top < innerHeight]";
            let seen = eventually("the field", || async {
                let seen = page.js(script).await?;
                Ok((seen[1] == true).then_some(seen))
            })
            .await?;
            ensure!(seen[0].as_str().unwrap_or_default().starts_with(field), "the link opens on {seen}");
            ensure!(seen[2] == true, "the field is below the window: {seen}");
            let explained = page.js("return document.querySelector('.explained h3').textContent").await?;
            ensure!(explained == field, "explained is {explained}");
            Ok(())
        })
    };
    check("bench_link_lab", "event=7&field=13", "Sec-WebSocket-Key").await;
    check("bench_link_built", "view=workbench&tool=build&field=7", "Masking key").await;
    check("bench_link_pasted", "view=workbench&tool=paste&octets=88+02+03+e8&field=7", "Close code").await;
    check(
        "bench_link_broken",
        "view=workbench&tool=break&case=wrong-accept&unit=1&field=5",
        "Sec-WebSocket-Accept",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_can_be_broken() {
    on_page("bench_accept", "view=workbench&tool=accept", |page| async move {
        let verdict = |part: &'static str| {
            let page = page.clone();
            async move {
                eventually(part, || async {
                    let said = page.names_or_texts("status").await?.join(" ");
                    Ok(said.contains(part).then_some(()))
                })
                .await
            }
        };
        verdict("the WebSocket is open").await?;
        page.press("Break one character").await?;
        verdict("It fails the connection").await?;
        let alert = page.names_or_texts("alert").await?.join(" ");
        ensure!(alert.contains("does not follow from the key") && alert.contains("1006"), "{alert}");
        page.press("Start over").await?;
        verdict("the WebSocket is open").await?;
        page.fill("textbox", "Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEA==").await?;
        verdict("the WebSocket is open").await?;
        page.fill("textbox", "GUID", "258EAFA5").await?;
        verdict("It fails the connection").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_can_be_broken() {
    on_page("bench_break", "view=workbench&tool=break", |page| async move {
        let script = "return [...document.querySelectorAll('[aria-label=\"Rules to break\"] button')].map(it => it.innerText)";
        let cases: Vec<String> = serde_json::from_value(page.js(script).await?)?;
        ensure!(cases.len() >= 16, "only {cases:?}");
        for case in &cases {
            page.press(case).await?;
            page.get("heading", case).await?;
            let alert = page.names_or_texts("alert").await?.join(" ");
            for part in ["Where", "RFC ", "On the wire", "A page’s script sees", "Known from"] {
                ensure!(alert.contains(part), "of {case} the alert does not say {part:?}: {alert}");
            }
            let culprits = page.js("return document.querySelectorAll('.fields .culprit').length").await?;
            ensure!(culprits == 1, "{case} has {culprits} fields that break the rule");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_told_and_files_are_read() {
    on_page("bench_paste", "view=workbench&tool=paste", |page| async move {
        page.fill("textbox", "Paste octets", "81 05 zz").await?;
        let told = || async {
            Ok(page
                .names_or_texts("status")
                .await?
                .join(" ")
                .contains("Line 1, column 7: “z” is no hexadecimal digit"))
        };
        becomes("a word on the place", true, told).await?;
        page.fill("textbox", "Paste octets", "GET / HTTP/1.1\nHost: a\n\n").await?;
        page.get("heading", "Request GET /").await?;
        let folder = corpora();
        let mut files: Vec<PathBuf> = Vec::new();
        for target in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?.flatten() {
            files.extend(std::fs::read_dir(target.path())?.flatten().map(|it| it.path()));
        }
        ensure!(files.len() >= 60, "only {} files in the corpora", files.len());
        files.sort();
        for file in &files {
            let octets = std::fs::read(file)?;
            paste_file(&page, &octets).await.with_context(|| file.display().to_string())?;
        }
        Ok(())
    })
    .await;
}

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
}

/// Hands a file to the page's own file input, and looks whether the page still stands.
async fn paste_file(page: &Page, octets: &[u8]) -> Result<()> {
    let script = "const input = document.querySelector('input[type=file]'); \
        const data = new DataTransfer(); data.items.add(new File([new Uint8Array(arguments[0])], 'octets')); \
        document.querySelector('textarea').dataset.before = 'yes'; \
        input.files = data.files; input.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js_with(script, vec![serde_json::json!(octets)]).await?;
    let expected: usize = octets.len();
    eventually("the page to take the file", || async {
        let script = "const shown = [...document.querySelectorAll('.dump td:nth-child(2)')].map(it => it.textContent.trim().split(/ +/).length).reduce((a, b) => a + b, 0); \
            return [!!document.querySelector('h1'), shown, document.querySelector('textarea').value.length]";
        let seen = page.js(script).await?;
        let (stands, text) = (seen[0] == true, seen[2].as_u64().unwrap_or(0));
        ensure!(stands, "the page is blank");
        Ok((expected == 0 || text > 0).then_some(()))
    })
    .await?;
    ensure!(
        page.js("return document.documentElement.dataset.ready").await? == "true",
        "the page is not ready"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_fits_a_phone() {
    let look = Look { size: (360, 740), ..Look::default() };
    play("bench_phone", Setting::default(), look, |show| async move {
        for tool in ["build&deflate=1&fragment=3", "paste&octets=81+05", "accept", "break&case=utf8-split"] {
            show.open(&format!("view=workbench&tool={tool}")).await?;
            let wide = show.page.js("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "{tool} is {wide} pixels too wide");
        }
        Ok(())
    })
    .await;
}
