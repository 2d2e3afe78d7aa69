use wire::{Body, Opcode, Request};

use super::Exhibit;

/// The octets in hexadecimal, one blank between; `??` for those that nobody knows.
pub fn hex(exhibit: &Exhibit) -> String {
    let pair = |(at, octet): (usize, &u8)| {
        if exhibit.knows(at) { format!("{octet:02x}") } else { "??".to_owned() }
    };
    exhibit.unit.octets.iter().enumerate().map(pair).collect::<Vec<_>>().join(" ")
}

/// The octets as text: what is no UTF-8 becomes the replacement character.
pub fn text(exhibit: &Exhibit) -> String {
    String::from_utf8_lossy(&exhibit.unit.octets).into_owned()
}

/// The octets as an array in C. Unknown ones are written as they stand in the unit.
pub fn c_array(exhibit: &Exhibit) -> String {
    let octets = &exhibit.unit.octets;
    let row = |row: &[u8]| {
        let octets: Vec<String> = row.iter().map(|octet| format!("0x{octet:02x}")).collect();
        format!("  {},\n", octets.join(", "))
    };
    let rows: Vec<String> = octets.chunks(12).map(row).collect();
    format!("const unsigned char octets[{}] = {{\n{}}};\n", octets.len(), rows.concat())
}

/// The program that can send the same from a shell: `curl` a request, `websocat` an opening handshake or
/// a whole message from a client. `None` where neither can.
pub fn tool(exhibit: &Exhibit) -> Option<&'static str> {
    let unit = &exhibit.unit;
    match &unit.body {
        Body::Request(request) if request.method.is_empty() => None,
        Body::Request(request) if request.fields.has_token("Upgrade", "websocket") => Some("websocat"),
        Body::Request(_) => Some("curl"),
        Body::Frame(header) => {
            let whole = header.opcode.begins_message() && header.fin && !header.rsv[0];
            (whole && unit.sender == wire::Sender::Client).then_some("websocat")
        }
        Body::Response(_) => None,
    }
}

/// A line for a shell in which the [`tool`] sends the same; empty where there is none.
pub fn command(exhibit: &Exhibit) -> String {
    let unit = &exhibit.unit;
    match (tool(exhibit), &unit.body) {
        (Some("curl"), Body::Request(request)) => curl(request, &unit.content),
        (Some(_), Body::Request(request)) => websocat(request),
        (Some(_), Body::Frame(header)) => {
            let kind = if header.opcode == Opcode::Text { "--text" } else { "--binary" };
            format!("printf '{}' | websocat {kind} ws://127.0.0.1:9080/ws", printf(&unit.content))
        }
        _ => String::new(),
    }
}

fn curl(request: &Request, content: &[u8]) -> String {
    let mut words = vec!["curl --include".to_owned()];
    if request.method != "GET" {
        words.push(format!("--request {}", quoted(&request.method)));
    }
    for line in request.fields.iter().filter(|line| !is_curls_own(&line.name)) {
        words.push(format!("--header {}", quoted(&format!("{}: {}", line.name, line.value))));
    }
    if !content.is_empty() {
        words.push("--data-binary @-".to_owned());
    }
    words.push(quoted(&address("http", request)));
    let curl = words.join(" ");
    if content.is_empty() { curl } else { format!("printf '{}' | {curl}", printf(content)) }
}

fn websocat(request: &Request) -> String {
    let mut words = vec!["websocat".to_owned()];
    for line in request.fields.iter().filter(|line| !is_websocats_own(&line.name)) {
        words.push(format!("--header {}", quoted(&format!("{}: {}", line.name, line.value))));
    }
    words.push(quoted(&address("ws", request)));
    words.join(" ")
}

fn address(scheme: &str, request: &Request) -> String {
    let host = request.fields.get("Host").unwrap_or("127.0.0.1:9080");
    if request.target.starts_with('/') {
        format!("{scheme}://{host}{}", request.target)
    } else {
        request.target.clone()
    }
}

/// The fields that curl writes by itself.
fn is_curls_own(name: &str) -> bool {
    ["Host", "Content-Length", "Connection"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn is_websocats_own(name: &str) -> bool {
    let own = [
        "Host",
        "Connection",
        "Upgrade",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Extensions",
    ];
    own.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// One word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Octets as the format of `printf`, inside single quotes.
fn printf(octets: &[u8]) -> String {
    let letter = |octet: &u8| match octet {
        b'\'' => r"'\''".to_owned(),
        b'\\' => r"\\".to_owned(),
        b'%' => "%%".to_owned(),
        0x20..=0x7e => char::from(*octet).to_string(),
        other => format!("\\{other:03o}"),
    };
    octets.iter().map(letter).collect()
}
