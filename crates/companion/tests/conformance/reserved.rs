//! Reserved bits: without an extension none may be set (RFC 6455 section 5.2).

use super::case::{Case, Expect, broken};
use super::client::{BINARY, CLOSE, ENDS, PING, PONG, TEXT, TEXT_BEGINS, frame};

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for bits in 1..=7_u8 {
        for (what, first) in
            [("text", TEXT), ("binary", BINARY), ("ping", PING), ("pong", PONG), ("close", CLOSE)]
        {
            let octets = frame(first | bits << 4, b"");
            cases.push(broken(format!("bits {bits:03b} on {what}"), octets, Vec::new(), 1002));
        }
        let octets = [frame(TEXT, b"one"), frame(TEXT | bits << 4, b"two"), frame(PING, b"")].concat();
        let before = vec![Expect::Text(b"one".to_vec())];
        cases.push(broken(format!("bits {bits:03b} on a second message"), octets, before, 1002));
        let octets = [frame(TEXT_BEGINS, b"one"), frame(ENDS | bits << 4, b"two")].concat();
        cases.push(broken(format!("bits {bits:03b} on a continuation"), octets, Vec::new(), 1002));
    }
    cases
}
