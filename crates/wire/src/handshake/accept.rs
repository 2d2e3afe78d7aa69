use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::sha1::sha1;

/// The `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`: base64 of the SHA-1 of the key, as it was
/// written, and [`GUID`] (RFC 6455 section 4.2.2). It proves that the server understood; it is no secret.
pub fn accept_value(key: &str) -> String {
    base64(&sha1(format!("{key}{GUID}").as_bytes()))
}

/// Octets in base64 with padding (RFC 4648 section 4): four characters for every three octets, the last step to an
/// Accept value and the only one to a key.
pub fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// The `Sec-WebSocket-Key` for a nonce of 16 random octets: its base64, 24 characters (RFC 6455 section 4.1).
pub fn key_from(nonce: [u8; 16]) -> String {
    base64(&nonce)
}

/// Whether a key is the base64 of 16 octets (RFC 4648 section 4): 22 digits, of which the last stands
/// for two bits only, and two characters of padding. Told by its form, because decoding it would bring
/// a decoder into the page for nothing but this.
pub(super) fn is_key(key: &str) -> bool {
    let Some(digits) = key.strip_suffix("==").map(str::as_bytes) else { return false };
    let is_digit = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    digits.len() == 22 && digits.iter().all(is_digit) && matches!(digits[21], b'A' | b'Q' | b'g' | b'w')
}

/// The constant that RFC 6455 section 1.3 appends to the key.
pub const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    use super::{is_key, key_from};

    #[test]
    fn a_key_is_what_a_decoder_takes_for_sixteen_octets() {
        let sixteen = |key: &str| STANDARD.decode(key).is_ok_and(|nonce| nonce.len() == 16);
        let good = key_from([0xfb; 16]);
        let mut keys =
            vec![good.clone(), String::new(), "==".to_owned(), good.replace('=', ""), format!("{good}=")];
        // Every octet at every place of a good key.
        for place in 0..good.len() {
            for letter in (0..=127_u8).map(char::from) {
                let mut key: Vec<char> = good.chars().collect();
                key[place] = letter;
                keys.push(key.into_iter().collect());
            }
        }
        for key in keys {
            assert_eq!(is_key(&key), sixteen(&key), "{key:?}");
        }
    }
}
