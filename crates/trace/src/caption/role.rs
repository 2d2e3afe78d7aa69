use tongue::say;

use super::plain_seconds;
use crate::scenario::{Loop, Scenario, Transport};

/// What a lane does, in one line.
pub fn role(scenario: &Scenario, transport: Transport) -> String {
    let every = plain_seconds(scenario.poll);
    match (transport, scenario.workload.loops()) {
        (Transport::WebSocket, _) => say!("One handshake, then either side may speak.").to_owned(),
        (Transport::Deflate, _) => {
            say!("One handshake, then either side may speak; each message is compressed.").to_owned()
        }
        (Transport::Sse, _) => say!(
            "One answer that never ends: the server adds to it. You speak by request, on another connection."
        )
        .to_owned(),
        (Transport::Webhook, _) => {
            say!("No browser: “you” are a server, too. Each tells the other by a request of its own.")
                .to_owned()
        }
        (Transport::Long, _) => {
            let hold = plain_seconds(scenario.hold);
            say!("Asks, and the server holds the question until it has news, {} at most.", hold)
        }
        (Transport::Six, Loop::Open) => {
            say!("Keeps up to six connections and asks every {}. The server may only answer.", every)
        }
        (Transport::Six, _) => say!("Up to six connections stay open; each message is a request.").to_owned(),
        (Transport::Persistent, Loop::Open) => {
            say!("Keeps one connection and asks every {}. The server may only answer.", every)
        }
        (Transport::Persistent, _) => {
            say!("One connection stays open; each message is a request.").to_owned()
        }
        (Transport::Close, Loop::Open) => {
            say!("Asks every {}, each time on a new connection. The server may only answer.", every)
        }
        (Transport::Close, _) => say!("Each message is a request on a connection of its own.").to_owned(),
        (Transport::Polling, Loop::Open) => {
            say!("Asks every {}: in a chat the same as persistent.", every)
        }
        (Transport::Polling, _) => say!("Even an answer is fetched by asking, every {}.", every),
    }
}
