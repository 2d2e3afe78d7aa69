//! Ports: which ones are asked for, and whether they are free before a long build begins.

use std::fmt;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::str::FromStr;

use anyhow::{Result, anyhow, bail, ensure};

/// The companion's own port. Trunk keeps 8080.
pub(crate) const PAGE: u16 = 9080;
const LANES: u16 = 16;

/// The ports of live runs, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lanes {
    pub(crate) first: u16,
    pub(crate) last: u16,
}

impl Lanes {
    /// The sixteen ports after the page's, or before it where the numbers end.
    pub(crate) fn after(page: u16) -> Self {
        let page = if page == 0 { PAGE } else { page };
        match page.checked_add(LANES) {
            Some(last) => Self { first: page + 1, last },
            None => Self { first: page - LANES, last: page - 1 },
        }
    }
}

impl fmt::Display for Lanes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

impl FromStr for Lanes {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let misread = || anyhow!("`{text}` is not a port range: write it as 9081-9096.");
        let (first, last) = text.split_once('-').ok_or_else(misread)?;
        let [first, last] = [first, last].map(|port| port.parse::<u16>().map_err(|_| misread()));
        let lanes = Self { first: first?, last: last? };
        if lanes.first == 0 || lanes.last < lanes.first {
            return Err(misread());
        }
        Ok(lanes)
    }
}

/// Reads one port; 0 means any free one.
pub(crate) fn parse(text: &str) -> Result<u16> {
    text.parse().map_err(|_| anyhow!("`{text}` is not a port: give a number from 0 to 65535."))
}

/// Fails with one sentence if the companion could not listen where it is asked to.
pub(crate) fn ensure_free(page: u16, lanes: Lanes) -> Result<()> {
    ensure!(
        !(lanes.first..=lanes.last).contains(&page),
        "port {page} lies inside the lane ports {lanes}: choose another with --port or --lane-ports."
    );
    match bind(page) {
        Ok(()) => {}
        Err(ErrorKind::PermissionDenied) => {
            bail!("port {page} is reserved by the system: choose one above 1023 with --port.")
        }
        Err(ErrorKind::AddrInUse) => bail!(
            "port {page} is taken by another program: stop it, or choose another with `cargo xtask serve --port {}`.",
            page.checked_add(100).unwrap_or(PAGE)
        ),
        Err(other) => {
            bail!("port {page} cannot be opened on 127.0.0.1 ({other}): choose another with --port.")
        }
    }
    ensure!(
        (lanes.first..=lanes.last).any(|port| bind(port).is_ok()),
        "every lane port of {lanes} is taken: stop what uses them, or choose others with --lane-ports A-B."
    );
    Ok(())
}

fn bind(port: u16) -> Result<(), ErrorKind> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|error| error.kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<(u16, u16)>) {
        let got = text.parse::<Lanes>().ok().map(|lanes| (lanes.first, lanes.last));
        assert_eq!(got, expect, "{text}");
    }

    fn check_after(page: u16, expect: &str) {
        assert_eq!(Lanes::after(page).to_string(), expect, "{page}");
    }

    #[test]
    fn ranges() {
        check("9081-9096", Some((9081, 9096)));
        check("1-65535", Some((1, 65535)));
        check("7-7", Some((7, 7)));
        check("9096-9081", None);
        check("0-3", None);
        check("1-65536", None);
        check("9081", None);
        check("a-b", None);
        check("-", None);
        check("1-2-3", None);
    }

    #[test]
    fn ranges_beside_the_page() {
        check_after(9080, "9081-9096");
        check_after(0, "9081-9096");
        check_after(65519, "65520-65535");
        check_after(65520, "65504-65519");
        check_after(65535, "65519-65534");
    }

    #[test]
    fn a_taken_port_is_said_in_one_sentence() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = other.local_addr().expect("its number").port();
        let error = ensure_free(port, Lanes::after(port)).expect_err("taken").to_string();
        assert!(error.contains(&format!("port {port} is taken")) && error.contains("--port"), "{error}");
        let error = ensure_free(0, Lanes { first: port, last: port }).expect_err("taken").to_string();
        assert!(error.starts_with("every lane port"), "{error}");
        let error = ensure_free(5, Lanes { first: 1, last: 9 }).expect_err("inside").to_string();
        assert!(error.starts_with("port 5 lies inside"), "{error}");
    }
}
