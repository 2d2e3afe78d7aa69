//! Packages of the system: installed where this program may, else named in a command for the user.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// What a product is called by the package managers.
pub(crate) struct Packages {
    /// What a user knows it as.
    pub(crate) product: &'static str,
    pub(crate) debian: &'static str,
    pub(crate) ubuntu: &'static str,
    pub(crate) fedora: &'static str,
    pub(crate) arch: &'static str,
    pub(crate) alpine: &'static str,
    pub(crate) suse: &'static str,
    pub(crate) macos: &'static str,
    pub(crate) windows: &'static str,
}

/// How a system comes by a product.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    /// What a user types.
    command: String,
    /// The packages that this program installs itself where it may.
    apt: Option<&'static str>,
}

impl Packages {
    /// Installs the packages on Debian and Ubuntu, as root; elsewhere fails with what to type.
    pub(crate) fn install(&self) -> Result<()> {
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let way = self.way(env::consts::OS, &release);
        match way.apt.filter(|_| is_root()) {
            Some(packages) => install(packages),
            None => bail!("missing: {}. Run `{}`, then run this again.", self.product, way.command),
        }
    }

    fn way(&self, os: &str, release: &str) -> Way {
        let by_hand = |how: &str, packages| Way { command: format!("{how} {packages}"), apt: None };
        let by_apt = |how: &str, packages| Way { command: format!("{how} {packages}"), apt: Some(packages) };
        let ids = ids(release);
        let is = |id: &str| ids.contains(&id);
        match os {
            "macos" => by_hand("brew install --cask", self.macos),
            "windows" => by_hand("winget install", self.windows),
            _ if is("ubuntu") => by_apt("sudo apt-get install", self.ubuntu),
            _ if is("debian") => by_apt("sudo apt-get install --no-install-recommends", self.debian),
            _ if is("fedora") || is("rhel") => by_hand("sudo dnf install", self.fedora),
            _ if is("arch") => by_hand("sudo pacman -S", self.arch),
            _ if is("alpine") => by_hand("sudo apk add", self.alpine),
            _ if is("suse") || is("opensuse") => by_hand("sudo zypper install", self.suse),
            _ => by_hand("your package manager for", self.product),
        }
    }
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

/// The system's own name and those of its kin, from /etc/os-release.
fn ids(release: &str) -> Vec<&str> {
    let value = |key| release.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    let names = [value("ID="), value("ID_LIKE=")];
    names.into_iter().flat_map(|names| names.trim_matches('"').split_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Packages = Packages {
        product: "a browser",
        debian: "browser-esr driver",
        ubuntu: "browser-snap",
        fedora: "browser-fedora",
        arch: "browser-arch",
        alpine: "browser-alpine",
        suse: "Browser",
        macos: "browser-cask",
        windows: "Maker.Browser",
    };

    fn check(os: &str, release: &str, command: &str, apt: Option<&str>) {
        let way = SOME.way(os, release);
        assert_eq!((way.command.as_str(), way.apt), (command, apt), "{os} {release}");
    }

    #[test]
    fn ways() {
        let debian = "sudo apt-get install --no-install-recommends browser-esr driver";
        check("linux", "NAME=\"Debian\"\nID=debian\n", debian, Some("browser-esr driver"));
        check("linux", "ID=raspbian\nID_LIKE=debian", debian, Some("browser-esr driver"));
        let ubuntu = "sudo apt-get install browser-snap";
        check("linux", "ID=ubuntu\nID_LIKE=debian", ubuntu, Some("browser-snap"));
        check("linux", "ID=linuxmint\nID_LIKE=\"ubuntu debian\"", ubuntu, Some("browser-snap"));
        check("linux", "ID=fedora", "sudo dnf install browser-fedora", None);
        check("linux", "ID=arch", "sudo pacman -S browser-arch", None);
        check("linux", "ID=alpine", "sudo apk add browser-alpine", None);
        check(
            "linux",
            "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"",
            "sudo zypper install Browser",
            None,
        );
        check("linux", "", "your package manager for a browser", None);
        check("macos", "", "brew install --cask browser-cask", None);
        check("windows", "", "winget install Maker.Browser", None);
    }
}
