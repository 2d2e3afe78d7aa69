//! The rows: fault, what the script sees, what the wire shows, what the doctor says. What is written here
//! was measured with Chromium 156 and Firefox ESR 153.

use Told::{Alike, Each};

use super::{Act, Expectation, Source, Told, why};
use crate::doctor::Cause;
use crate::live::Fault;

/// Every fault of the lab.
pub fn rows() -> Vec<Expectation> {
    [no_answer(), other_answers(), broken(), forbidden(), goodbyes(), cuts(), over_http()].concat()
}

type Lines = Vec<&'static str>;

fn row(name: &'static str, fault: Fault, act: Act) -> Expectation {
    let (script, wire) = (Alike(Vec::new()), Alike(Vec::new()));
    let (why, source) = why::PROBING;
    Expectation { name, fault, act, script, wire, doctor: Alike(Cause::Nobody), why, source }
}

impl Expectation {
    fn script(self, script: Told<Lines>) -> Self {
        Self { script, ..self }
    }

    fn wire(self, wire: Told<Lines>) -> Self {
        Self { wire, ..self }
    }

    fn doctor(self, doctor: Told<Cause>) -> Self {
        Self { doctor, ..self }
    }

    fn because(self, (why, source): (&'static str, Source)) -> Self {
        Self { why, source, ..self }
    }
}

/// What a script learns of everything that goes wrong before the open.
fn never() -> Lines {
    vec![ERROR, LOST]
}

/// The handshake asked for, and what else crosses the wire.
fn asked(more: &[&'static str]) -> Lines {
    [&["1 → Request GET /ws"], more].concat()
}

/// The handshake done, the script's first message, and what else crosses the wire.
fn after_hello(more: &[&'static str]) -> Lines {
    asked(&[&["1 ← Response 101 Switching Protocols", "1 → Text frame, “Hello”"], more].concat())
}

/// The open, the script's first message, and what else it learns.
fn said_hello(more: &[&'static str]) -> Lines {
    [&["open", "(the script sends “Hello”)"], more].concat()
}

fn no_answer() -> Vec<Expectation> {
    let row = |name, fault| row(name, fault, Act::Listen).script(Alike(never()));
    vec![
        row("The port refuses the connection", Fault::Refuse),
        row("The server accepts and resets", Fault::Reset).wire(Alike(vec!["1 ← reset"])),
        row("A mail server is at the port", Fault::NotHttp)
            .wire(Alike(vec!["1 ← Response head that breaks a rule", "1 → Request GET /ws", "1 ← end"]))
            // Firefox takes what has no status line for an answer of HTTP/0.9.
            .doctor(Each(Cause::Nobody, Cause::NotForUs)),
        row("The server never answers", Fault::Stall)
            .script(Alike([&["(the script calls close)"][..], &never()].concat()))
            .wire(Alike(asked(&["1 ← end"])))
            .doctor(Alike(Cause::Silence)),
    ]
}

fn other_answers() -> Vec<Expectation> {
    let status = |name, status, line| {
        row(name, Fault::Answer { status }, Act::Listen)
            .script(Alike(never()))
            .wire(Alike(asked(&[line, "1 ← end"])))
            .doctor(Alike(Cause::NotWebSocket))
            .because(why::STATUS)
    };
    let handshake = |name, fault| {
        row(name, fault, Act::Listen)
            .script(Alike(never()))
            .wire(Alike(asked(&[BROKEN_101, "1 ← end"])))
            .doctor(Alike(Cause::Handshake))
    };
    vec![
        status("Status 404 instead of 101", 404, "1 ← Response 404 Not Found"),
        status("Status 503 instead of 101", 503, "1 ← Response 503 Service Unavailable"),
        status("A redirection instead of 101", 302, "1 ← Response 302 Found").because(why::REDIRECT),
        handshake("A wrong Sec-WebSocket-Accept", Fault::WrongAccept).because(why::ACCEPT),
        handshake("No Sec-WebSocket-Accept", Fault::NoAccept).because(why::ACCEPT),
        // Firefox opens it all the same.
        handshake("A subprotocol that nobody offered", Fault::Subprotocol)
            .script(Each(never(), vec!["open", "(the script calls close)", LOST]))
            .wire(Each(
                asked(&[BROKEN_101, "1 ← end"]),
                asked(&[BROKEN_101, "1 → Close frame, 1000", "1 ← end"]),
            ))
            .doctor(Each(Cause::Handshake, Cause::Unanswered))
            .because(why::OFFERED),
        handshake("An extension that nobody offered", Fault::Extension).because(why::OFFERED),
    ]
}

/// Frames that break a rule. Chromium says in a Close frame of its own which; Firefox ends TCP without a word,
/// or does not mind.
fn broken() -> Vec<Expectation> {
    let row = |name, case: &str, frame: &'static str, complaint: &'static str| {
        row(name, Fault::Broken { case: case.to_owned() }, Act::Speak)
            .script(Alike(said_hello(&[ERROR, LOST])))
            .wire(Each(after_hello(&[frame, complaint, "1 ← end"]), after_hello(&[frame, "1 ← end"])))
            .doctor(Alike(Cause::Lost))
            .because(why::BROKEN)
    };
    let masked = "1 ← Text frame, “Hello”, which breaks a rule";
    let text = "1 ← Text frame, which breaks a rule";
    let complaint = "1 → Close frame, 1002 “Masked frame from server”";
    vec![
        row("The server masks its frames", "masked-server", masked, complaint)
            .script(Each(
                said_hello(&[ERROR, LOST]),
                said_hello(&["message “Hello”", "(the script calls close)", LOST]),
            ))
            .wire(Each(
                after_hello(&[masked, complaint, "1 ← end"]),
                after_hello(&[masked, "1 → Close frame, 1000", "1 ← end"]),
            ))
            .doctor(Each(Cause::Lost, Cause::Sound)),
        row(
            "A text that is not UTF-8",
            "utf8-unfinished",
            text,
            "1 → Close frame, 1002 “Invalid UTF-8 in text frame”",
        ),
        row("A reserved bit is set", "rsv1", text, "1 → Close frame, 1002 “Invalid reserved bit”"),
    ]
}

/// Close frames that nobody may send. Chromium fails the connection; Firefox reads the code as it is, or none.
fn forbidden() -> Vec<Expectation> {
    let row = |name, case: &str, frame: &'static str, firefox: &'static str, cause| {
        row(name, Fault::Broken { case: case.to_owned() }, Act::Speak)
            .script(Each(said_hello(&[ERROR, LOST]), said_hello(&[firefox])))
            .wire(Each(
                after_hello(&[frame, "1 → Close frame, 1002", "1 ← end"]),
                after_hello(&[frame, "1 → Close frame", "1 ← end"]),
            ))
            .doctor(Each(Cause::Lost, cause))
            .because(why::NEVER_SENT)
    };
    vec![
        row(
            "A Close frame with half a code",
            "close-short",
            "1 ← Close frame, which breaks a rule",
            "close 1005, wasClean true",
            Cause::Goodbye,
        )
        .because(why::BROKEN),
        row(
            "A Close frame with 1005 in it",
            "close-1005",
            "1 ← Close frame, 1005, which breaks a rule",
            "close 1005, wasClean true",
            Cause::Goodbye,
        ),
        row(
            "A Close frame with 1006 in it",
            "close-1006",
            "1 ← Close frame, 1006, which breaks a rule",
            "close 1006, wasClean true",
            Cause::Lost,
        ),
    ]
}

fn goodbyes() -> Vec<Expectation> {
    let row = |name, code, reason: &str, script, frames: [&'static str; 2]| {
        let fault = Fault::Close { code, reason: reason.to_owned() };
        row(name, fault, Act::Speak)
            .script(Alike(said_hello(&[script])))
            .wire(Alike(after_hello(&[&frames[..], &["1 ← end"]].concat())))
            .doctor(Alike(Cause::Goodbye))
            .because(why::CODE)
    };
    vec![
        row(
            "The server closes with 1000",
            Some(1000),
            "Goodbye",
            "close 1000 “Goodbye”, wasClean true",
            ["1 ← Close frame, 1000 “Goodbye”", "1 → Close frame, 1000 “Goodbye”"],
        ),
        row(
            "The server closes with 1011",
            Some(1011),
            "Something unexpected",
            "close 1011 “Something unexpected”, wasClean true",
            ["1 ← Close frame, 1011 “Something unexpected”", "1 → Close frame, 1011 “Something unexpected”"],
        ),
        row(
            "The server closes with 4000",
            Some(4000),
            "Our own code",
            "close 4000 “Our own code”, wasClean true",
            ["1 ← Close frame, 4000 “Our own code”", "1 → Close frame, 4000 “Our own code”"],
        ),
        row(
            "The server closes without a code",
            None,
            "",
            "close 1005, wasClean true",
            ["1 ← Close frame", "1 → Close frame"],
        )
        .because(why::NO_CODE),
    ]
}

fn cuts() -> Vec<Expectation> {
    let lost = |name, fault| row(name, fault, Act::Speak).doctor(Alike(Cause::Lost)).because(why::ABNORMAL);
    let echoed = |more: &[&'static str]| after_hello(&[&["1 ← Text frame, “Hello”"], more].concat());
    let cut = |name, fault| {
        lost(name, fault)
            .script(Alike(said_hello(&["message “Hello”", LOST])))
            .wire(Alike(echoed(&["1 ← end"])))
    };
    vec![
        lost("TCP ends without a Close frame", Fault::Drop)
            .script(Alike(said_hello(&[LOST])))
            .wire(Alike(after_hello(&["1 ← end"]))),
        lost("A reset after the first message", Fault::ResetAfterOpen)
            .script(Each(said_hello(&[LOST]), said_hello(&[ERROR, LOST])))
            .wire(Alike(after_hello(&["1 ← reset"]))),
        row("Open, and silent for ever", Fault::Silent, Act::Speak)
            .script(Alike(said_hello(&["(the script calls close)", "nothing in time"])))
            .wire(Alike(after_hello(&["1 → Close frame, 1000", "1 ← end"])))
            .doctor(Alike(Cause::Unanswered))
            .because(why::PING),
        cut("Cut after two seconds of silence", Fault::CutIdle { after: 2_000_000 }).because(why::IDLE),
        cut("Cut after ten seconds", Fault::CutAfter { after: 10_000_000 }),
        row("The server greets before it echoes", Fault::Greet, Act::SpeakAndLeave)
            .script(Alike(said_hello(&[
                "message “Request served by dup…”",
                "message “Hello”",
                "(the script calls close)",
                "close 1000, wasClean true",
            ])))
            .wire(Alike(asked(&[
                "1 ← Response 101 Switching Protocols",
                "1 ← Text frame, “Request served by dup…”",
                "1 → Text frame, “Hello”",
                "1 ← Text frame, “Hello”",
                "1 → Close frame, 1000",
                "1 ← Close frame, 1000",
                "1 ← end",
            ])))
            .doctor(Alike(Cause::Sound))
            .because(why::GREETING),
    ]
}

fn over_http() -> Vec<Expectation> {
    vec![
        row("A reused connection is dropped", Fault::DropReused, Act::Post(2))
            .script(Alike(vec![
                "(the script posts “first”)",
                "status 200, content “first”",
                "(the script posts “second”)",
                "status 200, content “second”",
            ]))
            .wire(Alike(vec![
                "1 → Request POST /echo",
                "1 ← Response 200 OK",
                "1 → Request POST /echo",
                "1 ← end",
                "2 → Request POST /echo",
                "2 ← Response 200 OK",
                "2 ← end",
            ]))
            .doctor(Alike(Cause::Sound))
            .because(why::RETRY),
        row("An answer shorter than announced", Fault::CutShort { announced: 1000, sent: 500 }, Act::Post(1))
            .script(Alike(vec!["(the script posts “first”)", "status 200, then reading the content rejects"]))
            .wire(Alike(vec!["1 → Request POST /echo", "1 ← Response 200 OK, without its end", "1 ← end"]))
            .doctor(Alike(Cause::CutShort))
            .because(why::SHORT),
    ]
}

const ERROR: &str = "error, which says nothing";
const LOST: &str = "close 1006, wasClean false";
const BROKEN_101: &str = "1 ← Response 101 Switching Protocols, which breaks a rule";
