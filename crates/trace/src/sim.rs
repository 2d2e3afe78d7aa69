//! The simulator: two `wire` endpoints, a virtual link, a virtual clock.
//!
//! No sleeps and no randomness but a seed: equal scenarios give equal traces, natively and in wasm.
//! Each endpoint writes real octets and reads the other's with the same codec that reads taps.
//!
//! The model. A connection starts with SYN, SYN+ACK, ACK (one round trip before the side that opened it
//! may send), then with the flights of TLS, if there is TLS ([`tls`]). Each unit is cut into segments of its
//! own, an IPv4 and a TCP header of 20 octets before each; each direction is a pipe of fixed rate and delay,
//! and of jitter that lets nothing overtake ([`link`]). What may be under way starts at the initial window
//! and grows with each acknowledgement; what is lost is sent again after three later arrivals or a time-out,
//! and what comes behind it waits ([`tcp`], [`timeout`]). Acknowledgements ride on the back of an answer
//! where one leaves at that moment.
//!
//! A server thinks before it answers: before a response, whether it says anything or not, and before
//! whatever else it sends because of what it was told just then, be it a frame, a piece of a stream or a
//! request of its own. What it says of its own accord, and what the clock makes it send, leaves at once; but
//! on one connection nothing overtakes what it still thinks about. Of two servers each does so.
//!
//! A proxy beside the side that accepted a connection may cut it when it is silent ([`World`]). Whoever
//! opened it then opens another as soon as there is need to. A question may be asked once more; what waits
//! for news, a held question or a stream, is asked for anew as long as the visitor stays; a `POST` is never
//! repeated, and a WebSocket stays closed. What cannot be made good is an event of its own.
//!
//! What the model leaves out: acknowledgements take no time on the link, wait for nothing on it, are
//! never late and never lost, nor does the handshake's third segment get lost; so nothing is ever sent
//! twice without need. Segments of two units are never joined, and no receiver's window is ever full.
//! Routers queue without end and drop by chance only. No congestion window shrinks by standing idle, no tail
//! loss probe (RFC 8985), no early acknowledgement of congestion (RFC 3168), no TCP options but MSS, no DNS,
//! no Path MTU discovery. A connection that cannot get through never gives up. Of the TLS of two servers the
//! sizes are those of a browser's. A page opens an `EventSource` anew at once, where a
//! browser by itself would wait some seconds (HTML Standard section 9.2.3).
//!
//! Read [`World`] first, then [`client`] and [`server`].

pub(crate) mod chance;
mod client;
mod course;
mod line;
mod link;
mod nonce;
mod parcel;
mod server;
mod socket;
mod stream;
mod tcp;
mod timeout;
mod tls;
mod webhook;
mod world;

use crate::event::Event;
use crate::heads::Caller;
use crate::scenario::{Scenario, Speaker, Transport};
use crate::trace::{Lane, Trace};
use world::World;

pub use link::{CONNECTION_HEADERS, MSS, SEGMENT_HEADERS};

/// Plays every lane of `scenario` from zero until it falls silent.
pub fn simulate(scenario: &Scenario) -> Trace {
    let lanes: Vec<Lane> = scenario.lanes.iter().copied().map(Lane::from).collect();
    let caller = Caller::of(scenario);
    let events = (0..)
        .zip(&scenario.lanes)
        .flat_map(|(lane, &transport)| play(scenario, lane, transport, caller.clone()));
    Trace::new(lanes, events.collect(), scenario.script().len() as u32)
}

/// Plays one lane of `scenario`, with requests made by `caller`.
pub(crate) fn play(scenario: &Scenario, lane: u8, transport: Transport, caller: Caller) -> Vec<Event> {
    let world = World::new(lane, scenario);
    match transport {
        Transport::WebSocket | Transport::Deflate => world.play(
            &mut socket::Client::new(scenario, transport, caller),
            &mut socket::Server::new(scenario, transport),
        ),
        Transport::Webhook => world.play(
            &mut webhook::Peer::new(scenario, Speaker::You),
            &mut webhook::Peer::new(scenario, Speaker::Server),
        ),
        _ => world.play(
            &mut client::Client::new(scenario, transport, caller),
            &mut server::Server::new(scenario, transport),
        ),
    }
}
