//! Clients that leave in the middle, in every way in which one can leave.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::crowd::{HANDSHAKE, socket};
use crate::{PER_CONNECTION, Target};

/// How a client leaves.
#[derive(Clone, Copy, Debug)]
enum Leave {
    /// It ends its direction, and stays to read nothing.
    HalfClose,
    /// It is gone, in order or with octets unread.
    Close,
    /// It resets.
    Reset,
    /// It says nothing more, and does not leave.
    Stay,
}

async fn leave(mut stream: TcpStream, how: Leave, held: &mut Vec<TcpStream>) {
    match how {
        Leave::HalfClose => {
            let _ = stream.shutdown().await;
            held.push(stream);
        }
        Leave::Close => drop(stream),
        Leave::Reset => {
            stream.set_zero_linger().unwrap();
            drop(stream);
        }
        Leave::Stay => held.push(stream),
    }
}

#[tokio::test]
async fn nobody_who_leaves_in_the_middle_keeps_a_place() {
    let seconds = ["--head-time", "2", "--content-time", "2", "--idle-time", "2", "--grace-time", "1"];
    let places = ["--max-connections", "2000", "--max-address-connections", "2000"];
    let mut target = Target::start(&[&seconds[..], &places[..]].concat()).await;
    let upload = b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";
    let asks = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let begun: [&[u8]; 6] = [b"", b"GET / HT", asks, upload, &HANDSHAKE[..60], HANDSHAKE];
    // In a WebSocket: nothing, half a header, half a payload, half a message, a Close and no end.
    let frames: [&[u8]; 5] = [b"", b"\x81", b"\x81\x85\0\0\0\0He", b"\x01\x80\0\0\0\0", b"\x88\x80\0\0\0\0"];
    let mut held = Vec::new();
    for how in [Leave::HalfClose, Leave::Close, Leave::Reset, Leave::Stay] {
        for _ in 0..EACH {
            for octets in begun {
                let mut stream = TcpStream::connect(target.program.address).await.unwrap();
                stream.write_all(octets).await.unwrap();
                leave(stream, how, &mut held).await;
            }
            for octets in frames {
                let mut stream = socket(target.program.address).await;
                stream.write_all(octets).await.unwrap();
                leave(stream, how, &mut held).await;
            }
        }
    }
    target.check(held.len() as u64 * PER_CONNECTION).await;
    // Those who stay are let go by the time-outs.
    target.alone().await;
    target.check(held.len() as u64 * PER_CONNECTION).await;
    target.stop().await;
}

const EACH: usize = 20;
