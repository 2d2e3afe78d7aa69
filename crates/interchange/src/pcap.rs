//! Captures of packets: pcap and pcapng in, pcapng out.
//!
//! What goes out has the octets of the trace at their times. The headers of TCP and IP around them are made
//! up, and so are acknowledgements, and the segments that open and end a connection where nobody saw any; the
//! file's comment says so. TLS is left out: what is shown here is what it carries.

mod assemble;
mod blocks;
mod link;
mod write;

use tongue::say;

pub use blocks::is;
pub use write::write;

use crate::conversation;
use crate::problem::{LIMIT, Place, Problem, Refusal};
use crate::run::{Imported, Run};
use link::Other;

/// Reads a capture.
///
/// # Errors
/// If nothing of it can be shown.
pub fn read(name: &str, file: &[u8], progress: &mut dyn FnMut(f32)) -> Result<Imported, Refusal> {
    if file.len() as u64 > LIMIT {
        return Err(Refusal::TooLarge(file.len() as u64));
    }
    let mut problems = Vec::new();
    let packets = blocks::packets(file, &mut problems)?;
    let zero = packets.iter().map(|packet| packet.at).min().unwrap_or(0);
    let mut assembly = assemble::Assembly::default();
    let (mut others, mut fragments, mut cut, mut links) = (0_u64, 0_u64, 0_u64, None);
    for (place, packet) in packets.iter().enumerate() {
        if place % PACKETS_A_STEP == 0 {
            progress(place as f32 / packets.len() as f32 * 0.8);
        }
        match link::segment(packet.link, packet.octets) {
            Ok(segment) => {
                cut += u64::from(segment.short);
                assembly.take((packet.at - zero) / 1_000, packet.number, &segment);
            }
            Err(Other::Something) => others += 1,
            Err(Other::Fragment) => fragments += 1,
            Err(Other::Cut) => cut += 1,
            Err(Other::Link(link)) => links = Some((link, packet.number)),
        }
    }
    let mut tell = |place, why| problems.push(Problem { place, why });
    if let Some((link, number)) = links {
        tell(Place::Packet(number), say!("its link is of type {}, which is not read here", link));
    }
    if fragments > 0 {
        tell(Place::Whole, say!("{} parts of IP packets that were cut up are left out", fragments));
    }
    if cut > 0 {
        tell(
            Place::Whole,
            say!("of {} packets only a part was captured: capture with no limit on their size", cut),
        );
    }
    let connections = assembly.connections(&mut problems);
    progress(0.9);
    let run: Option<Run> = conversation::run(name, connections, &mut problems);
    let told = || problems.first().map_or_else(|| nothing(packets.len(), others), ToString::to_string);
    let run = run.ok_or_else(|| Refusal::Empty(told()))?;
    progress(1.0);
    Ok(Imported { run, problems })
}

fn nothing(packets: usize, others: u64) -> String {
    say!("It holds {} packets, {} of them not TCP.", packets, others)
}

/// How many packets are read between two reports.
const PACKETS_A_STEP: usize = 4_096;
