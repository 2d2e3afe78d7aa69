use super::{Buffer, Decoded};
use crate::{CloseBody, FrameHeader, Opcode, Rule, Sender, mask, utf8::Utf8, violation::Fault};

/// The frames of one direction, and what one frame obliges the next to (RFC 6455 sections 5.1 to 5.5).
#[derive(Debug)]
pub(super) struct Frames {
    sender: Sender,
    rsv1: bool,
    /// The message that is begun and not ended.
    message: Option<Message>,
    /// A Close frame has come.
    closed: bool,
    /// The frame whose payload is on its way in.
    current: Option<Current>,
}

#[derive(Clone, Copy, Debug)]
struct Message {
    /// For text that is not compressed.
    check: Option<Utf8>,
}

#[derive(Debug)]
struct Current {
    header: FrameHeader,
    read: u64,
    /// The payload of a control frame, 125 octets at most.
    control: Vec<u8>,
}

impl Frames {
    pub(super) fn new(sender: Sender) -> Self {
        Self { sender, rsv1: false, message: None, closed: false, current: None }
    }

    pub(super) fn permit_rsv1(&mut self) {
        self.rsv1 = true;
    }

    /// Whether a frame is begun and not ended.
    pub(super) fn is_inside(&self) -> bool {
        self.current.is_some()
    }

    pub(super) fn step(&mut self, buffer: &mut Buffer, limit: u64) -> Result<Option<Decoded>, Fault> {
        match self.current.take() {
            None => self.header(buffer, limit),
            Some(current) if current.read == current.header.length => {
                self.end(&current, buffer.offset())?;
                Ok(Some(Decoded::End))
            }
            Some(current) => self.payload(current, buffer),
        }
    }

    fn header(&mut self, buffer: &mut Buffer, limit: u64) -> Result<Option<Decoded>, Fault> {
        let offset = buffer.offset();
        let read = FrameHeader::read(buffer.octets());
        let start = self.start(buffer.octets());
        // Whatever stands first is what is wrong, although the length is read before the bits are judged.
        let read = match (start, read) {
            (Err(start), Err(read)) if read.at < start.at => Err(read),
            (Err(start), _) => Err(start),
            (Ok(()), read) => read,
        };
        let Some((header, octets)) = read.map_err(|fault| fault.after(offset))? else { return Ok(None) };
        if header.length > limit {
            return Err(Fault::new(Rule::TooLarge, 1).after(offset));
        }
        if header.opcode.begins_message() {
            let check = header.opcode == Opcode::Text && !header.rsv[0];
            self.message = Some(Message { check: check.then(Utf8::default) });
        }
        self.current = Some(Current { header, read: 0, control: Vec::new() });
        Ok(Some(Decoded::FrameHeader { header, offset, octets: buffer.take(octets) }))
    }

    /// What a frame's first two octets must not say after the frames before it, or from this sender.
    fn start(&self, octets: &[u8]) -> Result<(), Fault> {
        let &[first, second, ..] = octets else { return Ok(()) };
        let broken = |rule, at| Err(Fault::new(rule, at));
        let opcode = Opcode::from(first);
        let begins = opcode.begins_message();
        let [rsv1, others] = [first & 0x40 != 0, first & 0x30 != 0];
        if others || (rsv1 && !(self.rsv1 && begins)) {
            return broken(Rule::RsvSet, 0);
        }
        if matches!(opcode, Opcode::Reserved(_)) {
            return broken(Rule::OpcodeReserved, 0);
        }
        if self.closed && !opcode.is_control() {
            return broken(Rule::DataAfterClose, 0);
        }
        match (self.message, opcode) {
            (None, Opcode::Continuation) => return broken(Rule::ContinuationUnexpected, 0),
            (Some(_), _) if begins => return broken(Rule::ContinuationExpected, 0),
            _ => {}
        }
        match (self.sender, second & 0x80 != 0) {
            (Sender::Client, false) => broken(Rule::MaskMissing, 1),
            (Sender::Server, true) => broken(Rule::MaskForbidden, 1),
            _ => Ok(()),
        }
    }

    fn payload(&mut self, mut current: Current, buffer: &mut Buffer) -> Result<Option<Decoded>, Fault> {
        let rest = usize::try_from(current.header.length - current.read).unwrap_or(usize::MAX);
        let count = rest.min(buffer.len());
        if count == 0 {
            self.current = Some(current);
            return Ok(None);
        }
        let offset = buffer.offset();
        let mut octets = buffer.octets()[..count].to_vec();
        if let Some(key) = current.header.mask {
            mask::apply(key, current.read, &mut octets);
        }
        if current.header.opcode.is_control() {
            current.control.extend_from_slice(&octets);
        } else if let Some(Message { check: Some(check) }) = &mut self.message
            && let Err(valid) = check.feed(&octets)
        {
            if valid == 0 {
                return Err(Fault { rule: Rule::TextNotUtf8, at: offset });
            }
            // What is good is told first; the next step begins at the bad octet.
            octets.truncate(valid);
        }
        buffer.skip(octets.len());
        current.read += octets.len() as u64;
        self.current = Some(current);
        Ok(Some(Decoded::Payload { octets }))
    }

    /// The payload is complete, and the next frame begins at `offset`.
    fn end(&mut self, current: &Current, offset: u64) -> Result<(), Fault> {
        let header = &current.header;
        if header.opcode == Opcode::Close {
            self.closed = true;
            let start = offset - header.length;
            CloseBody::read(&current.control).map_err(|fault| fault.after(start))?;
        }
        if header.opcode.is_control() || !header.fin {
            return Ok(());
        }
        match self.message.take() {
            Some(Message { check: Some(check) }) if !check.is_complete() => {
                Err(Fault { rule: Rule::TextNotUtf8, at: offset })
            }
            _ => Ok(()),
        }
    }
}
