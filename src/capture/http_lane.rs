//! An HTTP lane: one request at a time, in the order in which they come up.

use trace::answer::{ECHO, NEWS, SAY};
use trace::record::{Failure, LaneLog, RequestLog};
use trace::scenario::{Speaker, Transport, Workload};

use super::address::numbered;
use super::agenda::{Agenda, Ask};
use super::call::{Answer, Call};
use super::clock::{now, sleep_until};
use super::course::{Break, Course, Place};
use super::timing::{Sight, Sightings};
use super::unwrap::unwrap;
use super::words;

/// Runs the lane to its end or to where it breaks off.
pub(super) async fn run(course: &Course<'_>) -> (LaneLog, Option<Break>) {
    let sightings = Sightings::start();
    let mut lane = Lane::new(course);
    let broken = lane.talk().await.err();
    let failed = broken.as_ref().map(|it| Failure { at: now(), why: it.what.clone() });
    if let Some(sightings) = sightings {
        let sights = sightings.of(&lane.asked).await;
        lane.fill_in(sights);
    }
    let Lane { zero, requests, .. } = lane;
    let log =
        LaneLog { lane: course.lane, transport: course.transport, zero, requests, socket: None, failed };
    (log, broken)
}

struct Lane<'a> {
    course: &'a Course<'a>,
    zero: u64,
    agenda: Agenda,
    /// What there is to hear, and how much of it has been heard, the last at this time.
    expected: Vec<String>,
    heard: usize,
    heard_at: u64,
    requests: Vec<RequestLog>,
    /// URL and time of each request's call.
    asked: Vec<(String, u64)>,
}

impl<'a> Lane<'a> {
    fn new(course: &'a Course<'a>) -> Self {
        let expected = course.expected();
        let lines = match course.workload {
            // The first at once, each later one when its forerunner has come back.
            Workload::Echo => expected.first().map(|text| (0, text.clone())).into_iter().collect(),
            _ => course.lines(Speaker::You),
        };
        let agenda = Agenda::new(lines, asks_for_news(course).then_some(course.order.poll));
        let zero = now();
        let (requests, asked) = (Vec::new(), Vec::new());
        Self { course, zero, agenda, expected, heard: 0, heard_at: zero, requests, asked }
    }

    async fn talk(&mut self) -> Result<(), Break> {
        self.agenda.rise(0, true);
        loop {
            let mut idle = false;
            match self.agenda.next() {
                Some(ask) => self.ask(ask).await?,
                None if self.is_done() => return Ok(()),
                None => {
                    self.wait().await?;
                    idle = true;
                }
            }
            self.agenda.rise(now().saturating_sub(self.zero), idle);
        }
    }

    fn is_done(&self) -> bool {
        self.heard >= self.expected.len() && self.agenda.is_said() && now() >= self.leaves_at()
    }

    fn leaves_at(&self) -> u64 {
        self.zero.saturating_add(self.course.leaves_at())
    }

    /// Waits until something comes up or it is time to leave.
    async fn wait(&self) -> Result<(), Break> {
        let patience = self.course.patience().saturating_add(self.course.order.poll);
        let give_up = self.leaves_at().max(self.heard_at).saturating_add(patience);
        let now = now();
        if now >= give_up {
            let (heard, of) = (self.heard, self.expected.len());
            return Err(Break::look(words::not_all_heard(heard, of)));
        }
        let due = self.agenda.due().map(|due| self.zero.saturating_add(due));
        let leaves = Some(self.leaves_at()).filter(|&at| at > now);
        let until = due.into_iter().chain(leaves).fold(give_up, u64::min);
        if sleep_until(until, self.course.stop).await { Ok(()) } else { Err(Break::stopped()) }
    }

    async fn ask(&mut self, ask: Ask) -> Result<(), Break> {
        let target = self.target(&ask);
        let url = self.course.place.address().url(&target);
        let (content, said) = match &ask {
            Ask::Say { text, said, .. } => (Some(text.as_str()), Some(self.zero + said)),
            Ask::News => (None, None),
        };
        let call = Call { url: &url, content };
        let called = now();
        self.asked.push((url.clone(), called));
        self.requests.push(RequestLog {
            method: call.method().to_owned(),
            target: target.clone(),
            content: content.unwrap_or_default().as_bytes().to_vec(),
            said,
            called,
            ..RequestLog::default()
        });
        let question = format!("{} {target}", call.method());
        let outcome = call.send(called.saturating_add(self.course.patience()), self.course.stop).await;
        let answer = outcome.map_err(|why| words::no_answer(&question, why))?;
        self.note(&answer);
        if !(200..300).contains(&answer.status) {
            return Err(Break::look(words::refused(&question, answer.status, &answer.content)));
        }
        match ask {
            Ask::Say { .. } if asks_for_news(self.course) => Ok(()),
            Ask::Say { text, .. } => self.echoed(&question, &text, &answer),
            Ask::News => self.news(&question, &answer),
        }
    }

    fn target(&self, ask: &Ask) -> String {
        match (&self.course.place, ask) {
            (Place::Public(address), Ask::Say { n, .. }) => numbered(&address.target, *n),
            (Place::Public(address), Ask::News) => address.target.clone(),
            (Place::Companion(_), Ask::Say { n, .. }) if asks_for_news(self.course) => numbered(SAY, *n),
            (Place::Companion(_), Ask::Say { n, .. }) => numbered(ECHO, *n),
            (Place::Companion(_), Ask::News) => format!("{NEWS}?after={}", self.heard),
        }
    }

    /// Writes down that an answer came.
    fn note(&mut self, answer: &Answer) {
        if let Some(request) = self.requests.last_mut() {
            request.status = answer.status;
            request.connection = answer.connection;
            request.in_hand = Some(answer.in_hand);
        }
    }

    fn echoed(&mut self, question: &str, text: &str, answer: &Answer) -> Result<(), Break> {
        let found = if self.course.place.is_public() {
            unwrap(&answer.content, text)
        } else {
            (answer.content == text.as_bytes()).then(|| text.to_owned())
        };
        let Some(found) = found else {
            return Err(words::no_echo(question, self.course.place.is_public()));
        };
        self.deliver(found.into_bytes());
        self.hear(answer.in_hand);
        Ok(())
    }

    fn news(&mut self, question: &str, answer: &Answer) -> Result<(), Break> {
        if answer.content.is_empty() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&answer.content);
        for line in text.split('\n') {
            if self.expected.get(self.heard).is_none_or(|expected| expected != line) {
                return Err(words::no_news(question));
            }
            self.hear(answer.in_hand);
        }
        self.deliver(answer.content.clone());
        Ok(())
    }

    /// Writes down what the answer said.
    fn deliver(&mut self, content: Vec<u8>) {
        if let Some(request) = self.requests.last_mut() {
            request.answer = content;
        }
    }

    fn hear(&mut self, at: u64) {
        self.heard += 1;
        self.heard_at = at;
        if let (Workload::Echo, Some(next)) = (self.course.workload, self.expected.get(self.heard)) {
            self.agenda.say(next.clone(), now().saturating_sub(self.zero));
        }
    }

    /// Adds what the browser measured.
    fn fill_in(&mut self, sights: Vec<Option<Sight>>) {
        let mut known = Vec::new();
        let mut worker = false;
        for (request, sight) in self.requests.iter_mut().zip(sights) {
            let first = request.connection.map(|connection| !known.contains(&connection));
            known.extend(request.connection);
            request.reused = first.map(|first| !first);
            let Some(sight) = sight else { continue };
            request.request_start = sight.request_start;
            request.response_start = sight.response_start;
            request.response_end = sight.response_end;
            worker |= sight.worker;
            // A new connection to this computer may take less than the clock's step: the server knows better.
            request.reused = request.reused.or(sight.reused);
        }
        if worker {
            self.course
                .tell("a service worker stood between page and server, so its times are not the network's.");
        }
    }
}

/// Whether answers are fetched with `GET /news` rather than coming with the answer to `POST`.
fn asks_for_news(course: &Course<'_>) -> bool {
    let polls = course.workload.is_open() || course.transport == Transport::Polling;
    polls && !course.place.is_public()
}
