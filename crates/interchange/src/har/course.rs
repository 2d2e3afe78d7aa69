//! When the parts of an entry happened, from its timings.

use tongue::say;
use trace::event::{Event, Kind, Layer, Provenance, Source, Stamp, Times};
use wire::Sender;

use super::exchange::measured;
use super::moment;
use super::spec::Entry;
use crate::lanes;

/// The moments of an exchange, in microseconds since 1970; `None` where the file does not say.
pub(super) struct Course {
    /// When the browser began with it.
    pub(super) started: u64,
    /// When connecting began and ended, if it had to connect.
    connected: Option<(u64, u64)>,
    asks: u64,
    asked: Option<u64>,
    answers: Option<u64>,
    answered: Option<u64>,
}

impl Course {
    /// # Errors
    /// If it does not say when it began; a sentence.
    pub(super) fn of(entry: &Entry) -> Result<Self, String> {
        let started = moment::read(&entry.started_date_time)
            .ok_or_else(|| say!("its startedDateTime is no time: “{}”", entry.started_date_time))?;
        let timings = &entry.timings;
        // What is not known of these was not to be done.
        let [blocked, dns, connect, ssl] = [timings.blocked, timings.dns, timings.connect, timings.ssl]
            .map(|it| moment::millis(it).unwrap_or(0));
        let begins = started.saturating_add(blocked).saturating_add(dns);
        let asks = begins.saturating_add(connect);
        // TLS begins when TCP is connected; Playwright tells of it even where there is none, and of more.
        let tcp = if ssl < connect { connect - ssl } else { connect };
        let then = |at: Option<u64>, time: f64| Some(at?.saturating_add(moment::millis(time)?));
        let asked = then(Some(asks), timings.send);
        let answers = then(asked, timings.wait);
        let whole = then(Some(started), entry.time).filter(|&end| end >= answers.or(asked).unwrap_or(asks));
        Ok(Self {
            started,
            connected: (connect > 0).then_some((begins, begins.saturating_add(tcp))),
            asks,
            asked,
            answers,
            answered: then(answers, timings.receive).or(whole),
        })
    }

    /// The segments that open a connection, if this entry had to open one.
    pub(super) fn opening(&self) -> Vec<Event> {
        let Some((begins, ends)) = self.connected else { return Vec::new() };
        let segment = |sender, kind, times| lanes::event(Source::Browser, sender, Layer::Tcp, kind, times);
        vec![
            segment(Sender::Client, Kind::Syn, sent(Some(begins), Some(begins))),
            segment(Sender::Server, Kind::SynAck, received(Some(ends), Some(ends))),
            segment(Sender::Client, Kind::Established, sent(Some(ends), Some(ends))),
        ]
    }

    /// When the request was sent.
    pub(super) fn asked(&self) -> Times {
        sent(Some(self.asks), self.asked)
    }

    /// When the response was received. If nobody says, it is shown with its request, and marked as made up.
    pub(super) fn answered(&self) -> Times {
        let times = received(self.answers, self.answered);
        if times == Times::default() {
            let at = self.asked.unwrap_or(self.asks);
            let stamp = Some(Stamp { at, from: Provenance::Reconstructed });
            return Times { received_last: stamp, ..times };
        }
        times
    }
}

pub(super) fn sent(first: Option<u64>, last: Option<u64>) -> Times {
    Times { sent_first: first.and_then(measured), sent_last: last.and_then(measured), ..Times::default() }
}

pub(super) fn received(first: Option<u64>, last: Option<u64>) -> Times {
    Times {
        received_first: first.and_then(measured),
        received_last: last.and_then(measured),
        ..Times::default()
    }
}
