//! `cargo xtask`: sets up what is missing on this machine, then builds, serves and tests Duplex.

mod abreast;
mod bench;
mod budget;
mod cache;
mod check;
mod chromium;
mod companion;
mod dist;
mod firefox;
mod fuzz;
mod host;
mod npm;
mod packages;
mod page;
mod parts;
mod ports;
mod probe;
mod run;
mod runner;
mod serve;
mod slim;
mod suite;
mod toolchain;
mod tools;
mod tshark;
mod versions;
mod weight;
#[cfg(test)]
mod workflows;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use lexopt::prelude::*;

use crate::ports::Lanes;
use crate::suite::Group;

const USAGE: &str = "\
Duplex: see how HTTP and WebSocket differ.

cargo xtask serve [--port N] [--lane-ports A-B] [--lan] [-- FLAGS]
    Builds the page, starts the companion and says where it listens. Ctrl-C stops everything.
    --port N          port of the page (9080; 0 takes any free one)
    --lane-ports A-B  ports of live runs (the 16 after --port)
    --lan             open to the network; prints the address that others type, and its QR code
    -- FLAGS          handed to the companion as they are, such as --allow-origin URL

cargo xtask test [--only GROUP]...
    Runs every test, installing what they need: those of the page in Chromium and in Firefox.
    GROUP is native, browser, render or e2e.

cargo xtask check
    The fast inner loop: format, types for both targets, the tests of wire and trace.

cargo xtask fuzz --seconds N [--target NAME]
    Looks for octets that break a property of the codec: each target for N seconds. Needs a nightly
    toolchain. What it finds is kept in fuzz/regressions, where the tests try it again.

cargo xtask bench [NAME]... [--json FILE]
    Runs every benchmark, or those named, and prints one table of ratios. Some run in Chromium.
    --json FILE       where all figures go as JSON (target/duplex/bench.json)

cargo xtask dist [--base PATH] [--into FOLDER]
    Builds the page for a static host and prints its weight.
    --base PATH       where it will live, such as /duplex/ (./, which works in any folder)
    --into FOLDER     where to put it (dist)

cargo xtask probe-public
    Asks the public echo servers of the page's presets whether they still answer. Needs internet.

What is installed on the way goes into a per-user cache folder, by version.";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Usage,
    Serve(serve::Options),
    Test(Vec<Group>),
    Check,
    Fuzz(fuzz::Options),
    Bench(bench::Options),
    Dist { base: String, into: String },
    ProbePublic,
}

fn main() -> ExitCode {
    let done = parse(lexopt::Parser::from_env()).and_then(|task| {
        run::watch_interrupts()?;
        perform(task)
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<run::Interrupted>() => {
            eprintln!("Stopped.");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Usage => {
            println!("{USAGE}");
            Ok(())
        }
        Task::Serve(options) => serve::serve(&options),
        Task::Test(only) => suite::test(&only),
        Task::Check => check::check(),
        Task::Fuzz(options) => fuzz::fuzz(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Dist { base, into } => dist::dist(&base, &into),
        Task::ProbePublic => probe::probe(),
    }
}

/// A command that takes nothing but a question about it.
fn alone(args: &mut lexopt::Parser, task: Task) -> Result<Task> {
    match args.next()? {
        None => Ok(task),
        Some(Short('h') | Long("help")) => Ok(Task::Usage),
        Some(other) => Err(misused(&other)),
    }
}

fn parse(mut args: lexopt::Parser) -> Result<Task> {
    let name = match args.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Task::Usage),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(misused(&other)),
    };
    match name.as_str() {
        "help" => Ok(Task::Usage),
        "serve" => parse_serve(args),
        "test" => {
            let mut only = Vec::new();
            while let Some(arg) = args.next()? {
                match arg {
                    Long("only") => only.push(args.value()?.parse()?),
                    Short('h') | Long("help") => return Ok(Task::Usage),
                    other => return Err(misused(&other)),
                }
            }
            Ok(Task::Test(only))
        }
        "check" => alone(&mut args, Task::Check),
        "fuzz" => parse_fuzz(args),
        "bench" => {
            let mut options = bench::Options::default();
            while let Some(arg) = args.next()? {
                match arg {
                    Value(name) => options.only.push(name.string()?),
                    Long("json") => options.json = Some(args.value()?.into()),
                    Short('h') | Long("help") => return Ok(Task::Usage),
                    other => return Err(misused(&other)),
                }
            }
            Ok(Task::Bench(options))
        }
        "probe-public" => alone(&mut args, Task::ProbePublic),
        "dist" => {
            let (mut base, mut into) = ("./".to_owned(), "dist".to_owned());
            while let Some(arg) = args.next()? {
                match arg {
                    Long("base") => base = args.value()?.string()?,
                    Long("into") => into = args.value()?.string()?,
                    Short('h') | Long("help") => return Ok(Task::Usage),
                    other => return Err(misused(&other)),
                }
            }
            Ok(Task::Dist { base, into })
        }
        other => bail!("there is no command `{other}`; `cargo xtask --help` lists them."),
    }
}

fn parse_serve(mut args: lexopt::Parser) -> Result<Task> {
    let mut port = ports::PAGE;
    let mut lanes: Option<Lanes> = None;
    let mut flags = Vec::new();
    loop {
        // lexopt swallows `--`; everything behind it belongs to the companion.
        if let Some(mut raw) = args.try_raw_args()
            && raw.next_if(|arg| arg == "--").is_some()
        {
            for flag in raw {
                flags.push(flag.string()?);
            }
            let lanes = lanes.unwrap_or_else(|| Lanes::after(port));
            return Ok(Task::Serve(serve::Options { port, lanes, flags }));
        }
        match args.next()? {
            Some(Long("port")) => port = ports::parse(&args.value()?.string()?)?,
            Some(Long("lan")) => flags.push("--lan".to_owned()),
            Some(Long("lane-ports")) => lanes = Some(args.value()?.parse()?),
            Some(Short('h') | Long("help")) => return Ok(Task::Usage),
            Some(other) => return Err(misused(&other)),
            None => {
                let lanes = lanes.unwrap_or_else(|| Lanes::after(port));
                return Ok(Task::Serve(serve::Options { port, lanes, flags }));
            }
        }
    }
}

fn parse_fuzz(mut args: lexopt::Parser) -> Result<Task> {
    let (mut seconds, mut target) = (None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("seconds") => seconds = Some(args.value()?.parse()?),
            Long("target") => target = Some(args.value()?.string()?),
            Short('h') | Long("help") => return Ok(Task::Usage),
            other => return Err(misused(&other)),
        }
    }
    let Some(seconds) = seconds.filter(|seconds| *seconds > 0) else {
        bail!("say for how long: `cargo xtask fuzz --seconds 60`.");
    };
    Ok(Task::Fuzz(fuzz::Options { seconds, target }))
}

fn misused(arg: &lexopt::Arg<'_>) -> anyhow::Error {
    let shown = match arg {
        Short(letter) => format!("-{letter}"),
        Long(name) => format!("--{name}"),
        Value(value) => value.to_string_lossy().into_owned(),
    };
    anyhow!("`{shown}` is not understood here; `cargo xtask --help` shows what is.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Result<Task, &str>) {
        let got = parse(lexopt::Parser::from_args(line.split_whitespace()));
        match (got, expect) {
            (Ok(task), Ok(expect)) => assert_eq!(task, expect, "{line}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{line}: {error}"),
            (got, expect) => panic!("{line}: {got:?}, expected {expect:?}"),
        }
    }

    fn serve(port: u16, first: u16, last: u16, flags: &[&str]) -> Task {
        let flags = flags.iter().map(|&flag| flag.to_owned()).collect();
        Task::Serve(serve::Options { port, lanes: Lanes { first, last }, flags })
    }

    #[test]
    fn command_lines() {
        check("", Ok(Task::Usage));
        check("--help", Ok(Task::Usage));
        check("serve --help", Ok(Task::Usage));
        check("serve", Ok(serve(9080, 9081, 9096, &[])));
        check("serve --port 7000", Ok(serve(7000, 7001, 7016, &[])));
        check("serve --lane-ports 7001-7002 --port=7000", Ok(serve(7000, 7001, 7002, &[])));
        check(
            "serve -- --allow-origin http://a",
            Ok(serve(9080, 9081, 9096, &["--allow-origin", "http://a"])),
        );
        check("serve --lan", Ok(serve(9080, 9081, 9096, &["--lan"])));
        check("serve --lan -- --log text", Ok(serve(9080, 9081, 9096, &["--lan", "--log", "text"])));
        check("serve --port 7000 -- --port", Ok(serve(7000, 7001, 7016, &["--port"])));
        check("serve --port x", Err("`x` is not a port"));
        check("serve --allow-origin http://a", Err("--allow-origin"));
        check("test", Ok(Task::Test(vec![])));
        check("test --only e2e --only native", Ok(Task::Test(vec![Group::EndToEnd, Group::Native])));
        check("test --only all", Err("native, browser, render or e2e"));
        check("check", Ok(Task::Check));
        check("check it", Err("`it`"));
        let fuzz = |target: Option<&str>| {
            Task::Fuzz(fuzz::Options { seconds: 9, target: target.map(str::to_owned) })
        };
        check("fuzz --seconds 9", Ok(fuzz(None)));
        check("fuzz --target heads --seconds=9", Ok(fuzz(Some("heads"))));
        check("fuzz", Err("--seconds 60"));
        check("fuzz --seconds 0", Err("--seconds 60"));
        check("fuzz heads", Err("`heads`"));
        let bench = |only: &[&str], json: Option<&str>| {
            let only = only.iter().map(|name| (*name).to_owned()).collect();
            Task::Bench(bench::Options { only, json: json.map(Into::into) })
        };
        check("bench", Ok(bench(&[], None)));
        check("bench stage layout", Ok(bench(&["stage", "layout"], None)));
        check("bench --json a.json stage", Ok(bench(&["stage"], Some("a.json"))));
        let dist = |base: &str, into: &str| Task::Dist { base: base.into(), into: into.into() };
        check("dist", Ok(dist("./", "dist")));
        check("dist --base /duplex/", Ok(dist("/duplex/", "dist")));
        check("dist --into /a/b", Ok(dist("./", "/a/b")));
        check("probe-public", Ok(Task::ProbePublic));
        check("probe", Err("no command `probe`"));
    }
}
