//! What a case sends, and what it expects.

use std::net::SocketAddr;

use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, Message};

use super::client::{BINARY, CLOSE, Client, PONG, RSV1, Received, TEXT, close};
use super::zlib::Zlib;

/// One case.
pub struct Case {
    pub name: String,
    pub way: Way,
}

/// A case as a row: its name, the frames to send, and what comes back before the end.
pub type Row = (&'static str, Vec<Vec<u8>>, Vec<Expect>);

/// Who drives it.
pub enum Way {
    /// This suite's own client, octet by octet.
    Raw(Raw),
    /// Tungstenite: each message must come back, and then the closing handshake.
    Tungstenite(Vec<Message>),
}

/// What a raw case sends and expects.
pub struct Raw {
    /// What is offered, a field line each.
    pub offers: Vec<String>,
    /// What the server must choose of it.
    pub agreed: Option<String>,
    /// Sent one after another.
    pub pieces: Vec<Vec<u8>>,
    /// Received in this order; then the stream ends.
    pub expect: Vec<Expect>,
}

/// A frame that the server must send.
#[derive(Debug)]
pub enum Expect {
    Text(Vec<u8>),
    Binary(Vec<u8>),
    /// A binary message that has so many octets at least when compressed.
    Deflated {
        message: Vec<u8>,
        least: usize,
    },
    Pong(Vec<u8>),
    /// A Close frame with this code, or with none.
    Close(Option<u16>),
}

/// The client does nothing wrong, and closes in the end.
pub fn fine(name: impl Into<String>, octets: Vec<u8>, mut expect: Vec<Expect>) -> Case {
    expect.push(Expect::Close(Some(1000)));
    raw(name, vec![octets, close(1000, "")], expect)
}

/// The client breaks a rule: after what comes before it, the server closes with `code`.
pub fn broken(name: impl Into<String>, octets: Vec<u8>, mut before: Vec<Expect>, code: u16) -> Case {
    before.push(Expect::Close(Some(code)));
    raw(name, vec![octets], before)
}

/// Whatever is sent, and whatever is expected.
pub fn raw(name: impl Into<String>, pieces: Vec<Vec<u8>>, expect: Vec<Expect>) -> Case {
    let way = Way::Raw(Raw { offers: Vec::new(), agreed: None, pieces, expect });
    Case { name: name.into(), way }
}

impl Case {
    /// The same, sent an octet at a time.
    pub fn chopped(mut self) -> Self {
        self.name.push_str(", octet by octet");
        if let Way::Raw(raw) = &mut self.way {
            raw.pieces = raw.pieces.concat().into_iter().map(|octet| vec![octet]).collect();
        }
        self
    }

    /// The same, with these offers and this answer.
    pub fn offering(mut self, offers: &[&str], agreed: Option<&str>) -> Self {
        if let Way::Raw(raw) = &mut self.way {
            raw.offers = offers.iter().map(|&offer| offer.to_owned()).collect();
            raw.agreed = agreed.map(str::to_owned);
        }
        self
    }

    /// Plays it against the companion at `address`; why it failed, if it did.
    pub fn check(&self, address: SocketAddr) -> Result<(), String> {
        match &self.way {
            Way::Raw(raw) => raw.check(address),
            Way::Tungstenite(messages) => echoes(address, messages).map_err(|error| error.to_string()),
        }
    }
}

impl Raw {
    fn check(&self, address: SocketAddr) -> Result<(), String> {
        let path = if self.offers.is_empty() { "/ws" } else { "/ws?deflate" };
        let offers: Vec<&str> = self.offers.iter().map(String::as_str).collect();
        let mut client = Client::open(address, path, &offers)?;
        if client.extensions != self.agreed {
            return Err(format!("agreed on {:?} instead of {:?}", client.extensions, self.agreed));
        }
        let mut zlib = self.agreed.as_deref().map(Zlib::agreed);
        for piece in &self.pieces {
            client.send(piece);
        }
        for expect in &self.expect {
            let received = client.frame()?;
            let received = received.ok_or_else(|| format!("the stream ended before {expect:.60?}"))?;
            expect.check(received, zlib.as_mut())?;
        }
        match client.frame()? {
            None => Ok(()),
            Some(more) => Err(format!("{:#04x} after the end", more.first)),
        }
    }
}

impl Expect {
    fn check(&self, received: Received, zlib: Option<&mut Zlib>) -> Result<(), String> {
        let (deflated, length) = (received.first & RSV1 != 0, received.payload.len());
        let (first, payload) = match zlib {
            Some(zlib) if deflated => (received.first & !RSV1, zlib.inflate(&received.payload)?),
            _ => (received.first, received.payload),
        };
        let (expected_first, expected) = match self {
            Self::Text(payload) => (TEXT, payload.clone()),
            Self::Binary(payload) => (BINARY, payload.clone()),
            Self::Deflated { message, least } => {
                if !deflated || length < *least {
                    return Err(format!("{length} octets instead of {least} or more"));
                }
                (BINARY, message.clone())
            }
            Self::Pong(payload) => (PONG, payload.clone()),
            Self::Close(code) => {
                let found = payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                let reason = payload.get(2..).unwrap_or_default();
                if first != CLOSE || found != *code || std::str::from_utf8(reason).is_err() {
                    return Err(format!("{first:#04x} with code {found:?} instead of Close {code:?}"));
                }
                return Ok(());
            }
        };
        if first != expected_first {
            return Err(format!("a frame of {first:#04x} instead of {expected_first:#04x}"));
        }
        if payload != expected {
            return Err(format!("{} octets that are not the {} expected", payload.len(), expected.len()));
        }
        Ok(())
    }
}

fn echoes(address: SocketAddr, messages: &[Message]) -> Result<(), tungstenite::Error> {
    let (mut socket, _) = tungstenite::connect(format!("ws://{address}/ws"))?;
    for message in messages {
        socket.send(message.clone())?;
        let expected = match message {
            Message::Ping(payload) => Message::Pong(payload.clone()),
            message => message.clone(),
        };
        let answer = socket.read()?;
        if answer != expected {
            let error = std::io::Error::other(format!("{} octets instead of an echo", answer.len()));
            return Err(error.into());
        }
    }
    socket.close(Some(CloseFrame { code: CloseCode::Normal, reason: "".into() }))?;
    loop {
        match socket.read() {
            Ok(_) => {}
            Err(tungstenite::Error::ConnectionClosed) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}
