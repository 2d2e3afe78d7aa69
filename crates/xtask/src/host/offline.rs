//! The service worker that keeps the page for times without a network, with the list of what it keeps, and the
//! one that keeps out of the way of live requests. What they do is told in `hosting/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::workspace;

/// What starts the page, with the registration in front.
pub(super) fn registered(start: &str) -> Result<String> {
    Ok(format!("{}{start}", bare(&given("register.js")?)))
}

/// Puts the workers into a folder that has everything else already.
pub(super) fn keep(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    list(folder, "", &mut files)?;
    files.sort();
    fs::write(folder.join("offline.js"), filled(&bare(&given("offline.js")?), &files)?)?;
    for name in ["clear.js", "clear.html"] {
        fs::write(folder.join(name), given(name)?)?;
    }
    Ok(())
}

fn given(name: &str) -> Result<String> {
    let file = workspace::root().join("hosting").join(name);
    fs::read_to_string(&file).with_context(|| format!("{} is missing.", file.display()))
}

/// A script without its comments, which are for us.
fn bare(script: &str) -> String {
    let told = script.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with("//"));
    told.map(|line| format!("{line}\n")).collect()
}

/// A worker with version and list in their places.
fn filled(worker: &str, files: &[(String, String)]) -> Result<String> {
    let rows: Vec<String> = files.iter().map(|(name, digest)| format!("{name:?}: {digest:?}")).collect();
    let list = rows.join(",\n  ");
    let mut text = worker.to_owned();
    for (place, with) in [
        ("VERSION = \"\"", format!("VERSION = \"{}\"", digest(list.as_bytes()))),
        ("FILES = {}", format!("FILES = {{\n  {list}\n}}")),
    ] {
        if text.matches(place).count() != 1 {
            bail!("hosting/offline.js must have `{place}` once, to be filled in.");
        }
        text = text.replace(place, &with);
    }
    Ok(text)
}

/// Names and digests of the files in a folder and in those in it. The page itself goes by the folder's own name:
/// some hosts lead away from `index.html`.
fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
            continue;
        }
        let name = if name == "index.html" { "./".to_owned() } else { name };
        files.push((name, digest(&fs::read(entry.path())?)));
    }
    Ok(())
}

/// As a browser wants it (Subresource Integrity).
fn digest(octets: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(octets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests() {
        // The examples of FIPS 180, which are given in hexadecimal there.
        assert_eq!(digest(b"abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(digest(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn every_file_is_listed() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("duplex-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("words"))?;
        for name in ["index.html", "a.js", "words/b.po"] {
            fs::write(folder.join(name), "abc")?;
        }
        let made = keep(&folder).and_then(|()| Ok(fs::read_to_string(folder.join("offline.js"))?));
        let clear = folder.join("clear.js").exists() && folder.join("clear.html").exists();
        fs::remove_dir_all(&folder)?;
        let made = made?;
        for name in ["./", "a.js", "words/b.po"] {
            assert!(made.contains(&format!("\"{name}\": \"{}\"", digest(b"abc"))), "{made}");
        }
        assert_eq!((made.matches("\"sha256-").count(), clear), (4, true), "{made}");
        Ok(())
    }

    #[test]
    fn a_worker_without_places_is_refused() {
        assert!(filled("const VERSION = \"\"; const FILES = {};", &[]).is_ok());
        assert!(filled("const FILES = {};", &[]).is_err());
    }
}
