//! Wireshark's `tshark`, which reads our captures in a test: found, or installed where that is safe.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::packages::Packages;

const PACKAGES: Packages = Packages {
    product: "tshark",
    debian: "tshark",
    ubuntu: "tshark",
    fedora: "wireshark-cli",
    arch: "wireshark-cli",
    alpine: "tshark",
    suse: "wireshark",
    macos: "wireshark",
    windows: "WiresharkFoundation.Wireshark",
};

/// Sees that `tshark` can be started; installs it on Debian and Ubuntu, as root.
pub(crate) fn ready() -> Result<()> {
    if starts() {
        return Ok(());
    }
    PACKAGES.install()?;
    if starts() {
        return Ok(());
    }
    bail!("the packages brought no working tshark: see that `tshark --version` works, then run this again.")
}

fn starts() -> bool {
    let version =
        Command::new("tshark").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}
