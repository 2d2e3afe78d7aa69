//! Which connection each exchange was on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use trace::event::Layer;
use trace::scenario::Transport;
use wire::Sender;

use super::exchange::Exchange;
use crate::lanes::Talk;

/// The connections of a file. Where it does not tell them apart, an exchange takes the one of its far end that
/// has been free for longest, and a new one if none is: as browsers do.
pub(super) fn talks(mut exchanges: Vec<Exchange>) -> Vec<Talk> {
    exchanges.sort_by_key(|exchange| exchange.span.0);
    let mut talks: Vec<Talk> = Vec::new();
    let mut units: Vec<[u32; 2]> = Vec::new();
    let mut named: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut free: BTreeMap<String, BinaryHeap<Reverse<(u64, usize)>>> = BTreeMap::new();
    for exchange in exchanges {
        let Exchange { to, connection, span, transport, answered, events, .. } = exchange;
        let place = match connection {
            // A connection that switched carries nothing else from then on; and after a request without an
            // answer the next answer would be taken for its own.
            _ if !transport.is_http() || !answered => talks.len(),
            Some(name) => *named.entry((to.clone(), name)).or_insert(talks.len()),
            None => {
                let free = free.entry(to.clone()).or_default();
                let place = match free.peek() {
                    Some(&Reverse((since, place))) if since <= span.0 => {
                        free.pop();
                        place
                    }
                    _ => talks.len(),
                };
                if transport != Transport::Close {
                    free.push(Reverse((span.1, place)));
                }
                place
            }
        };
        if place == talks.len() {
            talks.push(Talk { to, hosts: None, transport, events: Vec::new() });
            units.push([0; 2]);
        }
        let (Some(talk), Some(units)) = (talks.get_mut(place), units.get_mut(place)) else { continue };
        if talk.transport == Transport::Persistent {
            talk.transport = transport;
        }
        for mut event in events {
            let unit = &mut units[usize::from(event.key.sender == Sender::Server)];
            if event.travels() && event.layer != Layer::Tcp {
                event.key.unit = *unit;
                *unit += 1;
            }
            talk.events.push(event);
        }
    }
    talks
}
