use super::zlib::{PROBED, Stands, Unpacks, unpacks};
use super::{PIECE, TAIL};
use crate::Rule;

/// Decompresses the messages of one direction (RFC 7692 section 7.2.2).
///
/// It always has the greatest window, 32 KiB, which reads what any smaller one has written. A sender that refers further
/// back than was agreed is therefore not found out: zlib with a smaller window finds it or not according to how the
/// octets were split, and the same result for any split is worth more. Whatever comes, this holds zlib's state and at
/// most twice that window; what it inflates is handed on in small pieces.
#[derive(Debug)]
pub struct Inflater {
    /// `None`: it is not there yet, and nothing inflates.
    zlib: Option<Box<dyn Unpacks>>,
    no_context_takeover: bool,
    /// The last octets of the content so far, which later ones may refer to. zlib forgets them where a block says
    /// that it is the last; a message does not end there (RFC 7692 section 7.2.3.4).
    window: Vec<u8>,
    limit: u64,
    /// Octets of content of the message under way.
    written: u64,
}

impl Inflater {
    /// For a direction in which the sender starts each message afresh or not.
    pub fn new(no_context_takeover: bool) -> Self {
        Self { zlib: unpacks(), no_context_takeover, window: Vec::new(), limit: u64::MAX, written: 0 }
    }

    /// The most octets of content that one message may have; more is a [`Rule::TooLarge`], told as soon as they are
    /// inflated and before more is.
    #[must_use]
    pub fn with_limit(mut self, octets: u64) -> Self {
        self.limit = octets;
        self
    }

    /// A whole message: its content.
    ///
    /// # Errors
    /// As for [`Inflater::feed`] and [`Inflater::end`].
    pub fn inflate(&mut self, octets: &[u8]) -> Result<Vec<u8>, Rule> {
        let mut content = Vec::new();
        let mut to = |piece: &[u8]| {
            content.extend_from_slice(piece);
            Ok(())
        };
        self.feed(octets, &mut to)?;
        self.end(&mut to)?;
        Ok(content)
    }

    /// The next compressed octets of a message, in pieces of any size. What they inflate to goes to `to` at once.
    ///
    /// # Errors
    /// [`Rule::InflateFailed`], [`Rule::TooLarge`], or what `to` says. The connection has then failed, and the
    /// inflater is of no more use.
    pub fn feed(&mut self, octets: &[u8], to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        let mut rest = octets;
        while self.step(&mut rest, to)? {}
        Ok(())
    }

    /// The message is complete: puts back the octets left off at its end, and inflates what waited for them.
    ///
    /// # Errors
    /// As for [`Inflater::feed`]; a message that stops inside a block is a [`Rule::InflateFailed`].
    pub fn end(&mut self, to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        self.feed(&TAIL, to)?;
        // What zlib makes of the probe inside a block is nothing that was said.
        let zlib = self.zlib.as_mut().ok_or(Rule::InflateFailed)?;
        let (.., probed) = zlib.unpack(&PROBE, &mut [0; PIECE]);
        if probed != Stands::Failed(Some(PROBED)) {
            return Err(Rule::InflateFailed);
        }
        self.written = 0;
        if self.no_context_takeover {
            self.window.clear();
        }
        self.restart()
    }

    /// Inflates one piece; whether there may be more to inflate.
    fn step(
        &mut self,
        rest: &mut &[u8],
        to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>,
    ) -> Result<bool, Rule> {
        let mut piece = [0; PIECE];
        let zlib = self.zlib.as_mut().ok_or(Rule::InflateFailed)?;
        let (read, written, stands) = zlib.unpack(rest, &mut piece);
        *rest = &rest[read..];
        // What comes before a fault is told before it, so that no split of the octets changes what is found first.
        self.tell(&piece[..written], to)?;
        match stands {
            Stands::Failed(_) => Err(Rule::InflateFailed),
            Stands::Ended => {
                self.restart()?;
                Ok(!rest.is_empty())
            }
            Stands::Goes => Ok(written == PIECE || !rest.is_empty()),
        }
    }

    /// Lets zlib begin a block, with the window as it is.
    fn restart(&mut self) -> Result<(), Rule> {
        let window = &self.window[self.window.len().saturating_sub(WINDOW)..];
        let restarted = self.zlib.as_mut().is_some_and(|zlib| zlib.restart(window));
        if restarted { Ok(()) } else { Err(Rule::InflateFailed) }
    }

    fn tell(&mut self, piece: &[u8], to: &mut dyn FnMut(&[u8]) -> Result<(), Rule>) -> Result<(), Rule> {
        let allowed = usize::try_from(self.limit - self.written).unwrap_or(usize::MAX).min(piece.len());
        self.written += allowed as u64;
        if allowed > 0 {
            to(&piece[..allowed])?;
        }
        if allowed < piece.len() {
            return Err(Rule::TooLarge);
        }
        self.window.extend_from_slice(piece);
        if self.window.len() > 2 * WINDOW {
            self.window.drain(..self.window.len() - WINDOW);
        }
        Ok(())
    }
}

/// The greatest distance that DEFLATE can refer back (RFC 1951 section 2).
const WINDOW: usize = 32 * 1024;

/// The header of a block of the reserved type (RFC 1951 section 3.2.3), which starts at the octet's first bit and cannot
/// start at another. So zlib complains of the type between two blocks at the end of an octet, and nowhere else.
const PROBE: [u8; 1] = [0b110];
