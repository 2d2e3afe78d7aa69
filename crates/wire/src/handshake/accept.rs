use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha1::{Digest, Sha1};

/// The `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`: base64 of the SHA-1 of the key, as it was
/// written, and [`GUID`] (RFC 6455 section 4.2.2). It proves that the server understood; it is no secret.
pub fn accept_value(key: &str) -> String {
    let mut hash = Sha1::new();
    hash.update(key.as_bytes());
    hash.update(GUID.as_bytes());
    STANDARD.encode(hash.finalize())
}

/// The `Sec-WebSocket-Key` for a nonce of 16 random octets: its base64, 24 characters (RFC 6455 section 4.1).
pub fn key_from(nonce: [u8; 16]) -> String {
    STANDARD.encode(nonce)
}

/// Whether a key is the base64 of 16 octets.
pub(super) fn is_key(key: &str) -> bool {
    STANDARD.decode(key).is_ok_and(|nonce| nonce.len() == 16)
}

/// The constant that RFC 6455 section 1.3 appends to the key.
pub const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
