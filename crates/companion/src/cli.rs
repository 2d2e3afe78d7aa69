//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use thiserror::Error;

use crate::config::{Behave, Config, LanePorts, Log};
use crate::limits::{self, TABLE as LIMITS};

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Start with this.
    Serve(Config),
    /// Print [`usage`].
    Help,
}

/// What is wrong with a command line. The text says what is expected.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum UsageError {
    /// An option that does not exist.
    #[error("there is no option \"{0}\"")]
    Unknown(String),
    /// An option at the end, without its value.
    #[error("{0} needs a value")]
    NoValue(String),
    /// A value that does not fit.
    #[error("{option} does not take \"{value}\": it needs {expected}")]
    Value {
        /// The option.
        option: String,
        /// What was given.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// The first argument that makes no sense.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, UsageError> {
    let mut arguments = arguments.into_iter();
    let mut config = Config::default();
    while let Some(option) = arguments.next() {
        if option == "--help" || option == "-h" {
            return Ok(Command::Help);
        }
        if option == "--lan" {
            config.bind = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            config.announce = true;
            continue;
        }
        let is_limit = LIMITS.iter().any(|row| row.flag == option);
        if !is_limit && !OPTIONS.contains(&option.as_str()) {
            return Err(UsageError::Unknown(option));
        }
        let Some(value) = arguments.next() else { return Err(UsageError::NoValue(option)) };
        let done = limits::set(&mut config.limits, &option, &value);
        if let Err(expected) = done.unwrap_or_else(|| set(&mut config, &option, &value)) {
            return Err(UsageError::Value { option, value, expected });
        }
    }
    Ok(Command::Serve(config))
}

fn set(config: &mut Config, option: &str, value: &str) -> Result<(), &'static str> {
    match option {
        "--page" => config.page = Some(value.into()),
        "--port" => config.port = value.parse().map_err(|_| "a port number, or 0 for any free port")?,
        "--bind" => config.bind = value.parse::<IpAddr>().map_err(|_| "an IP address")?,
        "--lane-ports" => config.lane_ports = lane_ports(value).ok_or("a range such as 9081-9096, or 0")?,
        "--allow-origin" => {
            let origin = value.trim_end_matches('/');
            let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', '*', ' '])) {
                return Err("an origin such as https://example.org");
            }
            config.allow_origins.push(origin.to_owned());
        }
        "--behave" => config.behave = behave(value).ok_or("some of greet, wrap, cut=<seconds>, no-tao")?,
        "--log" => {
            config.log = match value {
                "off" => Log::Off,
                "text" => Log::Text,
                "json" => Log::Json,
                _ => return Err("one of text, json, off"),
            };
        }
        _ => return Err("nothing"),
    }
    Ok(())
}

fn lane_ports(value: &str) -> Option<LanePorts> {
    if value == "0" {
        return Some(LanePorts::Any);
    }
    let (first, last) = value.split_once('-').unwrap_or((value, value));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first > 0 && first <= last).then_some(LanePorts::Range(first, last))
}

fn behave(value: &str) -> Option<Behave> {
    let mut behave = Behave::default();
    for habit in value.split(',').map(str::trim).filter(|habit| !habit.is_empty()) {
        match habit.split_once('=') {
            None if habit == "greet" => behave.greet = true,
            None if habit == "wrap" => behave.wrap = true,
            None if habit == "no-tao" => behave.no_timing = true,
            Some(("cut", seconds)) => {
                behave.cut = Some(Duration::try_from_secs_f64(seconds.parse().ok()?).ok()?);
            }
            _ => return None,
        }
    }
    Some(behave)
}

const OPTIONS: [&str; 7] =
    ["--page", "--port", "--bind", "--lane-ports", "--allow-origin", "--behave", "--log"];

/// What `--help` prints.
pub fn usage() -> String {
    let mut text = USAGE.to_owned();
    for row in &LIMITS {
        text.push_str(&format!("{row}\n"));
    }
    text
}

const USAGE: &str = "\
companion: serves the Duplex page and answers its live runs

  --page <folder>          a built page, in place of the one inside
  --port <number>          main port, 0 for any free one (9080)
  --lane-ports <A-B>       ports for the lanes of live runs, 0 for any free ones (9081-9096)
  --lan                    open to the network; prints the address that others type, and its QR code
  --bind <address>         where to listen (127.0.0.1: this computer only)
  --allow-origin <origin>  a page elsewhere that may use this companion; may be repeated
  --behave <list>          like a public server: greet, wrap, cut=<seconds>, no-tao
  --log <form>             what happens, a line each on stderr: text, json or off (off)

Limits, each with its default and with what happens there:

";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<&str, &str>) {
        let found = parse(line.split_whitespace().map(str::to_owned));
        let found = found.map(|command| format!("{command:?}")).map_err(|error| error.to_string());
        match (&found, expected) {
            (Ok(found), Ok(part)) => assert!(found.contains(part), "{line}: {found}"),
            (Err(found), Err(part)) => assert!(found.contains(part), "{line}: {found}"),
            _ => panic!("{line}: {found:?}"),
        }
    }

    #[test]
    fn options() {
        check("", Ok("port: 9080, lane_ports: Range(9081, 9096)"));
        check(
            "--page dist --port 0 --lane-ports 0",
            Ok("page: Some(\"dist\"), inside: {}, bind: 127.0.0.1, port: 0, lane_ports: Any"),
        );
        check("--bind ::1 --lane-ports 5-7", Ok("bind: ::1, port: 9080, lane_ports: Range(5, 7)"));
        check("--allow-origin https://a/ --allow-origin http://b:1", Ok(r#"["https://a", "http://b:1"]"#));
        check("--behave greet,cut=0.5", Ok("greet: true, wrap: false, cut: Some(500ms), no_timing: false"));
        check("--port 1 --help", Ok("Help"));
        check("--lan", Ok("bind: 0.0.0.0, port: 9080"));
        check("--lan --log json", Ok("announce: true, log: Json"));
        check("--max-frame 7 --idle-time 0.25", Ok("frame_size: 7, message_size: 1048576"));
        check("--max-frame 7 --idle-time 0.25", Ok("idle: 250ms"));
    }

    #[test]
    fn mistakes() {
        check("--colour red", Err("there is no option \"--colour\""));
        check("--port", Err("--port needs a value"));
        check("--max-head", Err("--max-head needs a value"));
        for value in ["--log loud", "--max-head 0", "--max-head -1", "--max-head 2000000000", "--max-head x"]
        {
            check(value, Err("does not take"));
        }
        for value in ["--idle-time 0", "--idle-time -1", "--idle-time NaN", "--idle-time 1e9"] {
            check(value, Err("does not take"));
        }
        for value in
            ["--port x", "--port 65536", "--bind here", "--lane-ports 9-8", "--lane-ports 0-5", "--behave x"]
        {
            check(value, Err("does not take"));
        }
        for value in
            ["--behave cut=-1", "--behave cut=x", "--behave cut", "--allow-origin *", "--allow-origin null"]
        {
            check(value, Err("does not take"));
        }
    }
}
