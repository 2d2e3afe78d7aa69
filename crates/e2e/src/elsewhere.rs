//! Another host, without a second computer: a network namespace of the test's own, joined to this
//! one by a pair of virtual Ethernet devices. To a browser it is an address on the local network.

use std::path::Path;
use std::process::{Command, Stdio, id};
use std::sync::atomic::{AtomicU8, Ordering};

use anyhow::{Context, Result, ensure};

/// A host of its own; it is gone when this is dropped.
#[derive(Debug)]
pub struct Elsewhere {
    name: String,
    /// Its own network, of the addresses that are set apart for tests of this kind (RFC 2544).
    network: u8,
}

impl Elsewhere {
    /// Makes one.
    ///
    /// # Errors
    /// If this computer lets nobody do so: that takes Linux, `ip` and the rights of root.
    pub fn make() -> Result<Self> {
        static NEXT: AtomicU8 = AtomicU8::new(0);
        let network = (id() as u8).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        // The name of a device has 15 octets at most.
        let name = format!("dpx{}-{network}", id());
        ip(&["netns", "add", &name])?;
        let made = Self { name, network };
        let (near, far) = (format!("dn{}-{network}", id()), format!("df{}-{network}", id()));
        let [here, there] = [1, 2].map(|host| format!("198.18.{network}.{host}/24"));
        ip(&["link", "add", &near, "type", "veth", "peer", "name", &far, "netns", &made.name])?;
        // Without IPv6 of its own: the address that it would find a second or two after coming up is a
        // change of network, and Chromium fails whatever it loads at that moment.
        ip(&["link", "set", &near, "addrgenmode", "none"])?;
        ip(&["address", "add", &here, "dev", &near])?;
        ip(&["link", "set", &near, "up"])?;
        ip(&["-n", &made.name, "address", "add", &there, "dev", &far])?;
        ip(&["-n", &made.name, "link", "set", &far, "up"])?;
        ip(&["-n", &made.name, "link", "set", "lo", "up"])?;
        Ok(made)
    }

    /// Its address, seen from here.
    pub fn address(&self) -> String {
        format!("198.18.{}.2", self.network)
    }

    /// Runs `program` over there.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name]).arg(program);
        command
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        // The devices go with it. If it does not go, it is in nobody's way.
        let _ = ip(&["netns", "delete", &self.name]);
    }
}

fn ip(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("ip");
    let done = command.args(arguments).stdin(Stdio::null()).output().context("there is no `ip`")?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "`ip {}` says: {}", arguments.join(" "), said.trim());
    Ok(())
}
