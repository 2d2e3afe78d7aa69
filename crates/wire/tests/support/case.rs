//! The notation of the tables in `cases/`: titles, octets, and what they are read as.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::HashMap;

use wire::Sender;

/// One row: what is fed, in its order, and a line for all that comes out.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) deflate: bool,
    pub(crate) bursts: Vec<Burst>,
    pub(crate) expect: Vec<String>,
}

/// What one end does.
#[derive(Clone, Debug)]
pub(crate) enum Burst {
    Sends(Sender, Vec<u8>),
    Ends(Sender),
}

/// Every case of a table. A title stands at the line's start, its rows are indented:
/// `client` or `server` and octets, `ends` and who, `deflate` where it was negotiated, `->` and what comes out.
/// `$name = octets` gives octets a name; `#` begins a comment.
pub(crate) fn cases(table: &str) -> Vec<Case> {
    let mut names = HashMap::new();
    let mut cases: Vec<Case> = Vec::new();
    for line in table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some((name, value)) = line.strip_prefix('$').and_then(|line| line.split_once(" = ")) {
            let value = octets(value, &names);
            names.insert(name.trim().to_owned(), value);
        } else if line.starts_with(' ') {
            let case = cases.last_mut().expect("a title before its rows");
            let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            match word {
                "client" => case.send(Sender::Client, octets(rest, &names)),
                "server" => case.send(Sender::Server, octets(rest, &names)),
                "ends" => case.bursts.push(Burst::Ends(sender(rest.trim()))),
                "deflate" => case.deflate = true,
                "->" => case.expect.push(rest.trim().to_owned()),
                other => panic!("{}: what is {other:?}?", case.title),
            }
        } else {
            let title = line.trim().to_owned();
            cases.push(Case { title, deflate: false, bursts: Vec::new(), expect: Vec::new() });
        }
    }
    cases
}

impl Case {
    /// Lines of one sender in a row are one burst.
    fn send(&mut self, from: Sender, octets: Vec<u8>) {
        match self.bursts.last_mut() {
            Some(Burst::Sends(sender, burst)) if *sender == from => burst.extend(octets),
            _ => self.bursts.push(Burst::Sends(from, octets)),
        }
    }
}

fn sender(word: &str) -> Sender {
    match word {
        "client" => Sender::Client,
        "server" => Sender::Server,
        other => panic!("{other:?} is no end of a connection"),
    }
}

/// Hexadecimal digits, text in quotes and names, each with `*count` if it is repeated.
fn octets(mut text: &str, names: &HashMap<String, Vec<u8>>) -> Vec<u8> {
    let mut octets = Vec::new();
    while let Some(start) = text.find(|c: char| c != ' ') {
        text = &text[start..];
        let (piece, rest) = if let Some(quoted) = text.strip_prefix('"') {
            quotation(quoted)
        } else {
            let end = text.find([' ', '*']).unwrap_or(text.len());
            let piece = match text[..end].strip_prefix('$') {
                Some(name) => names.get(name).unwrap_or_else(|| panic!("${name} has no value")).clone(),
                None => hex(&text[..end]),
            };
            (piece, &text[end..])
        };
        let (times, rest) = match rest.strip_prefix('*') {
            None => (1, rest),
            Some(count) => {
                let end = count.find(' ').unwrap_or(count.len());
                (count[..end].parse().expect("a count after *"), &count[end..])
            }
        };
        octets.extend(piece.repeat(times));
        text = rest;
    }
    octets
}

/// Text up to the closing quote, with `\r`, `\n`, `\t`, `\"`, `\\` and `\xNN`; and what follows.
fn quotation(text: &str) -> (Vec<u8>, &str) {
    let mut octets = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (octets, &text[at + 1..]),
            '\\' => octets.push(match chars.next().map(|(_, c)| c) {
                Some('r') => b'\r',
                Some('n') => b'\n',
                Some('t') => b'\t',
                Some('x') => {
                    let digits: String = chars.by_ref().take(2).map(|(_, c)| c).collect();
                    u8::from_str_radix(&digits, 16).expect("two digits after \\x")
                }
                Some(c) => c as u8,
                None => panic!("{text:?} ends with a backslash"),
            }),
            c => octets.extend(c.to_string().bytes()),
        }
    }
    panic!("{text:?} has no closing quote")
}

fn hex(digits: &str) -> Vec<u8> {
    assert!(digits.len().is_multiple_of(2), "{digits:?} is no row of octets");
    let octet = |at| u8::from_str_radix(&digits[at..at + 2], 16);
    (0..digits.len()).step_by(2).map(|at| octet(at).expect("hexadecimal digits")).collect()
}
