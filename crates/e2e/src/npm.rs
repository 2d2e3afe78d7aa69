//! Scripts of the npm registry that tests ask for a second opinion, in the user's cache.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

/// A script of `package` at `version`, by its path in it, from the user's cache, where npm puts it the first time.
///
/// # Errors
/// On a computer without npm, or that cannot reach its registry.
pub fn script(package: &str, version: &str, path: &str) -> Result<String> {
    let folder =
        cache().context("there is no cache folder")?.join(format!("duplex/tools/{package}-{version}"));
    let script = folder.join("node_modules").join(package).join(path);
    if !script.is_file() {
        fs::create_dir_all(&folder)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        npm.arg(&folder)
            .arg(format!("{package}@{version}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let status = npm.status().context("there is no npm")?;
        ensure!(status.success(), "npm cannot fetch {package} ({status})");
    }
    fs::read_to_string(&script).with_context(|| format!("{} cannot be read", script.display()))
}

fn cache() -> Option<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)
}
