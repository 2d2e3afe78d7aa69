//! Reserved opcodes: for data 3 to 7, for control 11 to 15 (RFC 6455 section 5.2).

use super::case::{Case, Expect, broken};
use super::client::{PING, TEXT, TEXT_BEGINS, frame};

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for opcode in (3..=7).chain(11..=15_u8) {
        let first = 0x80 | opcode;
        cases.push(broken(format!("opcode {opcode}"), frame(first, b""), Vec::new(), 1002));
        cases.push(broken(format!("opcode {opcode} with payload"), frame(first, b"Hello"), Vec::new(), 1002));
        cases.push(broken(format!("opcode {opcode} without FIN"), frame(opcode, b"Hello"), Vec::new(), 1002));
        let octets = [frame(TEXT, b"one"), frame(first, b"x"), frame(PING, b"")].concat();
        let before = vec![Expect::Text(b"one".to_vec())];
        cases.push(broken(format!("opcode {opcode} after a message"), octets, before, 1002));
        let octets = [frame(TEXT_BEGINS, b"one"), frame(first, b"x")].concat();
        cases.push(broken(format!("opcode {opcode} inside a message"), octets, Vec::new(), 1002));
    }
    cases
}
