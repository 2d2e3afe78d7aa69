//! The values of each enumeration in an order: what crosses is the place.

use trace::event::{Flight, Layer, Provenance, Source};
use wire::Sender;

/// The place of a value among all there are; beyond them all for one that is missing there, which nothing reads.
pub(super) fn number_of<T: PartialEq>(all: &[T], value: T) -> u8 {
    all.iter().position(|known| *known == value).unwrap_or(all.len()) as u8
}

pub(super) const SENDERS: [Sender; 2] = [Sender::Client, Sender::Server];
pub(super) const LAYERS: [Layer; 5] =
    [Layer::Tcp, Layer::Tls, Layer::Http, Layer::WebSocket, Layer::Application];
pub(super) const SOURCES: [Source; 3] = [Source::Simulated, Source::Browser, Source::Wire];
pub(super) const PROVENANCES: [Provenance; 5] = [
    Provenance::Simulated,
    Provenance::Measured,
    Provenance::Witnessed,
    Provenance::Reconstructed,
    Provenance::Imported,
];
pub(super) const FLIGHTS: [Flight; 5] = [
    Flight::ClientHello,
    Flight::ServerHello,
    Flight::ServerHelloResumed,
    Flight::ClientFinished,
    Flight::ServerFinished,
];
