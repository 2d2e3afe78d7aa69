//! The octets of TLS, written out: what each handshake sends, what each record adds.

use trace::scenario::Tls;

/// What TLS adds to a unit: so much for each record of 16 KB.
pub(crate) fn sealing(tls: Tls, octets: u64) -> u64 {
    let records = if octets == 0 { 1 } else { (octets - 1) / 16_384 + 1 };
    let each = match tls {
        Tls::Off => 0,
        Tls::V12 => 29,
        Tls::V13 | Tls::Resumed => 22,
    };
    records * each
}

/// The flights of the handshake in turn, the first of them from the side that opened the connection.
pub(crate) fn flights(tls: Tls) -> &'static [u64] {
    match tls {
        Tls::Off => &[],
        Tls::V12 => &[1_737, 2_738, 93, 51],
        Tls::V13 => &[1_737, 3_919, 64],
        Tls::Resumed => &[1_962, 1_306, 64],
    }
}
