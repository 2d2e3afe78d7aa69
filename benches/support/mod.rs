//! What the benches in a browser share: the page's allocator, helpers in plain JavaScript, rows.

use gloo::utils::{document, window};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::console_log;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Adds a stylesheet or a script to the bench's document.
pub(crate) fn add(name: &str, text: &str) {
    let element = document().create_element(name).expect("an element");
    element.set_text_content(Some(text));
    document().head().expect("a head").append_child(&element).expect("appended");
}

/// Calls a helper of `globalThis.bench` and waits for what it promises.
pub(crate) fn call(helper: &str, arguments: &[JsValue]) -> impl Future<Output = JsValue> + use<> {
    let bench = Reflect::get(&window(), &"bench".into()).expect("helpers");
    let helper: Function = Reflect::get(&bench, &helper.into()).expect("a helper").unchecked_into();
    let arguments: Array = arguments.iter().collect();
    let promise: Promise = helper.apply(&bench, &arguments).expect("a promise").unchecked_into();
    async { JsFuture::from(promise).await.expect("kept") }
}

pub(crate) fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// One row for the table.
pub(crate) fn row(cells: &[&str]) {
    console_log!("row\t{}", cells.join("\t"));
}

/// One row for the table of ratios: ours, the peer's, the first over the second, and what it should be.
pub(crate) fn ratio(what: &str, figures: [f64; 3], unit: &str, beside: &str, aim: &str) {
    let digits = |figure: f64| match figure {
        ..1.0 => 3,
        1.0..100.0 => 2,
        _ => 0,
    };
    let [ours, theirs, ratio] = figures.map(|figure| format!("{figure:.*}", digits(figure)));
    row(&["ratio", what, &ours, &theirs, &ratio, unit, beside, aim]);
}
