//! The companion's services behind a live run, asked on its main port.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tongue::{Sentence, word};
use trace::live::{COMPANION, ClockReading, Fault, FaultPlan, Health, Plan, Tap, Ticket};
use trace::record::Exchange;

use super::Stop;
use super::address::{Address, HTTP};
use super::call::{Answer, Call, NoAnswer};
use super::clock::now;
use super::json;
use super::words::quoted;

/// A companion, or what is taken for one until [`Companion::health`] says so.
#[derive(Clone)]
pub(super) struct Companion {
    pub(super) address: Address,
}

/// What is wrong with a companion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Absent {
    /// Nothing answers.
    Silent,
    /// Something else answers.
    Stranger,
}

/// What became of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// It is open.
    Open,
    /// It is over, or the companion knows nothing of it.
    Over,
    /// Nobody answers.
    Silent,
}

impl Companion {
    /// The companion at an origin such as `http://127.0.0.1:9080`.
    pub(super) fn at(base: &str) -> Option<Self> {
        Address::read(base, HTTP).map(|address| Self { address })
    }

    /// Whether it is one.
    pub(super) async fn health(&self, stop: &Stop) -> Result<(), Absent> {
        match self.ask("/health", None, HEALTH, stop).await {
            Ok(answer) => match read::<Health>(&answer) {
                Ok(health) if health.duplex == COMPANION => Ok(()),
                _ => Err(Absent::Stranger),
            },
            Err(_) => Err(Absent::Silent),
        }
    }

    /// Reads its clock a few times; answers what could be read.
    pub(super) async fn clock(&self, stop: &Stop) -> Vec<Exchange> {
        let mut exchanges = Vec::with_capacity(READINGS);
        for _ in 0..READINGS {
            let asked = now();
            let Ok(answer) = self.ask("/clock", None, HEALTH, stop).await else { break };
            let Ok(reading) = read::<ClockReading>(&answer) else { break };
            if is_time(reading.now) {
                exchanges.push(Exchange { asked, read: reading.now, answered: answer.begun });
            }
        }
        exchanges
    }

    /// Opens a run, or says why not.
    pub(super) async fn open(&self, plan: &Plan, stop: &Stop) -> Result<Ticket, Sentence> {
        self.order("/runs", plan, stop).await
    }

    /// Opens a port on which something goes wrong, or says why not.
    pub(super) async fn open_fault(&self, fault: &Fault, stop: &Stop) -> Result<Ticket, Sentence> {
        self.order("/faults", &FaultPlan { fault: fault.clone() }, stop).await
    }

    async fn order(&self, target: &str, plan: &impl Serialize, stop: &Stop) -> Result<Ticket, Sentence> {
        let plan = json::write(plan)
            .ok_or_else(|| Sentence::text(word!(": the plan cannot be written as JSON.")))?;
        let answer = self.ask(target, Some(&plan), PATIENCE, stop).await.map_err(said)?;
        read(&answer)
    }

    /// Has a lane played in which no page takes part, or says why not. Answers when it is over.
    pub(super) async fn play(&self, run: u32, lane: u8, patience: u64, stop: &Stop) -> Result<(), Sentence> {
        self.serve(run, &format!("play/{lane}"), "", patience, stop).await
    }

    /// Whether a run is open.
    pub(super) async fn ticket(&self, run: u32, stop: &Stop) -> Found {
        match self.ask(&format!("/runs/{run}/ticket"), None, HEALTH, stop).await {
            Ok(answer) if answer.status == 200 => Found::Open,
            Ok(answer) if answer.status == 204 => Found::Over,
            _ => Found::Silent,
        }
    }

    /// Asks for a service of a run, or says why it is refused.
    pub(super) async fn serve(
        &self,
        run: u32,
        what: &str,
        content: &str,
        patience: u64,
        stop: &Stop,
    ) -> Result<(), Sentence> {
        let answer = self.ask(&format!("/runs/{run}/{what}"), Some(content), patience, stop).await;
        let answer = answer.map_err(said)?;
        if is_fine(&answer) { Ok(()) } else { Err(quoted(&answer.content)) }
    }

    /// Ends a run and fetches what was witnessed, or says why not. `lanes` is how many there are.
    pub(super) async fn end(&self, run: u32, lanes: usize) -> Result<Tap, Sentence> {
        // What was recorded is to be witnessed even if the visitor stopped the run.
        let stop = Stop::new();
        let ended = self.ask(&format!("/runs/{run}/end"), Some(""), PATIENCE, &stop).await.map_err(said)?;
        if !is_fine(&ended) {
            return Err(quoted(&ended.content));
        }
        let answer = self.ask(&format!("/runs/{run}/tap"), None, PATIENCE * 2, &stop).await.map_err(said)?;
        let tap: Tap = read(&answer)?;
        if is_sound(&tap, run, lanes) { Ok(tap) } else { Err(Sentence::text(word!(": it makes no sense."))) }
    }

    async fn ask(
        &self,
        target: &str,
        content: Option<&str>,
        patience: u64,
        stop: &Stop,
    ) -> Result<Answer, NoAnswer> {
        let (url, content) = (self.address.url(target), content.map(str::to_owned));
        Call { url, content, binary: false }.send(now() + patience, stop).await
    }
}

/// Reads an answer, or says as the end of a sentence why that cannot be.
fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Sentence> {
    if !is_fine(answer) {
        return Err(quoted(&answer.content));
    }
    let text = String::from_utf8_lossy(&answer.content);
    json::read(&text).ok_or_else(|| Sentence::text(word!(": the answer cannot be read.")))
}

fn is_fine(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

fn said(why: NoAnswer) -> Sentence {
    Sentence::text(match why {
        NoAnswer::Late => word!(": the answer did not come in time."),
        NoAnswer::Stopped => word!(": you stopped the run."),
        NoAnswer::Failed | NoAnswer::BrokeOff(_) => word!(": the connection failed."),
    })
}

/// Whether a tap belongs to the run and can be reckoned with.
fn is_sound(tap: &Tap, run: u32, lanes: usize) -> bool {
    tap.run == run
        && tap.lanes.len() == lanes
        && tap.lanes.iter().zip(0..).all(|(lane, index)| lane.lane == index)
        && tap.lanes.iter().all(|lane| lane.zero.is_none_or(is_time))
        && tap.lanes.iter().flat_map(|lane| &lane.connections).all(|connection| {
            let ends = [connection.client_ended, connection.server_ended].into_iter().flatten();
            let chunks = connection.chunks.iter().chain(&connection.far).map(|chunk| chunk.at);
            ends.chain(chunks).chain([connection.accepted, connection.held]).all(is_time)
        })
}

/// A number of microseconds that leaves room to reckon: less than a hundred years.
fn is_time(micros: u64) -> bool {
    micros < 1 << 51
}

/// Microseconds for an answer that needs no thought, and for one that does.
pub(super) const HEALTH: u64 = 5_000_000;
const PATIENCE: u64 = 15_000_000;

/// How often the clock is read each time.
const READINGS: usize = 9;

#[cfg(test)]
mod tests {
    use trace::live::{ConnectionTap, LaneTap, Speaker};

    use super::*;

    fn tap(run: u32, accepted: u64) -> Tap {
        let connection = ConnectionTap {
            connection: 0,
            opened_by: Speaker::You,
            accepted,
            client_ended: None,
            server_ended: None,
            reset: false,
            held: 0,
            chunks: Vec::new(),
            far: Vec::new(),
            dropped: 0,
        };
        Tap { run, lanes: vec![LaneTap { lane: 0, zero: None, connections: vec![connection] }] }
    }

    #[test]
    fn taps_that_make_sense() {
        assert!(is_sound(&tap(7, 1_000), 7, 1));
        assert!(!is_sound(&tap(8, 1_000), 7, 1), "another run's");
        assert!(!is_sound(&tap(7, 1_000), 7, 2), "a lane short");
        assert!(!is_sound(&tap(7, u64::MAX), 7, 1), "the end of time");
        let mut swapped = tap(7, 0);
        swapped.lanes[0].lane = 1;
        assert!(!is_sound(&swapped, 7, 1), "lanes in disorder");
    }
}
