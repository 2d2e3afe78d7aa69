//! A client that knows nothing of `wire`: it builds each octet, and reads the server's frames, by itself.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// First octets of frames: opcode, and FIN.
pub const TEXT: u8 = 0x81;
pub const BINARY: u8 = 0x82;
pub const CLOSE: u8 = 0x88;
pub const PING: u8 = 0x89;
pub const PONG: u8 = 0x8A;
/// The first octets of a message, of its middle, and its last.
pub const TEXT_BEGINS: u8 = 0x01;
pub const BINARY_BEGINS: u8 = 0x02;
pub const GOES_ON: u8 = 0x00;
pub const ENDS: u8 = 0x80;
pub const RSV1: u8 = 0x40;

const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

/// The octets of a frame whose first octet is `first`.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut octets = header(first, payload.len() as u64);
    octets.extend_from_slice(&KEY);
    octets.extend(masked(payload));
    octets
}

/// First octet and length, with the mask bit.
pub fn header(first: u8, length: u64) -> Vec<u8> {
    let mut octets = vec![first];
    match length {
        0..=125 => octets.push(0x80 | length as u8),
        126..=0xFFFF => {
            octets.push(0x80 | 126);
            octets.extend_from_slice(&(length as u16).to_be_bytes());
        }
        _ => {
            octets.push(0x80 | 127);
            octets.extend_from_slice(&length.to_be_bytes());
        }
    }
    octets
}

/// Masked with the key that [`frame`] uses.
pub fn masked(payload: &[u8]) -> Vec<u8> {
    let mut masked = payload.to_vec();
    // Four at a time, because the largest have sixteen million.
    for four in masked.chunks_mut(4) {
        match four.first_chunk_mut() {
            Some(whole) => *whole = (u32::from_ne_bytes(*whole) ^ u32::from_ne_bytes(KEY)).to_ne_bytes(),
            None => four.iter_mut().zip(KEY).for_each(|(octet, key)| *octet ^= key),
        }
    }
    masked
}

/// The key that [`masked`] uses.
pub fn key() -> [u8; 4] {
    KEY
}

/// A Close frame with this code and reason.
pub fn close(code: u16, reason: &str) -> Vec<u8> {
    frame(CLOSE, &[&code.to_be_bytes(), reason.as_bytes()].concat())
}

/// A frame of the server's.
#[derive(Debug, PartialEq, Eq)]
pub struct Received {
    pub first: u8,
    pub payload: Vec<u8>,
}

/// A connection after the opening handshake.
pub struct Client {
    stream: TcpStream,
    unread: Vec<u8>,
    /// What the server chose of the extensions on offer.
    pub extensions: Option<String>,
}

impl Client {
    /// Opens `path`; `offers` are the values of as many field lines.
    pub fn open(address: SocketAddr, path: &str, offers: &[&str]) -> Result<Self, String> {
        let stream = TcpStream::connect(address).map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
        let mut client = Self { stream, unread: Vec::new(), extensions: None };
        let mut head = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        );
        for offer in offers {
            head.push_str(&format!("Sec-WebSocket-Extensions: {offer}\r\n"));
        }
        client.send(format!("{head}\r\n").as_bytes());
        let end = loop {
            let found = client.unread.windows(4).position(|octets| octets == b"\r\n\r\n");
            match found {
                Some(at) => break at + 4,
                None if client.more()? => {}
                None => return Err("no answer to the handshake".to_owned()),
            }
        };
        let head: Vec<u8> = client.unread.drain(..end).collect();
        let head = String::from_utf8_lossy(&head).into_owned();
        let line = |name: &str| {
            let line = |line: &str| {
                let (found, value) = line.split_once(':')?;
                found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            };
            head.lines().find_map(line)
        };
        // RFC 6455 section 1.3 has the answer to this key.
        if !head.starts_with("HTTP/1.1 101 ")
            || line("sec-websocket-accept").as_deref() != Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        {
            return Err(format!("the handshake failed: {head}"));
        }
        client.extensions = line("sec-websocket-extensions");
        Ok(client)
    }

    /// Sends octets. The server may have given up already: then that shows in what it has said.
    pub fn send(&mut self, octets: &[u8]) {
        let _ = self.stream.write_all(octets);
    }

    /// The next frame, or `None` at the end of the stream.
    pub fn frame(&mut self) -> Result<Option<Received>, String> {
        loop {
            if let Some((received, length)) = parse(&self.unread)? {
                self.unread.drain(..length);
                return Ok(Some(received));
            }
            if !self.more()? {
                return if self.unread.is_empty() { Ok(None) } else { Err("half a frame".to_owned()) };
            }
        }
    }

    fn more(&mut self) -> Result<bool, String> {
        let mut octets = vec![0; 256 * 1024];
        match self.stream.read(&mut octets) {
            Ok(read) => {
                self.unread.extend_from_slice(&octets[..read]);
                Ok(read > 0)
            }
            Err(error) => Err(format!("no end of the stream, but: {error}")),
        }
    }
}

/// The frame at the beginning of `octets`, if it is whole, and its length. A server never masks, and
/// lengths are the shortest there are (RFC 6455 sections 5.1 and 5.2).
fn parse(octets: &[u8]) -> Result<Option<(Received, usize)>, String> {
    let &[first, second, ref rest @ ..] = octets else { return Ok(None) };
    if second & 0x80 != 0 {
        return Err("the server masked a frame".to_owned());
    }
    let (length, least, head) = match (second & 0x7F, rest) {
        (126, [a, b, ..]) => (u64::from(u16::from_be_bytes([*a, *b])), 126, 4),
        (127, [a, b, c, d, e, f, g, h, ..]) => {
            (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), 65_536, 10)
        }
        (126 | 127, _) => return Ok(None),
        (short, _) => (u64::from(short), 0, 2),
    };
    if length < least {
        return Err(format!("a length of {length} in too many octets"));
    }
    let end = head + length as usize;
    let payload = octets.get(head..end).map(<[u8]>::to_vec);
    Ok(payload.map(|payload| (Received { first, payload }, end)))
}

const PATIENCE: Duration = Duration::from_secs(60);
