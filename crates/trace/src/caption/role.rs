use super::plain_seconds;
use crate::scenario::{Loop, Scenario, Transport};

/// What a lane does, in one line.
pub fn role(scenario: &Scenario, transport: Transport) -> String {
    let every = plain_seconds(scenario.poll);
    match (transport, scenario.workload.loops()) {
        (Transport::WebSocket, _) => "One handshake, then either side may speak.".to_owned(),
        (Transport::Deflate, _) => {
            "One handshake, then either side may speak; each message is compressed.".to_owned()
        }
        (Transport::Sse, _) => {
            "One answer that never ends: the server adds to it. You speak by request, on another connection."
                .to_owned()
        }
        (Transport::Webhook, _) => {
            "No browser: “you” are a server, too. Each tells the other by a request of its own.".to_owned()
        }
        (Transport::Long, _) => {
            let hold = plain_seconds(scenario.hold);
            format!("Asks, and the server holds the question until it has news, {hold} at most.")
        }
        (Transport::Six, Loop::Open) => {
            format!("Keeps up to six connections and asks every {every}. The server may only answer.")
        }
        (Transport::Six, _) => "Up to six connections stay open; each message is a request.".to_owned(),
        (Transport::Persistent, Loop::Open) => {
            format!("Keeps one connection and asks every {every}. The server may only answer.")
        }
        (Transport::Persistent, _) => "One connection stays open; each message is a request.".to_owned(),
        (Transport::Close, Loop::Open) => {
            format!("Asks every {every}, each time on a new connection. The server may only answer.")
        }
        (Transport::Close, _) => "Each message is a request on a connection of its own.".to_owned(),
        (Transport::Polling, Loop::Open) => {
            format!("Asks every {every}: in a chat the same as persistent.")
        }
        (Transport::Polling, _) => format!("Even an answer is fetched by asking, every {every}."),
    }
}
