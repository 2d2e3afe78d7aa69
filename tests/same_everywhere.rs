//! The simulator plays the same in wasm as natively, octet for octet and microsecond for microsecond.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "../crates/trace/tests/common/digest.rs"]
mod digest;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_run_is_the_same_in_a_browser() {
    digest::check();
}
