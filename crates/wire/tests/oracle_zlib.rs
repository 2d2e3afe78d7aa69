//! Our inflater against zlib's: what either makes of a stream, whole or broken.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use proptest::{collection::vec, prelude::*};
use wire::{Rule, deflate::Inflater};

/// Raw DEFLATE of any kind of block, ended by a sync flush and without the octets that this leaves.
fn deflated(content: &[u8], level: u32, bits: u8) -> Vec<u8> {
    let mut octets = Vec::with_capacity(content.len() * 2 + 100);
    let mut zlib = Compress::new_with_window_bits(Compression::new(level), false, bits);
    zlib.compress_vec(content, &mut octets, FlushCompress::Sync).expect("room for all");
    assert!(octets.ends_with(&[0, 0, 0xff, 0xff]));
    octets.truncate(octets.len() - 4);
    octets
}

/// What zlib reads up to the end or a fault, unless it stops at a block that is marked as the last.
fn zlib(octets: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(1 << 20);
    let status = Decompress::new(false).decompress_vec(octets, &mut content, FlushDecompress::Sync);
    (!matches!(status, Ok(Status::StreamEnd))).then_some(content)
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 1..2000),
        "[a-f ]{1,3000}".prop_map(String::into_bytes),
        (vec(any::<u8>(), 1..60), 1..400_usize).prop_map(|(octets, times)| octets.repeat(times)),
        (vec(0..16_u8, 1..1500), 1..40_usize).prop_map(|(octets, times)| octets.repeat(times)),
    ]
}

proptest! {
    #[test]
    fn of_good_streams(content in content(), level in 0..=9_u32, bits in 9..=15_u8, sizes in given::sizes()) {
        let octets = deflated(&content, level, bits);
        let mut inflater = Inflater::new(false, Some(bits));
        let mut got = Vec::new();
        let mut to = |piece: &[u8]| { got.extend_from_slice(piece); Ok(()) };
        for piece in given::pieces(&octets, &sizes) {
            prop_assert_eq!(inflater.feed(piece, &mut to), Ok(()));
        }
        prop_assert_eq!(inflater.end(&mut to), Ok(()));
        prop_assert!(got == content);
    }

    /// As far as zlib reads, we read the same; and no further, for the octets that it waits for we wait for, too.
    #[test]
    fn of_broken_streams(octets in given::mutated((content(), 0..=9_u32).prop_map(|(content, level)| deflated(&content, level, 15)))) {
        let mut got = Vec::new();
        let result = Inflater::new(false, None).feed(&octets, &mut |piece| { got.extend_from_slice(piece); Ok(()) });
        prop_assert!(matches!(result, Ok(()) | Err(Rule::InflateFailed)));
        if let Some(content) = zlib(&octets) {
            prop_assert!(got == content, "{} octets, zlib {}", got.len(), content.len());
        }
    }
}
