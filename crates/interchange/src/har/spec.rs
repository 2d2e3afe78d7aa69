//! HAR 1.2 as far as it is read and written, with what browsers add to it.
//!
//! What is missing or `null` counts as nothing: exporters differ in what they leave out.

use serde::{Deserialize, Deserializer, Serialize};

use crate::json::Provenance;

/// A file, as it is written.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Archive {
    pub(super) log: Log,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Log {
    pub(super) version: &'static str,
    pub(super) creator: Creator,
    pub(super) entries: Vec<Entry>,
    pub(super) comment: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Creator {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

/// One exchange.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Entry {
    /// ISO 8601.
    pub(super) started_date_time: String,
    /// Milliseconds.
    pub(super) time: f64,
    pub(super) request: Request,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) response: Response,
    #[serde(skip_deserializing)]
    pub(super) cache: Cache,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) timings: Timings,
    /// Chrome writes the server's port here, see `connection_id`.
    #[serde(deserialize_with = "or_number", skip_serializing_if = "Option::is_none")]
    pub(super) connection: Option<String>,
    #[serde(
        rename = "_connectionId",
        deserialize_with = "or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) connection_id: Option<String>,
    #[serde(
        rename = "_resourceType",
        deserialize_with = "or_nothing",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) resource_type: Option<String>,
    /// What kind of cache answered instead of the network.
    #[serde(rename = "_fromCache", deserialize_with = "or_nothing", skip_serializing)]
    pub(super) from_cache: Option<String>,
    #[serde(
        rename = "_webSocketMessages",
        deserialize_with = "or_nothing",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) messages: Option<Vec<SocketMessage>>,
    #[serde(
        rename = "_eventSourceMessages",
        deserialize_with = "or_nothing",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(super) events: Vec<StreamMessage>,
    /// Ours: frames that are no whole message, which `_webSocketMessages` has no room for.
    #[serde(rename = "_frames", deserialize_with = "or_nothing", skip_serializing_if = "Vec::is_empty")]
    pub(super) frames: Vec<FrameLine>,
    /// Ours: where the numbers come from.
    #[serde(rename = "_provenance", skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub(super) provenance: Option<Whence>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) http_version: String,
    #[serde(skip_deserializing)]
    pub(super) cookies: Vec<Pair>,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) headers: Vec<Pair>,
    #[serde(skip_deserializing)]
    pub(super) query_string: Vec<Pair>,
    #[serde(deserialize_with = "or_nothing", skip_serializing_if = "Option::is_none")]
    pub(super) post_data: Option<PostData>,
    #[serde(skip_deserializing)]
    pub(super) headers_size: i64,
    #[serde(skip_deserializing)]
    pub(super) body_size: i64,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Response {
    /// 0 in Chrome and -1 in Playwright where there was no answer.
    pub(super) status: i64,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) status_text: String,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) http_version: String,
    #[serde(skip_deserializing)]
    pub(super) cookies: Vec<Pair>,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) headers: Vec<Pair>,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) content: Content,
    #[serde(rename = "redirectURL", skip_deserializing)]
    pub(super) redirect_url: String,
    #[serde(skip_deserializing)]
    pub(super) headers_size: i64,
    #[serde(skip_deserializing)]
    pub(super) body_size: i64,
    /// Why there was no answer, in Chrome; in Playwright it is `_failureText`.
    #[serde(
        rename = "_error",
        alias = "_failureText",
        deserialize_with = "or_nothing",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) error: Option<String>,
}

/// Nothing is known of caches; the object must be there all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub(super) struct Cache {}

/// A field line, a parameter.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    pub(super) name: String,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PostData {
    #[serde(deserialize_with = "or_nothing")]
    pub(super) mime_type: String,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) text: String,
    /// Of a form whose text was not kept.
    #[serde(deserialize_with = "or_nothing")]
    pub(super) params: Vec<Pair>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Content {
    #[serde(skip_deserializing)]
    pub(super) size: u64,
    #[serde(deserialize_with = "or_nothing")]
    pub(super) mime_type: String,
    /// Decoded; absent where it was not kept.
    #[serde(deserialize_with = "or_nothing", skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    /// `base64`, if the text is.
    #[serde(deserialize_with = "or_nothing", skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
}

/// Milliseconds, in the order in which they pass; -1 where nothing is known, or nothing was to be done.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Timings {
    #[serde(deserialize_with = "or_unknown")]
    pub(super) blocked: f64,
    #[serde(deserialize_with = "or_unknown")]
    pub(super) dns: f64,
    /// With `ssl` in it.
    #[serde(deserialize_with = "or_unknown")]
    pub(super) connect: f64,
    #[serde(deserialize_with = "or_unknown")]
    pub(super) ssl: f64,
    #[serde(deserialize_with = "or_unknown")]
    pub(super) send: f64,
    #[serde(deserialize_with = "or_unknown")]
    pub(super) wait: f64,
    #[serde(deserialize_with = "or_unknown")]
    pub(super) receive: f64,
}

impl Default for Timings {
    fn default() -> Self {
        let unknown = UNKNOWN;
        Self {
            blocked: unknown,
            dns: unknown,
            connect: unknown,
            ssl: unknown,
            send: unknown,
            wait: unknown,
            receive: unknown,
        }
    }
}

/// A whole message of a WebSocket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct SocketMessage {
    /// `send`, `receive` or, in Chrome, `error`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Since 1970: seconds in Chrome, milliseconds in Playwright.
    pub(super) time: f64,
    #[serde(default)]
    pub(super) opcode: i64,
    /// Of opcode 1 text, otherwise Base64.
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) data: String,
}

/// A frame that is no whole message: ours alone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct FrameLine {
    /// `send` or `receive`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Seconds since 1970.
    pub(super) time: f64,
    pub(super) opcode: u8,
    pub(super) fin: bool,
    /// The unmasked payload, in Base64; absent where nobody saw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<String>,
}

/// An event of a stream, as Chrome writes it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StreamMessage {
    /// Seconds since 1970.
    pub(super) time: f64,
    #[serde(default)]
    pub(super) event_name: String,
    #[serde(default)]
    pub(super) event_id: String,
    #[serde(default)]
    pub(super) data: String,
}

/// Where the numbers of an entry come from, in the words of our own format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Whence {
    pub(super) times: Provenance,
    pub(super) octets: Provenance,
}

/// What HAR writes for a number that is not known.
pub(super) const UNKNOWN: f64 = -1.0;

fn or_nothing<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

fn or_unknown<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or(UNKNOWN))
}

/// An identity, which some exporters write as a number.
fn or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Loose {
        Text(String),
        Number(u64),
    }
    Ok(Option::<Loose>::deserialize(from)?.map(|loose| match loose {
        Loose::Text(text) => text,
        Loose::Number(number) => number.to_string(),
    }))
}
