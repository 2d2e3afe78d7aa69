//! The limits as a table: the command line reads it, `--help` prints it, the manual repeats it.

use std::fmt;
use std::time::Duration;

use super::Limits;

/// One limit.
pub struct Row {
    /// The option that sets it.
    pub flag: &'static str,
    /// What is bounded.
    pub bounds: &'static str,
    /// What a client is told who comes to the bound, or what happens there.
    pub answer: &'static str,
    value: Value,
}

enum Value {
    Octets(fn(&mut Limits) -> &mut usize),
    Number(fn(&mut Limits) -> &mut usize),
    Seconds(fn(&mut Limits) -> &mut Duration),
}

impl Row {
    /// The default, with its unit.
    pub fn default_value(&self) -> String {
        let mut limits = Limits::default();
        match self.value {
            Value::Octets(field) => match *field(&mut limits) {
                octets if octets % (1024 * 1024) == 0 => format!("{} MiB", octets / (1024 * 1024)),
                octets => format!("{} KiB", octets / 1024),
            },
            Value::Number(field) => field(&mut limits).to_string(),
            Value::Seconds(field) => format!("{} s", field(&mut limits).as_secs_f64()),
        }
    }

    fn set(&self, limits: &mut Limits, value: &str) -> Result<(), &'static str> {
        let number = |value: &str| {
            let number = value.parse().ok().filter(|number| (1..=MOST).contains(number));
            number.ok_or("a whole number from 1 to 1,000,000,000")
        };
        match self.value {
            Value::Octets(field) | Value::Number(field) => *field(limits) = number(value)?,
            Value::Seconds(field) => {
                let seconds = value.parse().ok().filter(|seconds| (SHORTEST..=LONGEST).contains(seconds));
                *field(limits) = Duration::from_secs_f64(seconds.ok_or("seconds, from 0.001 to 86400")?);
            }
        }
        Ok(())
    }
}

/// As `--help` has it.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.value {
            Value::Octets(_) => "<octets>",
            Value::Number(_) => "<number>",
            Value::Seconds(_) => "<seconds>",
        };
        let option = format!("{} {unit}", self.flag);
        write!(f, "  {option:33}  {} ({})\n{:37}{}", self.bounds, self.default_value(), "", self.answer)
    }
}

/// Sets the limit behind `flag`; `None` if there is no such limit.
pub(crate) fn set(limits: &mut Limits, flag: &str, value: &str) -> Option<Result<(), &'static str>> {
    let row = TABLE.iter().find(|row| row.flag == flag)?;
    Some(row.set(limits, value))
}

const MOST: usize = 1_000_000_000;
const SHORTEST: f64 = 0.001;
const LONGEST: f64 = 86_400.0;

/// Every limit.
pub const TABLE: [Row; 18] = [
    Row {
        flag: "--max-connections",
        bounds: "connections at once, main port and lanes together",
        answer: "503, Retry-After and a sentence; then the connection ends",
        value: Value::Number(|limits| &mut limits.connections),
    },
    Row {
        flag: "--max-address-connections",
        bounds: "connections at once from one address",
        answer: "503, Retry-After and a sentence; then the connection ends",
        value: Value::Number(|limits| &mut limits.address_connections),
    },
    Row {
        flag: "--max-lane-connections",
        bounds: "connections to one lane in all",
        answer: "503 and a sentence; then the connection ends",
        value: Value::Number(|limits| &mut limits.lane_connections),
    },
    Row {
        flag: "--max-head",
        bounds: "a request's head",
        answer: "431 without content; then the connection ends",
        value: Value::Octets(|limits| &mut limits.head_size),
    },
    Row {
        flag: "--max-field-lines",
        bounds: "field lines in a request's head",
        answer: "431 without content; then the connection ends",
        value: Value::Number(|limits| &mut limits.field_lines),
    },
    Row {
        flag: "--max-content",
        bounds: "a request's content",
        answer: "413 and a sentence",
        value: Value::Octets(|limits| &mut limits.content_size),
    },
    Row {
        flag: "--max-plan",
        bounds: "the plan of a run",
        answer: "413 and a sentence",
        value: Value::Octets(|limits| &mut limits.plan_size),
    },
    Row {
        flag: "--max-frame",
        bounds: "the payload of one WebSocket frame",
        answer: "Close 1009 as soon as the frame's header is read",
        value: Value::Octets(|limits| &mut limits.frame_size),
    },
    Row {
        flag: "--max-message",
        bounds: "a WebSocket message, all its frames together",
        answer: "Close 1009",
        value: Value::Octets(|limits| &mut limits.message_size),
    },
    Row {
        flag: "--head-time",
        bounds: "for a request's head, and for the pause before the next request",
        answer: "408 and a sentence if a head has begun; then the connection ends",
        value: Value::Seconds(|limits| &mut limits.head),
    },
    Row {
        flag: "--content-time",
        bounds: "for a request's content, and for a client that takes nothing of an answer",
        answer: "408 and a sentence; a client that takes nothing is cut",
        value: Value::Seconds(|limits| &mut limits.content),
    },
    Row {
        flag: "--idle-time",
        bounds: "for a WebSocket without any octet",
        answer: "Close 1001, \"idle for too long\"",
        value: Value::Seconds(|limits| &mut limits.idle),
    },
    Row {
        flag: "--run-idle-time",
        bounds: "for a run without any octet on any lane",
        answer: "the run ends: its ports close, its WebSockets get Close 1001",
        value: Value::Seconds(|limits| &mut limits.run_idle),
    },
    Row {
        flag: "--grace-time",
        bounds: "for a connection once the companion stops or its run ends",
        answer: "the connection is cut",
        value: Value::Seconds(|limits| &mut limits.grace),
    },
    Row {
        flag: "--max-runs",
        bounds: "runs at once",
        answer: "the oldest ends for the next",
        value: Value::Number(|limits| &mut limits.live_runs),
    },
    Row {
        flag: "--kept-runs",
        bounds: "runs, live and ended, whose tap is kept",
        answer: "the one that ended longest ago is forgotten: 404 and a sentence",
        value: Value::Number(|limits| &mut limits.kept_runs),
    },
    Row {
        flag: "--max-tap",
        bounds: "the tap of one connection",
        answer: "what comes after is carried, counted and not kept",
        value: Value::Octets(|limits| &mut limits.tap_connection),
    },
    Row {
        flag: "--max-run-tap",
        bounds: "the taps of one run together",
        answer: "what comes after is carried, counted and not kept",
        value: Value::Octets(|limits| &mut limits.tap_run),
    },
];
