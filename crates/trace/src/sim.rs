//! The simulator: two `wire` endpoints, a virtual link, a virtual clock.
//!
//! No sleeps and no randomness but a seed: equal scenarios give equal traces, natively and in wasm.
//! Each endpoint writes real octets and reads the other's with the same codec that reads taps.
//!
//! The model, and what it leaves out: a connection starts with SYN, SYN+ACK, ACK (one round trip
//! before the client may send); each direction is a pipe of fixed rate and delay; an IPv4 and a TCP
//! header of 20 octets each precede every 1,460 octets; every second segment and each last one is
//! acknowledged, on the back of an answer where one leaves at that moment. No loss, no slow start,
//! no TLS, no think time. Acknowledgements take no time on the link. Read [`World`] first, then
//! [`client`] and [`server`].

mod client;
mod course;
mod line;
mod link;
mod nonce;
mod parcel;
mod server;
mod socket;
mod stream;
mod webhook;
mod world;

use crate::scenario::{Scenario, Speaker, Transport};
use crate::trace::{Lane, Trace};
use world::World;

pub use link::{CONNECTION_HEADERS, MSS, Pipe, SEGMENT_HEADERS};

/// Plays every lane of `scenario` from zero until it falls silent.
pub fn simulate(scenario: &Scenario) -> Trace {
    let lanes: Vec<Lane> = scenario.lanes.iter().map(|&transport| Lane { transport }).collect();
    let events = (0..).zip(&scenario.lanes).flat_map(|(lane, &transport)| run(scenario, lane, transport));
    Trace::new(lanes, events.collect(), scenario.script().len() as u32)
}

fn run(scenario: &Scenario, lane: u8, transport: Transport) -> Vec<crate::event::Event> {
    let world = World::new(lane, scenario);
    match transport {
        Transport::WebSocket | Transport::Deflate => world.play(
            &mut socket::Client::new(scenario, transport),
            &mut socket::Server::new(scenario, transport),
        ),
        Transport::Webhook => world.play(
            &mut webhook::Peer::new(scenario, Speaker::You),
            &mut webhook::Peer::new(scenario, Speaker::Server),
        ),
        _ => world.play(
            &mut client::Client::new(scenario, transport),
            &mut server::Server::new(scenario, transport),
        ),
    }
}
