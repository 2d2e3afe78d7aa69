//! The simulator: two `wire` endpoints, a virtual link, a virtual clock.
//!
//! No sleeps and no randomness but a seed: equal scenarios give equal traces, natively and in wasm.
//! Each endpoint writes real octets and reads the other's with the same codec that reads taps.
//!
//! The model. A connection starts with SYN, SYN+ACK, ACK (one round trip before the client may send),
//! then with the flights of TLS, if there is TLS ([`tls`]). Each unit is cut into segments of its own, an
//! IPv4 and a TCP header of 20 octets before each; each direction is a pipe of fixed rate and delay, and of
//! jitter that lets nothing overtake ([`link`]). What may be under way starts at the initial window and
//! grows with each acknowledgement; what is lost is sent again after three later arrivals or a time-out,
//! and what comes behind it waits ([`tcp`], [`timeout`]). Acknowledgements ride on the back of an answer
//! where one leaves at that moment. The server may think, a proxy beside it may cut what is silent.
//!
//! What the model leaves out: acknowledgements take no time on the link, wait for nothing on it, are
//! never late and never lost, nor does the handshake's third segment get lost; so nothing is ever sent twice without need. Segments
//! of two units are never joined, and no receiver's window is ever full. Routers queue without end and drop
//! by chance only. No congestion window shrinks by standing idle, no tail loss probe (RFC 8985), no early
//! acknowledgement of congestion (RFC 3168), no TCP options but MSS, no DNS, no Path MTU discovery.
//! A connection that cannot get through never gives up.
//!
//! Read [`World`] first, then [`client`] and [`server`].

mod chance;
mod client;
mod link;
mod nonce;
mod parcel;
mod server;
mod socket;
mod tcp;
mod timeout;
mod tls;
mod world;

use crate::scenario::{Scenario, Transport};
use crate::trace::{Lane, Trace};
use world::World;

pub use link::{CONNECTION_HEADERS, MSS, SEGMENT_HEADERS};

/// Plays every lane of `scenario` from zero until it falls silent.
pub fn simulate(scenario: &Scenario) -> Trace {
    let lanes: Vec<Lane> = scenario.lanes.iter().map(|&transport| Lane { transport }).collect();
    let events = (0..).zip(&scenario.lanes).flat_map(|(lane, &transport)| run(scenario, lane, transport));
    Trace::new(lanes, events.collect(), scenario.script().len() as u32)
}

fn run(scenario: &Scenario, lane: u8, transport: Transport) -> Vec<crate::event::Event> {
    let world = World::new(lane, scenario);
    if transport.is_http() {
        world.play(
            &mut client::Client::new(scenario, transport),
            &mut server::Server::new(scenario, transport),
        )
    } else {
        world.play(&mut socket::Client::new(scenario), &mut socket::Server::new(scenario))
    }
}
