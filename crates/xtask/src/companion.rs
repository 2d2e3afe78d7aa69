//! The companion: built, started, and watched until it listens.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

use crate::ports::Lanes;
use crate::workspace::{cargo, target};
use crate::{run, tools};

/// Between the two profiles that Cargo brings: `dev` answers slowly, `release` takes half as long again to build
/// (27 s against 39 s on two cores, all dependencies included).
/// Panics unwind, since one bad connection must not end the class's server.
const PROFILE: [&str; 4] = [
    "profile.serve.inherits='release'",
    "profile.serve.opt-level=1",
    "profile.serve.codegen-units=64",
    "profile.serve.incremental=true",
];
const PATIENCE: Duration = Duration::from_secs(30);

/// Builds the companion and returns its program.
pub(crate) fn build() -> Result<PathBuf> {
    let mut build = cargo();
    // The page lies in a folder beside it: see crates/companion/build.rs.
    build.args(["build", "--package", "companion", "--no-default-features", "--profile", "serve"]);
    for setting in PROFILE {
        build.args(["--config", setting]);
    }
    run::run(&mut build)?;
    let program = program();
    if !program.is_file() {
        bail!("Cargo put no companion at {}: unset build.target in Cargo's settings.", program.display());
    }
    Ok(program)
}

/// Where `build` puts the companion.
pub(crate) fn program() -> PathBuf {
    target().join("serve").join(tools::file_name("companion"))
}

/// A companion that listens.
pub(crate) struct Companion {
    group: run::Group,
    lines: Receiver<Line>,
    /// Where it listens, as it says itself.
    pub(crate) url: String,
}

enum Line {
    Out(String),
    Err(String),
}

impl Companion {
    /// Starts the companion, with this page if any, and waits until it listens.
    pub(crate) fn start(
        program: &Path,
        page: Option<&Path>,
        port: u16,
        lanes: Lanes,
        flags: &[String],
    ) -> Result<Self> {
        let mut command = std::process::Command::new(program);
        if let Some(page) = page {
            command.arg("--page").arg(page);
        }
        command.args(["--port", &port.to_string(), "--lane-ports", &lanes.to_string()]);
        command.args(flags).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = run::Group::spawn(&mut command)?;
        let (sender, lines) = mpsc::channel();
        if let Some(out) = group.child().stdout.take() {
            forward(out, sender.clone(), Line::Out);
        }
        if let Some(err) = group.child().stderr.take() {
            forward(err, sender, Line::Err);
        }
        let mut companion = Self { group, lines, url: String::new() };
        companion.url = companion.listening()?;
        Ok(companion)
    }

    fn listening(&mut self) -> Result<String> {
        let begin = Instant::now();
        let mut complaint = None;
        while begin.elapsed() < PATIENCE {
            match self.lines.recv_timeout(Duration::from_millis(40)) {
                Ok(Line::Out(line)) => match listening(&line) {
                    Some(url) => return Ok(url.to_owned()),
                    None => println!("{line}"),
                },
                Ok(Line::Err(line)) => complaint = Some(line),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let status = self.group.wait()?;
                    return Err(match complaint {
                        Some(sentence) => anyhow!("{}", sentence.trim_start_matches("error: ").to_owned()),
                        None => anyhow!("the companion ended before it listened ({status}): run it again."),
                    });
                }
            }
            self.group.poll()?;
        }
        run::go_on()?;
        bail!(
            "the companion did not listen within {} s: look at what else this machine does.",
            PATIENCE.as_secs()
        );
    }

    /// Passes on what the companion says until it ends.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            match self.lines.recv_timeout(Duration::from_millis(40)) {
                // On stderr, so that the line that says where Duplex is remains the last one on stdout.
                Ok(Line::Out(line) | Line::Err(line)) => eprintln!("{line}"),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.group.wait(),
            }
            self.group.poll()?;
        }
    }
}

fn forward(pipe: impl Read + Send + 'static, to: Sender<Line>, kind: fn(String) -> Line) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if to.send(kind(line)).is_err() {
                break;
            }
        }
    });
}

/// The address in the line with which the companion says that it listens.
fn listening(line: &str) -> Option<&str> {
    line.trim().strip_prefix("listening: ").filter(|url| url.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Option<&str>) {
        assert_eq!(listening(line), expect, "{line}");
    }

    #[test]
    fn listening_lines() {
        check("listening: http://127.0.0.1:9080/", Some("http://127.0.0.1:9080/"));
        check("listening: http://127.0.0.1:9080/\r", Some("http://127.0.0.1:9080/"));
        check("listening: soon", None);
        check("not listening: http://127.0.0.1:9080/", None);
        check("", None);
    }

    /// A stand-in for the companion that ignores its flags.
    #[cfg(unix)]
    fn start(script: &str) -> Result<Companion> {
        use std::os::unix::fs::PermissionsExt;
        let name = format!("duplex-companion-{}-{}", std::process::id(), script.len());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n"))?;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755))?;
        let started = Companion::start(&file, Some(Path::new("/page")), 1, Lanes { first: 2, last: 3 }, &[]);
        std::fs::remove_file(&file)?;
        started
    }

    #[cfg(unix)]
    #[test]
    fn starts_and_refusals() {
        let mut companion =
            start("echo hello; echo listening: http://127.0.0.1:1/; exec sleep 0.1").expect("a start");
        assert_eq!(companion.url, "http://127.0.0.1:1/");
        assert!(companion.wait().expect("an end").success());
        let refusal =
            |script| start(script).map(|companion| companion.url).expect_err("a refusal").to_string();
        assert_eq!(refusal("echo 'error: port 1 is taken.' >&2; exit 1"), "port 1 is taken.");
        assert!(refusal("exit 7").starts_with("the companion ended before it listened"));
    }
}
