//! What one connection of the relay carried, counted without the project's own codec: a witness that
//! shares code with what it checks would share its mistakes.

use anyhow::{Context, Result, bail, ensure};

use crate::relay::Connection;

/// The count.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Method and target of every request.
    pub requests: Vec<(String, String)>,
    /// Status code and content of every answer.
    pub answers: Vec<(u16, Vec<u8>)>,
    /// Frames after an upgrade: opcode and payload, unmasked.
    pub sent: Vec<(u8, Vec<u8>)>,
    /// The same from the other side.
    pub received: Vec<(u8, Vec<u8>)>,
    /// Every octet, both ways.
    pub octets: u64,
}

impl Tally {
    /// Counts what a connection carried.
    ///
    /// # Errors
    /// If it is neither HTTP/1.1 with Content-Length nor frames after a 101.
    pub fn of(connection: &Connection) -> Result<Self> {
        let octets = (connection.up.len() + connection.down.len()) as u64;
        let mut tally = Self { octets, ..Self::default() };
        let mut down = connection.down.as_slice();
        let mut switched = false;
        while !down.is_empty() && !switched {
            let head = Head::take(&mut down).context("in what the companion sent")?;
            let status = head.word(1).parse().with_context(|| format!("the status in {:?}", head.first))?;
            switched = status == 101;
            let length = if matches!(status, 100..=199 | 204 | 304) { 0 } else { head.length()? };
            tally.answers.push((status, cut(&mut down, length)?.to_vec()));
        }
        let mut up = connection.up.as_slice();
        while !up.is_empty() && (!switched || tally.requests.len() < tally.answers.len()) {
            let head = Head::take(&mut up).context("in what the browser sent")?;
            let length = head.length()?;
            tally.requests.push((head.word(0).to_owned(), head.word(1).to_owned()));
            cut(&mut up, length)?;
        }
        if switched {
            tally.sent = frames(up, true)?;
            tally.received = frames(down, false)?;
        }
        Ok(tally)
    }

    /// How many requests had this method.
    pub fn asked(&self, method: &str) -> usize {
        self.requests.iter().filter(|(known, _)| known == method).count()
    }

    /// How often the connection switched protocols: once or not at all.
    pub fn upgrades(&self) -> usize {
        self.answers.iter().filter(|(status, _)| *status == 101).count()
    }

    /// Frames that carry data, both ways.
    pub fn data_frames(&self) -> usize {
        self.frames().filter(|(opcode, _)| *opcode < 8).count()
    }

    /// Close frames, both ways.
    pub fn close_frames(&self) -> usize {
        self.frames().filter(|(opcode, _)| *opcode == 8).count()
    }

    fn frames(&self) -> impl Iterator<Item = &(u8, Vec<u8>)> {
        self.sent.iter().chain(&self.received)
    }
}

struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn take(octets: &mut &[u8]) -> Result<Self> {
        let end = octets.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.with_context(|| format!("a head does not end: {}", start_of(octets)))?;
        let head = String::from_utf8_lossy(cut(octets, end + 4)?).into_owned();
        let mut lines = head.trim_end().split("\r\n");
        let first = lines.next().unwrap_or_default().to_owned();
        ensure!(first.contains("HTTP/1.1"), "no HTTP/1.1 head: {first:?}");
        let fields = lines.filter_map(|line| line.split_once(':'));
        let fields = fields.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        Ok(Self { first, fields: fields.collect() })
    }

    fn word(&self, index: usize) -> &str {
        self.first.split(' ').nth(index).unwrap_or_default()
    }

    fn length(&self) -> Result<usize> {
        let field = |name| self.fields.iter().find(|(known, _)| known == name);
        ensure!(field("transfer-encoding").is_none(), "chunked content is not counted here");
        match field("content-length") {
            Some((_, length)) => length.parse().with_context(|| format!("Content-Length {length:?}")),
            None => Ok(0),
        }
    }
}

fn frames(mut octets: &[u8], masked: bool) -> Result<Vec<(u8, Vec<u8>)>> {
    let mut frames = Vec::new();
    while !octets.is_empty() {
        let &[first, second] = cut(&mut octets, 2)? else { bail!("two octets were asked for") };
        ensure!((second & 0x80 != 0) == masked, "frame {} has the wrong mask bit", frames.len());
        let extended = match second & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let length = match extended {
            0 => usize::from(second & 0x7f),
            _ => cut(&mut octets, extended)?.iter().fold(0, |sum, &octet| sum << 8 | usize::from(octet)),
        };
        let key = cut(&mut octets, if masked { 4 } else { 0 })?.to_vec();
        let payload = cut(&mut octets, length)?.iter().enumerate();
        let payload = payload.map(|(at, octet)| if masked { octet ^ key[at % 4] } else { *octet }).collect();
        frames.push((first & 0x0f, payload));
    }
    Ok(frames)
}

fn cut<'a>(octets: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let cut = octets.split_at_checked(length);
    let (taken, rest) =
        cut.with_context(|| format!("{length} octets should follow, there are {}", octets.len()))?;
    *octets = rest;
    Ok(taken)
}

fn start_of(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets.get(..60).unwrap_or(octets)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    fn connection(up: &[u8], down: &[u8]) -> Connection {
        let now = Instant::now();
        Connection { port: 1, up: up.to_vec(), down: down.to_vec(), opened: now, moved: now, ended: true }
    }

    #[test]
    fn requests_and_answers() {
        let up =
            b"POST /echo?n=0 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /news HTTP/1.1\r\nHost: x\r\n\r\n";
        let down = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\n";
        let tally = Tally::of(&connection(up, down)).expect("HTTP");
        assert_eq!((tally.asked("POST"), tally.asked("GET"), tally.upgrades()), (1, 1, 0));
        assert_eq!(tally.answers, [(200, b"abc".to_vec()), (204, Vec::new())]);
        assert_eq!(tally.octets, (up.len() + down.len()) as u64);
    }

    #[test]
    fn frames_after_the_switch() {
        let up =
            b"GET /ws HTTP/1.1\r\n\r\n\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\x88\x82\0\0\0\0\x03\xe8";
        let down = b"HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x05Hello\x88\x02\x03\xe8";
        let tally = Tally::of(&connection(up, down)).expect("frames");
        assert_eq!((tally.upgrades(), tally.data_frames(), tally.close_frames()), (1, 2, 2));
        assert_eq!(tally.sent[0], (1, b"Hello".to_vec()));
        assert_eq!(tally.received[0], (1, b"Hello".to_vec()));
    }

    #[test]
    fn what_is_cut_short_is_said() {
        let error = Tally::of(&connection(b"GET / HTTP/1.1\r\nHo", b"")).expect_err("no whole head");
        assert!(format!("{error:#}").contains("does not end"), "{error:#}");
        let short = b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc";
        assert!(Tally::of(&connection(short, b"")).is_err());
    }
}
