//! WebDriver BiDi, as much of it as the tests ask Firefox for: commands, and the errors in its log.

use std::net::TcpStream;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tungstenite::{Message, WebSocket};

/// A connection. Commands are answered one after another.
#[derive(Debug)]
pub(crate) struct Bidi {
    orders: Sender<Order>,
    events: Events,
}

/// Events that nobody has taken yet.
type Events = Arc<Mutex<Vec<Value>>>;

#[derive(Debug)]
struct Order {
    method: &'static str,
    params: Value,
    answer: oneshot::Sender<Result<Value>>,
}

impl Bidi {
    /// Connects to the URL that the driver names as `webSocketUrl`.
    ///
    /// # Errors
    /// If nobody is there.
    pub(crate) fn connect(url: &str) -> Result<Self> {
        let address = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let address = address.with_context(|| format!("{url} is no address for BiDi"))?;
        let stream = TcpStream::connect(address).with_context(|| format!("no BiDi at {address}"))?;
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(url, stream).map_err(|error| anyhow!("no BiDi: {error}"))?;
        let (orders, ordered) = mpsc::channel();
        // A thread of its own, because a read from this socket blocks.
        let events = Events::default();
        let kept = Arc::clone(&events);
        thread::spawn(move || serve(socket, &ordered, &kept));
        Ok(Self { orders, events })
    }

    /// Sends a command and waits for what it gives.
    ///
    /// # Errors
    /// If the browser refuses it or is gone.
    pub(crate) async fn send(&self, method: &'static str, params: Value) -> Result<Value> {
        let (answer, answered) = oneshot::channel();
        let gone = || format!("{method}: the browser is gone");
        self.orders.send(Order { method, params, answer }).map_err(|_| anyhow!(gone()))?;
        answered.await.with_context(gone)?
    }

    /// The events that came before the last answer, and were not taken before.
    pub(crate) fn take_events(&self) -> Vec<Value> {
        std::mem::take(&mut self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Carries out orders until nobody gives any or the browser is gone.
fn serve(mut socket: WebSocket<TcpStream>, ordered: &Receiver<Order>, events: &Events) {
    for (order, id) in ordered.iter().zip(1_u64..) {
        let answer = ask(&mut socket, id, &order, events);
        // Whoever asked may have stopped waiting.
        let _ = order.answer.send(answer);
    }
}

fn ask(socket: &mut WebSocket<TcpStream>, id: u64, order: &Order, events: &Events) -> Result<Value> {
    let Order { method, params, .. } = order;
    let command = json!({"id": id, "method": method, "params": params});
    socket.send(Message::text(command.to_string()))?;
    loop {
        let Message::Text(text) = socket.read()? else { continue };
        let mut message: Value = serde_json::from_str(&text)?;
        if message["type"] == "event" {
            events.lock().unwrap_or_else(PoisonError::into_inner).push(message);
        } else if message["id"] == id {
            if message["type"] == "error" {
                bail!("{method} {params}: {}: {}", message["error"], message["message"]);
            }
            return Ok(message["result"].take());
        }
    }
}
