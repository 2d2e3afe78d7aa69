//! Which octets may stand where (RFC 9110 section 5.6.2, RFC 5234 appendix B.1).

/// A method or a field name: one or more token octets.
pub(crate) fn is_token(octets: &[u8]) -> bool {
    !octets.is_empty() && octets.iter().all(|&octet| is_token_octet(octet))
}

pub(crate) fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet)
}

/// Field values and reason phrases: HTAB, SP, visible ASCII and octets outside ASCII.
pub(crate) fn is_text_octet(octet: u8) -> bool {
    octet == b'\t' || (octet >= b' ' && octet != 0x7F)
}

/// Octets as characters of the same number, so that none is lost and the length stays.
pub(crate) fn latin1(octets: &[u8]) -> String {
    octets.iter().copied().map(char::from).collect()
}

/// The inverse of [`latin1`], or `None` where a character has no such octet or `accept` refuses it.
pub(crate) fn octets(text: &str, accept: fn(u8) -> bool) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(c).ok().filter(|&octet| accept(octet))).collect()
}
