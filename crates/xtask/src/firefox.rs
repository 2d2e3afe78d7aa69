//! Firefox and its driver for the tests: found, or installed where that is safe.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::packages::Packages;
use crate::{run, tools, workspace};

const BROWSERS: [&str; 2] = ["firefox-esr", "firefox"];
const BROWSER_FILES: [&str; 2] =
    ["/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe"];

const PACKAGES: Packages = Packages {
    product: "Firefox",
    debian: "firefox-esr",
    ubuntu: "firefox",
    fedora: "firefox",
    arch: "firefox",
    alpine: "firefox-esr",
    suse: "MozillaFirefox",
    macos: "firefox",
    windows: "Mozilla.Firefox",
};

/// Firefox and geckodriver.
#[derive(Debug)]
pub(crate) struct Firefox {
    driver: PathBuf,
    firefox: PathBuf,
}

impl Firefox {
    /// Finds both; installs Firefox on Debian and Ubuntu, as root, and geckodriver everywhere.
    pub(crate) fn ready() -> Result<Self> {
        let firefox = match Self::find() {
            Some(found) => found,
            None => {
                PACKAGES.install()?;
                match Self::find() {
                    Some(found) => found,
                    None => bail!("the packages brought no working Firefox: set DUPLEX_FIREFOX."),
                }
            }
        };
        Ok(Self { driver: driver()?, firefox })
    }

    /// The driver.
    pub(crate) fn driver(&self) -> &Path {
        &self.driver
    }

    /// A file that tells wasm-bindgen's test runner which Firefox to start.
    pub(crate) fn settings(&self) -> Result<PathBuf> {
        let folder = workspace::target().join("duplex");
        fs::create_dir_all(&folder)?;
        let file = folder.join("firefox.json");
        fs::write(&file, settings(&self.firefox))?;
        Ok(file)
    }

    /// Tells the end-to-end tests to use this browser.
    pub(crate) fn stage<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DUPLEX_BROWSER", "firefox")
            .env("DUPLEX_GECKODRIVER", &self.driver)
            .env("DUPLEX_FIREFOX", &self.firefox)
    }

    fn find() -> Option<PathBuf> {
        let found = tools::candidates(&["DUPLEX_FIREFOX"], &BROWSERS, &BROWSER_FILES.map(PathBuf::from));
        // Where Firefox is a snap that is not there, a script of its name says so and fails. On Windows a
        // browser that is asked for its version opens a window.
        let works = |file: &PathBuf| cfg!(windows) || says(file).is_some();
        found.into_iter().find(works)
    }
}

/// The driver that is there already if it is new enough, else one of our own.
fn driver() -> Result<PathBuf> {
    // Hosted build machines name the folder of the driver.
    let hosted =
        env::var_os("GECKOWEBDRIVER").map(|folder| Path::new(&folder).join(tools::file_name("geckodriver")));
    let files: Vec<PathBuf> = hosted.into_iter().collect();
    let found = tools::candidates(&["DUPLEX_GECKODRIVER"], &["geckodriver"], &files);
    match found.into_iter().find(|file| says(file).is_some_and(|line| is_new_enough(&line))) {
        Some(driver) => Ok(driver),
        None => tools::geckodriver(),
    }
}

fn settings(firefox: &Path) -> String {
    let firefox = firefox.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    format!("{{\"moz:firefoxOptions\": {{\"binary\": \"{firefox}\"}}}}\n")
}

fn says(program: &Path) -> Option<String> {
    run::ask(Command::new(program).arg("--version"))
}

/// 0.36 was the first to know `--allow-system-access`, which the tests need.
fn is_new_enough(line: &str) -> bool {
    let version = line.strip_prefix("geckodriver ").unwrap_or_default();
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    (parts.next(), parts.next()) >= (Some(0), Some(36))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: bool) {
        assert_eq!(is_new_enough(line), expect, "{line}");
    }

    #[test]
    fn paths_are_json() {
        let path = |file: &str| settings(Path::new(file));
        assert_eq!(
            path("/usr/bin/firefox-esr"),
            "{\"moz:firefoxOptions\": {\"binary\": \"/usr/bin/firefox-esr\"}}\n"
        );
        assert!(path(r"C:\a\firefox.exe").contains(r#""C:\\a\\firefox.exe""#));
    }

    #[test]
    fn drivers() {
        check("geckodriver 0.37.1\n\nThe source code of this program is available", true);
        check("geckodriver 0.36.0 (a3d508507022 2025-02-24 15:57 +0000)", true);
        check("geckodriver 1.0.0", true);
        check("geckodriver 0.35.0", false);
        check("geckodriver", false);
        check("", false);
    }
}
