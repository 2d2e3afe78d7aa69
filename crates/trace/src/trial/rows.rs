//! The rows: fault, what the script sees, what the wire shows, what the doctor says. What is written here
//! was measured with Chromium 156 and Firefox ESR 153.

use Told::{Alike, Each};
use tongue::word;

use super::{Act, Expectation, Source, Told, why};
use crate::doctor::Cause;
use crate::live::Fault;

/// Every fault of the lab.
pub(super) fn rows() -> Vec<Expectation> {
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
    [&[word!("1 → Request GET /ws")], more].concat()
}

/// The handshake done, the script's first message, and what else crosses the wire.
fn after_hello(more: &[&'static str]) -> Lines {
    asked(
        &[&[word!("1 ← Response 101 Switching Protocols"), word!("1 → Text frame, “Hello”")], more].concat(),
    )
}

/// The open, the script's first message, and what else it learns.
fn said_hello(more: &[&'static str]) -> Lines {
    [&["open", word!("(the script sends “Hello”)")], more].concat()
}

fn no_answer() -> Vec<Expectation> {
    let row = |name, fault| row(name, fault, Act::Listen).script(Alike(never()));
    vec![
        row(word!("The port refuses the connection"), Fault::Refuse),
        row(word!("The server accepts and resets"), Fault::Reset).wire(Alike(vec![word!("1 ← reset")])),
        row(word!("A mail server is at the port"), Fault::NotHttp)
            .wire(Alike(vec![
                word!("1 ← Response head that breaks a rule"),
                word!("1 → Request GET /ws"),
                word!("1 ← end"),
            ]))
            // Firefox takes what has no status line for an answer of HTTP/0.9.
            .doctor(Each(Cause::Nobody, Cause::NotForUs)),
        row(word!("The server never answers"), Fault::Stall)
            .script(Alike([&[word!("(the script calls close)")][..], &never()].concat()))
            .wire(Alike(asked(&[word!("1 ← end")])))
            .doctor(Alike(Cause::Silence)),
    ]
}

fn other_answers() -> Vec<Expectation> {
    let status = |name, status, line| {
        row(name, Fault::Answer { status }, Act::Listen)
            .script(Alike(never()))
            .wire(Alike(asked(&[line, word!("1 ← end")])))
            .doctor(Alike(Cause::NotWebSocket))
            .because(why::STATUS)
    };
    let handshake = |name, fault| {
        row(name, fault, Act::Listen)
            .script(Alike(never()))
            .wire(Alike(asked(&[BROKEN_101, word!("1 ← end")])))
            .doctor(Alike(Cause::Handshake))
    };
    vec![
        status(word!("Status 404 instead of 101"), 404, word!("1 ← Response 404 Not Found")),
        status(word!("Status 503 instead of 101"), 503, word!("1 ← Response 503 Service Unavailable")),
        status(word!("A redirection instead of 101"), 302, word!("1 ← Response 302 Found"))
            .because(why::REDIRECT),
        handshake(word!("A wrong Sec-WebSocket-Accept"), Fault::WrongAccept).because(why::ACCEPT),
        handshake(word!("No Sec-WebSocket-Accept"), Fault::NoAccept).because(why::ACCEPT),
        // Firefox opens it all the same.
        handshake(word!("A subprotocol that nobody offered"), Fault::Subprotocol)
            .script(Each(never(), vec!["open", word!("(the script calls close)"), LOST]))
            .wire(Each(
                asked(&[BROKEN_101, word!("1 ← end")]),
                asked(&[BROKEN_101, word!("1 → Close frame, 1000"), word!("1 ← end")]),
            ))
            .doctor(Each(Cause::Handshake, Cause::Unanswered))
            .because(why::OFFERED),
        handshake(word!("An extension that nobody offered"), Fault::Extension).because(why::OFFERED),
    ]
}

/// Frames that break a rule. Chromium says in a Close frame of its own which; Firefox ends TCP without a word,
/// or does not mind.
fn broken() -> Vec<Expectation> {
    let row = |name, case: &str, frame: &'static str, complaint: &'static str| {
        row(name, Fault::Broken { case: case.to_owned() }, Act::Speak)
            .script(Alike(said_hello(&[ERROR, LOST])))
            .wire(Each(
                after_hello(&[frame, complaint, word!("1 ← end")]),
                after_hello(&[frame, word!("1 ← end")]),
            ))
            .doctor(Alike(Cause::Lost))
            .because(why::BROKEN)
    };
    let masked = word!("1 ← Text frame, “Hello”, which breaks a rule");
    let text = word!("1 ← Text frame, which breaks a rule");
    let complaint = word!("1 → Close frame, 1002 “Masked frame from server”");
    vec![
        row(word!("The server masks its frames"), "masked-server", masked, complaint)
            .script(Each(
                said_hello(&[ERROR, LOST]),
                said_hello(&["message “Hello”", word!("(the script calls close)"), LOST]),
            ))
            .wire(Each(
                after_hello(&[masked, complaint, word!("1 ← end")]),
                after_hello(&[masked, word!("1 → Close frame, 1000"), word!("1 ← end")]),
            ))
            .doctor(Each(Cause::Lost, Cause::Sound)),
        row(
            word!("A text that is not UTF-8"),
            "utf8-unfinished",
            text,
            word!("1 → Close frame, 1002 “Invalid UTF-8 in text frame”"),
        ),
        row(
            word!("A reserved bit is set"),
            "rsv1",
            text,
            word!("1 → Close frame, 1002 “Invalid reserved bit”"),
        ),
    ]
}

/// Close frames that nobody may send. Chromium fails the connection; Firefox reads the code as it is, or none.
fn forbidden() -> Vec<Expectation> {
    let row = |name, case: &str, frame: &'static str, firefox: &'static str, cause| {
        row(name, Fault::Broken { case: case.to_owned() }, Act::Speak)
            .script(Each(said_hello(&[ERROR, LOST]), said_hello(&[firefox])))
            .wire(Each(
                after_hello(&[frame, word!("1 → Close frame, 1002"), word!("1 ← end")]),
                after_hello(&[frame, word!("1 → Close frame"), word!("1 ← end")]),
            ))
            .doctor(Each(Cause::Lost, cause))
            .because(why::NEVER_SENT)
    };
    vec![
        row(
            word!("A Close frame with half a code"),
            "close-short",
            word!("1 ← Close frame, which breaks a rule"),
            "close 1005, wasClean true",
            Cause::Goodbye,
        )
        .because(why::BROKEN),
        row(
            word!("A Close frame with 1005 in it"),
            "close-1005",
            word!("1 ← Close frame, 1005, which breaks a rule"),
            "close 1005, wasClean true",
            Cause::Goodbye,
        ),
        row(
            word!("A Close frame with 1006 in it"),
            "close-1006",
            word!("1 ← Close frame, 1006, which breaks a rule"),
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
            .wire(Alike(after_hello(&[&frames[..], &[word!("1 ← end")]].concat())))
            .doctor(Alike(Cause::Goodbye))
            .because(why::CODE)
    };
    vec![
        row(
            word!("The server closes with 1000"),
            Some(1000),
            "Goodbye",
            "close 1000 “Goodbye”, wasClean true",
            [word!("1 ← Close frame, 1000 “Goodbye”"), word!("1 → Close frame, 1000 “Goodbye”")],
        ),
        row(
            word!("The server closes with 1011"),
            Some(1011),
            "Something unexpected",
            "close 1011 “Something unexpected”, wasClean true",
            [
                word!("1 ← Close frame, 1011 “Something unexpected”"),
                word!("1 → Close frame, 1011 “Something unexpected”"),
            ],
        ),
        row(
            word!("The server closes with 4000"),
            Some(4000),
            "Our own code",
            "close 4000 “Our own code”, wasClean true",
            [word!("1 ← Close frame, 4000 “Our own code”"), word!("1 → Close frame, 4000 “Our own code”")],
        ),
        row(
            word!("The server closes without a code"),
            None,
            "",
            "close 1005, wasClean true",
            [word!("1 ← Close frame"), word!("1 → Close frame")],
        )
        .because(why::NO_CODE),
    ]
}

fn cuts() -> Vec<Expectation> {
    let lost = |name, fault| row(name, fault, Act::Speak).doctor(Alike(Cause::Lost)).because(why::ABNORMAL);
    let echoed = |more: &[&'static str]| after_hello(&[&[word!("1 ← Text frame, “Hello”")], more].concat());
    let cut = |name, fault| {
        lost(name, fault)
            .script(Alike(said_hello(&["message “Hello”", LOST])))
            .wire(Alike(echoed(&[word!("1 ← end")])))
    };
    vec![
        lost(word!("TCP ends without a Close frame"), Fault::Drop)
            .script(Alike(said_hello(&[LOST])))
            .wire(Alike(after_hello(&[word!("1 ← end")]))),
        lost(word!("A reset after the first message"), Fault::ResetAfterOpen)
            .script(Each(said_hello(&[LOST]), said_hello(&[ERROR, LOST])))
            .wire(Alike(after_hello(&[word!("1 ← reset")]))),
        row(word!("Open, and silent for ever"), Fault::Silent, Act::Speak)
            .script(Alike(said_hello(&[word!("(the script calls close)"), word!("nothing in time")])))
            .wire(Alike(after_hello(&[word!("1 → Close frame, 1000"), word!("1 ← end")])))
            .doctor(Alike(Cause::Unanswered))
            .because(why::PING),
        cut(word!("Cut after two seconds of silence"), Fault::CutIdle { after: 2_000_000 })
            .because(why::IDLE),
        cut(word!("Cut after ten seconds"), Fault::CutAfter { after: 10_000_000 }),
        row(word!("The server greets before it echoes"), Fault::Greet, Act::SpeakAndLeave)
            .script(Alike(said_hello(&[
                "message “Request served by dup…”",
                "message “Hello”",
                word!("(the script calls close)"),
                "close 1000, wasClean true",
            ])))
            .wire(Alike(asked(&[
                word!("1 ← Response 101 Switching Protocols"),
                word!("1 ← Text frame, “Request served by dup…”"),
                word!("1 → Text frame, “Hello”"),
                word!("1 ← Text frame, “Hello”"),
                word!("1 → Close frame, 1000"),
                word!("1 ← Close frame, 1000"),
                word!("1 ← end"),
            ])))
            .doctor(Alike(Cause::Sound))
            .because(why::GREETING),
    ]
}

fn over_http() -> Vec<Expectation> {
    vec![
        row(word!("A reused connection is dropped"), Fault::DropReused, Act::Post(2))
            .script(Alike(vec![
                word!("(the script posts “first”)"),
                word!("status 200, content “first”"),
                word!("(the script posts “second”)"),
                word!("status 200, content “second”"),
            ]))
            .wire(Alike(vec![
                word!("1 → Request POST /echo"),
                word!("1 ← Response 200 OK"),
                word!("1 → Request POST /echo"),
                word!("1 ← end"),
                word!("2 → Request POST /echo"),
                word!("2 ← Response 200 OK"),
                word!("2 ← end"),
            ]))
            .doctor(Alike(Cause::Sound))
            .because(why::RETRY),
        row(
            word!("An answer shorter than announced"),
            Fault::CutShort { announced: 1000, sent: 500 },
            Act::Post(1),
        )
        .script(Alike(vec![
            word!("(the script posts “first”)"),
            word!("status 200, then reading the content rejects"),
        ]))
        .wire(Alike(vec![
            word!("1 → Request POST /echo"),
            word!("1 ← Response 200 OK, without its end"),
            word!("1 ← end"),
        ]))
        .doctor(Alike(Cause::CutShort))
        .because(why::SHORT),
    ]
}

const ERROR: &str = word!("error, which says nothing");
const LOST: &str = "close 1006, wasClean false";
const BROKEN_101: &str = word!("1 ← Response 101 Switching Protocols, which breaks a rule");
