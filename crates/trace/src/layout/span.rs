//! Connections: from the moment at which they may be used to their end.

use super::{TimeMap, Viewport};
use crate::decimal::held;
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
    // Where each connection is in `spans`; connections of a lane are counted from 0.
    let mut places: Vec<Option<usize>> = Vec::new();
    for event in trace.lane(lane) {
        let connection = usize::from(event.key.connection);
        places.resize(places.len().max(connection + 1), None);
        let x = [viewport.client(), viewport.server()];
        let known = places[connection].and_then(|place| spans.get_mut(place));
        match (&event.kind, known) {
            (Kind::Established | Kind::Accepted, None) => {
                let y = [map.y(event.start()), map.y(trace.end())];
                places[connection] = Some(spans.len());
                spans.push(Span { connection: event.key.connection, y, duplex: None, x });
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
    spans.retain(|span| span.y[1] >= 0.0 && span.y[0] <= viewport.height);
    for span in &mut spans {
        span.y = span.y.map(|y| held(y, 0.0, viewport.height));
        span.duplex = span.duplex.filter(|&y| y <= span.y[1]).map(|y| y.max(0.0));
    }
    if spans.len() > super::MOST_MARKS { joined(spans) } else { spans }
}

/// More connections than lines of the picture: those that nearly touch are drawn as one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.y[0] <= last.y[1] + NEARLY) {
            Some(last) => {
                last.y[1] = last.y[1].max(span.y[1]);
                last.duplex = last.duplex.or(span.duplex);
            }
            None => joined.push(span),
        }
    }
    joined
}

/// Ends closer than this cannot be told apart.
const NEARLY: f64 = 1.0;
