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
    let path = target(&mut stream).await?.trim_start_matches('/').to_owned();
    let name = if path.is_empty() { "index.html".to_owned() } else { path.clone() };
    if let Some((_, gate)) = flaws.held.as_ref().filter(|(end, _)| path.ends_with(end)) {
        gate.notified().await;
    }
    let missing = flaws.missing.is_some_and(|end| path.ends_with(end));
    let file = page.join(&name);
    // Every browser takes gzip; but what is to be changed on the way must not be compressed.
    let beforehand =
        if missing || flaws.policy.is_some() { None } else { std::fs::read(compressed(&file)).ok() };
    let encoding = if beforehand.is_some() { "content-encoding: gzip\r\n" } else { "" };
    let mut content = if missing { None } else { beforehand.or_else(|| std::fs::read(&file).ok()) };
    if flaws.policy.is_some() && name == "index.html" {
        // A page in a sandbox is a stranger to its own files, of which a browser checks none.
        content = content
            .map(|it| String::from_utf8_lossy(&it).replace("integrity=", "data-integrity=").into_bytes());
    }
    let policy = flaws.policy.map(|it| format!("content-security-policy: {it}\r\n")).unwrap_or_default();
    let fields = format!("access-control-allow-origin: *\r\n{encoding}{policy}");
    send(stream, Reply { name, fields, content }).await
}

/// Reads a request; answers its target.
pub(crate) async fn target(stream: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    Ok(head.split(' ').nth(1).context("no request target")?.to_owned())
}

/// What a host says of a file.
pub(crate) struct Reply {
    /// Its name, whose end tells its type.
    pub(crate) name: String,
    /// Field lines of its own, each with its end.
    pub(crate) fields: String,
    /// What is in it; `None`: there is no such file.
    pub(crate) content: Option<Vec<u8>>,
}

/// Sends an answer and closes the connection.
pub(crate) async fn send(mut stream: TcpStream, reply: Reply) -> Result<()> {
    let status = if reply.content.is_some() { "200 OK" } else { "404 Not Found" };
    let content = reply.content.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\n{}connection: close\r\n\r\n",
        kind(Path::new(&reply.name)),
        content.len(),
        reply.fields
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
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}
