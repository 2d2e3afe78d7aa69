use super::{Body, Unit};
use crate::{FrameHeader, Opcode, Request, Response, Sender, mask};

impl Unit {
    /// A frame that breaks a rule, read as far as its octets go, so that they can be explained: nothing
    /// is checked. `octets` begins with the frame and may go on after it. `None`: not even two octets.
    pub fn lenient_frame(sender: Sender, octets: &[u8]) -> Option<Self> {
        let &[first, second, ref rest @ ..] = octets else { return None };
        let extended = match second & 0x7F {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let number = &rest[..extended.min(rest.len())];
        let short = u64::from(second & 0x7F);
        let length = number
            .iter()
            .fold(if extended == 0 { short } else { 0 }, |length, &octet| length << 8 | u64::from(octet));
        let rest = &rest[number.len()..];
        let written = if second & 0x80 != 0 { rest.len().min(4) } else { 0 };
        let mut key = [0; 4];
        key[..written].copy_from_slice(&rest[..written]);
        let key = (second & 0x80 != 0).then_some(key);
        let head = 2 + number.len() + written;
        let end = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(head).min(octets.len());
        let header = FrameHeader {
            fin: first & 0x80 != 0,
            rsv: [first & 0x40 != 0, first & 0x20 != 0, first & 0x10 != 0],
            opcode: Opcode::from(first),
            mask: key,
            length,
        };
        let mut content = octets[head..end].to_vec();
        if let Some(key) = key {
            mask::apply(key, 0, &mut content);
        }
        Some(Self { head, content, ..Self::of(sender, &octets[..end], Body::Frame(header)) })
    }

    /// A head that breaks a rule, so that its octets can be explained line by line: up to its empty line,
    /// or all of `octets` if there is none.
    pub fn lenient_head(sender: Sender, octets: &[u8]) -> Self {
        let end = octets.windows(4).position(|four| four == b"\r\n\r\n").map_or(octets.len(), |at| at + 4);
        let body = match sender {
            Sender::Client => Body::Request(Request::new("", "")),
            Sender::Server => Body::Response(Response::new(0, "")),
        };
        Self { head: end, ..Self::of(sender, &octets[..end], body) }
    }

    fn of(sender: Sender, octets: &[u8], body: Body) -> Self {
        let (octets, content) = (octets.to_vec(), Vec::new());
        Self { sender, index: 0, offset: 0, octets, head: 0, body, content, dropped: 0, message: None }
    }
}
