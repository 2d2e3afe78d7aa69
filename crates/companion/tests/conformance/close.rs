//! The closing handshake (RFC 6455 sections 5.5.1 and 7).

use super::case::{Case, Expect, Row, broken, fine, raw};
use super::client::{CLOSE, ENDS, PING, TEXT, TEXT_BEGINS, close, frame};

/// Codes that may be sent: of the RFC, of IANA's registry, of libraries and of applications.
const VALID: [u16; 18] = [
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001,
    4999,
];
const INVALID: [u16; 14] = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_768, 65_535];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for code in VALID {
        cases.push(raw(format!("code {code}"), vec![close(code, "")], vec![Expect::Close(Some(code))]));
    }
    for code in INVALID {
        cases.push(broken(format!("code {code}"), close(code, ""), Vec::new(), 1002));
        cases.push(broken(format!("code {code} with a reason"), close(code, "why"), Vec::new(), 1002));
    }
    for size in [1, 2, 122, 123] {
        let octets = close(1000, &"x".repeat(size));
        cases.push(raw(format!("a reason of {size}"), vec![octets], vec![Expect::Close(Some(1000))]));
    }
    let euros = "€".repeat(41);
    cases.push(raw("a reason of 41 euros", vec![close(1000, &euros)], vec![Expect::Close(Some(1000))]));
    cases.push(broken("a reason of 124", close(1000, &"x".repeat(124)), Vec::new(), 1002));
    cases.push(broken("a body of one octet", frame(CLOSE, b"\x03"), Vec::new(), 1002));
    for (what, reason) in
        [("no UTF-8", &b"\xFF"[..]), ("a surrogate", b"\xED\xA0\x80"), ("half a character", b"\xC2")]
    {
        let octets = frame(CLOSE, &[&1000_u16.to_be_bytes(), reason].concat());
        cases.push(broken(format!("a reason with {what}"), octets, Vec::new(), 1007));
    }
    cases.push(broken("a Close in fragments", frame(CLOSE & 0x0F, b""), Vec::new(), 1002));
    cases.push(raw("an empty Close", vec![frame(CLOSE, b"")], vec![Expect::Close(None)]));
    cases.push(raw("an empty Close", vec![frame(CLOSE, b"")], vec![Expect::Close(None)]).chopped());
    cases.push(fine("nothing but a Close", Vec::new(), Vec::new()));
    cases.extend(around());
    cases
}

/// What comes before and after a Close.
fn around() -> Vec<Case> {
    let one = || vec![Expect::Text(b"one".to_vec())];
    let closed = || vec![Expect::Close(Some(1000))];
    let rows: [Row; 7] = [
        ("two Closes", vec![close(1000, ""), close(1001, "")], closed()),
        ("a ping after it", vec![close(1000, ""), frame(PING, b"!")], closed()),
        ("a text after it", vec![close(1000, ""), frame(TEXT, b"x")], closed()),
        ("nonsense after it", vec![close(1000, ""), vec![0xFF; 20]], closed()),
        ("a Close inside a message", vec![frame(TEXT_BEGINS, b"o"), close(1000, "")], closed()),
        (
            "a Close inside a message that then goes on",
            vec![frame(TEXT_BEGINS, b"o"), close(1000, ""), frame(ENDS, b"ne")],
            closed(),
        ),
        (
            "a message before it",
            vec![frame(TEXT, b"one"), close(1000, "")],
            one().into_iter().chain(closed()).collect(),
        ),
    ];
    rows.into_iter().map(|(name, pieces, expect)| raw(name, vec![pieces.concat()], expect)).collect()
}
