//! A WebSocket after its opening handshake: what the server says and answers, and how it ends.

use std::collections::VecDeque;
use std::future::pending;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, sleep_until, timeout};
use wire::{CloseBody, CloseCode, Frame, Opcode, Reader, Rule, Sender, Unit};

use crate::limits::{Limit, Limits};
use crate::stop::Stop;

/// What the server has to say on one WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    /// Whether every message comes back.
    pub(crate) echo: bool,
    /// Text messages, each with the moment at which it is due; in the order of those.
    pub(crate) lines: VecDeque<(Instant, String)>,
    /// Dropped after so long, without a Close frame.
    pub(crate) cut: Option<Duration>,
    /// Closed after so long without an octet from either side.
    pub(crate) idle: Duration,
    /// How long a client may take to answer a Close frame.
    pub(crate) grace: Duration,
    /// The most octets in the payload of one frame.
    pub(crate) frame_limit: usize,
    /// The most octets in a message.
    pub(crate) limit: usize,
}

impl Talk {
    /// Whatever comes goes back; closed after `idle`.
    pub(crate) fn echo(idle: Duration, limits: &Limits) -> Self {
        Self {
            echo: true,
            lines: VecDeque::new(),
            cut: None,
            idle,
            grace: limits.grace,
            frame_limit: limits.frame_size,
            limit: limits.message_size,
        }
    }

    /// Speaks until the closing handshake is done, or cannot be. The caller then ends TCP first, at
    /// once, as RFC 6455 section 7.1.1 asks of a server.
    /// Answers the limit at which the server ended it, if it was one.
    pub(crate) async fn run<IO: AsyncRead + AsyncWrite + Unpin>(
        self,
        io: &mut IO,
        stop: &mut Stop,
    ) -> Option<Limit> {
        let cut = self.cut;
        let mut speaker = Speaker {
            idle_at: Instant::now() + self.idle,
            reader: Reader::frames(Sender::Client)
                .refusing_over(self.limit as u64)
                .refusing_units_over(self.frame_limit.min(self.limit) as u64),
            message: None,
            limit: None,
            closing: false,
            talk: self,
            io,
        };
        match cut {
            Some(cut) => {
                let _ = timeout(cut, speaker.speak(stop)).await;
            }
            None => speaker.speak(stop).await,
        }
        speaker.limit
    }
}

struct Speaker<'a, IO> {
    talk: Talk,
    io: &'a mut IO,
    reader: Reader,
    /// The message that is begun and not ended.
    message: Option<(Opcode, Vec<u8>)>,
    /// The limit at which the server has ended it.
    limit: Option<Limit>,
    /// A Close frame has been sent.
    closing: bool,
    idle_at: Instant,
}

/// The conversation is over.
struct Over;

impl<IO: AsyncRead + AsyncWrite + Unpin> Speaker<'_, IO> {
    async fn speak(&mut self, stop: &mut Stop) {
        let mut octets = vec![0; 16 * 1024];
        while self.step(stop, &mut octets).await.is_ok() {}
    }

    /// Waits for the next thing to happen, and does what it asks for.
    async fn step(&mut self, stop: &mut Stop, octets: &mut [u8]) -> Result<(), Over> {
        let line_at = self.talk.lines.front().map(|(due, _)| *due);
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
                Some((_, text)) => self.send(&Frame::text(&text)).await,
                None => Ok(()),
            },
            read = self.io.read(octets) => match read {
                Ok(read) if read > 0 => self.read(octets.get(..read).unwrap_or_default()).await,
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
            Opcode::Text | Opcode::Binary | Opcode::Continuation if !self.closing => {
                let (opcode, mut message) = self.message.take().unwrap_or((header.opcode, Vec::new()));
                if message.len() + unit.content.len() > self.talk.limit {
                    return self.fail(Rule::TooLarge).await;
                }
                message.extend_from_slice(&unit.content);
                if !header.fin {
                    self.message = Some((opcode, message));
                } else if self.talk.echo {
                    self.send(&Frame::new(opcode, message)).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
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

    async fn send(&mut self, frame: &Frame) -> Result<(), Over> {
        let octets = frame.encode();
        let sending = async {
            self.io.write_all(&octets).await?;
            self.io.flush().await
        };
        // A client that does not read must not keep the server writing for ever.
        match timeout(self.talk.idle, sending).await {
            Ok(Ok(())) => {
                self.stir();
                Ok(())
            }
            _ => Err(Over),
        }
    }

    fn stir(&mut self) {
        if !self.closing {
            self.idle_at = Instant::now() + self.talk.idle;
        }
    }
}

async fn due(at: Option<Instant>) {
    match at {
        // The timer's step is a millisecond; what is due already goes before anything that arrives.
        Some(at) if at <= Instant::now() => {}
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}
