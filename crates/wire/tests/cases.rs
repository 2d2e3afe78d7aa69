//! What comes out for which octets: the tables in `cases/`, in the notation of `support/case.rs` and
//! `support/notation.rs`. Each case is read whole, octet by octet and in random pieces, with the same result.
//! The fuzz targets begin with these cases, too: `UPDATE_GOLDENS=1` rewrites their seeds in `fuzz/corpus`.

#[path = "support/case.rs"]
mod case;
#[path = "support/notation.rs"]
mod notation;
#[path = "support/seed.rs"]
mod seed;

use case::{Burst, Case, cases};
use seed::Seed;
use wire::{Dissector, Reader, Sender, Unit, Violation, deflate::Parameters};

#[test]
fn frames() {
    check(FRAMES, Stream::frames);
    check(TEXT, Stream::frames);
    check(DEFLATE, Stream::frames);
}

#[test]
fn http() {
    check(HEADS, Stream::connection);
    check(CONTENT, Stream::connection);
}

#[test]
fn handshakes() {
    check(HANDSHAKE, Stream::connection);
}

#[test]
fn every_case_is_a_seed() {
    let of = |tables: &[&str], seeds: fn(&Case) -> Vec<Seed>| -> Vec<_> {
        tables.iter().flat_map(|table| cases(table)).flat_map(|case| seeds(&case)).collect()
    };
    seed::check("frames", of(&[FRAMES, TEXT, DEFLATE], seed::frames));
    seed::check("heads", of(&[HEADS, CONTENT], seed::heads));
    seed::check("deflate", of(&[DEFLATE], seed::deflate));
    seed::check("dissector", of(&[HANDSHAKE, CONTENT], seed::dissector));
}

/// Reads every case in every way, and tells of all that went wrong.
#[track_caller]
fn check(table: &str, new: fn(&Case) -> Stream) {
    let cases = cases(table);
    let mut wrong = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let random = |round| Sizes(Some((index * ROUNDS + round) as u64 + 1));
        let ways = [Sizes(None), Sizes(Some(0))].into_iter().chain((0..ROUNDS).map(random));
        let got = ways.map(|sizes| (sizes.0, read(new(case), case, sizes)));
        wrong.extend(got.filter(|(_, lines)| *lines != case.expect).take(1).map(|(seed, lines)| {
            let expect = case.expect.join("\n     -> ");
            format!("{} ({seed:?})\ngot  -> {}\nnot  -> {expect}\n", case.title, lines.join("\n     -> "))
        }));
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn read(mut stream: Stream, case: &Case, mut sizes: Sizes) -> Vec<String> {
    let mut lines = Vec::new();
    for burst in &case.bursts {
        match burst {
            Burst::Ends(sender) => stream.end(*sender),
            Burst::Sends(sender, octets) => {
                let mut rest = octets.as_slice();
                while !rest.is_empty() {
                    let (piece, after) = rest.split_at(sizes.next().min(rest.len()));
                    stream.feed(*sender, piece);
                    lines.extend(stream.poll());
                    rest = after;
                }
            }
        }
        lines.extend(stream.poll());
    }
    lines
}

/// Sizes of pieces: whole without a seed, single octets for 0, else random.
struct Sizes(Option<u64>);

impl Sizes {
    fn next(&mut self) -> usize {
        match &mut self.0 {
            None => usize::MAX,
            Some(0) => 1,
            Some(seed) => {
                // Xorshift, which never comes to 0 from another number.
                *seed ^= *seed << 13;
                *seed ^= *seed >> 7;
                *seed ^= *seed << 17;
                1 + (*seed % 23) as usize
            }
        }
    }
}

/// What reads a case: frames from the first octet, or a connection that begins with HTTP.
enum Stream {
    Frames { client: Reader, server: Reader },
    Connection(Dissector),
}

impl Stream {
    fn frames(case: &Case) -> Self {
        let reader = |sender| {
            let mut reader = Reader::frames(sender);
            if case.deflate {
                reader.inflate_with(&Parameters::default());
            }
            reader
        };
        Self::Frames { client: reader(Sender::Client), server: reader(Sender::Server) }
    }

    fn connection(_: &Case) -> Self {
        Self::Connection(Dissector::new())
    }

    fn feed(&mut self, from: Sender, octets: &[u8]) {
        match (self, from) {
            (Self::Frames { client, .. }, Sender::Client) => client.feed(octets),
            (Self::Frames { server, .. }, Sender::Server) => server.feed(octets),
            (Self::Connection(dissector), _) => dissector.feed(from, octets),
        }
    }

    fn end(&mut self, from: Sender) {
        match (self, from) {
            (Self::Frames { client, .. }, Sender::Client) => client.end(),
            (Self::Frames { server, .. }, Sender::Server) => server.end(),
            (Self::Connection(dissector), _) => dissector.end(from),
        }
    }

    /// A line for all that can be read by now.
    fn poll(&mut self) -> Vec<String> {
        let next = || -> Option<Result<Unit, Violation>> {
            match self {
                Self::Frames { client, server } => client.poll().or_else(|| server.poll()),
                Self::Connection(dissector) => dissector.poll(),
            }
        };
        let line = |result| match result {
            Ok(unit) => notation::unit(&unit),
            Err(violation) => notation::violation(&violation),
        };
        std::iter::from_fn(next).map(line).collect()
    }
}

/// How many random splits each case is read in.
const ROUNDS: usize = 16;

const FRAMES: &str = include_str!("cases/frames.txt");
const TEXT: &str = include_str!("cases/text.txt");
const DEFLATE: &str = include_str!("cases/deflate.txt");
const HEADS: &str = include_str!("cases/heads.txt");
const CONTENT: &str = include_str!("cases/content.txt");
const HANDSHAKE: &str = include_str!("cases/handshake.txt");
