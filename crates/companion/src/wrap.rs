//! An HTTP echo wrapped in JSON, as go-httpbin answers at `/anything`.

use std::collections::BTreeMap;

use hyper::http::request::Parts;
use serde::Serialize;

/// What go-httpbin tells about a request.
#[derive(Debug, Serialize)]
struct Wrapped<'a> {
    args: BTreeMap<&'a str, Vec<&'a str>>,
    data: &'a str,
    files: BTreeMap<&'a str, &'a str>,
    form: BTreeMap<&'a str, &'a str>,
    headers: BTreeMap<String, Vec<String>>,
    json: Option<serde_json::Value>,
    method: &'a str,
    origin: &'a str,
    url: String,
}

/// The JSON for a request that had `content` and came from `client`.
pub(crate) fn wrap(request: &Parts, content: &[u8], client: &str) -> serde_json::Result<String> {
    let mut args: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in request.uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        args.entry(name).or_default().push(value);
    }
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        headers.entry(title(name.as_str())).or_default().push(value);
    }
    let host = headers.get("Host").and_then(|hosts| hosts.first()).map_or("", String::as_str);
    let url = format!("http://{host}{}", request.uri.path_and_query().map_or("/", |target| target.as_str()));
    serde_json::to_string_pretty(&Wrapped {
        args,
        data: &String::from_utf8_lossy(content),
        files: BTreeMap::new(),
        form: BTreeMap::new(),
        headers,
        json: None,
        method: request.method.as_str(),
        origin: client,
        url,
    })
}

/// `content-type` as `Content-Type`.
fn title(name: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('-').map(capital).collect::<Vec<_>>().join("-")
}
