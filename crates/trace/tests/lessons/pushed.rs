//! What Ben says unasked over one connection that is open, one segment each: when it leaves, arrives and is
//! heard, and when a lost one is sent again.

use trace::scenario::{Scenario, Speaker};

use super::form;

/// One message of Ben's.
pub(crate) struct Pushed {
    pub(crate) text: String,
    pub(crate) said: u64,
    /// When its first octet left, the first time.
    pub(crate) left: u64,
    /// When the receiving TCP had it, and when the reader.
    pub(crate) arrived: u64,
    pub(crate) heard: u64,
    /// When it left again, if it was lost.
    pub(crate) again: Option<u64>,
}

/// All of them, where the segment of message `lost` is lost once and `size` tells the octets of one: its
/// place and its length. Three later segments tell of the loss (RFC 5681 section 3.2), or after a second the
/// time-out (RFC 6298 rule 2.4: no round trip here is so long that more is needed).
pub(crate) fn pushed(s: &Scenario, lost: Option<usize>, size: fn(u64, u64) -> u64) -> Vec<Pushed> {
    let mut said: Vec<(u64, &str)> = s.added.iter().map(|it| (it.at, it.text.as_str())).collect();
    said.sort_by_key(|it| it.0);
    assert!(s.messages == 0 && s.added.iter().all(|it| it.from == Speaker::Server));
    let back = s.network.round_trip / 2;
    let (mut free, mut pushed) = (0, Vec::new());
    for (place, (at, text)) in (0..).zip(said) {
        let left = at.max(free);
        free = left + form::leaves(s, size(place, text.len() as u64) + 40);
        let arrived = free + back;
        pushed.push(Pushed { text: text.to_owned(), said: at, left, arrived, heard: 0, again: None });
    }
    if let Some(lost) = lost {
        let third = pushed.get(lost + 3).map(|it| it.arrived + back);
        let gone = &mut pushed[lost];
        let took = gone.arrived - back - gone.left;
        let again = third.unwrap_or(gone.left + took + 1_000_000);
        gone.again = Some(again);
        gone.arrived = again + took + back;
    }
    let mut heard = 0;
    for it in &mut pushed {
        heard = it.arrived.max(heard);
        it.heard = heard;
    }
    pushed
}

/// Octets of a frame from a server (RFC 6455 section 5.2).
pub(crate) fn frame(_: u64, length: u64) -> u64 {
    form::header(length) + length
}

/// Octets of an event in a chunk of its own: its id counts from 1 (HTML Standard section 9.2.5; RFC 9112
/// section 7.1).
pub(crate) fn chunk(place: u64, length: u64) -> u64 {
    let event = "id: \ndata: \n\n".len() as u64 + form::digits(place + 1) + length;
    event + format!("{event:x}").len() as u64 + 4
}

/// How long each message waited that had arrived behind a gap.
pub(crate) fn held_back(pushed: &[Pushed]) -> Vec<u64> {
    pushed.iter().map(|it| it.heard - it.arrived).filter(|&waited| waited > 0).collect()
}

/// The longest that any took from mouth to ear.
pub(crate) fn oldest(pushed: &[Pushed]) -> u64 {
    pushed.iter().map(|it| it.heard - it.said).max().expect("a message")
}
