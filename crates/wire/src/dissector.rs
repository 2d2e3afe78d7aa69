//! Both directions of one connection.

use std::collections::VecDeque;

use crate::{
    Body, Offer, Reader, Response, Rule, Sender, Unit, Violation,
    deflate::Parameters,
    handshake::{check_request, check_response},
};

/// Reads what both ends send on one connection, in the order in which it was seen, and follows the switch to
/// frames: it knows which request each response answers, so that HEAD and 101 are read rightly.
///
/// Feed what one end sent only after what it reacts to. A violation ends its own direction; a 101 that does not
/// complete the handshake ends both. So does a 2xx to CONNECT, without a word: what follows is not HTTP.
#[derive(Debug)]
pub struct Dissector {
    client: Reader,
    server: Reader,
    /// How many requests have been taken note of.
    requests: u32,
    /// Those that wait for their final response.
    asked: VecDeque<Asked>,
    /// What is wrong with the response just given.
    wrong: Option<Violation>,
    deflate: Option<Parameters>,
}

#[derive(Debug)]
struct Asked {
    connect: bool,
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
        if result.is_some() {
            return result;
        }
        let result = self.server.poll()?;
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
        Self { client, server, requests: 0, asked: VecDeque::new(), wrong: None, deflate: None }
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
                connect: request.method == "CONNECT",
                holds: request.asks_to_switch(),
                offer: check_request(request).ok(),
            });
        }
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
        match asked {
            Some(asked) if asked.connect && response.status / 100 == 2 => {
                self.client.stop();
                self.server.stop();
            }
            Some(asked) if asked.holds => self.client.stay(),
            _ => {}
        }
        Ok(())
    }
}

impl Default for Dissector {
    fn default() -> Self {
        Self::new()
    }
}
