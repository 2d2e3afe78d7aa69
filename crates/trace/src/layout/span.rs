//! Connections: from the moment at which they may be used to their end.

use std::collections::BTreeMap;

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
    let mut spans: BTreeMap<u16, Span> = BTreeMap::new();
    for event in trace.lane(lane) {
        let connection = event.key.connection;
        let x = [viewport.client(), viewport.server()];
        match event.kind {
            Kind::Established | Kind::Accepted => {
                let y = map.y(event.start());
                let bottom = map.y(trace.end());
                spans.entry(connection).or_insert(Span { connection, y: [y, bottom], duplex: None, x });
            }
            Kind::Response { status: 101 } => {
                if let Some(span) = spans.get_mut(&connection) {
                    span.duplex = Some(map.y(event.end()));
                }
            }
            Kind::Frame { opcode: wire::Opcode::Close, .. } => {
                if let Some(span) = spans.get_mut(&connection) {
                    span.y[1] = span.y[1].min(map.y(event.start()));
                }
            }
            Kind::Fin | Kind::EndOfStream => {
                if let Some(span) = spans.get_mut(&connection) {
                    span.y[1] = span.y[1].min(map.y(event.start()));
                }
            }
            _ => {}
        }
    }
    spans.into_values().collect()
}
