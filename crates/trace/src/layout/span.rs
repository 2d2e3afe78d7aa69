//! Connections: from the moment at which they may be used to their end.

use super::{TimeMap, Viewport};
use crate::event::Kind;
use crate::trace::Trace;

/// One connection's life between the two lifelines.
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    /// Which connection of the lane.
    pub connection: u16,
    /// Top and bottom.
    pub y: [f64; 2],
    /// Since when either side may speak unasked, if ever: the 101 has arrived.
    pub duplex: Option<f64>,
    /// Both lifelines.
    pub x: [f64; 2],
}

pub(super) fn spans(trace: &Trace, lane: usize, map: &TimeMap, viewport: Viewport) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for event in trace.lane(lane) {
        let connection = event.key.connection;
        let x = [viewport.client(), viewport.server()];
        let known = spans.iter_mut().rfind(|span| span.connection == connection);
        match (&event.kind, known) {
            (Kind::Established | Kind::Accepted, None) => {
                let y = [map.y(event.start()), map.y(trace.end())];
                spans.push(Span { connection, y, duplex: None, x });
            }
            (Kind::Response { status: 101 }, Some(span)) => span.duplex = Some(map.y(event.end())),
            (
                Kind::Fin | Kind::Reset | Kind::EndOfStream | Kind::Frame { opcode: wire::Opcode::Close, .. },
                Some(span),
            ) => {
                span.y[1] = span.y[1].min(map.y(event.start()));
            }
            _ => {}
        }
    }
    spans.truncate(super::MOST_BANDS);
    spans
}
