//! News that waits: a hatched box on the lifeline of whoever has something to say and may not.

use super::{TimeMap, Viewport};
use crate::decimal::held;
use crate::trace::Trace;

/// One stretch of waiting; messages that wait together share it.
#[derive(Clone, PartialEq, Debug)]
pub struct Wait {
    /// The lifeline.
    pub x: f64,
    /// Top and bottom.
    pub y: [f64; 2],
    /// From and to, in microseconds.
    pub time: [u64; 2],
    /// Whether it is the server that waits.
    pub server: bool,
    /// How many messages wait at the end of it.
    pub messages: usize,
}

impl Wait {
    /// How long the first of them waits, in microseconds.
    pub fn duration(&self) -> u64 {
        self.time[1] - self.time[0]
    }
}

pub(super) fn waits(trace: &Trace, lane: usize, map: &TimeMap, viewport: Viewport) -> Vec<Wait> {
    let mut waits: Vec<Wait> = Vec::new();
    // Passages come in the order in which they were said: only the last box of a side can be open.
    let mut last = [None, None];
    let end = trace.lane_end(lane);
    for passage in trace.passages(lane).iter() {
        let left = passage.left.unwrap_or(end);
        let server = passage.speaker == wire::Sender::Server;
        let y = [map.y(passage.said), map.y(left)];
        if y[1] - y[0] < WORTH_DRAWING {
            continue;
        }
        let open = last[usize::from(server)].and_then(|last: usize| waits.get_mut(last));
        if let Some(wait) = open.filter(|wait| wait.time[1] > passage.said) {
            wait.time[1] = wait.time[1].max(left);
            wait.y[1] = wait.y[1].max(y[1]);
            wait.messages += 1;
            continue;
        }
        last[usize::from(server)] = Some(waits.len());
        let x = viewport.end_of(passage.speaker);
        waits.push(Wait { x, y, time: [passage.said, left], server, messages: 1 });
    }
    waits.retain(|wait| wait.y[1] > 0.0 && wait.y[0] < viewport.height);
    for wait in &mut waits {
        wait.y = wait.y.map(|y| held(y, 0.0, viewport.height));
    }
    waits
}

/// Shorter waits are a matter of octets leaving, not of turns.
const WORTH_DRAWING: f64 = 6.0;
