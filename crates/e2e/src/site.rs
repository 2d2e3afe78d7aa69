//! A static host as strict as they come: the files of `cargo xtask dist` below a path, with what its `_headers`
//! says, the page's policy once more with an address for reports, and nothing besides.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::host::{self, Reply};
use crate::stage::setting_of;

/// Where the page lies, as on a host that gives each project a folder.
const BELOW: &str = "/some/class/";

/// A host; it ends when this is dropped.
pub struct Site {
    port: u16,
    shelf: Arc<Mutex<Shelf>>,
    listening: JoinHandle<()>,
}

/// What is there, and what was asked for: path and status.
struct Shelf {
    files: Files,
    asked: Vec<(String, u16)>,
}

/// One version of the page: names below its folder, and contents.
#[derive(Clone)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Site {
    /// Puts the page online.
    ///
    /// # Errors
    /// If there is no page or no port.
    pub async fn open(files: Files) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let shelf = Arc::new(Mutex::new(Shelf { files, asked: Vec::new() }));
        let listening = tokio::spawn(listen(listener, Arc::clone(&shelf)));
        Ok(Self { port, shelf, listening })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{BELOW}", self.port)
    }

    /// Takes it off the network.
    pub async fn close(&mut self) {
        self.listening.abort();
        // The port is free when the task is gone.
        let _ = (&mut self.listening).await;
    }

    /// Puts another version in the place of this one.
    pub fn publish(&self, files: Files) {
        lock(&self.shelf).files = files;
    }

    /// Fails unless everything that was asked for was there; among that would be reports of the policy.
    ///
    /// # Errors
    /// If something was not.
    pub fn in_order(&self) -> Result<()> {
        let shelf = lock(&self.shelf);
        ensure!(!shelf.asked.is_empty(), "nobody has asked for anything");
        let bad: Vec<_> = shelf.asked.iter().filter(|(_, status)| *status != 200).collect();
        ensure!(bad.is_empty(), "asked for what is not there: {bad:?}");
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Files {
    /// What `cargo xtask test` has built.
    ///
    /// # Errors
    /// If it has not.
    pub fn read() -> Result<Self> {
        let mut files = BTreeMap::new();
        collect(&setting_of("DUPLEX_HOSTED")?, "", &mut files)?;
        Ok(Self(files))
    }

    /// Another version: the markup names another style sheet, and the list of the worker that keeps them both.
    ///
    /// # Errors
    /// If the page has no such parts.
    pub fn next(&self) -> Result<Self> {
        let mut files = self.0.clone();
        let style =
            files.keys().find(|name| name.ends_with(".css")).context("there is no style sheet")?.clone();
        let (mut worker, index) = (self.text("offline.js")?, self.text("index.html")?);
        let next = index.replace(&style, NEXT_STYLE);
        let sheet = self.text(&style)? + "\n/* the next */";
        for (old, new) in [(index.as_str(), next.as_str()), (&self.text(&style)?, &sheet)] {
            ensure!(worker.contains(&digest(old)), "the list lacks a file as it is");
            worker = worker.replace(&digest(old), &digest(new));
        }
        worker = worker.replace(&style, NEXT_STYLE).replacen("sha256-", "next-sha256-", 1);
        files.remove(&style);
        let changed = [("offline.js", worker), ("index.html", next), (NEXT_STYLE, sheet)];
        files.extend(changed.map(|(name, text)| (name.to_owned(), text.into_bytes())));
        Ok(Self(files))
    }

    /// What is left without the files whose names begin with `start`, as after half an upload.
    ///
    /// # Errors
    /// If there are none.
    pub fn without(&self, start: &str) -> Result<Self> {
        let mut files = self.0.clone();
        files.retain(|name, _| !name.starts_with(start));
        ensure!(files.len() < self.0.len(), "there is no {start}");
        Ok(Self(files))
    }

    /// The same with one more.
    #[must_use]
    pub fn with(&self, name: &str, text: String) -> Self {
        let mut files = self.0.clone();
        files.insert(name.to_owned(), text.into_bytes());
        Self(files)
    }

    fn text(&self, name: &str) -> Result<String> {
        let octets = self.0.get(name).with_context(|| format!("{name} is missing"))?;
        Ok(String::from_utf8(octets.clone())?)
    }

    /// The field lines that `_headers` has for a file: lines without an indent say for which.
    fn fields(&self, name: &str) -> Result<String> {
        let (mut fields, mut meant) = (String::new(), false);
        for line in self.text("_headers")?.lines() {
            match line.strip_prefix("  ") {
                Some(field) if meant => fields.push_str(&format!("{field}\r\n")),
                Some(_) => {}
                None => {
                    let (start, end) = line.split_once('*').context("a line of _headers has no *")?;
                    meant = format!("/{name}").starts_with(start) && name.ends_with(end);
                }
            }
        }
        if name == "index.html" {
            let (_, policy) = self
                .text(name)?
                .split_once("Content-Security-Policy content=\"")
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .context("the page has no policy")?;
            let policy = policy.split('"').next().unwrap_or_default();
            fields.push_str(&format!("content-security-policy: {policy}; report-uri {BELOW}report\r\n"));
        }
        Ok(fields)
    }
}

async fn listen(listener: TcpListener, shelf: Arc<Mutex<Shelf>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shelf = Arc::clone(&shelf);
        // Whoever went away meanwhile needs no answer.
        tokio::spawn(async move { answer(stream, &shelf).await.ok() });
    }
}

async fn answer(mut stream: TcpStream, shelf: &Mutex<Shelf>) -> Result<()> {
    let target = host::target(&mut stream).await?;
    let reply = {
        let mut shelf = lock(shelf);
        let name = target.strip_prefix(BELOW).map(|name| if name.is_empty() { "index.html" } else { name });
        let found = name.and_then(|name| Some((name, shelf.files.0.get(name)?.clone())));
        let reply = match found {
            Some((name, content)) => {
                Reply { name: name.to_owned(), fields: shelf.files.fields(name)?, content: Some(content) }
            }
            None => Reply { name: target.clone(), fields: String::new(), content: None },
        };
        shelf.asked.push((target, if reply.content.is_some() { 200 } else { 404 }));
        reply
    };
    host::send(stream, reply).await
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The style sheet of the next version.
pub const NEXT_STYLE: &str = "styles-next.css";
