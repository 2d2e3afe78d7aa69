//! TLS as sizes and round trips: which flight follows which, how large each is, and what a record adds.
//!
//! The sizes are a model of one handshake of a browser of today: X25519MLKEM768 offered, an ECDSA P-256
//! certificate and one above it, AES-128-GCM with SHA-256, ALPN `http/1.1`. Left out: session tickets,
//! early data, alerts (`close_notify` too), a HelloRetryRequest, and the time that the arithmetic takes.

use crate::event::Flight;
use crate::scenario::Tls;

/// The flight with which the other side answers `flight`, if it has to.
pub(super) fn answer(tls: Tls, flight: Flight) -> Option<Flight> {
    match (flight, tls) {
        (Flight::ClientHello, Tls::Resumed) => Some(Flight::ServerHelloResumed),
        (Flight::ClientHello, _) => Some(Flight::ServerHello),
        (Flight::ServerHello | Flight::ServerHelloResumed, _) => Some(Flight::ClientFinished),
        (Flight::ClientFinished, Tls::V12) => Some(Flight::ServerFinished),
        (Flight::ClientFinished | Flight::ServerFinished, _) => None,
    }
}

/// Whether the client may send what it has to say once `flight` has arrived and been answered: in
/// TLS 1.2 after two round trips (RFC 5246 figure 1), in TLS 1.3 after one (RFC 8446 figure 1).
pub(super) fn opens(tls: Tls, flight: Flight) -> bool {
    match flight {
        Flight::ServerHello => tls != Tls::V12,
        Flight::ServerHelloResumed | Flight::ServerFinished => true,
        Flight::ClientHello | Flight::ClientFinished => false,
    }
}

/// Octets of a flight, record headers included.
pub(super) fn size(tls: Tls, flight: Flight) -> u64 {
    let sealed = |content: u64| content + record(tls);
    match flight {
        Flight::ClientHello if tls == Tls::Resumed => HEADER + CLIENT_HELLO + PRE_SHARED_KEY,
        Flight::ClientHello => HEADER + CLIENT_HELLO,
        Flight::ServerHello if tls == Tls::V12 => {
            HEADER + SERVER_HELLO_12 + CERTIFICATES + SERVER_KEY_EXCHANGE + SERVER_HELLO_DONE
        }
        Flight::ServerHello => {
            let encrypted = ENCRYPTED_EXTENSIONS + CERTIFICATES + CERTIFICATE_VERIFY + FINISHED_13;
            HEADER + SERVER_HELLO_13 + CHANGE_CIPHER_SPEC + sealed(encrypted)
        }
        Flight::ServerHelloResumed => {
            let hello = HEADER + SERVER_HELLO_13 + SELECTED_IDENTITY;
            hello + CHANGE_CIPHER_SPEC + sealed(ENCRYPTED_EXTENSIONS + FINISHED_13)
        }
        Flight::ClientFinished if tls == Tls::V12 => {
            HEADER + CLIENT_KEY_EXCHANGE + CHANGE_CIPHER_SPEC + sealed(FINISHED_12)
        }
        Flight::ClientFinished => CHANGE_CIPHER_SPEC + sealed(FINISHED_13),
        Flight::ServerFinished => CHANGE_CIPHER_SPEC + sealed(FINISHED_12),
    }
}

/// Octets that TLS adds to `content` octets written at once: each record holds 2^14 at most (RFC 8446
/// section 5.1, RFC 5246 section 6.2.1).
pub(super) fn overhead(tls: Tls, content: u64) -> u64 {
    record(tls) * content.div_ceil(LARGEST_RECORD).max(1)
}

fn record(tls: Tls) -> u64 {
    match tls {
        Tls::Off => 0,
        Tls::V12 => RECORD_12,
        Tls::V13 | Tls::Resumed => RECORD_13,
    }
}

/// What a record of TLS 1.3 adds: header 5, inner content type 1, tag 16 (RFC 8446 section 5.2, RFC 5116
/// section 5.1). No padding.
const RECORD_13: u64 = 22;

/// What a record of TLS 1.2 adds: header 5, explicit nonce 8, tag 16 (RFC 5288 section 3).
const RECORD_12: u64 = 29;

const LARGEST_RECORD: u64 = 1 << 14;

/// The header of a record in the clear (RFC 8446 section 5.1).
const HEADER: u64 = 5;

/// 512, to which BoringSSL pads a hello of a common size (RFC 7685), and an ML-KEM-768 share: 1,184 octets
/// of key and 32 of X25519 behind 4 of group and length (draft-ietf-tls-ecdhe-mlkem).
const CLIENT_HELLO: u64 = 512 + 4 + 1_184 + 32;

/// The extension `pre_shared_key` with one ticket of 178 octets, as in RFC 8448 section 4, and one binder of
/// 32: 4 of type and length, 2 + 2 + 178 + 4, 2 + 1 + 32 (RFC 8446 section 4.2.11).
const PRE_SHARED_KEY: u64 = 4 + (2 + 2 + 178 + 4) + (2 + 1 + 32);

/// Header 4, version 2, random 32, session id 1 + 32, suite 2, compression 1, extensions 2 with version 6 and
/// key share 8 + 1,088 + 32 (RFC 8446 section 4.1.3; draft-ietf-tls-ecdhe-mlkem).
const SERVER_HELLO_13: u64 = 4 + 2 + 32 + 33 + 2 + 1 + 2 + 6 + (8 + 1_088 + 32);

/// `pre_shared_key` in a ServerHello: type, length, identity (RFC 8446 section 4.2.11).
const SELECTED_IDENTITY: u64 = 6;

/// Header 4, length 2, ALPN `http/1.1` 15 (RFC 8446 section 4.3.1, RFC 7301 section 3.1).
const ENCRYPTED_EXTENSIONS: u64 = 4 + 2 + 15;

/// The message Certificate with two certificates of about a thousand octets each and their lists, as
/// measured at a site of its day (cryptologie.net, "How big are TLS records during a handshake?"). Real
/// ones range from some 2,000 to beyond 5,000.
const CERTIFICATES: u64 = 2_540;

/// Header 4, algorithm 2, length 2, an ECDSA P-256 signature of 71 (RFC 8446 section 4.4.3).
const CERTIFICATE_VERIFY: u64 = 4 + 2 + 2 + 71;

/// Header 4 and a SHA-256 code (RFC 8446 section 4.4.4).
const FINISHED_13: u64 = 4 + 32;

/// A record of one octet, for old boxes on the way (RFC 8446 section D.4; RFC 5246 section 7.1).
const CHANGE_CIPHER_SPEC: u64 = HEADER + 1;

/// Header 4, version 2, random 32, empty session id 1, suite 2, compression 1, extensions 2 with
/// renegotiation_info 5, extended_master_secret 4, ec_point_formats 6, ALPN 15 (RFC 5246 section 7.4.1.3).
const SERVER_HELLO_12: u64 = 4 + 2 + 32 + 1 + 2 + 1 + 2 + (5 + 4 + 6 + 15);

/// Header 4, curve 3, key 1 + 32, algorithm 2, signature 2 + 71 (RFC 8422 section 5.4).
const SERVER_KEY_EXCHANGE: u64 = 4 + 3 + 33 + 2 + 73;

/// Header only (RFC 5246 section 7.4.5).
const SERVER_HELLO_DONE: u64 = 4;

/// Header 4, key 1 + 32 (RFC 8422 section 5.7).
const CLIENT_KEY_EXCHANGE: u64 = 4 + 33;

/// Header 4 and 12 octets (RFC 5246 section 7.4.9).
const FINISHED_12: u64 = 4 + 12;
