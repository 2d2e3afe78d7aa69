//! The server's side of a WebSocket: it reads, answers, speaks up, and ends it.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, sleep_until, timeout};
use wire::deflate::Deflater;
use wire::{CloseBody, CloseCode, Frame, Opcode, Reader, Rule, Sender, Unit};

use super::{Line, News, Talk};
use crate::clock::due;
use crate::limits::Limit;
use crate::stop::Stop;

/// Both directions of one WebSocket.
pub(super) struct Speaker<'a, IO> {
    talk: Talk,
    io: &'a mut IO,
    reader: Reader,
    deflater: Option<Deflater>,
    /// Messages of the client, and Pings of the server, so far.
    heard: usize,
    pings: u32,
    /// The limit at which the server has ended it.
    pub(super) limit: Option<Limit>,
    /// A Close frame has been sent.
    closing: bool,
    idle_at: Instant,
    ping_at: Option<Instant>,
}

/// The conversation is over.
struct Over;

impl<'a, IO: AsyncRead + AsyncWrite + Unpin> Speaker<'a, IO> {
    pub(super) fn new(talk: Talk, io: &'a mut IO) -> Self {
        let now = Instant::now();
        let mut reader = Reader::frames(Sender::Client)
            .with_limit(talk.limit)
            .refusing_over(talk.limit as u64)
            .refusing_units_over(talk.frame_limit.min(talk.limit) as u64);
        if let Some(agreed) = &talk.agreed {
            reader.inflate_with(agreed);
        }
        let deflater = talk.agreed.as_ref().and_then(|agreed| agreed.deflater(Sender::Server));
        Self {
            idle_at: now + talk.idle,
            ping_at: talk.ping.map(|every| now + every),
            pings: 0,
            heard: 0,
            limit: None,
            reader,
            deflater,
            closing: false,
            talk,
            io,
        }
    }

    pub(super) async fn speak(&mut self, stop: &mut Stop) {
        let mut octets = vec![0; SMALLEST_READ];
        while self.step(stop, &mut octets).await.is_ok() {}
    }

    /// Waits for the next thing to happen, and does what it asks for.
    async fn step(&mut self, stop: &mut Stop, octets: &mut Vec<u8>) -> Result<(), Over> {
        let line_at = self.talk.lines.front().map(|line| line.due);
        tokio::select! {
            biased;
            () = stop.stopped(), if !self.closing => self.close(CloseCode::GOING_AWAY, "").await,
            () = sleep_until(self.idle_at) => {
                if self.closing {
                    return Err(Over);
                }
                self.limit = Some(Limit::IdleTime);
                self.close(CloseCode::GOING_AWAY, "idle for too long").await
            }
            () = due(line_at), if !self.closing => match self.talk.lines.pop_front() {
                Some(line) => self.say(line.opcode, &line.octets).await,
                None => Ok(()),
            },
            line = next(&mut self.talk.news), if !self.closing => match line {
                Some((opcode, line)) => self.say(opcode, line.as_bytes()).await,
                None => {
                    self.talk.news = None;
                    Ok(())
                }
            },
            () = due(self.ping_at), if !self.closing => self.ping().await,
            read = self.io.read(octets) => match read {
                Ok(read) if read > 0 => {
                    self.read(octets.get(..read).unwrap_or_default()).await?;
                    // Who fills it has more to say.
                    if read == octets.len() && read < LARGEST_READ {
                        octets.resize(read * 2, 0);
                    }
                    Ok(())
                }
                _ => Err(Over),
            },
        }
    }

    async fn read(&mut self, octets: &[u8]) -> Result<(), Over> {
        self.stir();
        self.reader.feed(octets);
        while let Some(unit) = self.reader.poll() {
            match unit {
                Ok(unit) => self.take(unit).await?,
                Err(violation) => return self.fail(violation.rule).await,
            }
        }
        Ok(())
    }

    async fn take(&mut self, unit: Unit) -> Result<(), Over> {
        let Some(header) = unit.frame().copied() else { return Ok(()) };
        match header.opcode {
            Opcode::Ping if !self.closing => match Frame::pong(&unit.content) {
                Ok(pong) => self.send(&pong).await,
                Err(_) => Ok(()),
            },
            Opcode::Close => {
                if !self.closing {
                    let code = CloseBody::parse(&unit.content).ok().and_then(|body| body.code);
                    self.send(&Frame::close(code, "").unwrap_or_else(|_| Frame::new(Opcode::Close, [])))
                        .await?;
                }
                Err(Over)
            }
            Opcode::Text | Opcode::Binary | Opcode::Continuation if header.fin && !self.closing => {
                match unit.message {
                    Some(message) => self.hear(message.opcode, message.content).await,
                    None => self.hear(header.opcode, unit.content).await,
                }
            }
            _ => Ok(()),
        }
    }

    /// Takes a whole message, and says what it brings about: of its own kind, text or binary.
    async fn hear(&mut self, opcode: Opcode, said: Vec<u8>) -> Result<(), Over> {
        let n = self.heard;
        self.heard += 1;
        if let Some(ears) = &self.talk.ears {
            // What is too much to be kept for a listener was said all the same.
            let _ = ears.hear(&said);
        }
        let answers = match &self.talk.script {
            None => vec![said],
            Some(script) => script.answers(n, said),
        };
        for octets in answers {
            if self.talk.think.is_zero() {
                self.say(opcode, &octets).await?;
            } else {
                let due = Instant::now() + self.talk.think;
                self.talk.lines.push_back(Line { due, opcode, octets });
            }
        }
        Ok(())
    }

    /// Says which rule was broken, and does not wait for an answer: the stream makes no sense any more.
    async fn fail(&mut self, rule: Rule) -> Result<(), Over> {
        if !self.closing {
            if rule == Rule::TooLarge {
                self.limit = Some(Limit::Message);
            }
            let code = rule.close_code().map_or(CloseCode::PROTOCOL_ERROR, CloseCode);
            self.close(code, &rule.to_string()).await?;
        }
        Err(Over)
    }

    async fn close(&mut self, code: CloseCode, reason: &str) -> Result<(), Over> {
        let frame =
            Frame::close(Some(code), reason).or_else(|_| Frame::close(Some(code), "")).map_err(|_| Over)?;
        self.send(&frame).await?;
        self.closing = true;
        self.idle_at = Instant::now() + self.talk.grace;
        Ok(())
    }

    /// Sends a message, compressed if that was agreed on, in as many frames as it takes.
    async fn say(&mut self, opcode: Opcode, message: &[u8]) -> Result<(), Over> {
        let deflated = self.deflater.as_mut().map(|deflater| deflater.deflate(message));
        let mut rest = deflated.as_deref().unwrap_or(message);
        let mut opcode = opcode;
        loop {
            let (piece, after) = rest.split_at(self.talk.fragment.min(rest.len()));
            let mut frame = Frame::new(opcode, piece);
            frame.header.fin = after.is_empty();
            // RSV1: compressed (RFC 7692 section 6). Only the first frame of a message says so.
            frame.header.rsv[0] = deflated.is_some() && opcode.begins_message();
            self.send(&frame).await?;
            if after.is_empty() {
                return Ok(());
            }
            (opcode, rest) = (Opcode::Continuation, after);
        }
    }

    /// A Ping by itself keeps no connection from being idle; its answer does.
    async fn ping(&mut self) -> Result<(), Over> {
        self.ping_at = self.talk.ping.map(|every| Instant::now() + every);
        self.pings += 1;
        let ping = Frame::ping(self.pings.to_string().as_bytes()).map_err(|_| Over)?;
        self.write(&ping).await
    }

    async fn send(&mut self, frame: &Frame) -> Result<(), Over> {
        self.write(frame).await?;
        self.stir();
        Ok(())
    }

    async fn write(&mut self, frame: &Frame) -> Result<(), Over> {
        let octets = frame.encode();
        let sending = async {
            self.io.write_all(&octets).await?;
            self.io.flush().await
        };
        // A client that does not read must not keep the server writing for ever.
        match timeout(self.talk.idle, sending).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }

    fn stir(&mut self) {
        if !self.closing {
            self.idle_at = Instant::now() + self.talk.idle;
        }
    }
}

/// The next line of news, and how it is said; `None` if there is no more. Waits for ever if there never was any.
async fn next(news: &mut Option<News>) -> Option<(Opcode, String)> {
    match news {
        Some(news) => Some((news.opcode, news.lines.recv().await?)),
        None => std::future::pending().await,
    }
}

/// Octets that are read at once: as few as most messages need, because thousands of sockets may wait with that
/// much each, and up to so many where messages are large.
const SMALLEST_READ: usize = 1024;
const LARGEST_READ: usize = 16 * 1024;
