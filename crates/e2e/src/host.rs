//! A host for a built page: files as they are, or compressed where that was done beforehand. It may be out of
//! order: some file is missing, comes late, or comes with a policy.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::stage::setting_of;

/// What is not in order. Names are the ends of paths.
#[derive(Clone, Debug, Default)]
pub struct Flaws {
    /// What is answered with 404.
    pub missing: Option<&'static str>,
    /// What is held back until it is let go.
    pub held: Option<(&'static str, Arc<Notify>)>,
    /// A Content Security Policy of everything.
    pub policy: Option<&'static str>,
}

/// Starts a host of the page that is tested; answers its address. It ends with the runtime.
///
/// # Errors
/// If there is no page or no port.
pub async fn start(flaws: Flaws) -> Result<String> {
    serve(setting_of("DUPLEX_PAGE")?, flaws).await
}

/// The same for the page in any folder.
///
/// # Errors
/// If there is no port.
pub async fn serve(page: PathBuf, flaws: Flaws) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (page, flaws) = (page.clone(), flaws.clone());
            // Whoever went away meanwhile needs no answer.
            tokio::spawn(async move { answer(stream, &page, &flaws).await.ok() });
        }
    });
    Ok(address)
}

/// One request, one answer.
async fn answer(mut stream: TcpStream, page: &Path, flaws: &Flaws) -> Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).context("no request target")?.trim_start_matches('/').to_owned();
    let file = page.join(if path.is_empty() { "index.html" } else { &path });
    if let Some((_, gate)) = flaws.held.as_ref().filter(|(end, _)| path.ends_with(end)) {
        gate.notified().await;
    }
    let missing = flaws.missing.is_some_and(|end| path.ends_with(end));
    // What is to be changed on the way must not be compressed.
    let as_it_is = missing || flaws.policy.is_some() || !head.contains("gzip");
    let beforehand = if as_it_is { None } else { std::fs::read(compressed(&file)).ok() };
    let encoding = if beforehand.is_some() { "content-encoding: gzip\r\n" } else { "" };
    let content = if missing { None } else { beforehand.or_else(|| std::fs::read(&file).ok()) };
    let status = if content.is_some() { "200 OK" } else { "404 Not Found" };
    let mut content = content.unwrap_or_default();
    if flaws.policy.is_some() && file.ends_with("index.html") {
        // A page in a sandbox is a stranger to its own files, of which a browser checks none.
        content = String::from_utf8_lossy(&content).replace("integrity=", "data-integrity=").into_bytes();
    }
    let policy = flaws.policy.map(|it| format!("content-security-policy: {it}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\naccess-control-allow-origin: *\r\n{encoding}{policy}connection: close\r\n\r\n",
        kind(&file),
        content.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&content).await?;
    Ok(stream.shutdown().await?)
}

/// What lies beside a file that was compressed beforehand.
fn compressed(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    name.into()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}
