//! A WebSocket lane: one opening handshake, then either side speaks when it likes.

use std::collections::VecDeque;

use tongue::{Sentence, say, word};
use trace::answer::SOCKET;
use trace::doctor::Symptom;
use trace::record::{Failure, LaneLog, ReceivedLog, SentLog, SocketLog};
use trace::scenario::Loop;

use super::awaited::Awaited;
use super::clock::{Alarm, Waited, now};
use super::course::{Break, Course, Place};
use super::socket::{Closed, Happening, Socket};
use super::{Stop, words};

/// Runs the lane to its end or to where it breaks off.
pub(super) async fn run(course: &Course<'_>) -> (LaneLog, Option<Break>) {
    let mut lane = Lane::new(course);
    let url = course.place.address().url(&lane.log.target);
    let broken = match Socket::open(&url, course.order.blob) {
        Ok(socket) => lane.live(&socket).await.err(),
        Err(why) => Some((now(), words::not_allowed(&url, &why))),
    };
    let (at, broken) = broken.unzip();
    let failed = at.zip(broken.as_ref()).map(|(at, it)| Failure { at, why: it.what.said() });
    let Lane { zero, log, .. } = lane;
    let log = LaneLog {
        lane: course.lane,
        transport: course.transport,
        zero,
        requests: Vec::new(),
        socket: Some(log),
        left: None,
        failed,
    };
    (log, broken)
}

struct Lane<'a> {
    course: &'a Course<'a>,
    zero: u64,
    /// What the visitor says at a time of their own, since zero, ascending.
    lines: VecDeque<(u64, String)>,
    /// What was said before the socket was open, and when.
    waiting: Vec<(u64, String)>,
    /// What there is to hear, and when the last was heard.
    awaited: Awaited,
    heard_at: u64,
    /// How long it waits for the next, in microseconds, and what wakes it then.
    patience: u64,
    alarm: Alarm,
    log: SocketLog,
}

impl<'a> Lane<'a> {
    fn new(course: &'a Course<'a>) -> Self {
        let lines = course.own_accord();
        let target = match &course.place {
            Place::Companion(_) => SOCKET.to_owned(),
            Place::Public(address) => address.target.clone(),
        };
        let zero = now();
        Self {
            course,
            zero,
            lines: lines.into(),
            waiting: Vec::new(),
            awaited: Awaited::new(course.expected()),
            heard_at: zero,
            patience: course.patience(),
            alarm: Alarm::default(),
            log: SocketLog {
                target,
                binary: course.order.manner.binary,
                called: zero,
                ..SocketLog::default()
            },
        }
    }

    /// From the opening handshake to the closing one; or when it broke off, and how.
    async fn live(&mut self, socket: &Socket) -> Result<(), (u64, Break)> {
        let talked = self.talk(socket).await.map_err(|broken| (now(), broken));
        if self.log.opened.is_none() || self.log.closed.is_some() {
            return talked;
        }
        let parted = self.part(socket).await.map_err(|broken| (now(), broken));
        talked.and(parted)
    }

    async fn talk(&mut self, socket: &Socket) -> Result<(), Break> {
        self.rise(self.zero, socket);
        loop {
            if !self.lines.is_empty() {
                self.rise(now(), socket);
            }
            let had = self.has_had_its_say();
            if had && now() >= self.leaves_at() {
                return Ok(());
            }
            let give_up = self.give_up();
            let line = self.lines.front().map(|(at, _)| self.zero.saturating_add(*at));
            let leaves = had.then(|| self.leaves_at());
            let until = line.into_iter().chain(leaves).fold(give_up, u64::min);
            socket.gather(self.can_wait_for());
            match self.alarm.within(socket.next(), until, self.course.stop).await {
                Waited::Done(happening) => self.take(happening, socket)?,
                Waited::Late if now() >= give_up => return Err(self.waited_in_vain()),
                Waited::Late => {}
                Waited::Stopped => return Err(Break::stopped()),
            }
        }
    }

    fn leaves_at(&self) -> u64 {
        self.zero.saturating_add(self.course.leaves_at())
    }

    /// Whether all is said and heard, and there is nothing to wait for but the end.
    fn has_had_its_say(&self) -> bool {
        let all_said = self.lines.is_empty() && self.waiting.is_empty();
        self.log.opened.is_some() && all_said && self.awaited.heard() == self.awaited.len()
    }

    /// How many messages may come before this lane has something to do about them.
    fn can_wait_for(&self) -> usize {
        let answers = self.course.workload.loops() == Loop::Echo && self.log.binary;
        if answers { 0 } else { self.awaited.len() - self.awaited.heard() }
    }

    fn give_up(&self) -> u64 {
        let from = match self.log.opened {
            None => self.zero,
            Some(_) => self.leaves_at().max(self.heard_at),
        };
        from.saturating_add(self.patience)
    }

    fn waited_in_vain(&self) -> Break {
        match self.log.opened {
            None => {
                let what = word!("The opening handshake of the WebSocket was not answered in time.");
                Break::look(Sentence::text(what), Symptom::Late)
            }
            Some(_) => {
                let what = words::not_all_heard(self.awaited.heard(), self.awaited.len());
                Break::look(what, Symptom::Unanswered)
            }
        }
    }

    /// Says everything that is due.
    fn rise(&mut self, now: u64, socket: &Socket) {
        while let Some((_, text)) = self.lines.pop_front_if(|(at, _)| self.zero.saturating_add(*at) <= now) {
            self.say(text, Some(now), socket);
        }
    }

    /// Says what came up at a time, or just now.
    fn say(&mut self, text: String, said: Option<u64>, socket: &Socket) {
        let at = now();
        let said = said.unwrap_or(at);
        if self.log.opened.is_none() {
            self.waiting.push((said, text));
            return;
        }
        socket.send(&text, self.log.binary);
        self.log.sent.push(SentLog { said, at, text });
        if self.course.workload.loops() == Loop::Echo && !self.log.binary {
            socket.echo(self.awaited.texts(self.log.sent.len() - 1));
        }
    }

    fn take(&mut self, happening: Happening, socket: &Socket) -> Result<(), Break> {
        match happening {
            Happening::Open(at, extensions) => {
                self.log.opened = Some(at);
                self.log.extensions = extensions;
                self.heard_at = at;
                for (said, text) in std::mem::take(&mut self.waiting) {
                    self.say(text, Some(said), socket);
                }
                Ok(())
            }
            Happening::Message(at, text) => {
                self.hear(at, text, None, socket);
                Ok(())
            }
            Happening::Echo(at, next) => {
                self.hear_echo(at, next, socket);
                Ok(())
            }
            Happening::Closed(closed) => {
                let Closed { at, code, .. } = closed;
                self.note_end(closed);
                let host = &self.course.place.address().host;
                Err(match self.log.opened {
                    None => Break::look(words::not_opened(host), Symptom::NotOpened),
                    Some(opened) => {
                        words::cut(host, at.saturating_sub(opened), code, self.course.place.is_public())
                    }
                })
            }
        }
    }

    fn note_end(&mut self, closed: Closed) {
        self.log.closed = Some((closed.at, closed.code, closed.clean));
        self.log.reason = closed.reason;
    }

    /// Matches a message by what it says, never by its place: some servers greet first. `next` is when
    /// the next one left, if it has.
    fn hear(&mut self, at: u64, text: String, next: Option<u64>, socket: &Socket) {
        let echo = self.course.workload.loops() == Loop::Echo;
        let sent = if echo { self.log.sent.len() } else { self.awaited.len() };
        let Some(n) = self.awaited.hear(&text, sent) else {
            let start: String = text.chars().take(LONGEST_QUOTE).collect();
            self.course.tell(Sentence::of(move || {
                say!("the server said something of its own, which does not count: “{}”.", start)
            }));
            return;
        };
        self.heard_at = at;
        self.course.progress(at, self.awaited.heard(), self.awaited.len());
        self.log.received.push(ReceivedLog { at, text, answers: echo.then_some(n as u32) });
        let following = self.awaited.text(n + 1).filter(|_| echo).cloned();
        match (following, next) {
            (Some(text), Some(at)) => self.log.sent.push(SentLog { said: at, at, text }),
            (Some(text), None) if self.log.close_called.is_none() => self.say(text, None, socket),
            _ => {}
        }
    }

    /// What was last sent has come back.
    fn hear_echo(&mut self, at: u64, next: Option<u64>, socket: &Socket) {
        if let Some(text) = self.log.sent.last().map(|last| last.text.clone()) {
            self.hear(at, text, next, socket);
        }
    }

    /// Closes, and waits a while for the other side to do the same.
    async fn part(&mut self, socket: &Socket) -> Result<(), Break> {
        self.log.close_called = Some(now());
        socket.close();
        // Even a visitor who stopped the run has a right to a proper goodbye.
        let link = self.patience - super::course::PATIENCE;
        let until = now().saturating_add(GOODBYE).saturating_add(link);
        loop {
            match self.alarm.within(socket.next(), until, &Stop::new()).await {
                Waited::Done(Happening::Closed(closed)) => {
                    self.note_end(closed);
                    return Ok(());
                }
                Waited::Done(Happening::Message(at, text)) => self.hear(at, text, None, socket),
                Waited::Done(Happening::Echo(at, next)) => self.hear_echo(at, next, socket),
                Waited::Done(Happening::Open(..)) => {}
                Waited::Late | Waited::Stopped => return Err(words::no_goodbye()),
            }
        }
    }
}

/// In microseconds: how long the closing handshake may take beyond the link's own time.
const GOODBYE: u64 = 5_000_000;

/// Characters of a strange message that are shown.
const LONGEST_QUOTE: usize = 80;
