//! Both directions of one connection.

use std::collections::VecDeque;

use crate::{
    Body, Framing, Offer, Reader, Response, Rule, Sender, Unit, Violation,
    deflate::Parameters,
    handshake::{check_request, check_response},
};

/// Reads what both ends send on one connection, in the order in which it was seen, and follows the switch to
/// frames: it knows which request each response answers, so that HEAD and 101 are read rightly.
///
/// Feed what one end sent only after what it reacts to. A violation ends its own direction; a 101 that does not
/// complete the handshake ends both. So does a 2xx to CONNECT, without a word: what follows is not HTTP.
///
/// # Where a connection ends
/// Who says `Connection: close` must send nothing after that message (RFC 9112 section 9.6): whatever follows from the
/// same end is a [`Rule::AfterLastMessage`]. What the **other** end sends breaks no rule, for it may have been on its
/// way: it is told like any other unit, but [`is_over`](Self::is_over) by then, and
/// [`unanswered`](Self::unanswered) counts the requests that get no answer any more.
#[derive(Debug)]
pub struct Dissector {
    client: Reader,
    server: Reader,
    /// How many requests have been taken note of.
    requests: u32,
    /// Those that wait for their final response.
    asked: VecDeque<Asked>,
    /// Who has sent a whole message with `Connection: close`: client, server.
    said_close: [bool; 2],
    over: bool,
    /// What is wrong with the response just given.
    wrong: Option<Violation>,
    deflate: Option<Parameters>,
}

#[derive(Debug)]
struct Asked {
    method: String,
    persists: bool,
    /// It is held back after this request until the response says how to go on.
    holds: bool,
    offer: Option<Offer>,
}

impl Dissector {
    /// A connection from its first octet.
    pub fn new() -> Self {
        Self::over(Reader::new(Sender::Client), Reader::new(Sender::Server))
    }

    /// See [`Reader::with_limit`]: the most octets that a unit keeps after its head.
    #[must_use]
    pub fn with_limit(mut self, octets: usize) -> Self {
        self.client = self.client.with_limit(octets);
        self.server = self.server.with_limit(octets);
        self
    }

    /// Takes the next octets that `sender` sent.
    pub fn feed(&mut self, sender: Sender, octets: &[u8]) {
        self.reader(sender).feed(octets);
    }

    /// The next whole unit of either direction; `None` until more is fed.
    pub fn poll(&mut self) -> Option<Result<Unit, Violation>> {
        if let Some(violation) = self.wrong.take() {
            return Some(Err(violation));
        }
        let result = self.client.poll();
        self.ask(&result);
        if let Some(result) = result {
            return Some(self.hold_to_close(result));
        }
        let result = self.server.poll()?;
        let result = self.hold_to_close(result);
        if let Ok(unit) = &result
            && let Body::Response(response) = &unit.body
            && let Err(rule) = self.answer(response)
        {
            self.client.stop();
            self.server.stop();
            self.wrong = Some(Violation { rule, sender: Sender::Server, offset: unit.offset });
        }
        Some(result)
    }

    /// `sender` has closed its direction.
    pub fn end(&mut self, sender: Sender) {
        self.reader(sender).end();
    }

    /// Whether a final response has ended the exchange of HTTP messages: it, its version or its request says so, or
    /// its content lasts until the server closes (RFC 9112 section 9.3). The server answers nothing more.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// How many requests have no final response; once the connection [`is_over`](Self::is_over) they get none.
    pub fn unanswered(&self) -> usize {
        self.asked.len()
    }

    /// What both ends agreed on for compressing messages; `None` before the switch, or if they did not.
    pub fn deflate(&self) -> Option<&Parameters> {
        self.deflate.as_ref()
    }

    /// The reader of one direction, for what is under way in it.
    pub fn direction(&self, sender: Sender) -> &Reader {
        match sender {
            Sender::Client => &self.client,
            Sender::Server => &self.server,
        }
    }

    fn over(client: Reader, server: Reader) -> Self {
        Self {
            client,
            server,
            requests: 0,
            asked: VecDeque::new(),
            said_close: [false; 2],
            over: false,
            wrong: None,
            deflate: None,
        }
    }

    fn reader(&mut self, sender: Sender) -> &mut Reader {
        match sender {
            Sender::Client => &mut self.client,
            Sender::Server => &mut self.server,
        }
    }

    /// Takes note of a request as soon as its head is read: the answer may come before its content has ended.
    fn ask(&mut self, result: &Option<Result<Unit, Violation>>) {
        let seen = match result {
            Some(Ok(unit)) => Some(unit),
            _ => self.client.partial(),
        };
        if let Some(Unit { index, body: Body::Request(request), .. }) = seen
            && *index >= self.requests
        {
            self.requests = index.saturating_add(1);
            self.server.expect_response_to(&request.method);
            self.asked.push_back(Asked {
                method: request.method.clone(),
                persists: request.persists(),
                holds: request.asks_to_switch(),
                offer: check_request(request).ok(),
            });
        }
    }

    /// A message after one that was to be its sender's last is a violation instead, and the end of that direction.
    fn hold_to_close(&mut self, result: Result<Unit, Violation>) -> Result<Unit, Violation> {
        let unit = result?;
        let (fields, final_message) = match &unit.body {
            Body::Request(request) => (&request.fields, true),
            Body::Response(response) => (&response.fields, !response.is_interim()),
            Body::Frame(_) => return Ok(unit),
        };
        let said = &mut self.said_close[usize::from(unit.sender == Sender::Server)];
        if *said {
            let (sender, offset) = (unit.sender, unit.offset);
            self.reader(sender).stop();
            return Err(Violation { rule: Rule::AfterLastMessage, sender, offset });
        }
        *said = final_message && fields.has_token("Connection", "close");
        Ok(unit)
    }

    fn answer(&mut self, response: &Response) -> Result<(), Rule> {
        if response.is_interim() {
            return Ok(());
        }
        let asked = self.asked.pop_front();
        if response.status == 101 {
            let offer = asked.and_then(|asked| asked.offer).ok_or(Rule::SwitchUnasked)?;
            self.deflate = check_response(response, &offer.key, &offer.subprotocols, &offer.extensions)?;
            if let Some(parameters) = &self.deflate {
                self.client.inflate_with(parameters);
                self.server.inflate_with(parameters);
            }
            self.client.upgrade();
            self.server.upgrade();
            return Ok(());
        }
        let method = asked.as_ref().map_or("GET", |asked| &asked.method);
        let tunnel = method == "CONNECT" && response.status / 100 == 2;
        self.over |= !tunnel
            && (!response.persists()
                || asked.as_ref().is_some_and(|asked| !asked.persists)
                || response.framing(method) == Ok(Framing::UntilClose));
        if tunnel {
            self.client.stop();
            self.server.stop();
        } else if asked.is_some_and(|asked| asked.holds) {
            self.client.stay();
        }
        Ok(())
    }
}

impl Default for Dissector {
    fn default() -> Self {
        Self::new()
    }
}
