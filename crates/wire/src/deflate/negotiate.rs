use super::{NAME, Parameters};
use crate::{Rule, Sender, handshake::extension_name};

impl Parameters {
    /// The server's side: its answer to the first of `offers` that it can take (RFC 7692 sections 5.1 and 7.1), or
    /// `None`: nothing is compressed. `offers` are the elements of the request's `Sec-WebSocket-Extensions`. `wish`
    /// is what the server wants beyond what it is asked for; `client_max_window_bits` can only be had where it is
    /// offered. An offer that asks the server for a window of 8 bits is declined, for zlib has none.
    pub fn choose<S: AsRef<str>>(offers: &[S], wish: &Self) -> Option<Self> {
        offers.iter().find_map(|offer| {
            let offer = Self::parse(offer.as_ref(), Sender::Client).ok()?;
            let server_max_window_bits = least(offer.server_max_window_bits, wish.server_max_window_bits);
            let answer = Self {
                server_no_context_takeover: offer.server_no_context_takeover
                    || wish.server_no_context_takeover,
                client_no_context_takeover: offer.client_no_context_takeover
                    || wish.client_no_context_takeover,
                server_max_window_bits,
                client_max_window_bits: wish
                    .client_max_window_bits
                    .and_then(|bits| offer.client_max_window_bits.map(|offered| offered.min(bits))),
            };
            (server_max_window_bits != Some(8)).then_some(answer)
        })
    }

    /// The client's side: what the server has agreed to (RFC 7692 sections 5.1 and 7.1), or `None` if its answer does
    /// not choose permessage-deflate. `chosen` are the elements of the response's `Sec-WebSocket-Extensions`, `offers`
    /// those of the request's.
    ///
    /// # Errors
    /// [`Rule::ExtensionParameter`] if the parameters are invalid or answer no offer; [`Rule::ExtensionRepeated`];
    /// [`Rule::ExtensionNotOffered`] if none of the offers is valid, for a server must decline those.
    pub fn agreed<S: AsRef<str>>(chosen: &[&str], offers: &[S]) -> Result<Option<Self>, Rule> {
        let mut named = chosen.iter().filter(|element| extension_name(element) == NAME);
        let Some(answer) = named.next() else { return Ok(None) };
        if named.next().is_some() {
            return Err(Rule::ExtensionRepeated);
        }
        let answer = Self::parse(answer, Sender::Server).map_err(|_| Rule::ExtensionParameter)?;
        let mut valid =
            offers.iter().filter_map(|offer| Self::parse(offer.as_ref(), Sender::Client).ok()).peekable();
        if valid.peek().is_none() {
            return Err(Rule::ExtensionNotOffered);
        }
        if valid.any(|offer| answer.answers(&offer)) {
            return Ok(Some(answer));
        }
        Err(Rule::ExtensionParameter)
    }

    /// Whether this answer keeps to that offer. Of `client_no_context_takeover` nothing is required.
    fn answers(&self, offer: &Self) -> bool {
        let afresh = self.server_no_context_takeover || !offer.server_no_context_takeover;
        let server = match (self.server_max_window_bits, offer.server_max_window_bits) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(bits), Some(offered)) => bits <= offered,
        };
        let client = match (self.client_max_window_bits, offer.client_max_window_bits) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bits), Some(offered)) => bits <= offered,
        };
        afresh && server && client
    }
}

fn least(one: Option<u8>, other: Option<u8>) -> Option<u8> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}
