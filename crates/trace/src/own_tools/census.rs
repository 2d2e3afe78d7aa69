use wire::{Opcode, Reader, Sender};

use crate::event::{Event, Kind, Source};
use crate::trace::Trace;

/// What the tap saw of a lane, counted.
#[derive(Default)]
pub(super) struct Census {
    /// Where its requests went, each port once.
    pub(super) ports: Vec<u16>,
    pub(super) connections: u32,
    pub(super) requests: u32,
    /// As DevTools name them: what follows the last slash. Numbers in a query do not tell rows apart.
    pub(super) targets: Vec<(String, u32)>,
    pub(super) statuses: Vec<(u16, u32)>,
    /// The first request's name and the octets of its answer.
    pub(super) first_answer: Option<(String, u64)>,
    /// Events of a stream.
    pub(super) events: u32,
    /// Whether a 101 came.
    pub(super) upgraded: bool,
    /// Frames, the client's and the server's.
    pub(super) frames: [u32; 2],
    /// Messages, likewise.
    pub(super) messages: [u32; 2],
    /// Close codes.
    pub(super) codes: Vec<(u16, u32)>,
    /// Octets on the connections, by who opened them and who was called.
    pub(super) octets: [u64; 2],
}

impl Census {
    /// `None` if the tap saw nothing.
    pub(super) fn of(trace: &Trace, lane: usize) -> Option<Self> {
        let own = |it: &&Event| usize::from(it.key.lane) == lane && it.source == Source::Wire;
        let mut census = Self::default();
        let mut asked = None;
        for event in trace.witnesses().iter().filter(own) {
            census.enter(event, &mut asked);
        }
        (census.requests > 0).then_some(census)
    }

    fn enter(&mut self, event: &Event, asked: &mut Option<String>) {
        let side = usize::from(event.key.sender == Sender::Server);
        self.octets[side] += event.octets.on_connection();
        match &event.kind {
            Kind::Accepted => self.connections += 1,
            Kind::Request { target, .. } => {
                self.requests += 1;
                let port = event.raw.as_deref().and_then(port);
                if let Some(port) = port.filter(|port| !self.ports.contains(port)) {
                    self.ports.push(port);
                }
                let path = target.split('?').next().unwrap_or_default();
                let name = path.rsplit('/').next().unwrap_or_default().to_owned();
                tally(&mut self.targets, name);
                let shown = target.rsplit('/').next().unwrap_or_default();
                asked.get_or_insert_with(|| shown.to_owned());
            }
            Kind::Response { status } => {
                tally(&mut self.statuses, *status);
                self.upgraded |= *status == 101;
                if self.first_answer.is_none() {
                    let size = event.octets.on_connection();
                    self.first_answer = asked.clone().map(|name| (name, size));
                }
            }
            Kind::Chunk => self.events += 1,
            Kind::Frame { opcode, code } => {
                self.frames[side] += 1;
                self.messages[side] += u32::from(matches!(opcode, Opcode::Text | Opcode::Binary));
                if let Some(code) = code {
                    tally(&mut self.codes, *code);
                }
            }
            _ => {}
        }
    }
}

fn tally<T: PartialEq>(all: &mut Vec<(T, u32)>, one: T) {
    match all.iter_mut().find(|(known, _)| *known == one) {
        Some((_, times)) => *times += 1,
        None => all.push((one, 1)),
    }
}

/// The port that a request names in its Host field.
fn port(request: &[u8]) -> Option<u16> {
    let mut reader = Reader::new(Sender::Client);
    reader.feed(request);
    let unit = reader.poll()?.ok()?;
    let host = unit.request()?.fields.get("host")?;
    let (_, port) = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).unwrap_or(("", "80"));
    port.parse().ok()
}
