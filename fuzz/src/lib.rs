//! What must hold for any octets: the properties that the fuzz targets, and the native tests on what they found,
//! have in common. Each `hold` takes the octets of one input and panics if a property does not hold.

pub mod deflate;
pub mod dissector;
pub mod frames;
pub mod heads;

pub mod bound;
pub mod unit;

mod cuts;
mod stream;
