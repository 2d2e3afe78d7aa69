//! The door to zlib, the largest thing that this crate is made of. A page that is split has it come with what takes
//! octets apart; until then nothing is compressed, which RFC 7692 section 6 always allows, and nothing inflates.

use std::fmt::Debug;

use flate2::{Compress, Compression, Decompress, DecompressError, FlushCompress, FlushDecompress, Status};
use late::Late;

/// Compresses a stream.
pub(super) trait Packs: Debug + Send + Sync {
    /// Reads some and writes some: how much of each.
    fn pack(&mut self, octets: &[u8], to: &mut [u8]) -> (usize, usize);
    /// Forgets what was packed.
    fn reset(&mut self);
}

/// Decompresses a stream.
pub(super) trait Unpacks: Debug + Send + Sync {
    /// Reads some and writes some: how much of each, and how it stands.
    fn unpack(&mut self, octets: &[u8], to: &mut [u8]) -> (usize, usize, Stands);
    /// Begins a block, with a window of what was there before; whether it can.
    fn restart(&mut self, window: &[u8]) -> bool;
}

/// How an unpacked stream stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stands {
    /// It goes on.
    Goes,
    /// A block said that it is the last.
    Ended,
    /// It is none, for this reason.
    Failed(Option<&'static str>),
}

struct Zlib {
    packs: fn(u8) -> Box<dyn Packs>,
    unpacks: fn() -> Box<dyn Unpacks>,
}

/// It has come. The part of a page that brings it is the one to call this.
pub fn come() {
    ZLIB.arrive(&ALL);
}

/// With a window of 2^`bits` octets, of 9 to 15.
pub(super) fn packs(bits: u8) -> Option<Box<dyn Packs>> {
    ZLIB.get().map(|it| (it.packs)(bits))
}

pub(super) fn unpacks() -> Option<Box<dyn Unpacks>> {
    ZLIB.get().map(|it| (it.unpacks)())
}

static ZLIB: Late<Zlib> = Late::of(&ALL);

static ALL: Zlib = Zlib {
    packs: |bits| Box::new(Compress::new_with_window_bits(Compression::new(LEVEL), false, bits)),
    unpacks: || Box::new(Decompress::new(false)),
};

impl Packs for Compress {
    fn pack(&mut self, octets: &[u8], to: &mut [u8]) -> (usize, usize) {
        let (read, written) = (self.total_in(), self.total_out());
        let status = self.compress(octets, to, FlushCompress::Sync);
        debug_assert!(status.is_ok(), "only a state that safe code cannot make is an error");
        ((self.total_in() - read) as usize, (self.total_out() - written) as usize)
    }

    fn reset(&mut self) {
        Compress::reset(self);
    }
}

impl Unpacks for Decompress {
    fn unpack(&mut self, octets: &[u8], to: &mut [u8]) -> (usize, usize, Stands) {
        let (read, written) = (self.total_in(), self.total_out());
        let stands = match self.decompress(octets, to, FlushDecompress::Sync) {
            Ok(Status::StreamEnd) => Stands::Ended,
            Ok(_) => Stands::Goes,
            Err(fault) => Stands::Failed(reason(&fault)),
        };
        ((self.total_in() - read) as usize, (self.total_out() - written) as usize, stands)
    }

    fn restart(&mut self, window: &[u8]) -> bool {
        self.reset(false);
        self.set_dictionary(window).is_ok()
    }
}

/// Of its reasons one alone is asked for.
fn reason(fault: &DecompressError) -> Option<&'static str> {
    fault.message().filter(|it| *it == PROBED).map(|_| PROBED)
}

/// How it complains of a block of the reserved type.
pub(super) const PROBED: &str = "invalid block type";

/// Pinned, because other levels find other matches: with it come out the octets that RFC 7692 section 7.2.3 prints.
const LEVEL: u32 = 6;
