//! Packages of the npm registry that measurements need, in the user's cache.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{cache, run};

/// The folder of `package` at `version`, fetched when it is first asked for.
pub(crate) fn package(package: &str, version: &str) -> Result<PathBuf> {
    let folder = cache::tools()?.join(format!("{package}-{version}"));
    let own = folder.join("node_modules").join(package);
    if own.is_dir() {
        return Ok(own);
    }
    let _lock = cache::lock(&folder)?;
    if own.is_dir() {
        return Ok(own);
    }
    run::say(format_args!("Fetching {package} {version} for this user: once"));
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(&folder)
        .arg(format!("{package}@{version}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let status = npm.status().with_context(|| {
        format!("npm does not start, and {package} is measured beside the page: install Node.js with npm.")
    })?;
    if !status.success() || !own.is_dir() {
        bail!(
            "npm cannot fetch {package} {version} ({status}): connect to the npm registry and run it again."
        );
    }
    Ok(own)
}
