//! A hash of everything that a run says: whoever has it can tell that nothing was changed afterwards.

use std::fmt::Write;

use wire::handshake::sha1;

use crate::trace::Trace;

/// SHA-1 (RFC 3174) over who sends what when, and every octet of it, in hexadecimal.
pub(super) fn seal(trace: &Trace) -> String {
    let mut all = Vec::new();
    for event in trace.events() {
        let (key, times, octets) = (&event.key, &event.times, &event.octets);
        let sent = [times.sent_first, times.sent_last, times.received_first, times.received_last];
        let sender = u64::from(key.sender == wire::Sender::Server);
        let numbers = [
            u64::from(key.lane),
            u64::from(key.connection),
            sender,
            u64::from(key.unit),
            octets.on_connection(),
            octets.total(),
        ];
        let times = sent.map(|stamp| stamp.map_or(u64::MAX, |stamp| stamp.at));
        all.extend(times.into_iter().chain(numbers).flat_map(u64::to_be_bytes));
        all.extend(event.raw.iter().flat_map(|raw| raw.iter()));
        all.extend(event.carries.iter().flat_map(|message| message.id.to_be_bytes()));
    }
    sha1(&all).iter().fold(String::new(), |mut hex, octet| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{octet:02x}");
        hex
    })
}
