//! The companion as a program.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use companion::{Command, Config, USAGE, parse, start};

#[tokio::main]
async fn main() -> ExitCode {
    let config = match parse(std::env::args().skip(1)) {
        Ok(Command::Serve(config)) => config,
        Ok(Command::Help) => {
            print!("{USAGE}");
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
    let running = start(config).await?;
    // Whoever started this may have closed its end of the pipe, which is no reason not to serve.
    let mut out = std::io::stdout();
    let _ = writeln!(out, "listening: http://{}/", running.address()).and_then(|()| out.flush());
    told_to_stop().await.context("Cannot wait for signals")?;
    running.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
