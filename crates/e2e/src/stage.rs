//! The companion on ports of its own, and the relay in front of it.

use std::env;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use trace::live::{Tap, Ticket};

use crate::elsewhere::Elsewhere;
use crate::process::Program;
use crate::relay::{self, Connection, Relay};
use crate::tally::Tally;

/// How a stage is set up.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Whether the browser comes through the relay.
    pub relay: bool,
    /// How long the relay holds everything back, each way.
    pub delay: Duration,
    /// Whether connections are meant to fail: the browser's console names each as an error.
    pub failures: bool,
    /// Whether answers are meant that a browser calls errors: with a status of 400 and more, or not for the
    /// page to read.
    pub refusals: bool,
    /// Options for the companion, beyond page and ports.
    pub options: Vec<String>,
    /// The host on which the companion runs, if not this one. Without a relay only.
    pub elsewhere: Option<Arc<Elsewhere>>,
}

/// A companion, and whatever stands in front of it. Both end when this is dropped.
pub struct Stage {
    setting: Setting,
    ports: Ports,
    companion: Option<Program>,
    relay: Option<Relay>,
}

/// A main port and the lane ports after it.
#[derive(Debug)]
struct Ports {
    main: u16,
    /// Other tests run beside this one: while it is held, none of them takes the same stretch.
    _claim: TcpListener,
}

impl Stage {
    /// Starts the companion, and the relay if it is wanted.
    ///
    /// # Errors
    /// If either cannot be started.
    pub async fn start(setting: Setting) -> Result<Self> {
        let ports = Ports::free()?;
        let companion = Some(ports.companion(&setting)?);
        let relay = if setting.relay { Some(Relay::start(ports.all(), setting.delay).await?) } else { None };
        Ok(Self { setting, ports, companion, relay })
    }

    /// Where the browser goes.
    pub fn url(&self) -> String {
        format!("http://{}/", self.host())
    }

    /// The host and port to which the browser goes.
    pub fn host(&self) -> String {
        let host = match &self.setting.elsewhere {
            Some(elsewhere) => elsewhere.address(),
            None if self.relay.is_some() => relay::ADDRESS.to_string(),
            None => Ipv4Addr::LOCALHOST.to_string(),
        };
        format!("{host}:{}", self.ports.main)
    }

    /// The companion's own host and port.
    pub fn authority(&self) -> String {
        format!("{}:{}", Ipv4Addr::LOCALHOST, self.ports.main)
    }

    /// Ends the companion as a crash would.
    pub fn kill(&mut self) {
        self.companion = None;
    }

    /// Starts the companion again, on the same ports.
    ///
    /// # Errors
    /// If it does not start.
    pub fn revive(&mut self) -> Result<()> {
        self.kill();
        self.companion = Some(self.ports.companion(&self.setting)?);
        Ok(())
    }

    /// The relay.
    ///
    /// # Errors
    /// If the stage was set up without one.
    pub fn relay(&self) -> Result<&Relay> {
        self.relay.as_ref().context("this stage has no relay")
    }

    /// What the main port of the relay carried, connection by connection; what is still under way is
    /// left out.
    ///
    /// # Errors
    /// If the stage has no relay.
    pub fn services(&self) -> Result<Vec<Tally>> {
        let seen = self.relay()?.on(self.ports.main);
        Ok(seen.iter().filter_map(|connection| Tally::of(connection).ok()).collect())
    }

    /// The runs that the page opened, in that order, as the relay heard the companion say.
    ///
    /// # Errors
    /// If the stage has no relay or an answer is not what it should be.
    pub fn opened(&self) -> Result<Vec<Ticket>> {
        let mut runs = Vec::new();
        for tally in self.services()? {
            for ((_, target), (status, content)) in tally.requests.iter().zip(&tally.answers) {
                if target == "/runs" {
                    ensure!(*status == 200, "POST /runs was answered {status}: {}", lossy(content));
                    runs.push(serde_json::from_slice(content).context("in the answer to POST /runs")?);
                }
            }
        }
        let relay = self.relay()?;
        // Their numbers say nothing: the companion draws them.
        let first =
            |run: &Ticket| run.lanes.iter().flat_map(|lane| relay.on(lane.port)).map(|it| it.opened).min();
        runs.sort_by_key(first);
        Ok(runs)
    }

    /// The taps that the page fetched, as they passed through the relay.
    ///
    /// # Errors
    /// If the stage has no relay or an answer is not what it should be.
    pub fn fetched_taps(&self) -> Result<Vec<Tap>> {
        let mut taps = Vec::new();
        for tally in self.services()? {
            for ((_, target), (status, content)) in tally.requests.iter().zip(&tally.answers) {
                if target.split('?').next().is_some_and(|path| path.ends_with("/tap")) {
                    ensure!(*status == 200, "{target} was answered {status}: {}", lossy(content));
                    taps.push(serde_json::from_slice(content).context("in a tap")?);
                }
            }
        }
        Ok(taps)
    }

    /// What the relay carried on one lane port.
    ///
    /// # Errors
    /// If the stage has no relay.
    pub async fn carried(&self, port: u16) -> Result<Vec<Connection>> {
        let relay = self.relay()?;
        relay.settled(&[port]).await;
        Ok(relay.on(port))
    }

    /// The companion's own account of a run, asked for past the relay.
    ///
    /// # Errors
    /// If there is none.
    pub async fn tap(&self, run: u32) -> Result<Tap> {
        let content = self.get(&format!("/runs/{run}/tap")).await?;
        serde_json::from_slice(&content).with_context(|| format!("the tap of run {run}"))
    }

    /// The content of a resource, asked for past the relay.
    ///
    /// # Errors
    /// If it is not answered with 200.
    pub async fn get(&self, path: &str) -> Result<Vec<u8>> {
        let mut stream =
            TcpStream::connect(self.authority()).await.context("the companion does not answer")?;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.authority());
        stream.write_all(head.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.with_context(|| format!("{path} has no whole answer: {}", lossy(&answer)))?;
        ensure!(answer.starts_with(b"HTTP/1.1 200"), "{path} was answered {}", lossy(&answer));
        Ok(answer.split_off(end + 4))
    }
}

impl Ports {
    /// A stretch that is free on both addresses, below the ports that systems give out by themselves.
    fn free() -> Result<Self> {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        for _ in 0..STRETCHES {
            let next = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(std::process::id() as u16);
            let stretch = next % STRETCHES;
            let Ok(claim) = TcpListener::bind((Ipv4Addr::LOCALHOST, FIRST - STRETCHES + stretch)) else {
                continue;
            };
            let ports = Self { main: FIRST + stretch * LENGTH, _claim: claim };
            let free = |host: Ipv4Addr, port| TcpListener::bind((IpAddr::V4(host), port)).is_ok();
            if ports.all().all(|port| free(Ipv4Addr::LOCALHOST, port) && free(relay::ADDRESS, port)) {
                return Ok(ports);
            }
        }
        bail!("no stretch of {LENGTH} ports is free between {FIRST} and {}", FIRST + STRETCHES * LENGTH)
    }

    fn all(&self) -> impl Iterator<Item = u16> + use<> {
        self.main..self.main + LENGTH
    }

    fn companion(&self, setting: &Setting) -> Result<Program> {
        let program = setting_of("DUPLEX_COMPANION")?;
        let mut command = match &setting.elsewhere {
            Some(elsewhere) => elsewhere.command(&program),
            None => Command::new(program),
        };
        let lanes = format!("{}-{}", self.main + 1, self.main + LENGTH - 1);
        command.arg("--page").arg(setting_of("DUPLEX_PAGE")?);
        command.args(["--port", &self.main.to_string(), "--lane-ports", &lanes]).args(&setting.options);
        if let Some(elsewhere) = &setting.elsewhere {
            command.args(["--bind", &elsewhere.address()]);
        }
        let program = Program::start("the companion", &command)?;
        program.wait_for("address", |line| line.strip_prefix("listening: ").map(str::to_owned))?;
        Ok(program)
    }
}

/// A path that `cargo xtask test` hands over.
///
/// # Errors
/// If it does not.
pub fn setting_of(name: &str) -> Result<PathBuf> {
    let value = env::var_os(name).map(PathBuf::from);
    value.with_context(|| format!("{name} is not set: start these tests with `cargo xtask test --only e2e`"))
}

fn lossy(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets.get(..300).unwrap_or(octets)).into_owned()
}

/// Where to look for free ports: above what needs rights and those that browsers block, below the companion's
/// own. Each has four digits, as in the captured heads, so that what is predicted from these can be compared
/// with what is carried, octet for octet.
const FIRST: u16 = 7_000;
const STRETCHES: u16 = 32;
/// Enough lane ports that a series of twenty runs uses none twice.
const LENGTH: u16 = 64;
