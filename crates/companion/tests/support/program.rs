//! The companion as a program of its own.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A companion that runs until this is dropped.
pub struct Program {
    pub address: SocketAddr,
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    said: JoinHandle<String>,
}

impl Program {
    /// Starts it on any free ports with `options`.
    pub async fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
        command.args(["--port", "0", "--lane-ports", "0"]).args(options);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut err = child.stderr.take().unwrap();
        let said = tokio::spawn(async move {
            let mut said = Vec::new();
            err.read_to_end(&mut said).await.unwrap();
            String::from_utf8_lossy(&said).into_owned()
        });
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = timeout(PATIENCE, out.next_line()).await.unwrap().unwrap().unwrap();
        let address = line.strip_prefix("listening: http://").and_then(|rest| rest.strip_suffix('/'));
        Self { address: address.unwrap().parse().unwrap(), child, out, said }
    }

    /// The next line that it prints.
    pub async fn line(&mut self) -> String {
        timeout(PATIENCE, self.out.next_line()).await.unwrap().unwrap().unwrap()
    }

    /// Octets of memory that it holds; `None` where the system does not tell.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilo| kilo * 1024)
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Tells it to stop. Answers its exit code and all that it said on stderr.
    pub async fn stop(mut self) -> (Option<i32>, String) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let ended = timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        (ended.code(), self.said.await.unwrap())
    }
}

const PATIENCE: Duration = Duration::from_secs(30);
