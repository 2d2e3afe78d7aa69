//! "See it in your own tools": for a lane that was witnessed, where to look for it in a browser's DevTools
//! and in Wireshark, and which numbers must match. Text only; every number is read off the tap's events.

mod census;

use census::Census;
use tongue::{say, word};

use crate::caption::{count, list, octets, plural, sentences};
use crate::scenario::Transport;
use crate::trace::Trace;

/// Where to look for one lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnTools {
    /// In Chrome, Edge and other browsers on Chromium.
    pub chromium: Vec<String>,
    /// In Firefox.
    pub firefox: Vec<String>,
    /// In Wireshark.
    pub wireshark: Vec<Filter>,
    /// What else to know of Wireshark.
    pub capture: String,
}

/// A display filter, and what it must leave over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// To be typed into the filter line.
    pub filter: String,
    /// What is then to be counted.
    pub shows: String,
}

/// Where to look for a lane of a live run; `None` if nobody witnessed it, for then no number must match.
pub fn own_tools(trace: &Trace, lane: usize) -> Option<OwnTools> {
    let transport = trace.lanes().get(lane)?.transport;
    let census = Census::of(trace, lane)?;
    let devtools = |tool: &Tool| match transport {
        Transport::Webhook => {
            vec![say!("No browser takes part in a webhook: its DevTools show nothing of it.").to_owned()]
        }
        _ if census.upgraded => tool.socket(&census),
        _ => tool.http(&census),
    };
    Some(OwnTools {
        chromium: devtools(&CHROMIUM),
        firefox: devtools(&FIREFOX),
        wireshark: filters(&census),
        capture: capture(&census),
    })
}

/// How a browser's DevTools call things.
struct Tool {
    /// The column with the octets of an answer, head and content.
    size: &'static str,
    /// The tab with a WebSocket's messages.
    messages: &'static str,
    /// Whether it can show Ping, Pong and Close.
    control: &'static str,
    /// Where an event stream's events are.
    events: &'static str,
    /// How connections are told apart.
    connection: Option<&'static str>,
}

const CHROMIUM: Tool = Tool {
    size: "Size",
    messages: "Messages",
    control: word!("Ping, Pong and Close are not shown there, nor is any masking key."),
    events: "EventStream",
    connection: Some("Connection ID"),
};
const FIREFOX: Tool = Tool {
    size: "Transferred",
    messages: "Response",
    control: word!("“Control” in its list of filters adds Ping, Pong and Close; no masking key is shown."),
    events: "Response",
    connection: None,
};

impl Tool {
    fn open(&self, census: &Census) -> String {
        let ports: Vec<String> = census.ports.iter().map(|port| format!("`:{port}/`")).collect();
        say!(
            "Open DevTools (F12), the panel Network, before you run again. Each run has a port of its own: for this one type {} into the filter.",
            ports.into_iter().reduce(|before, next| say!("{} and {}", before, next)).unwrap_or_default()
        )
    }

    fn http(&self, census: &Census) -> Vec<String> {
        let mut lines = vec![self.open(census)];
        let names = census.targets.iter().map(|(name, times)| format!("{times} × `{name}`"));
        lines.push(say!("{}: {}.", plural(census.requests.into(), "row"), list(names)));
        let statuses = census.statuses.iter().map(|(status, times)| format!("{times} × {status}"));
        lines.push(say!("Status: {}. Protocol: http/1.1.", list(statuses)));
        if let Some((name, size)) = &census.first_answer {
            lines.push(say!(
                "{} of the first row, `{}`: {}, head and content together.",
                self.size,
                name,
                octets(*size)
            ));
        }
        if census.events > 0 {
            lines.push(say!(
                "The row `events`, tab {}: {}.",
                self.events,
                plural(census.events.into(), "event")
            ));
        }
        if let Some(column) = self.connection {
            lines.push(match census.connections {
                1 => say!(
                    "Column {} (a right-click on the head of the table shows it): one and the same number in every row.",
                    column
                ),
                several => say!(
                    "Column {} (a right-click on the head of the table shows it): {} different numbers.",
                    column,
                    count(several.into())
                ),
            });
        }
        lines
    }

    fn socket(&self, census: &Census) -> Vec<String> {
        let [up, down] = census.messages;
        let messages = say!(
            "Its tab {}: {} sent, {} received, each a whole message, however many frames it had.",
            self.messages,
            count(up.into()),
            count(down.into())
        );
        let row = say!(
            "One row, `ws`: Status 101, Type websocket. The button “WS” or “Socket” leaves only such rows."
        );
        vec![self.open(census), row.to_owned(), sentences([messages, say(self.control).to_owned()])]
    }
}

fn filters(census: &Census) -> Vec<Filter> {
    let ports: Vec<String> = census.ports.iter().map(u16::to_string).collect();
    let port = match ports.as_slice() {
        [port] => format!("tcp.port == {port}"),
        ports => format!("tcp.port in {{{}}}", ports.join(", ")),
    };
    let filter = |rest: &str, shows: String| Filter { filter: format!("{port} && {rest}"), shows };
    let mut filters = vec![filter(
        "tcp.flags.syn == 1 && tcp.flags.ack == 0",
        plural(census.connections.into(), "connection"),
    )];
    filters.push(filter("http.request", plural(census.requests.into(), "request")));
    for (status, times) in &census.statuses {
        filters
            .push(filter(&format!("http.response.code == {status}"), plural(u64::from(*times), "response")));
    }
    if census.upgraded {
        let [up, down] = census.frames;
        filters.push(filter("websocket.mask == 1", say!("{} from the page", plural(up.into(), "frame"))));
        filters.push(filter("websocket.mask == 0", say!("{} from the server", plural(down.into(), "frame"))));
        for (code, times) in &census.codes {
            filters.push(filter(
                &format!("websocket.payload.close.status_code == {code}"),
                plural(u64::from(*times), "Close frame"),
            ));
        }
    }
    let [up, down] = census.octets;
    filters.push(filter(
        "tcp.len > 0",
        match census.connections {
            1 => {
                say!("right-click, Follow, TCP Stream: {} one way and {} the other", octets(up), octets(down))
            }
            _ => say!(
                "right-click, Follow, TCP Stream: {} one way and {} the other, over all streams together",
                octets(up),
                octets(down)
            ),
        },
    ));
    filters
}

fn capture(census: &Census) -> String {
    let capture = say!(
        "If page and companion are on one computer, capture on the loopback interface (`lo`, on macOS `lo0`, on Windows “Adapter for loopback traffic capture”), from before the run: Wireshark knows frames only after the handshake that it has seen."
    );
    let several = say!("A line of the list is a packet, which may hold several frames.");
    let told = [capture, several].map(str::to_owned);
    sentences(told.into_iter().take(if census.upgraded { 2 } else { 1 }))
}
