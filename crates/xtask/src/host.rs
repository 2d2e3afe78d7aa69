//! Makes a built page ready for any static host: no script within its markup, a policy that forbids any,
//! what a host may send along, names that change with what they name, a service worker that keeps it, and every file
//! compressed beforehand.

mod compressed;
mod offline;
mod policy;
mod worker;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// Readies the page in `folder`, which has just been slimmed.
pub(crate) fn ready(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).context("the built page has no index.html: build it again.")?;
    let (html, script) = policy::without_scripts(&html, offline::registered)?;
    fs::write(folder.join(script.name()), &script.text)?;
    fs::write(&index, policy::stated(&html)?)?;
    for (from, name) in GIVEN {
        let from = workspace::root().join(from);
        fs::copy(&from, folder.join(name)).with_context(|| format!("{} is missing.", from.display()))?;
    }
    worker::name_by_content(folder)?;
    // Last of what the page loads: it lists every file.
    offline::keep(folder)?;
    compress(folder)?;
    // For the host alone: nobody asks for it.
    fs::write(folder.join("_headers"), policy::headers())?;
    Ok(())
}

/// Puts every file of `folder` that gains by it there once more, compressed.
pub(crate) fn compress(folder: &Path) -> Result<()> {
    compressed::beside(folder)
}

/// Files that go out as they are.
const GIVEN: [(&str, &str); 2] =
    [("hosting/manifest.webmanifest", "manifest.webmanifest"), ("styles/icon.svg", "icon.svg")];
