//! What decoding costs for each octet, from 1 KiB to 64 MiB, whole and octet by octet, beside tungstenite; and what
//! a hostile length costs in memory. `cargo xtask bench` prints the rows as a table; BENCHMARKS.md says more.

use std::alloc::System;
use std::hint::black_box;
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use cap::Cap;
use tungstenite::{
    Message, WebSocket,
    protocol::{Role, WebSocketConfig},
};
use wire::{Decoded, Decoder, Frame, Sender};

fn main() {
    // Before anything large was held: the peak is that of the whole process.
    claims();
    println!("decoding\tns/octet\tto 1 KiB\ttungstenite\twire/tungstenite");
    for (name, input) in KINDS {
        for pieces in [Pieces::Whole, Pieces::Octets] {
            costs(name, input, pieces);
        }
    }
}

/// Rows of peak memory for lengths that nobody sends.
fn claims() {
    println!("peak of the heap\toctets\tof those sent");
    let frame = [&[0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF][..], &[0; SENT]].concat();
    let chunk = [RESPONSE.as_bytes(), CHUNKED.as_bytes(), b"ffffffffffffffff\r\n", &[0; SENT]].concat();
    // Kept to the end, so that what is in use only grows.
    let claims = [
        ("a frame of 2^63 - 1 octets", Decoder::frames as fn(Sender) -> Decoder, frame),
        ("a chunk of ffffffffffffffff", Decoder::new, chunk),
    ];
    for (name, new, octets) in &claims {
        let before = HEAP.allocated();
        let mut decoder = new(Sender::Server);
        for piece in octets.chunks(256) {
            decoder.feed(piece);
            while let Some(event) = decoder.poll() {
                assert!(!matches!(event, Decoded::Violation(_)), "{event:?}");
            }
        }
        let peak = HEAP.max_allocated().saturating_sub(before);
        assert!(peak < BOUND, "{peak} octets for {name}");
        println!("{name}\t{peak}\t{}", octets.len());
    }
}

/// A row for each size.
fn costs(name: &str, input: fn(usize) -> Input, pieces: Pieces) {
    let mut first = None;
    for (size, label) in [(KIB, "1 KiB"), (KIB * KIB, "1 MiB"), (64 * KIB * KIB, "64 MiB")] {
        let input = input(size);
        let ours = median(size, || wire(&input, pieces)) / size as f64;
        let base = *first.get_or_insert(ours);
        let how = if matches!(pieces, Pieces::Whole) { "whole" } else { "octet by octet" };
        let beside = match input.frames {
            true => {
                let theirs = median(size, || tungstenite(&input, pieces)) / size as f64;
                let ratio = ours / theirs;
                println!(
                    "ratio\tdecoding {name}, {label}, {how}\t{ours:.2}\t{theirs:.2}\t{ratio:.2}\tns/octet\ttungstenite\t"
                );
                format!("{theirs:.2}\t{ratio:.2}")
            }
            false => "-\t-".to_owned(),
        };
        println!("{name}, {label}, {how}\t{ours:.2}\t{:.2}\t{beside}", ours / base);
    }
}

/// Nanoseconds of one run: the median of several, each long enough to be measured.
fn median(size: usize, run: impl Fn() -> usize) -> f64 {
    let begin = Instant::now();
    assert_eq!(black_box(run()), size);
    let once = begin.elapsed();
    if once > LONG {
        return once.as_nanos() as f64;
    }
    let times = (SAMPLE.as_nanos() / once.as_nanos().max(1)).max(1);
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let begin = Instant::now();
            for _ in 0..times {
                black_box(run());
            }
            begin.elapsed().as_nanos() as f64 / times as f64
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[SAMPLES / 2]
}

struct Input {
    octets: Vec<u8>,
    frames: bool,
}

#[derive(Clone, Copy)]
enum Pieces {
    Whole,
    Octets,
}

impl Pieces {
    fn size(self) -> usize {
        match self {
            Self::Whole => usize::MAX,
            Self::Octets => 1,
        }
    }
}

/// One masked binary frame.
fn frame(size: usize) -> Input {
    let octets = Frame::binary(&vec![0x5A; size]).masked([1, 2, 3, 4]).encode();
    Input { octets, frames: true }
}

/// Masked binary frames of 256 octets of payload.
fn frames(size: usize) -> Input {
    let frame = Frame::binary(&[0x5A; 256]).masked([1, 2, 3, 4]).encode();
    Input { octets: frame.repeat(size / 256), frames: true }
}

fn content(size: usize) -> Input {
    let head = format!("{RESPONSE}Content-Length: {size}\r\n\r\n");
    Input { octets: [head.into_bytes(), vec![0x5A; size]].concat(), frames: false }
}

/// Chunks of 1 KiB.
fn chunks(size: usize) -> Input {
    let chunk = [b"400\r\n".as_slice(), &[0x5A; KIB], b"\r\n"].concat();
    let octets = [RESPONSE.as_bytes(), CHUNKED.as_bytes(), &chunk.repeat(size / KIB), b"0\r\n\r\n"].concat();
    Input { octets, frames: false }
}

/// Decodes and collects the content, as tungstenite does: how much there was.
fn wire(input: &Input, pieces: Pieces) -> usize {
    let mut decoder =
        if input.frames { Decoder::frames(Sender::Client) } else { Decoder::new(Sender::Server) };
    let (mut count, mut content) = (0, Vec::new());
    for piece in input.octets.chunks(pieces.size().min(input.octets.len())) {
        decoder.feed(piece);
        while let Some(event) = decoder.poll() {
            match event {
                Decoded::Payload { octets } => content.extend_from_slice(&octets),
                Decoded::End => count += std::mem::take(&mut content).len(),
                Decoded::Violation(violation) => panic!("{violation}"),
                _ => {}
            }
        }
    }
    count
}

fn tungstenite(input: &Input, pieces: Pieces) -> usize {
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    let given = Given { rest: &input.octets, most: pieces.size() };
    let mut socket = WebSocket::from_raw_socket(given, Role::Server, Some(config));
    let mut count = 0;
    while let Ok(message) = socket.read() {
        if let Message::Binary(octets) = message {
            count += octets.len();
        }
    }
    count
}

/// A stream that gives these octets, so many at most at a time, and swallows what is written.
struct Given<'a> {
    rest: &'a [u8],
    most: usize,
}

impl Read for Given<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let most = self.most.min(to.len());
        self.rest.read(&mut to[..most])
    }
}

impl Write for Given<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// Name and maker of an input of some size.
type Kind = (&'static str, fn(usize) -> Input);

const KINDS: [Kind; 4] =
    [("one frame", frame), ("frames of 256", frames), ("content", content), ("chunks of 1 KiB", chunks)];

const RESPONSE: &str = "HTTP/1.1 200 OK\r\n";
const CHUNKED: &str = "Transfer-Encoding: chunked\r\n\r\n";
const KIB: usize = 1024;

/// How many octets follow a hostile length, and what the decoder may hold for them.
const SENT: usize = 64 * KIB;
const BOUND: usize = 16 * KIB;

const SAMPLES: usize = 5;
/// How long a sample lasts at least.
const SAMPLE: Duration = Duration::from_millis(20);
/// What takes longer is measured once.
const LONG: Duration = Duration::from_secs(1);
