//! What comes out for which octets: the tables in `cases/`, in the notation of `support/case.rs` and
//! `support/notation.rs`. Each case is read whole, octet by octet and in random pieces, with the same result.

#[path = "support/case.rs"]
mod case;
#[path = "support/notation.rs"]
mod notation;

use case::{Burst, Case, cases};
use wire::{Dissector, Reader, Sender, Unit, Violation};

#[test]
fn frames() {
    check(include_str!("cases/frames.txt"), Stream::frames);
    check(include_str!("cases/text.txt"), Stream::frames);
    check(include_str!("cases/deflate.txt"), Stream::frames);
}

#[test]
fn http() {
    check(include_str!("cases/heads.txt"), Stream::connection);
    check(include_str!("cases/content.txt"), Stream::connection);
}

#[test]
fn handshakes() {
    check(include_str!("cases/handshake.txt"), Stream::connection);
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
                reader.permit_rsv1();
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
