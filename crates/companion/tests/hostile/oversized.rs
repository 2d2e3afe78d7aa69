//! Too much of everything.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::crowd::socket;
use crate::{PATIENCE, Target};

/// What it is, how it starts, how it goes on, and what is said to it.
type Row<T> = (&'static str, Vec<u8>, Vec<u8>, T);

/// Sends `start`, then `more` for ever, until the other end has had enough. Answers what it said.
async fn flood(mut stream: TcpStream, start: Vec<u8>, more: Vec<u8>) -> Vec<u8> {
    let (mut reader, mut writer) = stream.split();
    let mut told = Vec::new();
    let sending = async {
        if writer.write_all(&start).await.is_ok() && !more.is_empty() {
            while writer.write_all(&more).await.is_ok() {}
        }
        std::future::pending::<()>().await;
    };
    let telling = async {
        let mut octets = vec![0; 4096];
        // A reset after the answer is as good as an end.
        while let Ok(read @ 1..) = reader.read(&mut octets).await {
            told.extend_from_slice(&octets[..read]);
        }
    };
    tokio::select! {
        () = sending => {}
        ended = timeout(PATIENCE, telling) => ended.expect("an end"),
    }
    told
}

#[tokio::test]
async fn whatever_is_too_large_is_refused_and_not_kept() {
    let mut target = Target::start(&["--content-time", "20"]).await;
    let head =
        |start: &str, fields: &str| format!("{start} HTTP/1.1\r\nHost: localhost\r\n{fields}").into_bytes();
    let post = |path: &str, fields: &str| head(&format!("POST {path}"), &format!("{fields}\r\n"));
    let mebibyte = vec![b'x'; 1024 * 1024];
    let chunk = [b"100000\r\n", &mebibyte[..], b"\r\n"].concat();
    let nested = vec![b'['; 200_000];
    let plan = |content: &[u8]| {
        [&post("/runs", &format!("Connection: close\r\nContent-Length: {}\r\n", content.len())), content]
            .concat()
    };
    let rows: Vec<Row<&[u8]>> = vec![
        ("a field without end", head("GET /", "X: "), mebibyte.clone(), b"HTTP/1.1 431 "),
        ("a target without end", b"GET /".to_vec(), mebibyte.clone(), b"HTTP/1.1 431 "),
        ("field lines without end", head("GET /", ""), b"X: y\r\n".repeat(1000), b"HTTP/1.1 431 "),
        ("empty lines without end", Vec::new(), b"\r\n".repeat(1000), b"HTTP/1.1 431 "),
        (
            "content of a petabyte",
            post("/echo", "Content-Length: 1000000000000000\r\n"),
            mebibyte.clone(),
            b"HTTP/1.1 413 ",
        ),
        ("a length beyond numbers", post("/echo", "Content-Length: 99999999999999999999\r\n"), Vec::new(), b"HTTP/1.1 400 "),
        ("chunks without end", post("/echo", "Transfer-Encoding: chunked\r\n"), chunk.clone(), b"HTTP/1.1 413 "),
        (
            "a chunk extension without end",
            post("/echo", "Transfer-Encoding: chunked\r\n"),
            [b"1;", &mebibyte[..]].concat(),
            b"HTTP/1.1 400 ",
        ),
        ("a plan of chunks without end", post("/runs", "Transfer-Encoding: chunked\r\n"), chunk, b"HTTP/1.1 413 "),
        ("a plan of brackets", plan(&nested), Vec::new(), b"HTTP/1.1 400 "),
        ("a fault of brackets", [b"POST /faults HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 200000\r\n\r\n", &nested[..]].concat(), Vec::new(), b"HTTP/1.1 400 "),
    ];
    for (name, start, more, expected) in rows {
        let stream = TcpStream::connect(target.program.address).await.unwrap();
        let told = flood(stream, start, more).await;
        assert!(told.starts_with(expected), "{name}: {}", told.escape_ascii());
        target.check(GROWTH).await;
    }
    let frame = |octets: &[u8]| [octets, &[0; 4]].concat();
    let close = |code: u16| [&[0x88][..], &code.to_be_bytes()].concat();
    let rows: Vec<Row<u16>> = vec![
        (
            "a frame of 2^63 - 1 octets",
            frame(b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff"),
            mebibyte.clone(),
            1009,
        ),
        ("a frame of 2 MiB", frame(b"\x82\xff\0\0\0\0\0\x20\0\0"), mebibyte, 1009),
        ("a length with its top bit", frame(b"\x82\xff\x80\0\0\0\0\0\0\0"), Vec::new(), 1002),
        (
            "fragments without end",
            frame(b"\x02\x80"),
            [frame(b"\x00\xfe\x40\x00"), vec![0; 0x4000]].concat(),
            1009,
        ),
        ("a Ping of 126 octets", frame(b"\x89\xfe\0\x7e"), Vec::new(), 1002),
    ];
    for (name, start, more, code) in rows {
        let told = flood(socket(target.program.address).await, start, more).await;
        let (begin, expected) = (close(code), told.first().copied());
        assert_eq!(expected, Some(begin[0]), "{name}: {}", told.escape_ascii());
        assert_eq!(told.get(2..4), begin.get(1..3), "{name}: {}", told.escape_ascii());
        target.check(GROWTH).await;
    }
    target.alone().await;
    target.stop().await;
}

/// The largest that is ever read before it is refused is a plan; twice that for it to be gathered, and
/// once more for what an allocator keeps.
const GROWTH: u64 = 3 * 16 * 1024 * 1024;
