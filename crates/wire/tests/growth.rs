//! What decoding allocates grows no faster than its input, whole or octet by octet, and a claimed length costs nothing.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;

use cap::Cap;
use wire::{Decoder, Frame, Sender};

/// One test, because the allocator counts for the whole process.
#[test]
fn allocation_follows_the_input() {
    let frame = |size| Frame::binary(&vec![b'x'; size]).masked([1, 2, 3, 4]).encode();
    let content = |size| message(&format!("Content-Length: {size}"), vec![b'x'; size]);
    let chunk = |size| {
        message("Transfer-Encoding: chunked", [format!("{size:x}\r\n").into(), vec![b'x'; size]].concat())
    };
    let chunks = |size| message("Transfer-Encoding: chunked", b"1;a=b\r\nx\r\n".repeat(size / 10));
    let line = |size: usize| message(&format!("X: {}", "x".repeat(size.min(60_000))), Vec::new());
    check("a frame", Decoder::frames, frame);
    check("a content", Decoder::new, content);
    check("a chunk", Decoder::new, chunk);
    check("chunks of one octet", Decoder::new, chunks);
    check("a field line", Decoder::new, line);
    claim(&[0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], Decoder::frames);
    claim(&message("Content-Length: 18446744073709551615", Vec::new()), Decoder::new);
    claim(&message("Transfer-Encoding: chunked", b"ffffffffffffffff\r\n".to_vec()), Decoder::new);
}

/// Sixteen times the input may allocate sixteen times as much, and a quarter more for what grows by doubling.
#[track_caller]
fn check(name: &str, new: fn(Sender) -> Decoder, input: impl Fn(usize) -> Vec<u8>) {
    for size in [usize::MAX, 1] {
        let [small, large] = [SMALL, 16 * SMALL].map(|length| {
            let octets = input(length);
            (allocated(new, &octets, size), octets.len())
        });
        let limit = small.0 * large.1 / small.1 * 5 / 4 + PAGE;
        assert!(large.0 <= limit, "{name} in pieces of {size}: {small:?}, {large:?}, at most {limit}");
    }
}

/// A head or header that announces as much as can be announced.
#[track_caller]
fn claim(octets: &[u8], new: fn(Sender) -> Decoder) {
    let got = allocated(new, octets, usize::MAX);
    assert!(got < PAGE, "{got} octets for {} that came", octets.len());
}

/// How many octets decoding has allocated in all, given back or not.
fn allocated(new: fn(Sender) -> Decoder, octets: &[u8], size: usize) -> usize {
    let before = HEAP.total_allocated();
    let mut decoder = new(Sender::Client);
    for piece in octets.chunks(size.min(octets.len())) {
        decoder.feed(piece);
        while decoder.poll().is_some() {}
    }
    HEAP.total_allocated() - before
}

fn message(field: &str, content: Vec<u8>) -> Vec<u8> {
    [format!("POST / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n").into_bytes(), content].concat()
}

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

const SMALL: usize = 4096;
const PAGE: usize = 4096;
