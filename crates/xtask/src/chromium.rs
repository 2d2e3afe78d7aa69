//! Chromium and its driver for the tests: found as a pair of one version, or installed where that is safe.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::packages::Packages;
use crate::{run, tools};

const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const DRIVER_FILES: [&str; 2] = ["/usr/lib/chromium-browser/chromedriver", "/usr/lib/chromium/chromedriver"];
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const BROWSER_FILES: [&str; 3] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
];

const PACKAGES: Packages = Packages {
    product: "Chromium and its driver",
    debian: "chromium chromium-driver",
    // Named otherwise; there both come as snaps.
    ubuntu: "chromium-browser chromium-chromedriver",
    fedora: "chromium chromedriver",
    arch: "chromium",
    alpine: "chromium chromium-chromedriver",
    suse: "chromium chromedriver",
    macos: "google-chrome chromedriver",
    windows: "Google.Chrome Chromium.ChromeDriver",
};

/// A browser and the driver that fits it.
#[derive(Debug)]
pub(crate) struct Chromium {
    driver: PathBuf,
    chromium: PathBuf,
}

impl Chromium {
    /// Finds the pair; on Debian and Ubuntu, as root, installs it.
    pub(crate) fn ready() -> Result<Self> {
        if let Some(found) = Self::find()? {
            return Ok(found);
        }
        PACKAGES.install()?;
        match Self::find()? {
            Some(found) => Ok(found),
            None => bail!(
                "the packages brought no working Chromium: set DUPLEX_CHROMIUM and DUPLEX_CHROMEDRIVER."
            ),
        }
    }

    /// The driver.
    pub(crate) fn driver(&self) -> &Path {
        &self.driver
    }

    /// What the browser calls itself, with its version; nothing on Windows, where asking opens a window.
    pub(crate) fn version(&self) -> String {
        let said = if cfg!(windows) { None } else { run::ask(Command::new(&self.chromium).arg("--version")) };
        said.unwrap_or_default().trim().to_owned()
    }

    /// Tells the end-to-end tests to use this browser.
    pub(crate) fn stage<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DUPLEX_BROWSER", "chromium")
            .env("DUPLEX_CHROMEDRIVER", &self.driver)
            .env("DUPLEX_CHROMIUM", &self.chromium)
    }

    /// The first driver and browser of one version.
    fn find() -> Result<Option<Self>> {
        let drivers = tools::candidates(&["DUPLEX_CHROMEDRIVER", "CHROMEDRIVER"], &DRIVERS, &driver_files());
        let browsers = tools::candidates(&["DUPLEX_CHROMIUM"], &BROWSERS, &BROWSER_FILES.map(PathBuf::from));
        let mut apart = None;
        for driver in &drivers {
            for chromium in &browsers {
                // On Windows a browser that is asked for its version opens a window.
                let (ours, theirs) =
                    if cfg!(windows) { (None, None) } else { (major(driver), major(chromium)) };
                if ours == theirs && (ours.is_some() || cfg!(windows)) {
                    return Ok(Some(Self { driver: driver.clone(), chromium: chromium.clone() }));
                }
                apart = apart.or_else(|| Some((ours?, theirs?)));
            }
        }
        match apart {
            None => Ok(None),
            Some((ours, theirs)) => bail!(
                "chromedriver is of version {ours} and the browser of version {theirs}: \
                 install a pair, or name one with DUPLEX_CHROMEDRIVER and DUPLEX_CHROMIUM."
            ),
        }
    }
}

fn driver_files() -> Vec<PathBuf> {
    // Hosted build machines name the folder of the driver that fits their browser.
    let hosted = env::var_os("CHROMEWEBDRIVER")
        .map(|folder| Path::new(&folder).join(tools::file_name("chromedriver")));
    hosted.into_iter().chain(DRIVER_FILES.map(PathBuf::from)).collect()
}

fn major(program: &Path) -> Option<u32> {
    major_in(&run::ask(Command::new(program).arg("--version"))?)
}

/// 156 in `Chromium 156.0.8078.79 built on Debian`.
fn major_in(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_major(line: &str, expect: Option<u32>) {
        assert_eq!(major_in(line), expect, "{line}");
    }

    #[test]
    fn versions() {
        check_major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12", Some(156));
        check_major("ChromeDriver 156.0.8078.79 (a21ce95-refs/heads/8078@{#1704})", Some(156));
        check_major("Google Chrome 99.0.1.2 ", Some(99));
        check_major("command not found", None);
    }
}
