//! An HTTP lane: requests in the order in which they come up, one at a time or several at once, and a
//! stream of events where there is one.

use std::future::poll_fn;
use std::task::Poll;

use tongue::{Sentence, word};
use trace::answer::{ECHO, EVENTS, NEWS, SAY};
use trace::doctor::Symptom;
use trace::record::{Failure, LaneLog, ReceivedLog, RequestLog};
use trace::scenario::{Loop, Transport};

use super::Stop;
use super::address::numbered;
use super::agenda::{Agenda, Ask, Asks};
use super::call::{Answer, Call, NoAnswer};
use super::clock::{Waited, now, sleep_until, within};
use super::course::{Break, Course, Place};
use super::flights::Flights;
use super::stream::{Stream, Turn};
use super::timing::Sightings;
use super::unwrap::{decoded, unwrap};
use super::{measured, words};

/// Runs the lane to its end or to where it breaks off.
pub(super) async fn run(course: &Course<'_>) -> (LaneLog, Option<Break>) {
    let sightings = Sightings::start();
    let mut lane = Lane::new(course);
    let broken = lane.talk().await.err();
    let failed = broken.as_ref().map(|it| Failure { at: now(), why: it.what.said() });
    let left = lane.hang_up().await;
    if let Some(sightings) = sightings {
        measured::fill_in(course, &mut lane.requests, &sightings).await;
    }
    let Lane { zero, requests, .. } = lane;
    let (lane, transport) = (course.lane, course.transport);
    let log = LaneLog { lane, transport, zero, requests, socket: None, left, failed };
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
    flights: Flights,
    stream: Option<Stream>,
}

/// What a lane waits for.
enum Next {
    Answer(usize, Ask, Result<Answer, NoAnswer>),
    Stream(Turn),
}

impl<'a> Lane<'a> {
    fn new(course: &'a Course<'a>) -> Self {
        let lines = course.own_accord();
        let agenda = Agenda::new(lines, asks(course));
        let (zero, expected) = (now(), course.expected());
        let (requests, flights) = (Vec::new(), Flights::default());
        Self { course, zero, agenda, expected, heard: 0, heard_at: zero, requests, flights, stream: None }
    }

    async fn talk(&mut self) -> Result<(), Break> {
        if self.course.transport == Transport::Sse {
            self.open_stream(self.zero);
            let stream = Stream::open(&self.course.place.address().url(EVENTS));
            self.stream = Some(stream.ok_or_else(|| words::no_stream(EVENTS))?);
        }
        self.agenda.rise(0, true);
        loop {
            while self.has_room()
                && let Some(ask) = self.agenda.next()
            {
                self.ask(ask);
            }
            if self.is_done() {
                return Ok(());
            }
            let next = self.next().await?;
            let idle = next.is_none();
            let mut answered = false;
            match next {
                Some(Next::Answer(place, ask, answer)) => {
                    answered = ask == Ask::News;
                    self.take(place, ask, answer)?;
                }
                Some(Next::Stream(turn)) => self.hear_stream(turn)?,
                None => {}
            }
            self.agenda.rise(now().saturating_sub(self.zero), idle);
            if answered {
                self.agenda.answered(self.has_heard());
            }
        }
    }

    /// Whether another request may go out: on a single connection they go one after another, and of several
    /// the browser itself decides how many there are.
    fn has_room(&self) -> bool {
        self.flights.are_none() || self.course.transport.most_connections() > 1
    }

    /// Whether there is nothing to wait for but the end.
    fn has_heard(&self) -> bool {
        self.heard >= self.expected.len() && now() >= self.leaves_at()
    }

    fn is_done(&self) -> bool {
        // A question that is held is left as it is.
        let held = self.course.transport == Transport::Long && self.flights.only_ask();
        self.has_heard() && self.agenda.is_said() && (held || self.flights.are_none())
    }

    fn leaves_at(&self) -> u64 {
        self.zero.saturating_add(self.course.leaves_at())
    }

    /// Waits for whatever comes next; `None` if something comes up or it is time to leave.
    async fn next(&mut self) -> Result<Option<Next>, Break> {
        let patience = self.course.patience().saturating_add(self.course.order.poll);
        let mut give_up = self.leaves_at().max(self.heard_at).saturating_add(patience);
        let now = now();
        if !self.flights.only_ask() {
            // Each has a limit of its own.
            give_up = give_up.max(now.saturating_add(patience));
        }
        if now >= give_up {
            let what = words::not_all_heard(self.heard, self.expected.len());
            return Err(Break::look(what, Symptom::Unanswered));
        }
        let due = self.agenda.due().map(|due| self.zero.saturating_add(due));
        let leaves = Some(self.leaves_at()).filter(|&at| at > now);
        let until = due.into_iter().chain(leaves).fold(give_up, u64::min);
        let (flights, stream) = (&mut self.flights, &self.stream);
        let next = poll_fn(|context| {
            if let Some(stream) = stream
                && let Poll::Ready(turn) = stream.poll(context)
            {
                return Poll::Ready(Next::Stream(turn));
            }
            flights.poll(context).map(|(place, ask, answer)| Next::Answer(place, ask, answer))
        });
        match within(next, until, self.course.stop).await {
            Waited::Done(next) => Ok(Some(next)),
            Waited::Late => Ok(None),
            Waited::Stopped => Err(Break::stopped()),
        }
    }

    fn ask(&mut self, ask: Ask) {
        let target = self.target(&ask);
        let (content, said) = match &ask {
            Ask::Say { text, said, .. } => (Some(text.clone()), Some(self.zero + said)),
            Ask::News => (None, None),
        };
        let url = self.course.place.address().url(&target);
        let manner = self.course.order.manner;
        let octets = content.clone().unwrap_or_default().into_bytes();
        let call = Call { url, content, binary: manner.binary };
        let called = now();
        let held = if self.course.transport == Transport::Long { manner.hold } else { 0 };
        let until = called.saturating_add(self.course.patience()).saturating_add(held);
        self.requests.push(RequestLog {
            method: call.method().to_owned(),
            target,
            content: octets,
            said,
            called,
            ..RequestLog::default()
        });
        self.flights.start(self.requests.len() - 1, ask, call, until, self.course.stop);
    }

    fn target(&self, ask: &Ask) -> String {
        match (&self.course.place, ask) {
            (Place::Public(address), Ask::Say { n, .. }) => numbered(&address.target, *n),
            (Place::Public(address), Ask::News) => address.target.clone(),
            (Place::Companion(_), Ask::Say { n, .. }) if self.course.answers_in_place() => numbered(ECHO, *n),
            (Place::Companion(_), Ask::Say { n, .. }) => numbered(SAY, *n),
            (Place::Companion(_), Ask::News) => format!("{NEWS}?after={}", self.heard),
        }
    }

    /// Takes an answer, or what came instead of one.
    fn take(&mut self, place: usize, ask: Ask, answer: Result<Answer, NoAnswer>) -> Result<(), Break> {
        let Some(request) = self.requests.get_mut(place) else { return Ok(()) };
        let question = format!("{} {}", request.method, request.target);
        let answer = answer.map_err(|why| words::no_answer(&question, why))?;
        request.status = answer.status;
        request.connection = answer.connection;
        request.in_hand = Some(answer.in_hand);
        request.fields.clone_from(&answer.fields);
        if !(200..300).contains(&answer.status) {
            let what = words::refused(&question, answer.status, &answer.content);
            return Err(Break::look(what, Symptom::Answered(answer.status)));
        }
        match ask {
            Ask::Say { n, text, .. } if self.course.answers_in_place() => {
                let said = self.answered_in_place(&answer, n as usize, &text);
                let said = said.ok_or_else(|| words::no_echo(&question, self.course.place.is_public()))?;
                self.requests[place].answer = said.join("\n").into_bytes();
                said.iter().for_each(|_| self.hear(answer.in_hand));
            }
            Ask::News if !answer.content.is_empty() => {
                let text = String::from_utf8_lossy(&answer.content).into_owned();
                for line in text.split('\n') {
                    self.hear_next(&question, line, answer.in_hand)?;
                }
                self.requests[place].answer = answer.content;
            }
            Ask::Say { .. } | Ask::News => {}
        }
        Ok(())
    }

    /// What the answer to message `n` says, if that is what it should say.
    fn answered_in_place(&self, answer: &Answer, n: usize, text: &str) -> Option<Vec<String>> {
        if self.course.place.is_public() {
            return unwrap(&answer.content, text).map(|found| vec![found]);
        }
        let parts = self.course.parts();
        let own = self.expected.get(n * parts..(n + 1) * parts)?;
        (answer.content == own.join("\n").as_bytes()).then(|| own.to_vec())
    }

    fn hear_next(&mut self, question: &str, line: &str, at: u64) -> Result<(), Break> {
        if self.expected.get(self.heard).is_none_or(|expected| expected != line) {
            return Err(words::no_news(question));
        }
        self.hear(at);
        Ok(())
    }

    fn hear(&mut self, at: u64) {
        self.heard += 1;
        self.heard_at = at;
        self.course.progress(at, self.heard, self.expected.len());
        if let (Loop::Echo, Some(next)) = (self.course.workload.loops(), self.expected.get(self.heard)) {
            self.agenda.say(next.clone(), now().saturating_sub(self.zero));
        }
    }

    /// A stream is asked for, by the page or, after it broke off, by the browser.
    fn open_stream(&mut self, called: u64) {
        let (method, target) = ("GET".to_owned(), EVENTS.to_owned());
        self.requests.push(RequestLog { method, target, called, ..RequestLog::default() });
    }

    fn hear_stream(&mut self, turn: Turn) -> Result<(), Break> {
        let own = self.requests.iter().rposition(|request| request.target == EVENTS);
        let Some(own) = own else { return Ok(()) };
        match turn {
            Turn::Open(at) => {
                let request = &mut self.requests[own];
                (request.in_hand, request.status) = (Some(at), 200);
            }
            Turn::Event(at, id, data) => {
                let octets = if self.course.order.manner.binary { decoded(&data) } else { None };
                let text = octets.map_or(data, |octets| String::from_utf8_lossy(&octets).into_owned());
                self.hear_next(&format!("GET {EVENTS}"), &text, at)?;
                let answers = id.parse::<u32>().ok().and_then(|id| id.checked_sub(1));
                self.requests[own].events.push(ReceivedLog { at, text, answers });
            }
            Turn::Again(at) => {
                self.course.tell(Sentence::text(word!(
                    "the stream broke off; the browser will open it anew by itself."
                )));
                self.open_stream(at);
            }
            Turn::Over => return Err(words::no_stream(EVENTS)),
        }
        Ok(())
    }

    /// Leaves what is still under way, and waits until the link has told the other side; when that was.
    async fn hang_up(&mut self) -> Option<u64> {
        if self.flights.are_none() && self.stream.is_none() {
            return None;
        }
        let left = now();
        self.flights.hang_up();
        self.stream = None;
        sleep_until(left.saturating_add(self.course.farewell()), &Stop::new()).await;
        Some(left)
    }
}

/// When a lane asks for news.
fn asks(course: &Course<'_>) -> Asks {
    match course.transport {
        Transport::Sse => Asks::Never,
        _ if course.answers_in_place() => Asks::Never,
        Transport::Long => Asks::Again,
        _ => Asks::Every(course.order.poll),
    }
}
