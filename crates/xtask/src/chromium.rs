//! Chromium and its driver for the tests: found as a pair of one version, or installed where that is safe.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

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

/// A browser and the driver that fits it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) driver: PathBuf,
    pub(crate) chromium: PathBuf,
}

impl Browser {
    /// Finds the pair; on Debian and Ubuntu, as root, installs it.
    pub(crate) fn ready() -> Result<Self> {
        if let Some(found) = Self::find()? {
            return Ok(found);
        }
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let way = Way::on(env::consts::OS, &release);
        let Some(packages) = way.apt.filter(|_| is_root()) else {
            bail!("Chromium and its driver are missing: run `{}`, then run this again.", way.command);
        };
        install(packages)?;
        match Self::find()? {
            Some(found) => Ok(found),
            None => {
                bail!("{packages} brought no working Chromium: set DUPLEX_CHROMIUM and DUPLEX_CHROMEDRIVER.")
            }
        }
    }

    /// The first driver and browser of one version.
    fn find() -> Result<Option<Self>> {
        let drivers = candidates(&["DUPLEX_CHROMEDRIVER", "CHROMEDRIVER"], &DRIVERS, &driver_files());
        let browsers = candidates(&["DUPLEX_CHROMIUM"], &BROWSERS, &BROWSER_FILES.map(PathBuf::from));
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

/// Programs named by the environment, or else on PATH, or else at their usual places.
fn candidates(vars: &[&str], names: &[&str], files: &[PathBuf]) -> Vec<PathBuf> {
    if let Some(named) = vars.iter().find_map(env::var_os) {
        return vec![named.into()];
    }
    let on_path = names.iter().filter_map(|name| tools::on_path(name));
    on_path.chain(files.iter().filter(|file| file.is_file()).cloned()).collect()
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

fn install(packages: &str) -> Result<()> {
    run::say(format_args!("Installing {packages}"));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        run::run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // An update that fails in part (one dead source) often still knows these packages.
    let updated = apt(&["update"]);
    run::go_on()?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(packages.split(' '));
    let installed = apt(&args);
    run::go_on()?;
    if installed.is_err() {
        let what = if updated.is_err() { "the package lists" } else { packages };
        bail!("apt-get could not fetch {what} (reason above): connect to a package mirror and run it again.");
    }
    Ok(())
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::Uid::effective().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// How a system comes by Chromium and its driver.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    /// What a user types.
    command: &'static str,
    /// The packages that this program installs itself where it may.
    apt: Option<&'static str>,
}

impl Way {
    fn on(os: &str, release: &str) -> Self {
        let by_hand = |command| Self { command, apt: None };
        let ids = ids(release);
        let is = |id: &str| ids.contains(&id);
        match os {
            "macos" => by_hand("brew install --cask google-chrome chromedriver"),
            "windows" => by_hand("winget install Google.Chrome Chromium.ChromeDriver"),
            // Ubuntu names them otherwise; there both come as snaps.
            _ if is("ubuntu") => Self {
                command: "sudo apt-get install chromium-browser chromium-chromedriver",
                apt: Some("chromium-browser chromium-chromedriver"),
            },
            _ if is("debian") => Self {
                command: "sudo apt-get install --no-install-recommends chromium chromium-driver",
                apt: Some("chromium chromium-driver"),
            },
            _ if is("fedora") || is("rhel") => by_hand("sudo dnf install chromium chromedriver"),
            _ if is("arch") => by_hand("sudo pacman -S chromium"),
            _ if is("alpine") => by_hand("sudo apk add chromium chromium-chromedriver"),
            _ if is("suse") || is("opensuse") => by_hand("sudo zypper install chromium chromedriver"),
            _ => by_hand("your package manager for chromium and chromedriver"),
        }
    }
}

/// The system's own name and those of its kin, from /etc/os-release.
fn ids(release: &str) -> Vec<&str> {
    let value = |key| release.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    let names = [value("ID="), value("ID_LIKE=")];
    names.into_iter().flat_map(|names| names.trim_matches('"').split_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_major(line: &str, expect: Option<u32>) {
        assert_eq!(major_in(line), expect, "{line}");
    }

    fn check_way(os: &str, release: &str, command: &str, apt: Option<&str>) {
        let way = Way::on(os, release);
        assert!(way.command.contains(command), "{os} {release}: {way:?}");
        assert_eq!(way.apt, apt, "{os} {release}");
    }

    #[test]
    fn versions() {
        check_major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12", Some(156));
        check_major("ChromeDriver 156.0.8078.79 (a21ce95-refs/heads/8078@{#1704})", Some(156));
        check_major("Google Chrome 99.0.1.2 ", Some(99));
        check_major("command not found", None);
    }

    #[test]
    fn ways() {
        let debian = Some("chromium chromium-driver");
        check_way("linux", "NAME=\"Debian\"\nID=debian\n", "chromium-driver", debian);
        check_way("linux", "ID=raspbian\nID_LIKE=debian", "chromium-driver", debian);
        let ubuntu = Some("chromium-browser chromium-chromedriver");
        check_way("linux", "ID=ubuntu\nID_LIKE=debian", "chromium-chromedriver", ubuntu);
        check_way("linux", "ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "chromium-chromedriver", ubuntu);
        check_way("linux", "ID=fedora", "dnf install chromium chromedriver", None);
        check_way("linux", "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", "zypper", None);
        check_way("linux", "", "chromium and chromedriver", None);
        check_way("macos", "", "brew", None);
        check_way("windows", "", "winget", None);
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let none = candidates(&["DUPLEX_NO_SUCH_VARIABLE"], &["no-such-program"], &["/no/such/file".into()]);
        assert_eq!(none, Vec::<PathBuf>::new());
    }
}
