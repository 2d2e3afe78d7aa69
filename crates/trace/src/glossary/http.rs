//! Words of HTTP.

use tongue::word;

use super::Term;

pub(super) const TERMS: &[Term] = &[
    Term {
        id: "content",
        title: word!("Content"),
        also: &[],
        about: word!(
            "The octets that a request or a response carries behind its head. They may be of any kind."
        ),
        section: Some("RFC 9110 section 6.4"),
    },
    Term {
        id: "cookie",
        title: word!("Cookie"),
        also: &[],
        about: word!(
            "A field line that a browser adds to every request for a site, to the opening handshake as well."
        ),
        section: Some("RFC 6265 section 4.2"),
    },
    Term {
        id: "cors",
        title: word!("CORS"),
        also: &[],
        about: word!(
            "The browser’s check of whether a script may read another site’s answer. A WebSocket has no such check: its server must look at `Origin`."
        ),
        section: Some("RFC 6455 section 10.2"),
    },
    Term {
        id: "cswsh",
        title: word!("Cross-site WebSocket hijacking"),
        also: &[],
        about: word!(
            "A foreign page opens a WebSocket to your server with the visitor’s cookies. A server that does not check `Origin` lets it."
        ),
        section: Some("RFC 6455 section 10.2"),
    },
    Term {
        id: "field-line",
        title: word!("Field line"),
        also: &[word!("header field")],
        about: word!("A name and a value in the head of a request or response: `Host: example.com`."),
        section: Some("RFC 9112 section 5"),
    },
    Term {
        id: "head",
        title: word!("Head"),
        also: &[],
        about: word!(
            "What stands before the content of a request or response: a start line, field lines and an empty line."
        ),
        section: Some("RFC 9112 section 2.1"),
    },
    Term {
        id: "long-polling",
        title: word!("Long polling"),
        also: &[],
        about: word!("A request that the server answers only when it has news, or when its patience ends."),
        section: Some("RFC 6202 section 2"),
    },
    Term {
        id: "origin",
        title: word!("Origin"),
        also: &[],
        about: word!("Scheme, host and port of the page from which a request comes."),
        section: Some("RFC 6454 section 3.2"),
    },
    Term {
        id: "persistent",
        title: word!("Persistent connection"),
        also: &[word!("keep-alive")],
        about: word!(
            "An HTTP connection that stays open for further requests. In HTTP/1.1 that is the rule."
        ),
        section: Some("RFC 9112 section 9.3"),
    },
    Term {
        id: "polling",
        title: word!("Polling"),
        also: &[word!("short polling")],
        about: word!("Asking again and again whether there is news."),
        section: Some("RFC 6202 section 2"),
    },
    Term {
        id: "request",
        title: word!("Request"),
        also: &[],
        about: word!("How an HTTP client begins: a method, a target, field lines, and perhaps content."),
        section: Some("RFC 9110 section 3.4"),
    },
    Term {
        id: "response",
        title: word!("Response"),
        also: &[],
        about: word!("How an HTTP server answers: a status code, field lines, and perhaps content."),
        section: Some("RFC 9110 section 3.4"),
    },
    Term {
        id: "sse",
        title: word!("Server-Sent Events"),
        also: &[word!("SSE"), word!("EventSource")],
        about: word!(
            "One HTTP response that never ends, of which each event is a few lines of text. The browser comes back by itself."
        ),
        section: Some("HTML Standard section 9.2"),
    },
    Term {
        id: "stateless",
        title: word!("Stateless"),
        also: &[],
        about: word!(
            "Each request can be understood alone. It says nothing about how long a connection lives."
        ),
        section: Some("RFC 9110 section 3.3"),
    },
    Term {
        id: "status-code",
        title: word!("Status code"),
        also: &[],
        about: word!(
            "Three digits of a response: 200 for “here it is”, 101 for “let us switch”, 404 for “not here”."
        ),
        section: Some("RFC 9110 section 15"),
    },
    Term {
        id: "upgrade",
        title: word!("Upgrade"),
        also: &[],
        about: word!("The field with which a client asks to speak another protocol on this connection."),
        section: Some("RFC 9110 section 7.8"),
    },
    Term {
        id: "webhook",
        title: word!("Webhook"),
        also: &[],
        about: word!(
            "An ordinary HTTP request from one server to another when something has happened. No browser is part of it."
        ),
        section: None,
    },
];
