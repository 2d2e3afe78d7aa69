//! Where tools are kept between runs: a per-user cache folder, by name and version.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use crate::run;

/// The folder of all tools of this user.
pub(crate) fn tools() -> Result<PathBuf> {
    let base = folder(env::consts::OS, |name| env::var_os(name))
        .ok_or_else(|| anyhow!("no home folder is known: set HOME (or XDG_CACHE_HOME) and run it again."))?;
    Ok(base.join("duplex").join("tools"))
}

/// The cache folder of a user on `os`, where `var` reads the environment.
fn folder(os: &str, var: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // An empty or relative value counts as none, as the XDG specification asks.
    let absolute = |name| var(name).map(PathBuf::from).filter(|path| path.has_root());
    match os {
        "windows" => absolute("LOCALAPPDATA"),
        "macos" => absolute("HOME").map(|home| home.join("Library").join("Caches")),
        _ => absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache"))),
    }
}

/// Held while one tool is being installed, so that two commands do not build it twice.
pub(crate) fn lock(folder: &Path) -> Result<File> {
    let parent = folder.parent().unwrap_or(folder);
    let refused = || {
        format!("{} cannot be written: make it writable or set XDG_CACHE_HOME elsewhere.", parent.display())
    };
    fs::create_dir_all(parent).with_context(refused)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let file = File::create(parent.join(format!("{name}.lock"))).with_context(refused)?;
    let mut said = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                if !said {
                    run::say(format_args!("Waiting: another command is installing {name} right now"));
                    said = true;
                }
                run::go_on()?;
                sleep(Duration::from_millis(200));
            }
            // Some file systems know no locks; the worst case is a tool that is built twice.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(os: &str, env: &[(&str, &str)], expect: Option<&str>) {
        let var = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
        assert_eq!(folder(os, var), expect.map(PathBuf::from), "{os} {env:?}");
    }

    #[test]
    fn folders() {
        check("linux", &[("HOME", "/home/a")], Some("/home/a/.cache"));
        check("linux", &[("HOME", "/home/a"), ("XDG_CACHE_HOME", "/fast")], Some("/fast"));
        check("linux", &[("HOME", "/home/a"), ("XDG_CACHE_HOME", "")], Some("/home/a/.cache"));
        check("linux", &[("HOME", "/home/a"), ("XDG_CACHE_HOME", "here")], Some("/home/a/.cache"));
        check("freebsd", &[("HOME", "/home/a")], Some("/home/a/.cache"));
        check("macos", &[("HOME", "/Users/a"), ("XDG_CACHE_HOME", "/x")], Some("/Users/a/Library/Caches"));
        check("windows", &[("LOCALAPPDATA", "/c/Local"), ("HOME", "/c")], Some("/c/Local"));
        check("linux", &[], None);
        check("windows", &[("HOME", "/c")], None);
    }
}
