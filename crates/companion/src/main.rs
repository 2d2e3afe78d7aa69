//! The companion as a program.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Context;
use companion::{Command, Config, INSIDE, Log, Running, parse, qr, start, usage};

#[tokio::main]
async fn main() -> ExitCode {
    let config = match parse(std::env::args().skip(1)) {
        Ok(Command::Serve(config)) => Config { inside: INSIDE, ..config },
        Ok(Command::Help) => {
            print!("{}", usage());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("companion: {error}. See companion --help.");
            return ExitCode::from(2);
        }
    };
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> anyhow::Result<()> {
    write_down(config.log);
    let (announce, has_page) = (config.announce, config.page.is_some() || !config.inside.is_empty());
    // Before anybody is told that it runs, since they may stop it at once.
    let stopped = told_to_stop().context("Cannot wait for signals")?;
    let running = start(config).await?;
    // Whoever started this may have closed its end of the pipe, which is no reason not to serve.
    let mut out = std::io::stdout();
    let mut text = greeting(&running, announce);
    if !has_page {
        text.push_str(NO_PAGE);
    } else if out.is_terminal() {
        text.push_str(if announce { ON_THE_NETWORK } else { HERE });
    }
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    stopped.await;
    tracing::info!("told to stop");
    running.stop().await;
    Ok(())
}

/// Where the page is, for this computer and, if `announce`, for others.
fn greeting(running: &Running, announce: bool) -> String {
    let mut text = format!("listening: http://{}/\n", running.address());
    let others: Vec<String> =
        running.reachable().iter().map(|address| format!("http://{address}/")).collect();
    if announce {
        for url in &others {
            text.push_str(&format!("on this network: {url}\n"));
        }
        match others.first() {
            Some(url) => text.push_str(&qr(url).unwrap_or_default()),
            None => text.push_str("This computer is on no network that others could use.\n"),
        }
    }
    text
}

/// Writes the log to stderr, so that stdout says where the page is and nothing else.
fn write_down(log: Log) {
    let log_lines = || tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    match log {
        Log::Off => {}
        Log::Text => log_lines().with_ansi(false).init(),
        Log::Json => log_lines().json().with_span_list(false).init(),
    }
}

/// Waits for the word to stop, which from now on does not kill the program any more.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}

const NO_PAGE: &str =
    "There is no page inside: only the services answer. Name the folder of a built page with --page.\n";
const HERE: &str =
    "Open this address in a browser. For a class on your network start `companion --lan`. Ctrl-C ends it.\n";
const ON_THE_NETWORK: &str = "Open the first address here, the others elsewhere. Ctrl-C ends it.\n";
