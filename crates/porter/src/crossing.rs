//! Values as they cross between page and worker: an array whose first item names what it is.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// Reads the items of an array one after the other. `None` where one is not what it should be: page and
/// worker may be of different versions, if one of them comes from a cache.
pub(crate) struct Items {
    array: Array,
    next: u32,
}

impl Items {
    pub(crate) fn of(value: JsValue) -> Option<Self> {
        Some(Self { array: value.dyn_into().ok()?, next: 0 })
    }

    pub(crate) fn value(&mut self) -> JsValue {
        self.next += 1;
        self.array.get(self.next - 1)
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        self.value().as_string()
    }

    pub(crate) fn number(&mut self) -> Option<f64> {
        self.value().as_f64()
    }

    pub(crate) fn truth(&mut self) -> Option<bool> {
        self.value().as_bool()
    }

    pub(crate) fn octets(&mut self) -> Option<ArrayBuffer> {
        self.value().dyn_into().ok()
    }

    pub(crate) fn texts(&mut self) -> Option<Vec<String>> {
        let texts: Array = self.value().dyn_into().ok()?;
        texts.iter().map(|text| text.as_string()).collect()
    }
}

pub(crate) fn items(values: &[JsValue]) -> JsValue {
    values.iter().collect::<Array>().into()
}

pub(crate) fn texts(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}

/// A copy that can be handed over.
pub(crate) fn buffer(octets: &[u8]) -> ArrayBuffer {
    Uint8Array::from(octets).buffer()
}
