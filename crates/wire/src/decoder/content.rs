use super::{Buffer, Decoded, size_line::SizeLine};
use crate::{
    Framing, Rule,
    http1::{FieldSection, Lines},
    violation::Fault,
};

/// The content of an HTTP message on its way in (RFC 9112 sections 6.3 and 7.1).
#[derive(Debug)]
pub(super) enum Content {
    /// So many octets are still to come.
    Length(u64),
    UntilClose {
        read: u64,
    },
    Chunked {
        at: Chunk,
        /// Chunk data announced so far.
        read: u64,
    },
}

#[derive(Debug)]
pub(super) enum Chunk {
    Size(SizeLine),
    Data(u64),
    DataEnd,
    Trailers(Lines, FieldSection),
    End,
}

impl Content {
    pub(super) fn new(framing: Framing) -> Self {
        match framing {
            Framing::None => Self::Length(0),
            Framing::Length(length) => Self::Length(length),
            Framing::Chunked => Self::Chunked { at: Chunk::Size(SizeLine::default()), read: 0 },
            Framing::UntilClose => Self::UntilClose { read: 0 },
        }
    }

    /// Whether the end of the stream is the end of this content.
    pub(super) fn ends_with_stream(&self) -> bool {
        matches!(self, Self::UntilClose { .. })
    }

    pub(super) fn step(&mut self, buffer: &mut Buffer, limit: u64) -> Result<Option<Decoded>, Fault> {
        match self {
            Self::Length(0) => Ok(Some(Decoded::End)),
            Self::Length(rest) => Ok(take(buffer, rest)),
            Self::UntilClose { read } => {
                let mut allowed = limit - *read;
                if allowed == 0 && buffer.len() > 0 {
                    return Err(Fault { rule: Rule::TooLarge, at: buffer.offset() });
                }
                let piece = take(buffer, &mut allowed);
                *read = limit - allowed;
                Ok(piece)
            }
            Self::Chunked { at, read } => at.step(buffer, read, limit),
        }
    }
}

impl Chunk {
    fn step(&mut self, buffer: &mut Buffer, read: &mut u64, limit: u64) -> Result<Option<Decoded>, Fault> {
        let base = buffer.offset();
        match self {
            Self::Size(line) => {
                let found = line.advance(buffer.octets()).map_err(|fault| fault.after(base))?;
                let Some((size, end)) = found else { return Ok(None) };
                *read = read.checked_add(size).filter(|&sum| sum <= limit).ok_or(TOO_LARGE.after(base))?;
                *self = match size {
                    0 => Self::Trailers(Lines::default(), FieldSection::default()),
                    size => Self::Data(size),
                };
                Ok(Some(Decoded::Chunk { octets: buffer.take(end) }))
            }
            Self::Data(rest) => {
                let piece = take(buffer, rest);
                if *rest == 0 {
                    *self = Self::DataEnd;
                }
                Ok(piece)
            }
            Self::DataEnd => {
                let octets = buffer.octets();
                if let Some(at) = octets.iter().zip(b"\r\n").position(|(octet, expected)| octet != expected) {
                    return Err(Fault::new(Rule::ChunkEnd, at).after(base));
                }
                if octets.len() < 2 {
                    return Ok(None);
                }
                *self = Self::Size(SizeLine::default());
                Ok(Some(Decoded::Chunk { octets: buffer.take(2) }))
            }
            Self::Trailers(lines, section) => {
                let found = section.advance(lines, buffer.octets()).map_err(|fault| fault.after(base))?;
                let Some(end) = found else { return Ok(None) };
                let fields = std::mem::take(&mut section.fields);
                *self = Self::End;
                Ok(Some(Decoded::Trailers { fields, octets: buffer.take(end) }))
            }
            Self::End => Ok(Some(Decoded::End)),
        }
    }
}

/// The next octets of a content of which `rest` are still to come; `None` when none are here.
fn take(buffer: &mut Buffer, rest: &mut u64) -> Option<Decoded> {
    let count = usize::try_from(*rest).unwrap_or(usize::MAX).min(buffer.len());
    if count == 0 {
        return None;
    }
    *rest -= count as u64;
    Some(Decoded::Payload { octets: buffer.take(count) })
}

const TOO_LARGE: Fault = Fault { rule: Rule::TooLarge, at: 0 };
