//! What travels: a band whose height is size over bandwidth, with an arrow head at its end.

use wire::Sender;

use super::{TimeMap, Viewport};
use crate::event::{Event, Kind, Layer, Provenance, Stamp};

/// How a band is told from the others, besides its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// TCP: grey, thin.
    Tcp,
    /// TLS: the handshake.
    Tls,
    /// Carries an application message.
    Message,
    /// Asks, or answers, or ends, and carries none.
    Bare,
}

impl Tone {
    /// The word that styles know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Message => "message",
            Self::Bare => "bare",
        }
    }
}

/// One unit under way.
#[derive(Clone, PartialEq, Debug)]
pub struct Band {
    /// Index of the event in the trace.
    pub event: usize,
    /// What it is told by.
    pub tone: Tone,
    /// Whether the client sent it.
    pub upward: bool,
    /// Height of departure, first octet and last.
    pub from: [f64; 2],
    /// Height of arrival, first octet and last.
    pub to: [f64; 2],
    /// Where it starts and where it ends.
    pub x: [f64; 2],
    /// Whether departure or arrival was seen by nobody.
    pub unseen: [bool; 2],
    /// Whether it is lost: it ends in mid-air.
    pub lost: bool,
}

impl Band {
    pub(super) fn new(index: usize, event: &Event, map: &TimeMap, viewport: Viewport) -> Self {
        let times = &event.times;
        let y = |first: Option<Stamp>, last: Option<Stamp>, else_at: u64| {
            let first = first.or(last).map_or(else_at, |stamp| stamp.at);
            let last = last.map_or(first, |stamp| stamp.at).max(first);
            let (top, bottom) = (map.y(first), map.y(last));
            [top, bottom.max(top + thickness(event))]
        };
        let upward = event.key.sender == Sender::Client;
        let (client, server) = (viewport.client(), viewport.server());
        // What is lost vanishes half way.
        let half_way = match event.kind {
            Kind::Lost { at, .. } => Some(((client + server) / 2.0, at)),
            _ => None,
        };
        let mut to = y(times.received_first, times.received_last, event.end());
        if let Some((_, at)) = half_way {
            let last = Stamp { at, from: Provenance::Simulated };
            let first = Stamp { at: at - (event.times.sent() - event.start()), ..last };
            to = y(Some(first), Some(last), at);
        }
        let [near, far] = if upward { [client, server] } else { [server, client] };
        Self {
            event: index,
            tone: tone(event),
            upward,
            from: y(times.sent_first, times.sent_last, event.start()),
            to,
            x: [near, half_way.map_or(far, |(x, _)| x)],
            unseen: [
                times.sent_first.or(times.sent_last).is_none(),
                half_way.is_none() && times.received_first.or(times.received_last).is_none(),
            ],
            lost: half_way.is_some(),
        }
    }

    /// The four corners, for an SVG polygon.
    pub fn corners(&self) -> [(f64, f64); 4] {
        let [x0, x1] = self.x;
        [(x0, self.from[0]), (x1, self.to[0]), (x1, self.to[1]), (x0, self.from[1])]
    }

    /// Heights of its upper and lower edge at `x`.
    pub(super) fn at(&self, x: f64) -> (f64, f64) {
        let part = (x - self.x[0]) / (self.x[1] - self.x[0]);
        (self.from[0] + (self.to[0] - self.from[0]) * part, self.from[1] + (self.to[1] - self.from[1]) * part)
    }
}

fn tone(event: &Event) -> Tone {
    match (event.layer, event.carries.is_empty()) {
        (Layer::Tcp, _) => Tone::Tcp,
        (Layer::Tls, _) => Tone::Tls,
        (_, false) => Tone::Message,
        _ if matches!(event.kind, Kind::Request { .. }) => Tone::Message,
        _ => Tone::Bare,
    }
}

/// No band is thinner than this, however fast the link.
pub(super) fn thickness(event: &Event) -> f64 {
    if event.layer == Layer::Tcp { 1.6 } else { 2.8 }
}
