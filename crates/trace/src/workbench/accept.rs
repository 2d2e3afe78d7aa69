//! The handshake's arithmetic, step by step, with every part open to change.

use tongue::{say, word};
use wire::handshake::{self, GUID};
use wire::{Response, Rule, Sender};

use crate::exhibit::{Dissection, Piece, Start};

/// The parts, as the visitor leaves them. `None`: as computed from those before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Machine {
    /// The client's `Sec-WebSocket-Key`.
    pub key: String,
    /// What the server appends.
    pub guid: String,
    /// The SHA-1 digest in hexadecimal.
    pub digest: Option<String>,
    /// The server's `Sec-WebSocket-Accept`.
    pub accept: Option<String>,
}

/// What the parts come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// What the key is, if it is the base64 of 16 octets.
    pub nonce: Option<String>,
    /// Key and GUID in one.
    pub joined: String,
    /// The digest of it in hexadecimal.
    pub digest: String,
    /// The base64 of the digest.
    pub accept: String,
    /// What the client was waiting for.
    pub expected: String,
    /// Whether the client accepts.
    pub verdict: Result<(), Rule>,
}

impl Default for Machine {
    /// The example of RFC 6455 section 1.3.
    fn default() -> Self {
        Self { key: EXAMPLE.to_owned(), guid: GUID.to_owned(), digest: None, accept: None }
    }
}

impl Machine {
    /// Every step.
    ///
    /// # Errors
    /// The digest is to be 20 octets in hexadecimal: says so.
    pub fn steps(&self) -> Result<Steps, &'static str> {
        let joined = format!("{}{}", self.key, self.guid);
        let computed = handshake::sha1(joined.as_bytes());
        let digest = match &self.digest {
            None => computed.to_vec(),
            Some(text) => super::notation::hex(text).ok().filter(|it| it.len() == 20).ok_or(say(DIGEST))?,
        };
        let accept = self.accept.clone().unwrap_or_else(|| handshake::base64(&digest));
        let expected = handshake::accept_value(&self.key);
        let none: [&str; 0] = [];
        let verdict = handshake::check_response(&response(&accept), &self.key, &none, &none).map(drop);
        Ok(Steps {
            nonce: handshake::is_key(&self.key).then(|| say(NONCE).to_owned()),
            joined,
            digest: digest.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" "),
            accept,
            expected,
            verdict,
        })
    }

    /// The two heads as they cross the connection.
    ///
    /// # Errors
    /// A part holds what no field value can, or see [`Machine::steps`].
    pub fn pieces(&self) -> Result<Vec<Piece>, &'static str> {
        let accept = self.steps()?.accept;
        let request = handshake::open("127.0.0.1:9080", "/ws", &self.key).encode().map_err(|_| say(FIELD))?;
        let response = response(&accept).encode().map_err(|_| say(FIELD))?;
        let pieces = [(Sender::Client, request), (Sender::Server, response)];
        Ok(pieces.map(|(sender, octets)| Piece { sender, octets }).to_vec())
    }

    /// The two heads, taken apart.
    ///
    /// # Errors
    /// See [`Machine::pieces`].
    pub fn dissect(&self) -> Result<Dissection, &'static str> {
        Ok(Dissection::of(&self.pieces()?, Start::Http))
    }

    /// The same with one character of what the server answers broken.
    #[must_use]
    pub fn broken(&self) -> Self {
        let mut accept = self.steps().map(|steps| steps.accept).unwrap_or_default();
        let first = accept.chars().next();
        if first.is_some_and(|letter| letter.is_ascii()) {
            accept.replace_range(..1, if first == Some('S') { "T" } else { "S" });
        }
        Self { accept: Some(accept), ..self.clone() }
    }
}

fn response(accept: &str) -> Response {
    Response::new(101, "Switching Protocols")
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Accept", accept)
}

/// The key of RFC 6455 section 1.3.
const EXAMPLE: &str = "dGhlIHNhbXBsZSBub25jZQ==";

const FIELD: &str =
    word!("A field’s value is one line of characters up to ÿ; line ends and others cannot stand in one.");

const NONCE: &str = word!("These are 24 characters for 16 octets.");

const DIGEST: &str = word!("The digest is 20 octets: forty hexadecimal digits.");
