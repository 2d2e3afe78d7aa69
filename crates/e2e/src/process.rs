//! Programs that tests start: each in a group of its own, and none of them outlives who started it, however
//! that ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A running program and whatever it started itself.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    lines: Receiver<String>,
}

impl Program {
    /// Starts `command`; what it prints can be waited for.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(name: &str, command: &Command) -> Result<Self> {
        let mut child =
            watched(command).spawn().with_context(|| format!("{name} does not start ({command:?})"))?;
        let (sender, lines) = mpsc::channel();
        if let Some(out) = child.stdout.take() {
            forward(out, sender.clone());
        }
        if let Some(err) = child.stderr.take() {
            forward(err, sender);
        }
        Ok(Self { name: name.to_owned(), child, lines })
    }

    /// The first line of which `find` makes something.
    ///
    /// # Errors
    /// If the program ends or stays silent instead.
    pub fn wait_for<T>(&self, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => match find(&line) {
                    Some(found) => return Ok(found),
                    None => seen.push(line),
                },
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{} said no {what} within {PATIENCE:?}, only {seen:?}", self.name)
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{} ended before it said its {what}; it said {seen:?}", self.name)
                }
            }
        }
    }

    /// Ends it at once, without warning, and everything it started.
    pub fn kill(&mut self) {
        #[cfg(unix)]
        if let Ok(group) = i32::try_from(self.child.id()) {
            use nix::sys::signal::{Signal, killpg};
            // It may have ended by itself, which is as good.
            let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The same command, beside which somebody waits for the end of this program: it closes the pipe that is the
/// other's standard input, even if it is killed, and then the whole group has to go.
#[cfg(unix)]
fn watched(command: &Command) -> Command {
    use std::os::unix::process::CommandExt;
    const WATCH: &str = "exec 3<&0; { read -r _ <&3; kill -KILL 0; } </dev/null >/dev/null 2>&1 & \
        exec \"$0\" \"$@\" 3<&- </dev/null";
    let mut watched = Command::new("sh");
    watched.args(["-c", WATCH]).arg(command.get_program()).args(command.get_args()).process_group(0);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => watched.env(name, value),
            None => watched.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        watched.current_dir(folder);
    }
    watched.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    watched
}

#[cfg(not(unix))]
fn watched(command: &Command) -> Command {
    let mut plain = Command::new(command.get_program());
    plain.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    plain
}

/// Reads on even when nobody listens any more, so that the program never waits for a full pipe.
fn forward(pipe: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let _ = to.send(line);
        }
    });
}

const PATIENCE: Duration = Duration::from_secs(30);
