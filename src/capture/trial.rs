//! The fault lab's hands: opens a port with a fault, does what a script would do there, and writes down
//! what a script learns. Whatever the wire shows beyond that comes from the companion's tap.

use std::future::poll_fn;

use tongue::{Sentence, say, word};
use trace::live::Fault;
use trace::trial::{Act, Engine, Expectation, Sight, Trial, carried, symptom};
use wasm_bindgen::JsCast;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::address::{Address, HTTP, SOCKET};
use super::call::{Call, NoAnswer};
use super::clock::{Waited, now, within};
use super::companion::Companion;
use super::conduct::find;
use super::doctor::Doctor;
use super::inbox::{Inbox, stamp};
use super::{Stop, browser};

/// Tries the fault of `row`, the one that `expectation` tells of, on the companion at `base`. The error is a
/// sentence for the visitor.
pub async fn try_fault(
    base: &str,
    row: usize,
    expectation: &Expectation,
    stop: &Stop,
) -> Result<Trial, Sentence> {
    let doctor = Doctor::on_duty();
    let companion = find(base, &doctor, stop, &|_| ()).await?;
    let fault = &expectation.fault;
    let (run, target) = open(&companion, fault, expectation.act, stop).await?;
    let mut trial = Script { began: now(), sights: Vec::new(), stop };
    match expectation.act {
        Act::Post(times) => trial.post(&target, times).await,
        act => trial.socket(&target, act, act.patience(fault)).await,
    }
    let sights = trial.sights;
    let tap = companion
        .end(run, 1)
        .await
        .map_err(|why| Sentence::of(move || say!("What the wire carried cannot be had{}", why.said())))?;
    let carried = tap.lanes.first().map(carried).unwrap_or_default();
    // A port of its own for the doctor, so that nothing on the wire is the doctor's.
    let (again, elsewhere) = open(&companion, fault, expectation.act, stop).await?;
    let (diagnosis, knock) = doctor.examine(&elsewhere, symptom(&sights)).await;
    // What crossed that port is nobody's concern, and it ends by itself if it cannot be ended.
    let _ = companion.end(again, 1).await;
    let engine = Engine::of(&browser());
    Ok(Trial { row, engine, sights, carried, knock, diagnosis })
}

/// A port with the fault: its run, and the address for the script.
async fn open(
    companion: &Companion,
    fault: &Fault,
    act: Act,
    stop: &Stop,
) -> Result<(u32, Address), Sentence> {
    let ticket = companion.open_fault(fault, stop).await;
    let ticket = ticket.map_err(|why| {
        Sentence::of(move || say!("The companion did not open a port for the fault{}", why.said()))
    })?;
    let port = ticket.lanes.first().map(|lane| lane.port);
    let port = port.ok_or_else(|| Sentence::text(word!("The companion opened no port for the fault.")))?;
    let (scheme, target) = match act {
        Act::Post(_) => (HTTP[0], trace::answer::ECHO),
        _ => (SOCKET[0], trace::answer::SOCKET),
    };
    let address = companion.address.on_port(scheme, port);
    Ok((ticket.run, Address { target: target.to_owned(), ..address }))
}

/// What the script does and learns.
struct Script<'a> {
    began: u64,
    sights: Vec<(u64, Sight)>,
    stop: &'a Stop,
}

impl Script<'_> {
    fn note(&mut self, at: u64, sight: Sight) {
        self.sights.push((at.saturating_sub(self.began), sight));
    }

    async fn post(&mut self, target: &Address, times: u8) {
        for word in WORDS.iter().take(usize::from(times)) {
            self.note(now(), Sight::Asked((*word).to_owned()));
            let call =
                Call { url: target.url(&target.target), content: Some((*word).to_owned()), binary: false };
            let answer = call.send(now() + PATIENCE, self.stop).await;
            let sight = match answer {
                Ok(answer) => Sight::Answered {
                    status: answer.status,
                    content: String::from_utf8_lossy(&answer.content).into_owned(),
                },
                Err(NoAnswer::Failed) => Sight::Rejected,
                Err(NoAnswer::BrokeOff(status)) => Sight::BrokeOff(status),
                Err(NoAnswer::Late | NoAnswer::Stopped) => Sight::Late,
            };
            self.note(now(), sight);
        }
    }

    async fn socket(&mut self, target: &Address, act: Act, patience: u64) {
        let raw = match WebSocket::new(&target.url(&target.target)) {
            Ok(raw) => raw,
            Err(error) => {
                let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
                return self.note(now(), Sight::Thrown(name.unwrap_or_default()));
            }
        };
        let inbox = Inbox::new();
        let _listeners = [
            inbox.listen(&raw, "open", |event| Some((stamp(event), Sight::Opened))),
            inbox.listen(&raw, "message", |event| {
                let text = event.dyn_ref::<MessageEvent>()?.data().as_string().unwrap_or_default();
                Some((stamp(event), Sight::Heard(text)))
            }),
            inbox.listen(&raw, "error", |event| Some((stamp(event), Sight::Error))),
            inbox.listen(&raw, "close", |event| {
                let close = event.dyn_ref::<CloseEvent>()?;
                let (code, reason, clean) = (close.code(), close.reason(), close.was_clean());
                Some((stamp(event), Sight::Closed { code, reason, clean }))
            }),
        ];
        let mut hung_up = false;
        loop {
            let waited =
                within(poll_fn(|context| inbox.poll(context, |_| true)), now() + patience, self.stop).await;
            let Waited::Done((at, sight)) = waited else {
                if hung_up {
                    return self.note(now(), Sight::Late);
                }
                hung_up = true;
                self.hang_up(&raw);
                continue;
            };
            self.note(at, sight.clone());
            match sight {
                Sight::Opened if act != Act::Listen => {
                    self.note(now(), Sight::Said(HELLO.to_owned()));
                    // A socket that is closing by now loses it without a word.
                    let _ = raw.send_with_str(HELLO);
                }
                Sight::Heard(text) if act == Act::SpeakAndLeave && text == HELLO => {
                    hung_up = true;
                    self.hang_up(&raw);
                }
                Sight::Closed { .. } => return,
                _ => {}
            }
        }
    }

    fn hang_up(&mut self, raw: &WebSocket) {
        self.note(now(), Sight::HungUp);
        let _ = raw.close_with_code(1000);
    }
}

const HELLO: &str = "Hello";
const WORDS: [&str; 2] = ["first", "second"];

/// In microseconds.
const PATIENCE: u64 = 5_000_000;
