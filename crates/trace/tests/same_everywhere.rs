//! Equal scenarios give equal traces, and give them everywhere: here natively; the page's own tests play
//! the same runs in a browser.

#[path = "common/digest.rs"]
mod digest;

#[test]
fn a_run_is_the_same_natively() {
    digest::check();
}
