//! Pings, which come back as Pongs, and Pongs, which nobody has to answer (RFC 6455 sections 5.5.2 and 5.5.3).

use tungstenite::protocol::Message;

use super::case::{Case, Expect, Way, broken, fine};
use super::client::{BINARY_BEGINS, ENDS, GOES_ON, PING, PONG, TEXT, TEXT_BEGINS, frame};

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for size in [0, 1, 2, 64, 124, 125] {
        let payload: Vec<u8> = (0..size).map(|n| 255 - n as u8).collect();
        let name = format!("a ping of {size}");
        cases.push(fine(name.clone(), frame(PING, &payload), vec![Expect::Pong(payload.clone())]));
        let messages = vec![Message::Ping(payload.into())];
        cases.push(Case { name: format!("{name} by tungstenite"), way: Way::Tungstenite(messages) });
    }
    let payload = b"Hello".to_vec();
    cases.push(fine("a ping", frame(PING, &payload), vec![Expect::Pong(payload.clone())]).chopped());
    for first in [PING, PONG] {
        for size in [126, 127, 65_536] {
            let name = format!("{first:#04x} of {size}");
            cases.push(broken(name, frame(first, &vec![b'x'; size]), Vec::new(), 1002));
        }
        let name = format!("{first:#04x} in fragments");
        cases.push(broken(name, frame(first & 0x0F, b"x"), Vec::new(), 1002));
    }
    for size in [0, 5, 125] {
        let octets = frame(PONG, &vec![b'x'; size]);
        cases.push(fine(format!("a pong of {size} that nobody asked for"), octets, Vec::new()));
    }
    let both = [frame(PONG, b"x"), frame(PING, &payload)].concat();
    cases.push(fine("a pong, then a ping", both, vec![Expect::Pong(payload.clone())]));
    let many: Vec<Vec<u8>> = (0..50_u8).map(|n| frame(PING, &[n])).collect();
    let pongs = (0..50_u8).map(|n| Expect::Pong(vec![n]));
    cases.push(fine("fifty pings", many.concat(), pongs.collect()));
    let between = [frame(TEXT, b"one"), frame(PING, b"!"), frame(TEXT, b"two")].concat();
    let expect =
        vec![Expect::Text(b"one".to_vec()), Expect::Pong(b"!".to_vec()), Expect::Text(b"two".to_vec())];
    cases.push(fine("a ping between messages", between, expect));
    for (begins, whole) in
        [(TEXT_BEGINS, Expect::Text as fn(Vec<u8>) -> Expect), (BINARY_BEGINS, Expect::Binary)]
    {
        let octets = [
            frame(begins, b"one "),
            frame(PING, b"a"),
            frame(GOES_ON, b"two "),
            frame(PONG, b"nobody asked"),
            frame(PING, b"b"),
            frame(ENDS, b"three"),
        ]
        .concat();
        let expect = || {
            vec![Expect::Pong(b"a".to_vec()), Expect::Pong(b"b".to_vec()), whole(b"one two three".to_vec())]
        };
        let name = format!("pings inside a message that begins {begins:#04x}");
        cases.push(fine(name.clone(), octets.clone(), expect()));
        cases.push(fine(name, octets, expect()).chopped());
    }
    cases
}
