use super::{FieldLine, Fields, lines::Lines};
use crate::{Rule, violation::Fault};

/// What the first line of a head says.
pub(crate) trait StartLine: Sized {
    /// Whether empty lines before it are skipped (RFC 9112 section 2.2 asks servers for that).
    const SKIPS_EMPTY: bool;

    /// Reads the line. A fault counts from the line's first octet.
    fn parse(line: &[u8]) -> Result<Self, Fault>;
}

/// A head on its way in, read line by line as the lines complete.
#[derive(Clone, Debug)]
pub(crate) struct Head<S> {
    lines: Lines,
    start: Option<S>,
    section: FieldSection,
}

impl<S> Default for Head<S> {
    fn default() -> Self {
        Self { lines: Lines::default(), start: None, section: FieldSection::default() }
    }
}

impl<S: StartLine> Head<S> {
    /// Reads on in `octets`, which must begin as they did at the last call. When the head is complete: its start
    /// line, its fields, and how many octets it has.
    pub(crate) fn advance(&mut self, octets: &[u8]) -> Result<Option<(S, Fields, usize)>, Fault> {
        while self.start.is_none() {
            let Some(line) = self.lines.next(octets)? else { return Ok(None) };
            if line.text.is_empty() && S::SKIPS_EMPTY {
                continue;
            }
            let at = line.text.start as u64;
            self.start = Some(S::parse(&octets[line.text]).map_err(|fault| fault.after(at))?);
        }
        let Some(end) = self.section.advance(&mut self.lines, octets)? else { return Ok(None) };
        let section = std::mem::take(&mut self.section);
        self.lines = Lines::default();
        Ok(self.start.take().map(|start| (start, section.fields, end)))
    }
}

/// Field lines up to the empty line: the rest of a head, or the trailers after a chunked content.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldSection {
    pub(crate) fields: Fields,
}

impl FieldSection {
    /// Reads on; the index after the empty line once that has come.
    pub(crate) fn advance(&mut self, lines: &mut Lines, octets: &[u8]) -> Result<Option<usize>, Fault> {
        while let Some(line) = lines.next(octets)? {
            let at = line.text.start;
            let text = &octets[line.text];
            match text.first() {
                None => return Ok(Some(line.end)),
                Some(b' ' | b'\t') if self.fields.is_empty() => {
                    return Err(Fault::new(Rule::LeadingWhitespace, at));
                }
                Some(b' ' | b'\t') => return Err(Fault::new(Rule::ObsFold, at)),
                Some(_) => {
                    let line = FieldLine::parse(text).map_err(|fault| fault.after(at as u64))?;
                    self.fields.push_line(line);
                }
            }
        }
        Ok(None)
    }
}
