//! Octets that the visitor brings: hexadecimal, a text head, or a file.

use tongue::{Sentence, say, word};
use wire::Sender;

use super::notation::{self, Nonsense};
use crate::exhibit::{Dissection, Piece, Start};

/// How a text is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ReadAs {
    /// As what it looks like.
    #[default]
    Guess,
    /// HTTP/1.1 from its first octet.
    Http,
    /// Frames.
    Frames,
    /// Frames, with permessage-deflate agreed.
    Deflated,
}

impl ReadAs {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Guess, Self::Http, Self::Frames, Self::Deflated];

    /// Its name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Http => "http",
            Self::Frames => "frames",
            Self::Deflated => "deflated",
        }
    }

    /// Its name on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guess => say!("What it looks like"),
            Self::Http => "HTTP/1.1",
            Self::Frames => say!("WebSocket frames"),
            Self::Deflated => say!("Frames, permessage-deflate"),
        }
    }
}

/// What the visitor has pasted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paste {
    /// As it stands in the text box.
    pub text: String,
    /// How to read it.
    pub read_as: ReadAs,
    /// Who sent it, where the text does not say; `None`: whom it looks like.
    pub sender: Option<Sender>,
}

/// A text, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// Its octets.
    pub pieces: Vec<Piece>,
    /// What they begin with.
    pub start: Start,
    /// What was taken for granted on the way.
    pub remark: Option<&'static str>,
}

impl Paste {
    /// The octets of a file: text as it is if it is a head or hexadecimal, else its octets in hexadecimal.
    ///
    /// # Errors
    /// A sentence for the visitor: the file is larger than [`LARGEST`].
    pub fn file(octets: &[u8]) -> Result<String, Sentence> {
        if octets.len() > LARGEST {
            let length = octets.len() as u64;
            return Err(Sentence::of(move || {
                say!(
                    "The file has {}; the workbench takes up to {}. Cut out the part that you want to see.",
                    crate::caption::octets(length),
                    crate::caption::octets(LARGEST as u64)
                )
            }));
        }
        let text = std::str::from_utf8(octets).ok().filter(|text| {
            // A head with its own line ends is kept to the octet.
            let exact = !(looks_like_head(text) && text.contains('\r'));
            let readable = || Self { text: (*text).to_owned(), ..Self::default() }.read().is_ok();
            exact && !text.trim().is_empty() && readable()
        });
        Ok(text.map_or_else(|| spaced(octets), str::to_owned))
    }

    /// The octets of the text.
    ///
    /// # Errors
    /// Where the text is nonsense.
    pub fn read(&self) -> Result<Read, Nonsense> {
        let mut remark = None;
        let mut pieces = Vec::new();
        for (sender, first_line, text) in blocks(&self.text) {
            let octets = if looks_like_head(&text) {
                remark = remark.or((!text.contains('\r')).then(|| say(LINE_ENDS)));
                head_octets(&text)
            } else {
                notation::hex(&text).map_err(|it| Nonsense { line: it.line + first_line, ..it })?
            };
            let sender = sender.or(self.sender).unwrap_or_else(|| sender_of(&octets));
            if !octets.is_empty() {
                pieces.push(Piece { sender, octets });
            }
        }
        let start = match self.read_as {
            ReadAs::Http => Start::Http,
            ReadAs::Frames => Start::Frames,
            ReadAs::Deflated => Start::Deflated,
            ReadAs::Guess => pieces.first().map_or(Start::Http, |piece| start_of(&piece.octets)),
        };
        Ok(Read { pieces, start, remark })
    }

    /// The text, taken apart.
    ///
    /// # Errors
    /// See [`Paste::read`].
    pub fn dissect(&self) -> Result<Dissection, Nonsense> {
        let read = self.read()?;
        Ok(Dissection::of(&read.pieces, read.start))
    }

    /// A text that reads as these pieces.
    pub fn of(pieces: &[Piece]) -> Self {
        let line = |piece: &Piece| {
            let mark = if piece.sender == Sender::Client { '>' } else { '<' };
            format!("{mark} {}", spaced(&piece.octets))
        };
        Self { text: pieces.iter().map(line).collect::<Vec<_>>().join("\n"), ..Self::default() }
    }
}

/// Runs of lines from one side: `>` before a line says that the client sent it, `<` the server. Without
/// such marks all is one block. With each its first line's number, counted from 0.
fn blocks(text: &str) -> Vec<(Option<Sender>, usize, String)> {
    if !directed(text) {
        return vec![(None, 0, text.to_owned())];
    }
    let mut blocks: Vec<(Option<Sender>, usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (sender, rest) = match line.as_bytes().first() {
            Some(b'>') => (Sender::Client, &line[1..]),
            Some(b'<') => (Sender::Server, &line[1..]),
            _ => match blocks.last() {
                Some(&(Some(sender), ..)) => (sender, line),
                _ => (Sender::Client, line),
            },
        };
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        match blocks.last_mut() {
            Some((Some(last), _, text)) if *last == sender => {
                text.push_str(rest);
                text.push('\n');
            }
            _ => blocks.push((Some(sender), number, format!("{rest}\n"))),
        }
    }
    blocks
}

fn directed(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| line.starts_with(['>', '<']))
}

/// `GET / HTTP/1.1` or `HTTP/1.1 200 OK`: the first line names HTTP as a text would, with a letter that
/// is no hexadecimal digit.
fn looks_like_head(text: &str) -> bool {
    let line = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let method = line.split(' ').next().unwrap_or_default();
    let request =
        line.contains(" HTTP/") && !method.is_empty() && method.chars().all(|it| it.is_ascii_uppercase());
    line.starts_with("HTTP/") || request
}

/// A head as people type it: each line end of the head becomes CRLF; the content stays as it is.
fn head_octets(text: &str) -> Vec<u8> {
    if text.contains("\r\n") {
        return text.as_bytes().to_vec();
    }
    let text = text.trim_start_matches('\n');
    let (head, content) = text.split_once("\n\n").unwrap_or((text.trim_end_matches('\n'), ""));
    let mut octets = head.replace('\n', "\r\n").into_bytes();
    octets.extend_from_slice(b"\r\n\r\n");
    octets.extend_from_slice(content.as_bytes());
    octets
}

fn sender_of(octets: &[u8]) -> Sender {
    let client = match start_of(octets) {
        Start::Http => !octets.starts_with(b"HTTP/"),
        _ => octets.get(1).is_some_and(|octet| octet & 0x80 != 0),
    };
    if client { Sender::Client } else { Sender::Server }
}

/// HTTP begins with the letters of a method or of its own name; hardly any frame looks like four of them.
fn start_of(octets: &[u8]) -> Start {
    let begins = octets.first().is_some_and(u8::is_ascii_uppercase);
    let text = octets.len() >= 4 && octets[..4].iter().all(|octet| (b' '..=b'~').contains(octet));
    if (begins && text) || octets.starts_with(b"\r\n") { Start::Http } else { Start::Frames }
}

fn spaced(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

/// The most octets of a file.
pub const LARGEST: usize = 262_144;

const LINE_ENDS: &str =
    word!("The head’s line ends became CRLF, as they must be on the wire. Paste hexadecimal to keep others.");
