//! Shared by the tests: goldens that `UPDATE_GOLDENS=1` rewrites, and traces as text.
#![allow(dead_code, reason = "each test uses its part")]

use std::fmt::Write;
use std::path::Path;

use trace::caption;
use trace::trace::Trace;

/// Compares `actual` with `tests/golden/{name}`.
pub(crate) fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(&path, actual).expect("golden can be written");
    }
    let expect = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expect == actual,
        "{} differs; if it is meant to, run again with UPDATE_GOLDENS=1.\n--- got\n{actual}",
        path.display()
    );
}

/// One line an event.
pub(crate) fn table(trace: &Trace) -> String {
    let mut out = String::new();
    for event in trace.events() {
        let key = &event.key;
        let times = &event.times;
        let stamps = [times.sent_first, times.sent_last, times.received_first, times.received_last];
        let stamps = stamps.map(|stamp| stamp.map_or_else(|| "-".to_owned(), |stamp| stamp.at.to_string()));
        let octets = &event.octets;
        writeln!(
            out,
            "{} c{} {:?}{} [{}] {}+{}+{} {}",
            key.lane,
            key.connection,
            key.sender,
            key.unit,
            stamps.join(" "),
            octets.payload,
            octets.framing,
            octets.tcp_ip,
            caption::title(event)
        )
        .expect("a string takes all");
    }
    out
}
