//! Child processes: each leads a group of its own, so that it and all it started stop together.

use std::fmt;
use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

/// How long a child may take to end by itself once it has been asked to.
const GRACE: Duration = Duration::from_millis(if cfg!(test) { 500 } else { 5000 });
const TICK: Duration = Duration::from_millis(40);

/// How often Ctrl-C (or a request to terminate) has arrived.
static INTERRUPTS: AtomicU8 = AtomicU8::new(0);

/// The error of a task that the user stopped.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped on request")
    }
}

impl std::error::Error for Interrupted {}

/// Counts interrupts instead of dying of them. Whoever waits for a child passes them on.
pub(crate) fn watch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTS.fetch_add(1, Ordering::SeqCst);
    })
    .context("Ctrl-C cannot be watched on this system.")
}

/// Fails if the user has asked to stop.
pub(crate) fn go_on() -> Result<()> {
    if INTERRUPTS.load(Ordering::SeqCst) == 0 { Ok(()) } else { Err(Interrupted.into()) }
}

/// Prints one line of progress.
pub(crate) fn say(line: impl fmt::Display) {
    let mut out = std::io::stdout().lock();
    // A closed pipe must not end the task half-way.
    let _ = writeln!(out, "==> {line}");
    let _ = out.flush();
}

/// Runs a command whose output the user sees. Fails with one sentence that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = Group::spawn(command)?.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status}); its own message is above.", shown(command));
    }
    Ok(())
}

/// Runs a short command and returns what it printed on stdout, or nothing if it is missing or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A child and everything that it has started.
pub(crate) struct Group {
    child: Child,
    /// When the children were asked to end.
    asked: Option<Instant>,
}

impl Group {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        go_on()?;
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        // In a group of its own a child must not read from the terminal.
        let child = command.stdin(Stdio::null()).spawn().map_err(|error| {
            let program = command.get_program().to_string_lossy();
            anyhow!("`{program}` cannot be started ({error}): install it or put it on PATH.")
        })?;
        Ok(Self { child, asked: None })
    }

    /// The child's handle, for its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The exit status if the child has ended. Passes an interrupt on to the whole group.
    pub(crate) fn poll(&mut self) -> Result<Option<ExitStatus>> {
        let interrupts = INTERRUPTS.load(Ordering::SeqCst);
        match self.asked {
            None if interrupts > 0 => self.ask_to_end(),
            Some(since) if interrupts > 1 || since.elapsed() > GRACE => self.kill(),
            _ => {}
        }
        Ok(self.child.try_wait()?)
    }

    /// Waits for the end of the child, then sees to what it left behind.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        let status = loop {
            match self.poll()? {
                Some(status) => break status,
                None => sleep(TICK),
            }
        };
        self.sweep();
        go_on()?;
        Ok(status)
    }

    /// Ends the child and all that it has started.
    pub(crate) fn stop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.ask_to_end();
            while matches!(self.poll(), Ok(None)) {
                sleep(TICK);
            }
        }
        self.sweep();
    }

    /// Kills what outlives the child, such as a browser that its test did not close.
    fn sweep(&self) {
        let until = Instant::now() + Duration::from_millis(500);
        while self.signal(Ask::Nothing) && Instant::now() < until {
            sleep(TICK);
        }
        self.signal(Ask::Die);
    }

    fn ask_to_end(&mut self) {
        self.asked = Some(Instant::now());
        if !self.signal(Ask::End) {
            self.kill();
        }
    }

    fn kill(&mut self) {
        self.signal(Ask::Die);
        // Fails only if the child has ended already.
        let _ = self.child.kill();
    }

    /// Signals the group; false if nobody is left in it (or if the system has no groups).
    #[cfg(unix)]
    fn signal(&self, ask: Ask) -> bool {
        use nix::sys::signal::{Signal, killpg};
        let signal = match ask {
            Ask::Nothing => None,
            Ask::End => Some(Signal::SIGTERM),
            Ask::Die => Some(Signal::SIGKILL),
        };
        let Ok(group) = i32::try_from(self.child.id()) else { return false };
        killpg(nix::unistd::Pid::from_raw(group), signal).is_ok()
    }

    #[cfg(not(unix))]
    fn signal(&self, _ask: Ask) -> bool {
        false
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

#[derive(Clone, Copy)]
enum Ask {
    Nothing,
    End,
    Die,
}

/// A command as a user would type it.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn failures_name_the_command() {
        assert!(run(&mut shell("exit 0")).is_ok());
        let error = run(&mut shell("exit 3")).expect_err("exit 3").to_string();
        assert!(error.starts_with("`sh -c exit 3` failed"), "{error}");
        let error = run(&mut Command::new("no-such-program")).expect_err("missing").to_string();
        assert!(error.contains("put it on PATH"), "{error}");
    }

    #[test]
    fn nothing_is_left_behind() {
        // The shell ends at once; its own child would go on for a minute.
        let mut command = shell("sleep 60 >/dev/null & echo $!");
        let mut group = Group::spawn(command.stdout(Stdio::piped())).expect("sh");
        let mut left = String::new();
        let mut out = group.child().stdout.take().expect("a pipe");
        std::io::Read::read_to_string(&mut out, &mut left).expect("a number");
        assert!(group.wait().expect("an end").success());
        let state = ask(Command::new("ps").args(["-o", "stat=", "-p", left.trim()])).unwrap_or_default();
        assert!(state.trim().is_empty() || state.starts_with('Z'), "still there: {state}");
    }

    #[test]
    fn a_deaf_child_is_killed() {
        let mut group = Group::spawn(&mut shell("trap '' TERM; sleep 60")).expect("sh");
        sleep(Duration::from_millis(200));
        let begin = Instant::now();
        group.stop();
        assert!(begin.elapsed() < GRACE + Duration::from_secs(3));
    }
}
