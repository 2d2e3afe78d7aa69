//! JSON through the browser: it has a reader and a writer, so the page carries none of its own.
//!
//! What is read are the companion's answers: objects, arrays, strings, whole numbers, null. There are
//! no fractions in them, and no words for what is wrong with an answer: it is readable or it is not.

use std::fmt::Display;

use js_sys::{Array, JSON, Object};
use serde::Serialize;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

/// Reads `text`, if it is the JSON of a `T`.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Value(JSON::parse(text).ok()?)).ok()
}

/// Writes `value` as JSON.
pub(super) fn write(value: &impl Serialize) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    JSON::stringify(&value).ok().map(String::from)
}

/// A value that the browser has parsed.
struct Value(JsValue);

/// It is not what it should be.
#[derive(Debug)]
struct Unreadable;

impl Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Self(value) = self;
        if let Some(text) = value.as_string() {
            return visitor.visit_string(text);
        }
        if let Some(number) = value.as_f64() {
            let whole = number as u64;
            return if whole as f64 == number { visitor.visit_u64(whole) } else { Err(Unreadable) };
        }
        if let Some(truth) = value.as_bool() {
            return visitor.visit_bool(truth);
        }
        if let Some(items) = value.dyn_ref::<Array>() {
            return visitor.visit_seq(SeqDeserializer::new(items.iter().map(Self)));
        }
        if value.is_null() || value.is_undefined() {
            return visitor.visit_unit();
        }
        let object: Object = value.unchecked_into();
        let entries = Object::entries(&object);
        let fields = entries.iter().map(|field| {
            let field: Array = field.unchecked_into();
            (field.get(0).as_string().unwrap_or_default(), Self(field.get(1)))
        });
        visitor.visit_map(MapDeserializer::new(fields))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.0.as_string().ok_or(Unreadable)?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Unreadable> for Value {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
